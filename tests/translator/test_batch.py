from __future__ import annotations

import json
from pathlib import Path

import pytest

from translator import batch
from translator.errors import DocumentError
from translator.pipeline import Translator

NOTE = "भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।\n"


def test_every_note_becomes_a_brief_in_every_format(tmp_path: Path, translator: Translator) -> None:
    notes = tmp_path / "notes"
    (notes / "inner").mkdir(parents=True)
    (notes / "a.txt").write_text(NOTE, encoding="utf-8")
    (notes / "a.md").write_text(f"# शीर्षक\n\n{NOTE}", encoding="utf-8")
    (notes / "inner" / "b.txt").write_text(NOTE, encoding="utf-8")
    (notes / "c.pdf").write_bytes(b"%PDF-1.7")
    (notes / ".hidden.txt").write_text(NOTE, encoding="utf-8")
    heard = []

    report = batch.run(notes, tmp_path / "out", ["html", "md", "json"], translator, heard.append)

    written = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*"))
    assert written == sorted(f"{name}.{kind}" for name in ("a.txt", "a.md", "inner/b") for kind in ("html", "md", "json"))
    assert [path.name for path in report.passed_over] == ["c.pdf"]
    assert len(heard) == len(report.outcomes) == 3
    assert (report.sentences, report.terms, report.failed) == (4, 9, ())


def test_one_bad_note_does_not_stop_the_others(tmp_path: Path, translator: Translator) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "bad.txt").write_bytes(b"\xff\xff")
    (tmp_path / "notes" / "good.txt").write_text(NOTE, encoding="utf-8")
    report = batch.run(tmp_path / "notes", tmp_path / "out", ["json"], translator)
    assert [outcome.path.name for outcome in report.failed] == ["bad.txt"]
    assert "byte 0" in report.failed[0].error
    assert json.loads((tmp_path / "out" / "good.json").read_text(encoding="utf-8"))["document"] == "good.txt"


def test_briefs_within_the_folder_are_not_notes(tmp_path: Path, translator: Translator) -> None:
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    for _ in range(2):
        report = batch.run(tmp_path, tmp_path / "briefs", ["md"], translator)
        assert len(report.outcomes) == 1


def test_a_folder_without_notes_is_refused(tmp_path: Path, translator: Translator) -> None:
    with pytest.raises(DocumentError, match="no notes there"):
        batch.run(tmp_path, tmp_path / "out", ["html"], translator)
    with pytest.raises(DocumentError, match="no such folder"):
        batch.run(tmp_path / "none", tmp_path / "out", ["html"], translator)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, translator: Translator) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"a\.html: .*--out"):
        batch.run(tmp_path / "notes", tmp_path / "out", ["html"], translator)
