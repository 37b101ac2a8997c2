from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from glossary.model import Glossary
from translator.batch import Figures, Order, Outcome, Selection, run
from translator.engines.base import Hypothesis
from translator.engines.compact import CompactEngine
from translator.errors import DocumentError, EngineError
from translator.pipeline import Translator

NOTE = "भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।\n"


@pytest.fixture
def order(tmp_path: Path) -> Order:
    (tmp_path / "notes").mkdir()
    return Order(tmp_path / "notes", tmp_path / "out", ("json",))


def write(order: Order, **texts: str) -> None:
    for name, text in texts.items():
        (order.folder / f"{name}.txt").write_text(text, encoding="utf-8")


def briefs(order: Order) -> list[str]:
    """Everything in the output folder that is not hidden, but for the index."""
    paths = (path.relative_to(order.out) for path in order.out.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.parts[0] != ".dwibhashi" and path.name != "index.html")


def made(order: Order, translator: Translator) -> dict[str, str]:
    return {outcome.note: outcome.status for outcome in run(order, translator).outcomes}


def test_every_note_becomes_a_brief_in_every_format(order: Order, translator: Translator) -> None:
    (order.folder / "inner").mkdir()
    (order.folder / "a.txt").write_text(NOTE, encoding="utf-8")
    (order.folder / "a.md").write_text(f"# शीर्षक\n\n{NOTE}", encoding="utf-8")
    (order.folder / "inner" / "b.txt").write_text(NOTE, encoding="utf-8")
    (order.folder / "c.exe").write_bytes(b"MZ")
    heard: list[Outcome] = []

    report = run(replace(order, formats=("html", "md", "json")), translator, heard.append)

    assert briefs(order) == sorted(f"{name}.{kind}" for name in ("a.txt", "a.md", "inner/b") for kind in ("html", "md", "json"))
    assert [path.name for path in report.passed_over] == ["c.exe"]
    assert [outcome.note for outcome in report.outcomes] == ["a.md", "a.txt", "inner/b.txt"]
    assert sorted(heard, key=str) == sorted(report.outcomes, key=str)
    assert (report.figures, str(report)) == (Figures(4, 9), "3 translated, 0 unchanged, 0 failed")


def test_the_notes_of_a_zip_are_done_each_once_and_a_broken_one_is_told(order: Order, translator: Translator) -> None:
    with ZipFile(order.folder / "w.zip", "w") as archive:
        for name in ("a.txt", "in/b.md"):
            archive.writestr(name, NOTE)
    (order.folder / "broken.zip").write_bytes((order.folder / "w.zip").read_bytes()[:-9])

    first = run(order, translator)
    assert briefs(order) == ["w.zip/a.json", "w.zip/in/b.json"]
    assert str(first) == "2 translated, 0 unchanged, 1 failed"
    assert f"{order.folder / 'broken.zip'}: the end of the archive is missing" in first.having("failed")[0].error

    with ZipFile(order.folder / "w.zip", "a") as archive:
        archive.writestr("c.txt", NOTE)
    (order.folder / "broken.zip").unlink()
    assert made(order, translator) == {"w.zip/a.txt": "unchanged", "w.zip/c.txt": "translated", "w.zip/in/b.md": "unchanged"}


def test_a_brief_is_the_same_whoever_its_neighbours_are(order: Order, translator: Translator) -> None:
    write(order, **{f"n{number}": f"{NOTE}बैठक में {number} देश थे। वे {number + 1} दिन रुके।" for number in range(9)})
    documents = []
    for jobs, out in ((1, "one"), (3, "three")):
        run(replace(order, out=order.out / out, jobs=jobs), translator)
        documents.append([json.loads((order.out / out / f"n{number}.json").read_bytes())["blocks"] for number in range(9)])
    alone = replace(order, out=order.out / "alone", selection=Selection(include=("n4*",)))
    run(alone, translator)
    assert documents[0] == documents[1]
    assert json.loads((alone.out / "n4.json").read_bytes())["blocks"] == documents[0][4]


def test_one_bad_note_does_not_stop_the_others(order: Order, translator: Translator) -> None:
    write(order, good=NOTE)
    (order.folder / "bad.txt").write_bytes(b"\xff\xff")
    report = run(order, translator)
    (bad,) = report.having("failed")
    assert (bad.note, bad.outputs, "byte 0" in bad.error) == ("bad.txt", (), True)
    assert json.loads((order.out / "good.json").read_bytes())["document"] == "good.txt"


class Refusing(CompactEngine):
    """An engine that has something against kings."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        if any("राजा" in text for text in texts):
            raise self._error
        return super().translate(texts, nbest, attention, avoid_repeats)


@pytest.mark.parametrize(
    ("error", "message"), [(EngineError("No kings."), "No kings."), (ZeroDivisionError("x"), "b.txt: it could not be translated")]
)
def test_one_note_that_the_engine_refuses_does_not_stop_those_beside_it(order: Order, error: Exception, message: str) -> None:
    write(order, a=NOTE, b="राजा आए।", c="बैठक हुई।", d="वे गए।")
    report = run(order, Translator(Refusing(error), Glossary((), "none")))
    assert [outcome.status for outcome in report.outcomes] == ["translated", "failed", "translated", "translated"]
    assert message in report.outcomes[1].error


def test_who_interrupts_keeps_what_is_done(order: Order, translator: Translator) -> None:
    write(order, **{f"n{number}": NOTE * 9 for number in range(9)})

    def interrupt(outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(order, translator, interrupt)
    assert b"n0.json" in (order.out / "index.html").read_bytes()
    assert [outcome.status for outcome in run(order, translator).outcomes][:1] == ["unchanged"]


def test_a_brief_that_cannot_be_written_is_named(order: Order, translator: Translator) -> None:
    write(order, a=NOTE, b=NOTE)
    (order.out / "a.json").mkdir(parents=True)
    report = run(order, translator)
    assert [outcome.note for outcome in report.having("failed")] == ["a.txt"]
    assert "a.json: Is a directory" in report.having("failed")[0].error
    assert (order.out / "b.json").is_file()


def test_only_what_is_new_or_has_changed_is_translated(order: Order, translator: Translator) -> None:
    write(order, a=NOTE, b=NOTE, c=NOTE)
    first = run(order, translator)
    assert made(order, translator) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), "unchanged")
    assert run(order, translator).figures == first.figures
    write(order, b=NOTE * 2, d=NOTE)
    (order.out / "c.json").unlink()
    changed = {"b.txt": "translated", "c.txt": "translated", "d.txt": "translated"}
    assert made(order, translator) == {"a.txt": "unchanged", **changed}
    assert made(replace(order, resume=False), translator) == dict.fromkeys(("a.txt", *changed), "translated")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "unchanged"),
        ({"jobs": 3}, "unchanged"),
        ({"style": "units international"}, "translated"),
        ({"formats": ("md",)}, "translated"),
        ({"formats": ("json", "md")}, "translated"),
    ],
)
def test_what_makes_another_brief_makes_it_again(
    order: Order, translator: Translator, change: dict[str, object], status: str
) -> None:
    write(order, a=NOTE)
    run(order, translator)
    assert made(replace(order, **change), translator) == {"a.txt": status}  # type: ignore[arg-type]


def test_fewer_formats_are_there_already(order: Order, translator: Translator) -> None:
    write(order, a=NOTE)
    run(replace(order, formats=("json", "md")), translator)
    assert made(replace(order, formats=("md",)), translator) == {"a.txt": "unchanged"}


def test_formats_of_earlier_runs_stay_until_the_note_changes(order: Order, translator: Translator) -> None:
    write(order, a=NOTE)
    found = []
    for kind in ("json", "md"):
        found.append(run(replace(order, formats=(kind,)), translator).outcomes[0].outputs)
    write(order, a=NOTE * 2)
    found.append(run(order, translator).outcomes[0].outputs)
    assert found == [("a.json",), ("a.json", "a.md"), ("a.json",)]


def test_what_failed_is_tried_again(order: Order, translator: Translator) -> None:
    (order.folder / "bad.txt").write_bytes(b"\xff\xff")
    assert made(order, translator) == made(order, translator) == {"bad.txt": "failed"}


def test_a_brief_keeps_its_name_when_another_note_comes(order: Order, translator: Translator) -> None:
    write(order, a=NOTE)
    run(order, translator)
    (order.folder / "a.md").write_text(NOTE, encoding="utf-8")
    assert made(order, translator) == {"a.md": "translated", "a.txt": "unchanged"}
    assert briefs(order) == ["a.json", "a.md.json"]


def test_half_written_files_are_cleared(order: Order, translator: Translator) -> None:
    write(order, a=NOTE)
    drafts = order.out / ".dwibhashi" / "drafts"
    drafts.mkdir(parents=True)
    (drafts / "123.part").write_bytes(b"half")
    run(order, translator)
    assert list(drafts.iterdir()) == []


def test_briefs_within_the_folder_are_not_notes(order: Order, translator: Translator) -> None:
    write(order, a=NOTE)
    within = replace(order, out=order.folder / "briefs", formats=("md",))
    assert [made(within, translator) for _ in range(2)] == [{"a.txt": "translated"}, {"a.txt": "unchanged"}]


def test_a_folder_without_notes_is_refused(order: Order, translator: Translator) -> None:
    with pytest.raises(DocumentError, match="no notes there"):
        run(order, translator)
    assert not order.out.exists()


def test_a_place_that_cannot_be_written_is_named(order: Order, translator: Translator) -> None:
    write(order, a=NOTE)
    order.out.write_text("a file", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"out: Not a directory\. .*--out"):
        run(order, translator)
