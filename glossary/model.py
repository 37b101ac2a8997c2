"""The values of the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["term", "name"]


@dataclass(frozen=True)
class Term:
    """A Hindi term in citation form and the English that must stand for it in a brief."""

    hindi: str
    english: str
    acronym: str = ""
    kind: Kind = "term"
    variants: tuple[str, ...] = ()
    domain: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Match:
    """A term found in a text: `text[start:end] == form`. `english` is the agreed English in the number that the form has."""

    term: Term
    start: int
    end: int
    form: str
    english: str
