"""The termbase as the glossary pages ask for it: filtered lists, what contradicts a term, and where a term was seen.

It judges and changes nothing: that is glossary.store.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from sqlalchemy import Engine, func, select

from glossary.conflicts import Conflict, conflicts
from glossary.matcher import Matcher
from glossary.model import Kind, Status, Term
from glossary.schema import EventRow, EvidenceRow
from glossary.store import Store
from glossary.termbase import EDITORS
from glossary.validation import key_of, keys_of
from hindi.fold import fold
from translator.documents.brief_json import segment_from_json
from web.briefs import Briefs
from web.schema import BriefRow, SegmentRow

STATUSES: tuple[str, ...] = (*get_args(Status), "all")
KINDS: tuple[Kind, ...] = get_args(Kind)
RECENT = timedelta(days=30)
_LIVE = ("draft", "approved")
_BRIEFS_LOOKED_INTO = 1000  # the newest; sentences have no index, as they are too long for one in PostgreSQL


@dataclass(frozen=True)
class Filters:
    """Which terms are asked for. `words` are compared in any spelling; `changed` means by a person, within RECENT."""

    status: str = "draft"
    domain: str = ""
    kind: str = ""
    words: str = ""
    unused: bool = False
    conflicting: bool = False
    changed: bool = False

    @property
    def asked(self) -> dict[str, str]:
        """The filters as a query has them."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: "1" if value is True else value for name, value in given.items() if value}


def filters(query: Mapping[str, str]) -> Filters:
    """The filters of a query; what it does not say, or says wrongly, is not filtered. Unused terms are approved ones."""
    status = query.get("status", "")
    unused = bool(query.get("unused"))
    return Filters(
        "approved" if unused else status if status in STATUSES else "draft",
        query.get("domain", "").strip(),
        query.get("kind", "") if query.get("kind") in KINDS else "",
        query.get("words", "").strip(),
        unused,
        bool(query.get("conflicting")),
        bool(query.get("changed")),
    )


class Catalogue:
    """All terms in memory, brought up to the store by its last changes before each answer. Safe to share between threads."""

    def __init__(self, store: Store, engine: Engine, briefs: Briefs) -> None:
        self.engine = engine
        self._store = store
        self._briefs = briefs
        self._lock = threading.RLock()
        self._version = 0
        self._terms: dict[int, Term] = {}
        self._owners: defaultdict[str, set[int]] = defaultdict(set)  # live terms by the keys of their spellings
        self._searched: dict[int, str] = {}
        self._changed: dict[int, str] = {}  # when a person last changed a term

    def find(self, chosen: Filters) -> list[Term]:
        """The terms asked for, by number; those that changed lately with the last change first."""
        with self._lock:
            self._refresh()
            found = [term for term in self._terms.values() if _has(term, chosen)]
            if chosen.words:
                words, key = fold(chosen.words).casefold().split(), key_of(chosen.words).casefold()
                found = [term for term in found if self._speaks_of(term, words, key)]
            if chosen.changed:
                since = (datetime.now(UTC) - RECENT).isoformat(timespec="seconds")
                found = [term for term in found if self._changed.get(term.id, "") >= since]
            if chosen.conflicting:
                numbers = {term.id for conflict in self.conflicts() for term in (conflict.one, conflict.other)}
                found = [term for term in found if term.id in numbers]
            if chosen.unused:
                used = self._briefs.used_terms()
                found = [term for term in found if term.id not in used]
            if chosen.changed:
                return sorted(found, key=lambda term: (self._changed[term.id], term.id), reverse=True)
            return sorted(found, key=lambda term: term.id)

    def domains(self) -> list[str]:
        """The domains of all terms."""
        with self._lock:
            self._refresh()
            return sorted({term.domain for term in self._terms.values()} - {""})

    def count(self, status: Status) -> int:
        """How many terms have a status."""
        with self._lock:
            self._refresh()
            return sum(term.status == status for term in self._terms.values())

    def conflicts(self) -> list[Conflict]:
        """All conflicts among drafts and approved terms."""
        with self._lock:
            self._refresh()
            alike = {number for owners in self._owners.values() if len(owners) > 1 for number in owners}
            return conflicts(self._terms[number] for number in sorted(alike))

    def conflicts_of(self, term: Term) -> list[Conflict]:
        """The conflicts that `term` is in, or would be in: it need not be in the termbase."""
        with self._lock:
            self._refresh()
            alike = {number for key in keys_of(term) for number in self._owners.get(key, ())} - {term.id}
            others = [self._terms[number] for number in sorted(alike)]
        return [conflict for conflict in conflicts([*others, term]) if term in (conflict.one, conflict.other)]

    def same(self, term: Term) -> Term | None:
        """A draft or approved term that already says what `term` says, in its domain, or in any where it names none."""
        with self._lock:
            self._refresh()
            for number in sorted(self._owners.get(key_of(term.hindi), ())):
                other = self._terms[number]
                alike = other.english.casefold() == term.english.casefold() and other.kind == term.kind
                if alike and term.domain in ("", other.domain):
                    return other
        return None

    def _speaks_of(self, term: Term, words: Sequence[str], key: str) -> bool:
        """Whether all words occur in the term, or what they are together, `key`: कार्यसमूह finds कार्य समूह. A number is one, too."""
        if term.id not in self._searched:
            texts = (*term.spellings, term.english, term.acronym, *keys_of(term))
            self._searched[term.id] = fold("\n".join(texts)).casefold()
        searched = self._searched[term.id]
        return key == str(term.id) or all(word in searched for word in words) or bool(key and key in searched)

    def _refresh(self) -> None:
        newest = self._store.version
        if newest == self._version:
            return
        if not self._version:
            self._load()
            return
        for event in self._store.events(newest - self._version):
            self._put(event.after)
            if event.who != EDITORS:
                self._changed[event.after.id] = event.at
        self._version = newest

    def _load(self) -> None:
        version = self._store.version  # what changes meanwhile is read again with the next refresh
        last = func.max(EventRow.at).label("at")
        by_people = select(EventRow.term_id, last).where(EventRow.who != EDITORS).group_by(EventRow.term_id)
        with self.engine.connect() as connection:
            self._changed = {row.term_id: row.at for row in connection.execute(by_people)}
        for term in self._store.terms():
            self._put(term)
        self._version = version

    def _put(self, term: Term) -> None:
        old = self._terms.get(term.id)
        if old is not None:
            for key in keys_of(old):
                self._owners[key].discard(term.id)
        if term.status in _LIVE:
            for key in keys_of(term):
                self._owners[key].add(term.id)
        self._terms[term.id] = term
        self._searched.pop(term.id, None)


@dataclass(frozen=True)
class Run:
    """A piece of a sentence; `marked` if it is the term."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Sighting:
    """A sentence in which a term was seen, and its English where a brief of the service has that sentence."""

    document: str
    sentence: str
    runs: tuple[Run, ...]
    english: str = ""
    brief_id: str = ""


def sightings(engine: Engine, terms: Sequence[Term], most: int = 100) -> dict[int, list[Sighting]]:
    """For each term, by its number, the sentences kept as its evidence: no more than `most`."""
    chosen = select(EvidenceRow.term_id, EvidenceRow.document, EvidenceRow.sentence)
    chosen = chosen.where(EvidenceRow.term_id.in_([term.id for term in terms])).order_by(EvidenceRow.id)
    with engine.connect() as connection:
        rows = connection.execute(chosen).all()
    kept: dict[int, list[tuple[str, str]]] = {term.id: [] for term in terms}
    for number, document, sentence in rows:
        if len(kept[number]) < most:
            kept[number].append((document, sentence))
    english = _english(engine, [seen for found in kept.values() for seen in found])
    return {
        term.id: [
            Sighting(document, sentence, runs, *english.get(sentence, ("", "")))
            for (document, sentence), runs in zip(
                kept[term.id], marked(term, [sentence for _, sentence in kept[term.id]]), strict=True
            )
        ]
        for term in terms
    }


def marked(term: Term, sentences: Sequence[str]) -> list[tuple[Run, ...]]:
    """Each sentence in runs, those of the term marked, whatever the status of the term."""
    if not sentences:
        return []
    kind: Kind = "term" if term.kind == "forbidden" else term.kind
    matcher = Matcher([replace(term, status="approved", kind=kind)])
    found: list[tuple[Run, ...]] = []
    for sentence in sentences:
        runs: list[Run] = []
        done = 0
        for match in matcher.find(sentence):
            runs += [Run(sentence[done : match.start], False), Run(sentence[match.start : match.end], True)]
            done = match.end
        found.append(tuple(run for run in [*runs, Run(sentence[done:], False)] if run.text))
    return found


def _english(engine: Engine, seen: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Sentences that stand in a brief → their English there and the id of the brief, the newest one."""
    documents, sentences = {document for document, _ in seen}, {sentence for _, sentence in seen}
    if not sentences:
        return {}
    named = select(BriefRow.number).where(BriefRow.name.in_(documents))
    newest = select(func.max(BriefRow.number) - _BRIEFS_LOOKED_INTO).scalar_subquery()
    chosen = (
        select(SegmentRow.source, SegmentRow.segment, BriefRow.id)
        .join(BriefRow, BriefRow.number == SegmentRow.brief)
        .where(SegmentRow.brief.in_(named) | (SegmentRow.brief > newest))
        .where(SegmentRow.source.in_(sentences), SegmentRow.segment.is_not(None))
        .order_by(SegmentRow.brief, SegmentRow.position)
    )
    with engine.connect() as connection:
        return {
            source: (segment_from_json(segment).target, brief_id)
            for source, segment, brief_id in connection.execute(chosen)
            if segment is not None
        }


@dataclass(frozen=True)
class FieldChange:
    """A field of a term that an event changed, in words."""

    name: str
    before: str
    after: str


def field_changes(before: Term | None, after: Term) -> list[FieldChange]:
    """What is different in `after`; for a new term, all that it says."""
    names = [field.name for field in fields(Term) if field.name not in ("id", "uid")]
    pairs = [(name, "" if before is None else in_words(getattr(before, name)), in_words(getattr(after, name))) for name in names]
    return [FieldChange(name.replace("_", " "), old, new) for name, old, new in pairs if old != new]


def in_words(value: object) -> str:
    """The value of a field of a term as people read and type it: variants are parted by a vertical bar."""
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def _has(term: Term, chosen: Filters) -> bool:
    return chosen.status in ("all", term.status) and chosen.domain in ("", term.domain) and chosen.kind in ("", term.kind)
