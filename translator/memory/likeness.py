"""How alike two sentences are, and which of many are most like one. It compares text; of segments it knows the numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import regex
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from hindi.fold import end_in_text, fold_with_origin

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*|\S")  # a word, a number with its grouping, or one sign
_BITS = 1024  # 128 letters, as many as the block of Devanagari has; digits and Latin letters share their places
Spans = tuple[tuple[int, int], ...]


class Likeness:
    """Many texts by number. Most are told to be unlike at a glance: by their length, and by which letters they have how often.

    Texts are compared as they are given; fold them before. Not safe to share between threads.
    """

    def __init__(self) -> None:
        self._text_of: dict[int, str] = {}
        self._by_length: dict[int, dict[str, tuple[int, set[int]]]] = {}  # text → its letters, its numbers

    def put(self, number: int, text: str) -> None:
        """Add a text, or change the one with this number."""
        self.drop(number)
        self._text_of[number] = text
        texts = self._by_length.setdefault(len(text), {})
        if text not in texts:
            texts[text] = (_letters(text), set())
        texts[text][1].add(number)

    def drop(self, number: int) -> None:
        """Take a text out, if it is there."""
        text = self._text_of.pop(number, None)
        if text is None:
            return
        texts = self._by_length[len(text)]
        numbers = texts[text][1]
        numbers.remove(number)
        if not numbers:
            del texts[text]

    def nearest(self, asked: str, at_least: float, most: int) -> list[tuple[float, frozenset[int]]]:
        """The `most` texts that are most like `asked`, the best first: score from `at_least` to 100, and their numbers.

        The score is 100 × (1 − d / (m + n)), for d insertions and deletions that make one text of m characters the other of n.
        """
        if not asked or most < 1:
            return []
        found: list[tuple[float, str]] = []
        letters = _letters(asked)
        for length in sorted(self._by_length, key=lambda length: abs(length - len(asked))):
            room = (1 - at_least / 100) * (length + len(asked)) + 1e-6  # the largest d that will do
            if abs(length - len(asked)) > room:
                continue
            texts = self._by_length[length]
            alike = [text for text, (others, _) in texts.items() if (letters ^ others).bit_count() <= room]
            near = process.extract(asked, alike, scorer=fuzz.ratio, limit=most, score_cutoff=at_least)
            if near:
                found = sorted([*found, *((score, text) for text, score, _ in near)], key=lambda one: -one[0])[:most]
                if len(found) == most:
                    at_least = max(at_least, found[-1][0])
        return [(score, frozenset(self._by_length[len(text)][text][1])) for score, text in found]


def differences(one: str, other: str) -> tuple[Spans, Spans]:
    """The words of each text that the other has not in their place, as spans; neighbouring ones are one span.

    Words that differ in spelling only are the same.

    >>> differences("बैठक 2023 में हुई।", "बैठक २०२४ में हुई।"), differences("हिन्दी भाषा", "हिंदी भाषा")
    ((((5, 9),), ((5, 9),)), ((), ()))
    """
    ours, theirs = _tokens(one), _tokens(other)
    codes = [code for code in Indel.opcodes([word for word, _ in ours], [word for word, _ in theirs]) if code.tag != "equal"]
    return (
        _merged(one, (ours[at][1] for code in codes for at in range(code.src_start, code.src_end))),
        _merged(other, (theirs[at][1] for code in codes for at in range(code.dest_start, code.dest_end))),
    )


def _letters(text: str) -> int:
    """A bit for each occurrence of a letter, up to the eighth, in a place that letters may share.

    An insertion or deletion changes one bit at most: texts with d bits different are d of them apart, or more.
    """
    bits = 0
    for letter, times in Counter(text).items():
        bits |= _first(letter, min(times, 8))
    return bits


@lru_cache(maxsize=10_000)
def _first(letter: str, times: int) -> int:
    return sum(1 << (ord(letter) * 8 + time) % _BITS for time in range(times))


def _tokens(text: str) -> list[tuple[str, tuple[int, int]]]:
    folded = fold_with_origin(text)
    tokens = []
    for found in _TOKEN.finditer(folded.text):
        places = folded.origin[found.start() : found.end()]
        tokens.append((found.group(), (min(places), end_in_text(text, max(places)))))
    return tokens


def _merged(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip():
            start = merged.pop()[0]
        merged.append((start, end))
    return tuple(merged)
