"""Notes into briefs by several threads, with few notes in memory however many there are, and every one of them in the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from translator.batch.index import write_index
from translator.batch.ledger import Ledger
from translator.batch.notes import INDEX, Note, names_of, no_notes, notes_in
from translator.batch.values import Order, Outcome, Report
from translator.batch.work import Finished, Task, Work, clear_drafts, put
from translator.pipeline import Translator
from translator.values import Document

# Bytes of notes that are translated together, some 20 to 80 sentences. More fill the engine's batches better, but are lost if the
# run is killed: with 16 KB, a twentieth less work and three times as much to do again.
_TOGETHER = 6_144
_GROUPS = 4  # for each job, at least

Done = Callable[[Outcome], None]


def nobody(outcome: Outcome) -> None:
    """Hears of each outcome where nobody wants to."""


def run(order: Order, translator: Translator, done: Done = nobody) -> Report:
    """Translate every note below the folder that is new or has changed; `done` hears of each as it is finished.

    Raises DocumentError if there are no notes, or if the output folder cannot be written.
    """
    notes, passed_over = notes_in(order.folder, order.out, order.selection)
    if not notes:
        raise no_notes(order.folder)
    with Ledger(order.out) as ledger:
        clear_drafts(order.out)
        return translate(notes, passed_over, order, translator, ledger, done)


def translate(
    notes: Sequence[Note], passed_over: Sequence[Path], order: Order, translator: Translator, ledger: Ledger, done: Done
) -> Report:
    """Translate these notes of the folder, and write the index of all briefs that the ledger has."""
    began = time.monotonic()
    names = [note.name for note in notes]
    briefs = names_of(names, {entry.note: entry.name for entry in ledger.latest()})
    tasks = [Task(note, order.folder / note.file, briefs[note.name], ledger.find(note.name)) for note in notes]
    work = Work(order, translator, made_with(order, translator))
    outcomes: dict[str, Outcome] = {}
    try:
        for finished in _in_parallel(work, _together(tasks, order.jobs), order.jobs):
            outcome = _recorded(finished, ledger)
            outcomes[outcome.note] = outcome
            done(outcome)
    finally:
        put(order.out, f"{INDEX}.html", write_index(order, ledger.latest()))
    return Report(tuple(outcomes[name] for name in names), tuple(passed_over), time.monotonic() - began)


def _recorded(finished: Finished, ledger: Ledger) -> Outcome:
    entry, status = finished.entry, finished.status
    if status != "unchanged":
        ledger.record(entry)
    return Outcome(entry.note, status, entry.figures, entry.outputs, entry.error)


def _in_parallel(work: Work, groups: Iterable[Sequence[Task]], jobs: int) -> Iterator[Finished]:
    """What is finished, as it is finished. Who interrupts gets what is under way to its end, and nothing new is begun."""
    waiting = iter(groups)
    under_way: set[Future[list[Finished]]] = set()
    with ThreadPoolExecutor(jobs, "batch") as threads:
        try:
            while True:
                under_way |= {threads.submit(work, group) for group in islice(waiting, 2 * jobs - len(under_way))}
                if not under_way:
                    return
                ready, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in ready:
                    yield from future.result()
        except KeyboardInterrupt:
            for future in [future for future in under_way if not future.cancel()]:
                yield from future.result()
            raise
        finally:
            for future in under_way:
                future.cancel()


def _together(tasks: Sequence[Task], jobs: int) -> Iterator[list[Task]]:
    """Tasks in order, small ones in groups, but so that every job gets several and none has to wait long for the last."""
    sizes = [task.note.size or _size(task.file) for task in tasks]
    most = min(_TOGETHER, sum(sizes) // (_GROUPS * jobs))
    group: list[Task] = []
    filled = 0
    for task, size in zip(tasks, sizes, strict=True):
        if group and filled + size > most:
            yield group
            group, filled = [], 0
        group.append(task)
        filled += size
    if group:
        yield group


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever reads it will say why


def made_with(order: Order, translator: Translator) -> str:
    """All that decides the English of a note, in words."""
    nothing = translator.brief(Document("", ()))
    return ", ".join(filter(None, (nothing.model, f"glossary {nothing.glossary_version}", order.style)))
