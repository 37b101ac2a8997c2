from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from translator.batch.ledger import Entry, Ledger
from translator.batch.values import Figures
from translator.errors import DocumentError

A = Entry("अ.txt", "अ", "01" * 32, "compact", ("अ.html", "अ.md"), Figures(3, 2, 1, 1))
B = Entry("inner/\udcff.txt", "inner/\udcff", "02" * 32, "compact", error="it cannot be read")


def path_of(out: Path) -> Path:
    return out / ".dwibhashi" / "ledger.jsonl"


def test_what_is_recorded_is_there_for_the_next_run(tmp_path: Path) -> None:
    newer = replace(A, sha256="03" * 32)
    with Ledger(tmp_path) as ledger:
        for entry in (A, B, newer):
            ledger.record(entry)
        assert ledger.find(A.note) == newer
    with Ledger(tmp_path) as ledger:
        assert (ledger.find(A.note), ledger.find(B.note), ledger.find("none")) == (newer, B, None)
        assert ledger.latest() == (B, newer)
    assert len(path_of(tmp_path).read_bytes().splitlines()) == 3


def test_wherever_it_was_cut_off_whole_lines_count_and_the_next_is_whole(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.record(A)
        ledger.record(B)
    whole = path_of(tmp_path).read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(len(whole)):
        path_of(tmp_path).write_bytes(whole[:cut])
        with Ledger(tmp_path) as ledger:
            assert ledger.latest() == ((A,) if cut >= first else ())
            ledger.record(B)
        with Ledger(tmp_path) as ledger:
            assert ledger.latest() == ((B, A) if cut >= first else (B,))


@pytest.mark.parametrize(
    "line", [b"", b"nonsense", b"[]", b"{}", b'{"note": "a", "figures": {"pages": 1}}', b'{"figures": 1}', b"\xff"]
)
def test_a_damaged_line_counts_for_nothing(tmp_path: Path, line: bytes) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.record(A)
    with path_of(tmp_path).open("ab") as file:
        file.write(line + b"\n")
    with Ledger(tmp_path) as ledger:
        assert ledger.latest() == (A,)


@pytest.mark.parametrize(
    ("entry", "sha256", "made_with", "outputs", "answers"),
    [
        (A, A.sha256, "compact", ("अ.html", "अ.md"), True),
        (A, A.sha256, "compact", ("अ.md",), True),
        (A, A.sha256, "compact", ("अ.json",), False),
        (A, "ff" * 32, "compact", ("अ.md",), False),
        (A, A.sha256, "another", ("अ.md",), False),
        (B, B.sha256, "compact", (), False),
    ],
)
def test_which_entry_answers(entry: Entry, sha256: str, made_with: str, outputs: tuple[str, ...], answers: bool) -> None:
    assert entry.answers(sha256, made_with, outputs) is answers


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Ledger(tmp_path), pytest.raises(DocumentError, match="another run"):
        Ledger(tmp_path)
    with Ledger(tmp_path):
        pass
