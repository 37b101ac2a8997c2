"""What a glossary file would change in the termbase, said before it is done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from glossary.errors import GlossaryError
from glossary.exchange.entries import Entry
from glossary.model import LIFE, Change, Status, Term
from glossary.validation import key_of, keys_of, validated

_STEPS = frozenset(LIFE.values())
_UID = re.compile("t[0-9a-f]{16}")  # ours; the ids of other tools mean nothing here


@dataclass(frozen=True)
class Rejection:
    """A place in a file that was not taken, and why."""

    place: str
    reason: str


@dataclass
class Report:
    """What a file adds, changes, leaves as it is, and cannot bring in."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)


def plan(terms: Iterable[Term], entries: Iterable[Entry], status: Status = "draft") -> Report:
    """What `entries` would change among `terms`. New terms have the status that their entry gives, or `status`."""
    planned = _Plan(terms)
    later: list[Entry] = []
    for entry in entries:
        if entry.fields.get("kind") == "forbidden" and not entry.fields.get("preferred"):
            later.append(entry)  # the preferred English may stand further down
        else:
            planned.take(entry, status)
    for entry in later:
        planned.take(planned.with_preferred(entry), status)
    return planned.report


class _Plan:
    def __init__(self, terms: Iterable[Term]) -> None:
        self.report = Report()
        self._by_uid: dict[str, Term] = {}
        self._by_key: dict[tuple[str, ...], list[Term]] = {}
        self._pinned: dict[tuple[str, str], Term] = {}
        self._place: dict[int, str] = {}
        for term in terms:
            self._remember(term)

    def take(self, entry: Entry, status: Status) -> None:
        """Plan what `entry` asks for, or reject it."""
        try:
            if entry.problem:
                raise GlossaryError(entry.problem)
            self._take(entry, status)
        except GlossaryError as error:
            self.report.rejected.append(Rejection(entry.place, str(error)))

    def with_preferred(self, entry: Entry) -> Entry:
        """`entry` with the agreed English of its Hindi as the preferred one."""
        key = key_of(entry.fields.get("hindi", ""))
        owners = self._by_key.get((key, entry.fields.get("domain", "")), []) + self._by_key.get((key, ""), [])
        agreed = next((term.english for term in owners if term.status in ("draft", "approved")), "")
        return replace(entry, fields={**entry.fields, "preferred": agreed})

    def _take(self, entry: Entry, status: Status) -> None:
        fields = {name: value for name, value in entry.fields.items() if name != "uid" or _UID.fullmatch(value)}
        wanted = validated(Term(**{"status": status, **fields}))
        before = self._known(wanted)
        if before is None:
            after = wanted
            self._refuse_clash(None, after)
            self.report.added.append(Change(None, after, "imported"))
        else:
            given = {name: getattr(wanted, name) for name in fields if name != "uid"}
            after = validated(replace(before, **given))
            if after == before:
                self.report.unchanged += 1
                return
            if id(before) in self._place:
                raise GlossaryError(f"{before.hindi} stands already on {self._place[id(before)]}, with other content.")
            if after.status != before.status and (before.status, after.status) not in _STEPS:
                raise GlossaryError(f"{before} is {before.status}; it cannot become {after.status}.")
            self._refuse_clash(before, after)
            self.report.changed.append(Change(before, after, "imported"))
            self._forget(before)
            after = replace(after, id=before.id)
        self._remember(after)
        self._place[id(after)] = entry.place

    def _known(self, wanted: Term) -> Term | None:
        """The term that an entry speaks of: the same uid, or the same Hindi in the same domain, with the same English first."""
        same = self._by_uid.get(wanted.uid) if wanted.uid else None
        candidates = [same] if same else self._by_key.get(_identity(wanted), [])
        alike = [term for term in candidates if term.english == wanted.english]
        live = [term for term in candidates if term.status in ("draft", "approved")]
        return next(iter(alike + live), None)

    def _refuse_clash(self, before: Term | None, after: Term) -> None:
        if not after.pins:
            return
        for key in keys_of(after):
            other = self._pinned.get((key, after.domain))
            if other is not None and other is not before:
                raise GlossaryError(f"{after.hindi} → {after.english} is the same Hindi as {other}.")

    def _remember(self, term: Term) -> None:
        if term.uid:
            self._by_uid[term.uid] = term
        self._by_key.setdefault(_identity(term), []).append(term)
        if term.pins:
            self._pinned.update(((key, term.domain), term) for key in keys_of(term))

    def _forget(self, term: Term) -> None:
        self._by_key[_identity(term)].remove(term)
        if term.pins:
            for key in keys_of(term):
                self._pinned.pop((key, term.domain), None)


def _identity(term: Term) -> tuple[str, ...]:
    identity = (key_of(term.hindi), term.domain)
    return (*identity, term.english.casefold()) if term.kind == "forbidden" else identity
