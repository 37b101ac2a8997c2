"""Many people pasting a note at once: errors, time to the first row and to the whole brief, and memory of the service.

    python benchmarks/service.py seeds/000_fd72bbba517746b4.txt --users 50 --seconds 60

Starts `dwibhashi serve` with data of its own. First one user alone, cold and warm; then all together, each pasting again as soon
as the brief is done. `--varied` puts a number of its own into every sentence of a paste, so that none was translated before.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
_NUMBERS = itertools.count(1)


@dataclass
class Seen:
    """What users have seen; times in seconds from the paste."""

    first_rows: list[float] = field(default_factory=list)
    briefs: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class User:
    """One browser: it has a session, pastes, and reads rows as they come."""

    def __init__(self, port: int) -> None:
        self._port = port
        page, headers = self._ask("GET", "/")
        found = _TOKEN.search(page)
        assert found
        self._token = found[1]
        self._cookie = headers["Set-Cookie"].partition(";")[0]

    def paste(self, text: str, seen: Seen) -> None:
        """Paste `text` and wait for its brief."""
        start = time.perf_counter()
        try:
            form = urlencode({"csrf_token": self._token, "text": text})
            _, headers = self._ask("POST", "/briefs", form)
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
            connection.request("GET", headers["Location"] + "/events", headers={"Cookie": self._cookie})
            first = 0.0
            for line in connection.getresponse():
                if line.startswith(b"event: row") and not first:
                    first = time.perf_counter() - start
                if line.startswith(b"event: end"):
                    seen.first_rows.append(first)
                    seen.briefs.append(time.perf_counter() - start)
                    return
            seen.errors.append("the stream ended early")
        except (OSError, http.client.HTTPException, AssertionError) as error:
            seen.errors.append(f"{type(error).__name__}: {error}")

    def _ask(self, method: str, path: str, body: str = "") -> tuple[str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        if method == "POST":
            headers["Cookie"] = self._cookie
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status in (200, 303), f"{method} {path}: {answer.status}"
        return text, answer.headers


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("note", type=Path)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--varied", action="store_true")
    asked = parser.parse_args()
    text = asked.note.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "XDG_DATA_HOME": home, "DWIBHASHI_RATE": "1000000/minute"}
        command = [sys.executable, "-m", "web.commands", "serve", "--port", "0"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            port = int(process.stderr.readline().rpartition(":")[2].split()[0].rstrip("/"))
            try:
                _measure(port, process.pid, text, asked)
            finally:
                process.terminate()


def _measure(port: int, pid: int, text: str, asked: argparse.Namespace) -> None:
    table = Table(title=f"{asked.note.name}, {os.cpu_count()} cores")
    for column in ("users", "briefs", "errors", "first row p50 s", "p95", "brief p50 s", "p95", "briefs/min", "memory MB"):
        table.add_column(column, justify="right")
    for label in ("1, cold", "1, warm"):
        seen = Seen()
        User(port).paste(text, seen)
        table.add_row(label, *_figures(seen, 0), f"{_memory(pid):.0f}")
    seen = Seen()
    users = [User(port) for _ in range(asked.users)]
    end = time.perf_counter() + asked.seconds
    threads = [threading.Thread(target=_keep_pasting, args=(user, text, seen, end, asked.varied)) for user in users]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    table.add_row(str(asked.users), *_figures(seen, time.perf_counter() - start), f"{_memory(pid):.0f}")
    Console().print(table)
    for error in sorted(set(seen.errors))[:5]:
        print(error, file=sys.stderr)


def _keep_pasting(user: User, text: str, seen: Seen, end: float, varied: bool) -> None:
    while time.perf_counter() < end:
        pasted = text.replace("।", f" {next(_NUMBERS)}।") if varied else text
        user.paste(pasted, seen)


def _figures(seen: Seen, seconds: float) -> list[str]:
    figures = [str(len(seen.briefs)), str(len(seen.errors))]
    for times in (seen.first_rows, seen.briefs):
        figures += [f"{statistics.median(times):.2f}", f"{_quantile(times, 0.95):.2f}"] if times else ["–", "–"]
    return [*figures, f"{60 * len(seen.briefs) / seconds:.0f}" if seconds else "–"]


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    main()
