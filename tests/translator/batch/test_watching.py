from __future__ import annotations

from collections import deque
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from translator.batch import Order, Report, watch
from translator.batch.notes import Note
from translator.batch.watching import Stamp, changes
from translator.errors import DocumentError
from translator.pipeline import Translator

A, B = Note("a", "a"), Note("b", "b")
NOTE = "भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।\n"


@pytest.mark.parametrize(
    ("looks", "given"),
    [
        ([{A: (1, 1)}, {A: (1, 1)}], [[A]]),
        ([{A: (1, 1), B: (1, 1)}, {A: (1, 1), B: (1, 1)}], [[A, B]]),
        ([{A: (1, 1)}, {A: (2, 5)}, {A: (3, 9)}, {A: (3, 9)}, {A: (3, 9)}], [[A]]),  # it was still being written
        ([{}, {A: (1, 1)}, {A: (1, 1)}, {A: (2, 1)}, {A: (2, 1)}], [[A], [A]]),
        ([{A: (1, 1)}, {A: (1, 1)}, {}, {A: (1, 1)}, {A: (1, 1)}], [[A]]),
        ([{A: (1, 1)}, {A: (1, 1), B: (2, 2)}, {A: (1, 1), B: (2, 2)}], [[A], [B]]),
        ([{A: (1, 1)}, {A: (1, 2)}], []),
    ],
)
def test_which_files_have_changed(looks: list[dict[Note, Stamp]], given: list[list[Note]]) -> None:
    waiting = deque(looks)

    def pause() -> None:
        if not waiting:
            raise KeyboardInterrupt

    found = []
    with suppress(KeyboardInterrupt):
        for files in changes(waiting.popleft, pause):
            found.append(files)
    assert found == given


def test_notes_are_translated_as_they_come_and_change(tmp_path: Path, translator: Translator) -> None:
    order = Order(tmp_path / "notes", tmp_path / "out", ("txt",))
    order.folder.mkdir()
    (order.folder / "a.txt").write_text(NOTE, encoding="utf-8")
    todo = iter([("b.txt", NOTE.encode()), ("b.txt", (NOTE * 2).encode()), ("c.txt", b"\xff")])
    rounds: list[str] = []

    def reported(report: Report) -> None:
        rounds.append(", ".join(f"{outcome.note} {outcome.status}" for outcome in report.outcomes))
        for name, content in islice(todo, 1):
            (order.folder / name).write_bytes(content)
        if len(rounds) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(order, translator, reported)
    assert rounds == ["a.txt translated", "b.txt translated", "b.txt translated", "c.txt failed"]
    assert len((order.out / "b.txt").read_text(encoding="utf-8").splitlines()) == 2
    index = (order.out / "index.html").read_text(encoding="utf-8")
    assert all(name in index for name in ('href="a.txt"', 'href="b.txt"', "c.txt: byte 0"))


def test_a_folder_that_is_not_there_is_not_watched(tmp_path: Path, translator: Translator) -> None:
    with pytest.raises(DocumentError, match="no such folder"):
        watch(Order(tmp_path / "none", tmp_path / "out"), translator, print)
