"""Terms that contradict each other. The store lets no two approved ones stand; drafts are shown before that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from glossary.model import Term
from glossary.validation import keys_of

_LIVE = ("draft", "approved")


@dataclass(frozen=True)
class Conflict:
    """Two terms that cannot both be followed, and what a reviewer can do."""

    kind: Literal["same Hindi", "forbidden and agreed"]
    one: Term
    other: Term
    advice: str


def conflicts(terms: Iterable[Term]) -> list[Conflict]:
    """All conflicts among drafts and approved terms."""
    live = [term for term in terms if term.status in _LIVE]
    return [*_same_hindi(live), *_forbidden_and_agreed(live)]


def _same_hindi(terms: Iterable[Term]) -> Iterator[Conflict]:
    owner: dict[tuple[str, str], Term] = {}
    for term in terms:
        if term.kind == "forbidden":
            continue
        others = dict.fromkeys(owner.setdefault((key, term.domain), term) for key in sorted(keys_of(term)))
        for other in others:
            if other is not term:
                yield Conflict("same Hindi", other, term, "Reject or retire one of them, or give them different domains.")


def _forbidden_and_agreed(terms: Iterable[Term]) -> Iterator[Conflict]:
    terms = tuple(terms)
    agreed = {(key, term.english.casefold()): term for term in terms if term.kind != "forbidden" for key in keys_of(term)}
    for term in terms:
        if term.kind == "forbidden":
            found = {agreed.get((key, term.english.casefold())): None for key in keys_of(term)}
            for other in filter(None, found):
                yield Conflict("forbidden and agreed", term, other, "Retire one of them, or change its English.")
