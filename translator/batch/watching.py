"""A folder that is looked at every second for notes that are new or have changed; one that is still being written is left
until it is whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

from translator.batch.ledger import Ledger
from translator.batch.notes import Note, notes_in
from translator.batch.running import Done, nobody, translate
from translator.batch.values import Order, Report
from translator.batch.work import clear_drafts
from translator.pipeline import Translator

_PAUSE = 1.0  # second between two looks; a file that is the same in both is whole

Stamp = tuple[int, int]


def watch(order: Order, translator: Translator, reported: Callable[[Report], None], done: Done = nobody) -> None:
    """Translate notes as they come and change, until interrupted; `reported` hears of each round in which there were some.

    Raises DocumentError if there is no such folder, or if the output folder cannot be written.
    """
    notes_in(order.folder, order.out)
    with Ledger(order.out) as ledger:
        clear_drafts(order.out)
        for notes in changes(lambda: _stamps(order), lambda: time.sleep(_PAUSE)):
            reported(translate(notes, (), order, translator, ledger, done))


def changes(look: Callable[[], Mapping[Note, Stamp]], pause: Callable[[], None]) -> Iterator[list[Note]]:
    """The notes that are new or have changed since they were last given out, and did not change during the last pause."""
    given: dict[Note, Stamp] = {}
    before: Mapping[Note, Stamp] = look()
    while True:
        pause()
        now = look()
        ready = {note: stamp for note, stamp in now.items() if before.get(note) == stamp != given.get(note)}
        before = now
        if ready:
            given |= ready
            yield sorted(ready)


def _stamps(order: Order) -> dict[Note, Stamp]:
    """When each note was changed, and the size of its file. What goes away while we look is not there."""
    stamps = {}
    for note in notes_in(order.folder, order.out, order.selection)[0]:
        try:
            stat = (order.folder / note.file).stat()
        except OSError:
            continue
        stamps[note] = (stat.st_mtime_ns, stat.st_size)
    return stamps
