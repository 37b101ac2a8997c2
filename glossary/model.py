"""The values of the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["term", "name", "do-not-translate", "forbidden"]
Status = Literal["draft", "approved", "rejected", "obsolete"]
Case = Literal["adapt", "keep"]
Verdict = Literal["approve", "reject", "retire"]

# Verdict → from which status to which.
LIFE: dict[Verdict, tuple[Status, Status]] = {
    "approve": ("draft", "approved"),
    "reject": ("draft", "rejected"),
    "retire": ("approved", "obsolete"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A Hindi term in citation form and the English that must stand for it in a brief.

    kind: `term` inflects; `name` does not; `do-not-translate` stays as it stands in the text; `forbidden` is an `english` that
    must not appear, with the `preferred` one.
    case: `keep` forbids the capital that an English term takes at the beginning of a sentence.
    variants are spellings that people have typed; inflected forms and spelling variants that the rules know need not be listed.
    id and uid are given by the store: id for people (0 outside of a store), uid the same in every copy of the term.
    """

    hindi: str
    english: str
    acronym: str = ""
    acronym_hindi: str = ""
    kind: Kind = "term"
    status: Status = "approved"
    variants: tuple[str, ...] = ()
    case: Case = "adapt"
    domain: str = ""
    preferred: str = ""
    note: str = ""
    example: str = ""
    source: str = ""
    uid: str = ""
    id: int = 0

    @property
    def pins(self) -> bool:
        """Whether the term decides what stands in a brief."""
        return self.status == "approved" and self.kind != "forbidden"

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that people have typed for the term in Hindi."""
        return tuple(filter(None, (self.hindi, *self.variants, self.acronym_hindi)))

    def __str__(self) -> str:
        number = f"no. {self.id}" if self.id else "new"
        return f"{self.hindi} → {self.english} ({number}, {self.domain or 'no domain'})"


@dataclass(frozen=True)
class Glossary:
    """Terms, of which the approved ones pin; `version` names exactly this content."""

    terms: tuple[Term, ...]
    version: str


@dataclass(frozen=True)
class Change:
    """What becomes of a term; `before` is None for a new one. `evidence` are documents and sentences in which it was seen."""

    before: Term | None
    after: Term
    action: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Event:
    """A change that was made: who, when (ISO 8601, UTC), from what, to what, and why."""

    version: int
    action: str
    who: str
    at: str
    before: Term | None
    after: Term
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text: `text[start:end] == form`. `english` is the agreed English in the number that the form has."""

    term: Term
    start: int
    end: int
    form: str
    english: str
