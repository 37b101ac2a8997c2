"""Runs that end as no program can prevent: killed by the system at any moment."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

NOTES, KILLS = 120, 4


def recorded(out: Path) -> list[str]:
    """The notes in the ledger, a line each."""
    ledger = out / ".dwibhashi" / "ledger.jsonl"
    lines = ledger.read_bytes().split(b"\n")[:-1] if ledger.exists() else []
    return [json.loads(line)["note"] for line in lines]


def test_nothing_is_lost_and_nothing_repeated(tmp_path: Path) -> None:
    folder, out, chance = tmp_path / "notes", tmp_path / "out", random.Random(7)
    folder.mkdir()
    for number in range(NOTES):
        text = f"बैठक संख्या {number} में {number + 2} देशों ने भाग लिया। इसमें आतंकवाद पर चर्चा हुई। अगली बैठक {2030 + number} में होगी।"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    names = sorted(note.name for note in folder.iterdir())
    command = [
        sys.executable,
        "-m",
        "translator.cli",
        "batch",
        str(folder),
        "--out",
        str(out),
        "--format",
        "json,md",
        "--jobs",
        "2",
    ]

    killed = 0
    for _ in range(KILLS):
        before = len(recorded(out))
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            while run.poll() is None and len(recorded(out)) == before:
                time.sleep(0.001)
            time.sleep(chance.random() / 10)
            run.kill()
        killed += run.returncode == -9  # a fast machine may be done before
        assert before < len(recorded(out)) or before == NOTES
    assert killed
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert sorted(recorded(out)) == names
    for name in names:
        brief = json.loads((out / name).with_suffix(".json").read_bytes())
        assert (brief["document"], len(brief["blocks"][0]["segments"])) == (name, 3)
        assert (out / name).with_suffix(".md").read_text(encoding="utf-8").endswith("UTC*\n")
    assert list((out / ".dwibhashi" / "drafts").iterdir()) == []
