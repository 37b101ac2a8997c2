"""Names of people in running text, by what stands before them: an office or an honorific (प्रधानमंत्री नरेंद्र मोदी, श्री राव).

A name without either is not found; what is found is a name in all but a few cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from hindi.fold import fold
from hindi.function_words import CONJUNCTIONS, FUNCTION_WORDS, GENITIVES, HONORIFICS, OFFICES

_LETTERS = r"[\u0900-\u0963\u0971-\u097f\u200c\u200d]+"
_WORD = regex.compile(rf"{_LETTERS}(?:[-‐‑–]{_LETTERS})*")
_ORDINAL = ("वां", "वें", "वीं")
_ENDS_NAME = FUNCTION_WORDS | OFFICES | HONORIFICS
_LONGEST = 3  # words of a name


@dataclass(frozen=True)
class Word:
    """A word of a text: `text[start:end] == written`."""

    start: int
    end: int
    written: str
    folded: str


def runs(text: str) -> Iterator[list[Word]]:
    """Words that stand together: only blanks between them, no function words but genitives, conjunctions and honorifics."""
    run: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        word = Word(found.start(), found.end(), found.group(), fold(found.group()))
        breaks = word.folded in _BREAKING or word.folded.endswith(_ORDINAL)
        if breaks or text[end : word.start].strip():
            yield run
            run = []
        if not breaks:
            run.append(word)
        end = word.end
    yield run


_BREAKING = FUNCTION_WORDS - GENITIVES - CONJUNCTIONS - HONORIFICS


def find(text: str, common: frozenset[str] = frozenset()) -> Iterator[tuple[Word, ...]]:
    """The names of people in `text`, as their words; none that has one of the folded words in `common`.

    >>> [" ".join(word.written for word in name) for name in find("प्रधानमंत्री नरेंद्र मोदी और श्री राव मिले।")]
    ['नरेंद्र मोदी', 'राव']
    """
    for run in runs(text):
        for at, word in enumerate(run):
            if word.folded not in OFFICES and word.folded not in HONORIFICS:
                continue
            name: list[Word] = []
            for following in run[at + 1 :]:
                if following.folded in _ENDS_NAME:
                    break
                name.append(following)
            shortest = 2 if word.folded in OFFICES else 1
            if shortest <= len(name) <= _LONGEST and not any(part.folded in common for part in name):
                yield tuple(name)
