"""The user's termbase: where it is, what it begins with, and how the terms built in later come into it."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace

from glossary.agreed import built_in
from glossary.database import URL_VARIABLE, default_file, default_url
from glossary.model import Change, Glossary, Term
from glossary.store import Store
from glossary.validation import key_of, keys_of

EDITORS = "dwibhashi"  # who the built-in terms are from


@dataclass(frozen=True)
class Update:
    """What a release of the built-in terms changed in a termbase; `kept` are those that people have decided otherwise."""

    added: int
    changed: int
    retired: int
    kept: tuple[Term, ...]


def open_store(url: str | None = None) -> Store:
    """The termbase at `url`, or the user's own; a new one has the built-in terms in it."""
    store = Store(url or default_url())
    if store.version == 0:
        update_built_in(store)
    return store


def exists() -> bool:
    """Whether the user has a termbase; the first change makes one."""
    return bool(os.environ.get(URL_VARIABLE)) or default_file().exists()


def current() -> Glossary:
    """The agreed terms of the user's termbase; the built-in ones as long as there is no termbase."""
    return open_store().glossary() if exists() else built_in()


def update_built_in(store: Store, release: Iterable[Term] | None = None) -> Update:
    """Bring the built-in terms in `store` up to `release`. What a person has added, changed or judged stays as it is."""
    terms = tuple(_numbered(built_in().terms if release is None else release))
    done: list[Update] = []

    def decide(all_terms: Callable[[], tuple[Term, ...]]) -> list[Change]:
        changes, kept = _merge(all_terms(), store.changed_by_others_than(EDITORS), terms)
        actions = Counter(change.action for change in changes)
        done.append(Update(actions["added"], actions["edited"], actions["obsolete"], kept))
        return changes

    store.apply(decide, EDITORS, "built-in terms")
    return done[0]


def _merge(terms: Iterable[Term], by_people: Set[int], release: Iterable[Term]) -> tuple[list[Change], tuple[Term, ...]]:
    ours = {term.uid: term for term in terms if term.id not in by_people}
    theirs = {term.uid: term for term in terms if term.id in by_people}
    pinned = {(key, term.domain) for term in theirs.values() if term.pins for key in keys_of(term)}
    changes: list[Change] = []
    kept: list[Term] = []
    for term in release:
        new, old = _beside(term, pinned), ours.pop(term.uid, None)
        if term.uid in theirs or new is None:
            kept.append(term)
        elif old is None:
            changes.append(Change(None, new, "added"))
        elif replace(new, id=old.id) != old:
            changes.append(Change(old, replace(new, id=old.id), "edited"))
    gone = [term for term in ours.values() if term.status == "approved"]
    changes += [Change(term, replace(term, status="obsolete"), "obsolete") for term in gone]
    return changes, tuple(kept)


def _beside(term: Term, pinned: Set[tuple[str, str]]) -> Term | None:
    """`term` without the spellings that people have decided on; None if nothing is left of it."""
    free = [text for text in (term.hindi, *term.variants) if (key_of(text), term.domain) not in pinned]
    return replace(term, hindi=free[0], variants=tuple(free[1:])) if free else None


def _numbered(terms: Iterable[Term]) -> Iterator[Term]:
    """`terms` with the uid that each has in every termbase."""
    seen: Counter[str] = Counter()
    for term in terms:
        key = key_of(term.hindi)
        seen[key] += 1
        digest = hashlib.sha256(f"built-in {key} {seen[key]}".encode()).hexdigest()
        yield replace(term, uid=f"t{digest[:16]}", status="approved")
