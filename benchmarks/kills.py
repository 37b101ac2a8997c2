"""Batches that are killed at any moment: python benchmarks/kills.py [KILLS].

Makes notes, runs `dwibhashi batch` over them, and kills it (SIGKILL) at random moments, while it loads as well as while it works.
Then lets it come to its end, and counts what the ledger and the output folder hold.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

_NOTES = 1200
_LONGEST = 8.0  # seconds until a kill; an idle machine needs one to load the engine


def main(kills: int) -> None:
    """Print what every run had done when it was killed, and in the end what is missing, torn or done twice."""
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "notes", Path(place) / "out"
        _write_notes(folder)
        command = [sys.executable, "-m", "translator.cli", "batch", str(folder), "--out", str(out), "--format", "html,json,docx"]
        table = Table("killed after s", "notes done", title=f"{kills} kills over {_NOTES} notes")
        chance = random.Random(1)
        for _ in range(kills):
            seconds = chance.uniform(0, _LONGEST)
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                time.sleep(seconds)
                run.kill()
            table.add_row(f"{seconds:.2f}" if run.returncode < 0 else "came to its end", str(len(_recorded(out))))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        Console(width=60).print(table)
        recorded = _recorded(out)
        torn = sum(not _whole(out, name) for name in recorded)
        missing = _NOTES - len(set(recorded))
        print(f"missing {missing}, torn {torn}, done twice {len(recorded) - len(set(recorded))}")


def _write_notes(folder: Path) -> None:
    folder.mkdir()
    for number in range(_NOTES):
        text = f"बैठक संख्या {number} में {number + 2} देशों ने भाग लिया। इसमें आतंकवाद पर चर्चा हुई। अगली बैठक {2030 + number} में होगी।\n"
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")


def _recorded(out: Path) -> list[str]:
    """The notes in the ledger, a line each."""
    ledger = out / ".dwibhashi" / "ledger.jsonl"
    lines = ledger.read_bytes().split(b"\n")[:-1] if ledger.exists() else []
    return [json.loads(line)["note"] for line in lines]


def _whole(out: Path, note: str) -> bool:
    brief = out / note
    try:
        sentences = len(json.loads(brief.with_suffix(".json").read_bytes())["blocks"][0]["segments"])
        ends = brief.with_suffix(".html").read_text(encoding="utf-8").rstrip().endswith("</html>")
        return sentences == 3 and ends and brief.with_suffix(".docx").stat().st_size > 0
    except (OSError, ValueError, LookupError):
        return False


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
