"""The termbase: terms and their whole history in a database (DESIGN.md, section 3).

Each change is an event that is only ever added; the number of the last one is the version of the glossary. The terms table holds
what the events add up to. Changes are made one after another: a writer holds the lock of the database until it is done.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, insert, select, update

from glossary.database import TERMS, connect, writing
from glossary.errors import ConflictError, GlossaryError
from glossary.model import LIFE, Change, Event, Glossary, Term, Verdict
from glossary.schema import EventRow, EvidenceRow, SpellingRow, TermRow
from glossary.validation import key_of, keys_of, validated

_EDITABLE = ("draft", "approved")
_FIELDS = tuple(field.name for field in fields(Term) if field.name != "id")
_MANY = 500  # values in one IN (...)
_ALL = select(TermRow.__table__).order_by(TermRow.id)

Decision = Callable[[Callable[[], tuple[Term, ...]]], Iterable[Change]]


class Store:
    """A termbase at a database URL. Opening it brings its tables up to date."""

    def __init__(self, url: str) -> None:
        self._engine = connect(url)

    @property
    def version(self) -> int:
        """The number of the last change; 0 for an empty store."""
        with self._engine.connect() as connection:
            return _version(connection)

    def terms(self, **having: str) -> tuple[Term, ...]:
        """All terms, or those whose fields have the given values: `terms(status="draft", domain="defence")`."""
        chosen = _ALL
        for name, value in having.items():
            chosen = chosen.where(getattr(TermRow, name) == value)
        with self._engine.connect() as connection:
            return _terms(connection, chosen)

    def term(self, reference: str | int) -> Term:
        """The term with this number, uid or Hindi. Raises GlossaryError if there is none, or more than one."""
        asked = str(reference).strip()
        number = int(asked) if asked.isascii() and asked.isdecimal() else -1
        with self._engine.connect() as connection:
            found = _terms(connection, select(TermRow.__table__).where((TermRow.id == number) | (TermRow.uid == asked)))
        if not found and key_of(asked):
            found = tuple(term for term in self.terms() if key_of(asked) in keys_of(term))
        if not found:
            raise GlossaryError(f"There is no term {asked!r}. Give its number, or its Hindi as it is listed.")
        if len(found) > 1:
            numbers = ", ".join(f"{term.id} ({term.english})" for term in found)
            raise GlossaryError(f"{asked} is the Hindi of more than one term: {numbers}. Give the number.")
        return found[0]

    def glossary(self) -> Glossary:
        """The approved terms and the version that they are of."""
        while True:
            version = self.version
            terms = self.terms(status="approved")
            if self.version == version:
                return Glossary(terms, str(version))

    def changed_by_others_than(self, who: str) -> frozenset[int]:
        """The numbers of the terms that someone else has added, changed or judged."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(EventRow.term_id).where(EventRow.who != who).distinct()))

    def at(self, version: int) -> tuple[Term, ...]:
        """The terms as they were at `version`, rebuilt from the events."""
        with self._engine.connect() as connection:
            self._check_version(connection, version)
            last = select(func.max(EventRow.version)).where(EventRow.version <= version).group_by(EventRow.term_id)
            rows = connection.execute(select(EventRow.term_id, EventRow.after).where(EventRow.version.in_(last)))
            return tuple(sorted((_from_json(after, number) for number, after in rows), key=lambda term: term.id))

    def history(self, term_id: int) -> tuple[Event, ...]:
        """All that was done to a term, the oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(EventRow.__table__).where(EventRow.term_id == term_id).order_by(EventRow.version)
            ).mappings()
            return tuple(map(_event, rows))

    def events(self, last: int) -> tuple[Event, ...]:
        """The last changes of all, the oldest of them first."""
        with self._engine.connect() as connection:
            chosen = select(EventRow.__table__).order_by(EventRow.version.desc()).limit(last)
            return tuple(map(_event, connection.execute(chosen).mappings()))[::-1]

    def diff(self, old: int, new: int) -> tuple[Change, ...]:
        """What changed from version `old` to version `new`; what was changed and changed back is left out."""
        with self._engine.connect() as connection:
            for version in (old, new):
                self._check_version(connection, version)
            rows = connection.execute(
                select(EventRow.__table__).where(EventRow.version > old, EventRow.version <= new).order_by(EventRow.version)
            ).mappings()
            first: dict[int, Term | None] = {}
            last: dict[int, Event] = {}
            for row in rows:
                event = _event(row)
                first.setdefault(event.after.id, event.before)
                last[event.after.id] = event
        return tuple(
            Change(first[number], event.after, event.action) for number, event in last.items() if first[number] != event.after
        )

    def evidence(self, term_id: int) -> tuple[tuple[str, str], ...]:
        """Documents and sentences in which a suggested term was seen."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(EvidenceRow.document, EvidenceRow.sentence).where(EvidenceRow.term_id == term_id).order_by(EvidenceRow.id)
            )
            return tuple((document, sentence) for document, sentence in rows)

    def add(self, term: Term, who: str, why: str = "", approve: bool = False) -> Term:
        """Add a term as a draft, or approved at once. Returns it with its numbers."""
        new = replace(term, status="approved" if approve else "draft", id=0, uid="")
        return self.apply(lambda terms: [Change(None, new, "added")], who, why)[0]

    def edit(self, term_id: int, changes: Mapping[str, Any], who: str, why: str = "") -> Term:
        """Change fields of a draft or approved term; its status changes by `judge` only."""
        wrong = sorted(name for name in changes if name not in _FIELDS or name in ("status", "uid"))
        if wrong:
            raise GlossaryError(f"{', '.join(wrong)} cannot be edited.")

        def edited(term: Term) -> Term:
            if term.status not in _EDITABLE:
                raise GlossaryError(f"{term} is {term.status}; add a new term instead of editing it.")
            return replace(term, **changes)

        return self._change([term_id], edited, "edited", who, why)[0]

    def judge(self, term_ids: Sequence[int], verdict: Verdict, who: str, why: str = "") -> tuple[Term, ...]:
        """Approve or reject drafts, or retire approved terms: all or none. ConflictError if their Hindi is pinned already."""
        origin, goal = LIFE[verdict]

        def judged(term: Term) -> Term:
            if term.status != origin:
                raise GlossaryError(f"{term} is {term.status}; one can {verdict} only what is {origin}.")
            return replace(term, status=goal)

        return self._change(term_ids, judged, goal, who, why)

    def apply(self, decide: Decision, who: str, why: str = "") -> tuple[Term, ...]:
        """Make all the changes that `decide` names, or none. No one else changes anything meanwhile.

        `decide` is given a function that returns all terms as they are then. Returns the changed terms.
        """
        with self._writing() as connection:
            return _record(connection, list(decide(lambda: _terms(connection, _ALL))), who, why)

    def _change(
        self, term_ids: Sequence[int], change: Callable[[Term], Term], action: str, who: str, why: str
    ) -> tuple[Term, ...]:
        with self._writing() as connection:
            changes = []
            for number in dict.fromkeys(term_ids):
                found = _terms(connection, select(TermRow.__table__).where(TermRow.id == number))
                if not found:
                    raise GlossaryError(f"There is no term with the number {number}.")
                changes.append(Change(found[0], validated(change(found[0])), action))
            _record(connection, [change for change in changes if change.before != change.after], who, why)
            return tuple(change.after for change in changes)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self._engine, "events", TERMS, GlossaryError)

    @staticmethod
    def _check_version(connection: Connection, version: int) -> None:
        newest = _version(connection)
        if not 0 <= version <= newest:
            raise GlossaryError(f"There is no version {version} of the glossary; the versions are 0 to {newest}.")


def _version(connection: Connection) -> int:
    return connection.scalar(select(func.max(EventRow.version))) or 0


def _terms(connection: Connection, chosen: Select[Any]) -> tuple[Term, ...]:
    return tuple(_from_json(row, row["id"]) for row in connection.execute(chosen).mappings())


def _from_json(values: Mapping[Any, Any], number: int) -> Term:
    return Term(**{name: values[name] for name in _FIELDS if name != "variants"}, variants=tuple(values["variants"]), id=number)


def _event(row: RowMapping) -> Event:
    number = row["term_id"]
    before = None if row["before"] is None else _from_json(row["before"], number)
    return Event(row["version"], row["action"], row["who"], row["at"], before, _from_json(row["after"], number), row["why"])


def _record(connection: Connection, changes: Sequence[Change], who: str, why: str) -> tuple[Term, ...]:
    """Write the changes as events, and what they add up to into the other tables."""
    version = _version(connection)
    number = connection.scalar(select(func.max(TermRow.id))) or 0
    at = datetime.now(UTC).isoformat(timespec="seconds")
    settled = [replace(change, after=validated(change.after)) for change in changes]
    for place, change in enumerate(settled):
        if change.before is None:
            number += 1
            after = replace(change.after, id=number, uid=change.after.uid or f"t{uuid.uuid4().hex[:16]}")
            settled[place] = replace(change, after=after)
    _refuse_conflicts(connection, settled)
    new = [_values(change.after) for change in settled if change.before is None]
    old = [{f"_{name}": value for name, value in _values(change.after).items()} for change in settled if change.before]
    _many(connection, insert(TermRow), new)
    columns: dict[str, Any] = {name: bindparam(f"_{name}") for name in _FIELDS}
    _many(connection, update(TermRow).where(TermRow.id == bindparam("_id")).values(columns), old)
    _many(
        connection,
        insert(EventRow),
        [
            {
                "version": version + place,
                "term_id": change.after.id,
                "action": change.action,
                "who": who,
                "at": at,
                "before": change.before and _values(change.before),
                "after": _values(change.after),
                "why": why,
            }
            for place, change in enumerate(settled, 1)
        ],
    )
    unpinned = [{"_id": change.after.id} for change in settled if change.before and change.before.pins]
    _many(connection, delete(SpellingRow).where(SpellingRow.term_id == bindparam("_id")), unpinned)
    _many(
        connection,
        insert(SpellingRow),
        [
            {"key": key, "domain": change.after.domain, "term_id": change.after.id}
            for change in settled
            if change.after.pins
            for key in keys_of(change.after)
        ],
    )
    _many(
        connection,
        insert(EvidenceRow),
        [
            {"term_id": change.after.id, "document": document, "sentence": sentence}
            for change in settled
            for document, sentence in change.evidence
        ],
    )
    return tuple(change.after for change in settled)


def _refuse_conflicts(connection: Connection, changes: Sequence[Change]) -> None:
    changed = {change.after.id for change in changes}
    wanted: dict[tuple[str, str], Term] = {}
    for term in (change.after for change in changes if change.after.pins):
        for key in keys_of(term):
            other = wanted.setdefault((key, term.domain), term)
            if other is not term:
                raise _conflict(term, other)
    keys = sorted({key for key, _ in wanted})
    for start in range(0, len(keys), _MANY):
        rows = connection.execute(
            select(SpellingRow.key, SpellingRow.domain, SpellingRow.term_id).where(
                SpellingRow.key.in_(keys[start : start + _MANY])
            )
        )
        for key, domain, owner in rows:
            if owner not in changed and (key, domain) in wanted:
                other = _terms(connection, select(TermRow.__table__).where(TermRow.id == owner))[0]
                raise _conflict(wanted[key, domain], other)


def _conflict(term: Term, other: Term) -> ConflictError:
    return ConflictError(f"{term} and {other} are the same Hindi. Retire one of them, or give them different domains.")


def _many(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _values(term: Term) -> dict[str, Any]:
    return {"id": term.id, **{name: getattr(term, name) for name in _FIELDS}, "variants": list(term.variants)}
