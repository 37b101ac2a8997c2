"""The memory: segments that people have approved, and the whole history of them, in a database (DESIGN.md, section 1).

Each change is an event that is only ever added; the number of the last one is the version of the memory. The segments table holds
what is in use: of each sentence, in each context, the newest approval.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, true, update

from glossary.database import History, connect, writing
from translator.memory.likeness import Likeness, differences
from translator.memory.schema import EventRow, SegmentRow
from translator.memory.values import (
    NO_CONTEXT,
    Action,
    Context,
    Event,
    Outcome,
    Remembered,
    Similar,
    TranslationMemoryError,
    context_key,
    loose,
    source_key,
    validated,
)

SEGMENTS = History(Path(__file__).with_name("migrations"), "0001", "memory_alembic_version", "the translation memory")
_MANY = 500  # values in one IN (...), rows in one INSERT
_TEXTS = ("source", "target", "who", "at", "document", "glossary_version")
_ALL = select(SegmentRow.__table__)

_Key = tuple[str, str]  # of the source and of its context


class Memory:
    """The translation memory at a database URL. Opening it brings its tables up to date. Safe to share between threads.

    Its tables may live in the database of the glossary; neither touches the other's.
    """

    def __init__(self, url: str) -> None:
        self._engine = connect(url, SEGMENTS)
        self._likeness = Likeness()
        self._likeness_version = 0
        self._likeness_lock = threading.Lock()

    @property
    def version(self) -> int:
        """The number of the last change; 0 for an empty memory."""
        with self._engine.connect() as connection:
            return _version(connection)

    def remember(
        self,
        source: str,
        target: str,
        who: str,
        context: Context = NO_CONTEXT,
        document: str = "",
        glossary_version: str = "",
    ) -> Remembered:
        """Keep an approved translation. It takes the place of an older one of the same sentence in the same context.

        Raises TranslationMemoryError if a text is empty or holds control characters.
        """
        new = Remembered(source, target, who, "", context, document, glossary_version)
        with self._writing() as connection:
            _bring(connection, [validated(new)], who)
            return _in_use(connection, [new])[_key_of(new)]

    def remember_all(self, segments: Iterable[Remembered], who: str) -> list[Outcome]:
        """Keep many segments, in order, or none: what became of each. Doing it again changes nothing.

        A segment keeps its own `who` and `at`, if it has them; where the memory has a newer approval, that one stays.
        """
        with self._writing() as connection:
            return [outcome for batch in _batches(segments) for outcome in _bring(connection, batch, who)]

    def outcomes(self, segments: Iterable[Remembered]) -> list[Outcome]:
        """What would become of each segment if it were brought here alone, without doing it."""
        with self._engine.connect() as connection:
            return [outcome for batch in _batches(segments) for outcome in _judged(_in_use(connection, batch), batch)]

    def forget(self, number: int, who: str) -> Remembered:
        """Take a segment out of use; its history stays. Raises TranslationMemoryError if there is none of this number."""
        with self._writing() as connection:
            gone = _segment(connection, number)
            connection.execute(delete(SegmentRow).where(SegmentRow.id == number))
            _record(connection, _version(connection), [("forgotten", gone)], who)
            return gone

    def segment(self, number: int) -> Remembered:
        """The segment in use of this number. Raises TranslationMemoryError if there is none."""
        with self._engine.connect() as connection:
            return _segment(connection, number)

    def history(self, number: int) -> tuple[Event, ...]:
        """All that was approved under this number, the oldest first, and when it was forgotten."""
        chosen = select(EventRow.__table__).where(EventRow.segment_id == number).order_by(EventRow.version)
        with self._engine.connect() as connection:
            return tuple(map(_event, connection.execute(chosen).mappings()))

    def exact(self, source: str, context: Context = NO_CONTEXT) -> Remembered | None:
        """The approved translation of this very sentence: see `exact_many`."""
        return self.exact_many([source], [context])[0]

    def exact_many(self, sources: Sequence[str], contexts: Sequence[Context] | None = None) -> list[Remembered | None]:
        """For each sentence what was approved for it: in the same context if there is such, or else the newest.

        Sentences are the same if they are so in Unicode (NFC), whatever blanks are in them; another spelling or another number
        makes another sentence. `contexts` are those of the sentences (see `neighbours`); without them, each stands alone.
        """
        wanted = [source_key(source) for source in sources]
        in_context = [context_key(context) for context in contexts or [NO_CONTEXT] * len(sources)]
        newest: dict[str, Remembered] = {}
        same: dict[_Key, Remembered] = {}
        with self._engine.connect() as connection:
            for keys in _portions(sorted(set(wanted))):
                chosen = _ALL.where(SegmentRow.source_key.in_(keys)).order_by(SegmentRow.at, SegmentRow.version)
                for row in connection.execute(chosen).mappings():
                    newest[row["source_key"]] = same[row["source_key"], row["context_key"]] = _remembered(row)
        return [same.get(key) or newest.get(key[0]) for key in zip(wanted, in_context, strict=True)]

    def fuzzy(self, source: str, at_least: float = 75, most: int = 5) -> tuple[Similar, ...]:
        """The remembered segments whose source is most like `source`, the best first; of equals, the newest.

        Sentences are compared in one spelling, with digits as digits. Where one sentence has one translation in several contexts,
        it is there once. The first call reads the sources of the whole memory, later ones what has changed.
        """
        with self._likeness_lock:
            self._refresh()
            near = self._likeness.nearest(loose(source), at_least, most)
        score_of = {number: score for score, numbers in near for number in sorted(numbers)[-_MANY:]}
        with self._engine.connect() as connection:
            chosen = (_ALL.where(SegmentRow.id.in_(numbers)) for numbers in _portions(list(score_of)))
            rows = [row for portion in chosen for row in connection.execute(portion).mappings()]
        once: dict[tuple[str, str], Remembered] = {}
        for row in sorted(rows, key=lambda row: (score_of[row["id"]], row["at"], row["version"]), reverse=True):
            once.setdefault((row["source"], row["target"]), _remembered(row))
        best = list(once.values())[:most]
        return tuple(Similar(found, score_of[found.id], *differences(source, found.source)) for found in best)

    def search(self, words: str = "", most: int = 50, after: int = 0) -> tuple[Remembered, ...]:
        """Segments with `words` in their Hindi, in any spelling, or in their English: the newest first, from place `after` on."""
        chosen = _ALL.where(_having(words)).order_by(SegmentRow.version.desc()).limit(most).offset(after)
        with self._engine.connect() as connection:
            return tuple(map(_remembered, connection.execute(chosen).mappings()))

    def count(self, words: str = "") -> int:
        """How many segments are in use, or how many of them `search` would find."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(SegmentRow).where(_having(words))) or 0

    def all(self) -> Iterator[Remembered]:
        """All segments in use, in the order of their numbers, without holding them all in memory."""
        with self._engine.connect().execution_options(yield_per=1000) as connection:
            yield from map(_remembered, connection.execute(_ALL.order_by(SegmentRow.id)).mappings())

    def _refresh(self) -> None:
        """Bring what `fuzzy` compares up to the version of the memory."""
        with self._engine.connect() as connection:
            version, seen = _version(connection), self._likeness_version
            if version == seen:
                return
            if seen:
                gone = select(EventRow.segment_id).where(EventRow.version > seen, EventRow.action == "forgotten")
                for number in connection.scalars(gone):
                    self._likeness.drop(number)
            for number, source in connection.execute(select(SegmentRow.id, SegmentRow.loose).where(SegmentRow.version > seen)):
                self._likeness.put(number, source)
            self._likeness_version = version

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self._engine, "memory_events", SEGMENTS, TranslationMemoryError)


def _version(connection: Connection) -> int:
    return connection.scalar(select(func.max(EventRow.version))) or 0


def _having(words: str) -> ColumnElement[bool]:
    if not words.strip():
        return true()
    return or_(
        func.lower(SegmentRow.loose).contains(loose(words).lower(), autoescape=True),
        func.lower(SegmentRow.target).contains(" ".join(words.split()).lower(), autoescape=True),
    )


def _segment(connection: Connection, number: int) -> Remembered:
    row = connection.execute(_ALL.where(SegmentRow.id == number)).mappings().first()
    if row is None:
        raise TranslationMemoryError(f"There is no segment {number} in use. Search for it; it may have been forgotten.")
    return _remembered(row)


def _key_of(segment: Remembered) -> _Key:
    return source_key(segment.source), context_key(segment.context)


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + _MANY] for start in range(0, len(values), _MANY))


def _batches(segments: Iterable[Remembered]) -> Iterator[list[Remembered]]:
    """`segments`, validated, in batches in which no two are of one sentence in one context."""
    batch: dict[_Key, Remembered] = {}
    for segment in map(validated, segments):
        key = _key_of(segment)
        if key in batch or len(batch) == _MANY:
            yield list(batch.values())
            batch = {}
        batch[key] = segment
    if batch:
        yield list(batch.values())


def _in_use(connection: Connection, batch: Sequence[Remembered]) -> dict[_Key, Remembered]:
    """What is in use for the sentences of `batch`, in any context."""
    chosen = _ALL.where(SegmentRow.source_key.in_({source_key(segment.source) for segment in batch}))
    return {(row["source_key"], row["context_key"]): _remembered(row) for row in connection.execute(chosen).mappings()}


def _judged(in_use: Mapping[_Key, Remembered], batch: Sequence[Remembered]) -> list[Outcome]:
    return [_outcome(in_use.get(_key_of(segment)), segment) for segment in batch]


def _outcome(before: Remembered | None, new: Remembered) -> Outcome:
    if before is None:
        return Outcome("added")
    unsaid = {name: getattr(before, name) for name in ("document", "glossary_version") if not getattr(new, name)}
    if replace(new, **unsaid, source=before.source, who=before.who, at=before.at, context=before.context, id=before.id) == before:
        return Outcome("unchanged")
    return Outcome("older" if new.at and new.at < before.at else "replaced", before, new)


def _bring(connection: Connection, batch: Sequence[Remembered], who: str) -> list[Outcome]:
    """Write the segments that are new, or newer than what is in use, and the events that say so."""
    outcomes = _judged(_in_use(connection, batch), batch)
    start, now = _version(connection), _now()
    changes: list[tuple[Action, Remembered]] = []
    rows: dict[str, list[dict[str, Any]]] = {"remembered": [], "replaced": []}
    for segment, outcome in zip(batch, outcomes, strict=True):
        if outcome.kind not in ("added", "replaced"):
            continue
        version = start + len(changes) + 1
        number = outcome.before.id if outcome.before else version
        action: Action = "replaced" if outcome.before else "remembered"
        new = replace(segment, id=number, who=segment.who or who, at=segment.at or now)
        changes.append((action, new))
        rows[action].append(_row(new, version))
    if rows["remembered"]:
        connection.execute(insert(SegmentRow), rows["remembered"])
    if rows["replaced"]:
        names = [name for name in rows["replaced"][0] if name != "id"]
        statement = update(SegmentRow).where(SegmentRow.id == bindparam("_id"))
        values: dict[str, Any] = {name: bindparam(f"_{name}") for name in names}
        renamed = [{f"_{name}": value for name, value in row.items()} for row in rows["replaced"]]
        connection.execute(statement.values(values), renamed)
    _record(connection, start, changes, who)
    return outcomes


def _record(connection: Connection, start: int, changes: Sequence[tuple[Action, Remembered]], who: str) -> None:
    at = _now()
    rows = [
        {
            "version": version,
            "segment_id": segment.id,
            "action": action,
            "who": who,
            "at": at,
            "segment": {**_texts(segment), "before": segment.context[0], "after": segment.context[1]},
        }
        for version, (action, segment) in enumerate(changes, start + 1)
    ]
    if rows:
        connection.execute(insert(EventRow), rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _texts(segment: Remembered) -> dict[str, str]:
    return {name: getattr(segment, name) for name in _TEXTS}


def _row(segment: Remembered, version: int) -> dict[str, Any]:
    sources, contexts = _key_of(segment)
    before, after = segment.context
    keys = {"source_key": sources, "context_key": contexts, "loose": loose(segment.source), "before": before, "after": after}
    return {"id": segment.id, "version": version, **keys, **_texts(segment)}


def _remembered(row: Mapping[Any, Any]) -> Remembered:
    return Remembered(**{name: row[name] for name in _TEXTS}, context=(row["before"], row["after"]), id=row["id"])


def _event(row: Mapping[Any, Any]) -> Event:
    segment = _remembered({**row["segment"], "id": row["segment_id"]})
    return Event(row["version"], row["action"], row["who"], row["at"], segment)
