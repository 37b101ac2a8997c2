"""What is changed in a pair each time it is read: terms put into the source, and other digits in its numbers.

So the model learns to copy what it is told instead of remembering what it has seen.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Pieces = npt.NDArray[Any]
Span = tuple[int, int, int, int]  # Hindi start and end, English start and end

_TAGGED = 0.55  # of the switched sentences
_RANDOM = 0.2  # of the tagged terms
_REMEMBERED = 5000


@dataclass
class TermSwitching:
    """English terms in place of their Hindi (Dinu et al. 2019, "Training NMT to apply terminology constraints").

    About half of the time they are tagged on both sides, and some tagged ones are a term of another sentence: nothing but the
    tag tells the model what to write then.
    """

    chance: random.Random
    _seen: list[str] = field(default_factory=list)

    def switch(self, hindi: str, english: str, spans: Sequence[Span]) -> tuple[str, str]:
        """Both sides with one to three terms of the Hindi switched."""
        wanted = self.chance.choice((1, 1, 2, 3))
        chosen: list[Span] = []
        for span in self.chance.sample(list(spans), len(spans)):
            if len(chosen) < wanted and not any(_overlap(span, other) for other in chosen):
                chosen.append(span)
        tagged = self.chance.random() < _TAGGED
        terms = {span: self._term(english[span[2] : span[3]], tagged) for span in chosen}
        for span in sorted(chosen, reverse=True):
            hindi = hindi[: span[0]] + terms[span] + hindi[span[1] :]
        for span in sorted(chosen, key=lambda span: span[2], reverse=True):
            english = english[: span[2]] + terms[span] + english[span[3] :]
        return hindi, english

    def _term(self, term: str, tagged: bool) -> str:
        if len(self._seen) < _REMEMBERED:
            self._seen.append(term)
        else:
            self._seen[self.chance.randrange(_REMEMBERED)] = term
        if not tagged:
            return term
        if self.chance.random() < _RANDOM:
            term = self.chance.choice(self._seen)
        return f"<pin> {term} </pin>"


def _overlap(one: Span, other: Span) -> bool:
    return (one[0] < other[1] and other[0] < one[1]) or (one[2] < other[3] and other[2] < one[3])


class DigitReplacement:
    """Other digits of the same length in a number that stands on both sides. It knows which pieces are digits."""

    def __init__(self, pieces: Sequence[str], chance: random.Random) -> None:
        """`pieces` by their number. Without a piece for each digit nothing is ever replaced."""
        self._chance = chance
        places = {piece: number for number, piece in enumerate(pieces)}
        self._digit_of = np.full(len(pieces) + 1, -1)
        self._pieces = np.array([places.get(str(digit), -1) for digit in range(10)])
        if (self._pieces >= 0).all():
            self._digit_of[self._pieces] = range(10)
        self._letters = np.array([*(piece[:1].isalpha() for piece in pieces), False])

    def replace(self, source: Pieces, target: Pieces) -> tuple[Pieces, Pieces]:
        """The pair with its shared numbers changed, the same number in the same way everywhere.

        Let alone are 0 and 1, which stand for words, and a number with letters behind it (5th): it would need other letters.
        """
        theirs: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for start, end in self._runs(target):
            theirs.setdefault(tuple(target[start:end].tolist()), []).append((start, end))
        if not theirs:
            return source, target
        source, target = source.copy(), target.copy()
        new: dict[tuple[int, ...], Pieces] = {}
        for start, end in self._runs(source):
            number = tuple(source[start:end].tolist())
            if number in theirs and self._may_change(number, theirs[number], target):
                source[start:end] = new.setdefault(number, self._other(number))
        for number, digits in new.items():
            for start, end in theirs[number]:
                target[start:end] = digits
        return source, target

    def _runs(self, pieces: Pieces) -> list[tuple[int, int]]:
        """Where the numbers stand: start and end of each run of digits."""
        edges = np.flatnonzero(np.diff(self._digit_of[pieces] >= 0, prepend=False, append=False))
        return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))

    def _may_change(self, number: tuple[int, ...], places: Sequence[tuple[int, int]], target: Pieces) -> bool:
        if len(number) == 1 and self._digit_of[number[0]] < 2:
            return False
        return not any(end < len(target) and self._letters[target[end]] for _, end in places)

    def _other(self, number: tuple[int, ...]) -> Pieces:
        digits = [self._chance.randrange(10) for _ in number]
        if self._digit_of[number[0]]:
            digits[0] = self._chance.randrange(2 if len(number) == 1 else 1, 10)
        return self._pieces[digits]
