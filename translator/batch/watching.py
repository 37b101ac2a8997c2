"""A folder that is looked at every second for notes that are new or have changed; one that is still being written is left
until it is whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from translator.batch.ledger import Ledger
from translator.batch.notes import notes_in
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


def changes(look: Callable[[], Mapping[Path, Stamp]], pause: Callable[[], None]) -> Iterator[list[Path]]:
    """The files that are new or have changed since they were last given out, and did not change during the last pause."""
    given: dict[Path, Stamp] = {}
    before: Mapping[Path, Stamp] = look()
    while True:
        pause()
        now = look()
        ready = {path: stamp for path, stamp in now.items() if before.get(path) == stamp != given.get(path)}
        before = now
        if ready:
            given |= ready
            yield sorted(ready)


def _stamps(order: Order) -> dict[Path, Stamp]:
    """When each note was changed, and its size. What goes away while we look is not there."""
    stamps = {}
    for note in notes_in(order.folder, order.out, order.selection)[0]:
        try:
            stat = note.stat()
        except OSError:
            continue
        stamps[note] = (stat.st_mtime_ns, stat.st_size)
    return stamps
