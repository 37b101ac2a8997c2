"""The house style: small rules for the finished English, each of which can be switched off or on by its name.

A rule is a function of the Hindi and the English that says what to edit. It changes how a thing is said, never what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from translator.editing import Edit
from translator.english_numbers import MONTHS

Rule = Callable[[str, str], Iterator[Edit]]

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DATES = (
    regex.compile(rf"\b{_MONTH},? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?:on |of |in )?(?P<year>\d{{4}})\b"),
    regex.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:on |of |in )?(?P<year>\d{{4}})\b"),
    regex.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th) (?:of )?{_MONTH}\b"),
)
_SPACES = (
    (regex.compile(r"(?<=\S)[ \t]+(?=[,;:!?)\]]|\.(?!\w))"), ""),
    (regex.compile(r"(?<=[(\[])[ \t]+"), ""),
    (regex.compile(r"[ \t]{2,}"), " "),
)
_HONORIFICS = (
    (regex.compile(r"(?<!\p{Deva})श्री(?!\p{Deva})"), regex.compile(r"\bMr\b\.?"), "Shri"),
    (regex.compile(r"(?<!\p{Deva})श्रीमती(?!\p{Deva})"), regex.compile(r"\b(?:Mrs|Ms)\b\.?"), "Smt"),
    (regex.compile(r"(?<!\p{Deva})सुश्री(?!\p{Deva})"), regex.compile(r"\b(?:Miss|Mrs)\b\.?"), "Ms"),
    (regex.compile(r"(?<!\p{Deva})डॉ(?!\p{Deva})"), regex.compile(r"\bDr\."), "Dr"),
    (regex.compile(r"(?<!\p{Deva})माननीय(?!\p{Deva})"), regex.compile(r"\b[Hh]onourable\b"), "Hon'ble"),
    (regex.compile(r"(?<!\p{Deva})जी(?!\p{Deva})"), regex.compile(r"(?<=\p{Lu}\p{L}+) [Jj]i\b"), ""),
)
_SMALL = frozenset("a an and as at but by for from in into nor of on or over the to up with".split())
_LATIN_WORD = regex.compile(r"\b\p{Latin}[\p{Latin}'’]*")


def spacing(source: str, target: str) -> Iterator[Edit]:
    """No blank before a mark, none after an opening bracket, one between words."""
    for pattern, new in _SPACES:
        yield from (Edit(*found.span(), new) for found in pattern.finditer(target))


def dates(source: str, target: str) -> Iterator[Edit]:
    """Dates as Indian English writes them: 8 April 2024."""
    for pattern in _DATES:
        for found in pattern.finditer(target):
            parts = (found["day"], found["month"], found.groupdict().get("year"))
            new = " ".join(filter(None, parts))
            if new != found.group():
                yield Edit(*found.span(), new)


def honorifics(source: str, target: str) -> Iterator[Edit]:
    """श्री is Shri, श्रीमती Smt, सुश्री Ms, डॉ. Dr, माननीय Hon'ble; the जी behind a name goes. Only where the Hindi has them."""
    for hindi, english, new in _HONORIFICS:
        if hindi.search(source):
            yield from (Edit(*found.span(), new) for found in english.finditer(target))


def headline(source: str, target: str) -> Iterator[Edit]:
    """A heading with capitals: India and Kazakhstan Discuss the Use of New Technologies."""
    words = list(_LATIN_WORD.finditer(target))
    for at, word in enumerate(words):
        small = word.group() in _SMALL and 0 < at < len(words) - 1
        if word.group()[0].islower() and not small:
            yield Edit(word.start(), word.start() + 1, word.group()[0].upper())


RULES: dict[str, Rule] = {"spacing": spacing, "dates": dates, "honorifics": honorifics}
HEADING_RULES: dict[str, Rule] = {"headline": headline}
# Two more are translator.polish: a capital at the beginning, and at the end the mark of the Hindi.
CAPITAL, FINAL_MARK = "capital", "final-mark"
NAMES = (CAPITAL, FINAL_MARK, *RULES, *HEADING_RULES)
USUAL = frozenset(NAMES) - frozenset(HEADING_RULES)
