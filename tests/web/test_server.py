"""`dwibhashi serve` as a user calls it, each in its own process."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from web.accounts import Accounts
from web.database import connect

COMMAND = [sys.executable, "-m", "web.commands", "serve", "--port", "0"]
PASSWORD = "correct horse battery"


def environment(folder: Path, **variables: str) -> dict[str, str]:
    return {**os.environ, "XDG_DATA_HOME": str(folder), "DWIBHASHI_DATABASE_URL": f"sqlite:///{folder / 'x.sqlite'}", **variables}


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        (("--host", "0.0.0.0"), {}, "0.0.0.0 can be reached by others"),
        ((), {"DWIBHASHI_HOST": "::"}, ":: can be reached by others"),
        (("--host", ""), {}, "can be reached by others"),
        ((), {"DWIBHASHI_TRUSTED_PROXIES": "1"}, "DWIBHASHI_TRUSTED_PROXIES: others come through a proxy"),
    ],
)
def test_others_reach_nothing_before_there_is_a_user(
    tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str], words: str
) -> None:
    done = subprocess.run(
        [*COMMAND, *arguments],
        env=environment(tmp_path, **variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 3
    assert words in done.stderr
    assert "dwibhashi users add NAME --role admin" in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def serving(folder: Path, *arguments: str, **variables: str) -> Iterator[tuple[str, int, subprocess.Popen[str]]]:
    """A running service: host, port and process."""
    process = subprocess.Popen(
        [*COMMAND, *arguments], env=environment(folder, **variables), stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://(.+):(\d+) ", line)
    try:
        assert found, line + process.stderr.read()
        yield found[1], int(found[2]), process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def asked(host: str, port: int, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(host, port, timeout=30)
    connection.request("GET", "/settings", headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_on_this_machine_alone_it_needs_no_user_and_no_proxy_may_stand_before_it(tmp_path: Path) -> None:
    with serving(tmp_path) as (host, port, _):
        assert host == "127.0.0.1"
        answer = asked(host, port)
        assert answer.status == 200
        assert answer.headers["Server"] is None
        assert asked(host, port, X_Forwarded_For="192.0.2.1").status == 303
        assert asked(host, port, Host="elsewhere.example").status == 400


def test_with_a_user_it_serves_others_and_believes_its_proxy(tmp_path: Path) -> None:
    Accounts(connect(f"sqlite:///{tmp_path / 'x.sqlite'}")).add("asha", PASSWORD, "admin")
    variables = {"DWIBHASHI_TRUSTED_PROXIES": "1", "DWIBHASHI_TRUSTED_HOSTS": "brief.example"}
    with serving(tmp_path, "--host", "0.0.0.0", **variables) as (_, port, _):
        assert asked("127.0.0.1", port).status == 303
        assert asked("127.0.0.1", port, X_Forwarded_Host="brief.example").status == 303
        assert asked("127.0.0.1", port, X_Forwarded_Host="elsewhere.example").status == 400


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, port, _):
        done = subprocess.run(
            [*COMMAND[:-1], str(port)], env=environment(tmp_path), capture_output=True, encoding="utf-8", check=False, timeout=60
        )
    assert done.returncode == 3
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port or DWIBHASHI_PORT" in done.stderr
