"""Checks of terms: agreed ones that are missing, and English that must not appear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from glossary.english import plural
from glossary.matcher import Matcher
from glossary.model import Term
from translator.values import Flag, Pin, Placement


def missing_pins(missing: Sequence[Pin], placements: Sequence[Placement], source: str) -> list[Flag]:
    """Flags for pins that no way of pinning could keep, with the place where they belong: behind the pin before them."""
    flags = []
    for pin in missing:
        before = [placement.end for placement in placements if placement.pin.end <= pin.start]
        place = max(before, default=0)
        what = "The agreed term" if pin.term else "The text"
        kind = "term-missing" if pin.term else "text-missing"
        message = f"{what} “{pin.target}” for “{source[pin.start : pin.end]}” is not in the English; put it in by hand."
        flags.append(Flag(kind, message, source_span=(pin.start, pin.end), target_span=(place, place)))
    return flags


class Forbidden:
    """The forbidden English of a glossary, looked for where its Hindi stands."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = [term for term in terms if term.kind == "forbidden" and term.status == "approved"]
        self._patterns = {term.english: _pattern(term.english) for term in self._terms}
        hindi = {term.hindi: Term(term.hindi, term.english, variants=term.variants) for term in self._terms}
        self._matcher = Matcher(hindi.values())

    def check(self, source: str, target: str, placements: Sequence[Placement] = ()) -> list[Flag]:
        """Flags for forbidden English in a sentence whose Hindi has the term. What an approved term has put there is no fault."""
        if not self._terms:
            return []
        matches = {match.term.hindi: (match.start, match.end) for match in self._matcher.find(source)}
        flags = []
        for term in self._terms:
            for found in self._patterns[term.english].finditer(target) if term.hindi in matches else ():
                pinned = any(place.start <= found.start() and found.end() <= place.end for place in placements)
                if not pinned:
                    message = f"“{found.group()}” must not appear; write “{term.preferred}”."
                    flags.append(Flag("forbidden-term", message, "error", matches[term.hindi], found.span()))
        return flags


def _pattern(english: str) -> regex.Pattern[str]:
    forms = "|".join(sorted({regex.escape(english), regex.escape(plural(english))}, key=len, reverse=True))
    return regex.compile(rf"(?<!\w)(?:{forms})(?!\w)", regex.IGNORECASE)
