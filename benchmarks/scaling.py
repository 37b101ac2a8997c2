"""Time and memory of a batch as its documents become more, from files to files.

    python benchmarks/scaling.py newstest2014.tsv --documents 100 1000 10000

The text is a table whose first column is Hindi, one sentence a line. Each document is one of them, with its own number after it,
so that none is translated once for all. Every batch is a process of its own, begun like any user's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table


def main() -> None:
    """Print, for each number of documents, the documents a second and the most memory that the batch had."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000, 10_000])
    asked = parser.parse_args()
    sentences = [line.split("\t")[0] for line in asked.text.read_text(encoding="utf-8").splitlines()]
    table = Table(title=f"documents of one sentence of {asked.text.name}, {os.cpu_count()} cores")
    for column in ("documents", "seconds", "documents/s", "peak memory, MB"):
        table.add_column(column, justify="right")
    for count in asked.documents:
        seconds, memory = _measured(list(islice(cycle(sentences), count)))
        table.add_row(f"{count:,}", f"{seconds:.1f}", f"{count / seconds:.1f}", f"{memory / 1024:.0f}")
    Console(width=90).print(table)


def _measured(sentences: list[str]) -> tuple[float, int]:
    """Seconds, and the most kibibytes that were in use."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "notes")
        folder.mkdir()
        for number, sentence in enumerate(sentences):
            (folder / f"{number:06}.txt").write_text(f"{sentence} ({number})\n", encoding="utf-8")
        command = [sys.executable, "-m", "translator.cli", "batch", str(folder), "--out", str(Path(place, "briefs")), "--json"]
        began = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as batch:
            assert batch.stdout
            report = json.load(batch.stdout)
            _, status, usage = os.wait4(batch.pid, 0)
            batch.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
    if batch.returncode or report["translated"] != len(sentences):
        raise SystemExit(f"{report['translated']} of {len(sentences)} documents were translated.")
    return seconds, usage.ru_maxrss


if __name__ == "__main__":
    main()
