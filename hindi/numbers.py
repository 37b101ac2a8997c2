"""Numbers in running text as values: digits of both scripts, number words, लाख and करोड़, डेढ़ and साढ़े (DESIGN.md, rule 7).

The parser is the same for every language; what differs is the Vocabulary. HINDI is here, the English one is with the checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from hindi.fold import fold


@dataclass(frozen=True)
class Quantity:
    """A number in a text: `text[start:end]`. `digits` tells whether any of it is written in digits; `attached` whether it hangs
    on a name, as in KAZIND-2023 or सी-17."""

    value: Decimal
    start: int
    end: int
    digits: bool
    attached: bool = False


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The number words of a language, folded: values, units that multiply, and fractions that go before a number (साढ़े)."""

    numbers: Mapping[str, Decimal]
    units: Mapping[str, Decimal]
    fractions: Mapping[str, Decimal]
    hour: str = ""


_CARDINALS = (
    "शून्य एक दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस "
    "बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस "
    "चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन "
    "अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर "
    "अठहत्तर उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे "
    "छियानवे सत्तानवे अट्ठानवे निन्यानवे"
).split()
_OTHER_NUMBERS = {
    "1": "पहला पहली पहले प्रथम",
    "2": "दूसरा दूसरी दूसरे द्वितीय दोनों दोबारा",
    "3": "तीसरा तीसरी तीसरे तृतीय",
    "4": "चौथा चौथी चौथे चतुर्थ",
    "6": "छः छ छठा छठी छठे",
    "9": "नवां नवीं नवें",
    "15": "पन्द्रह",
    "18": "अट्ठारह",
    "22": "बाइस",
    "23": "तेइस",
    "27": "सत्ताइस",
    "28": "अठाईस अट्ठाइस",
    "29": "उन्तीस",
    "44": "चवालीस",
    "100": "शत",
    "1.5": "डेढ़",
    "2.5": "ढाई",
}
_ENDINGS = ("वां", "वीं", "वें", "ों")  # पांचवां, पांचवीं; तीनों


def _numbers() -> dict[str, Decimal]:
    words = {fold(word): Decimal(value) for value, word in enumerate(_CARDINALS)}
    words |= {word + ending: value for word, value in words.items() for ending in _ENDINGS}
    return words | {fold(word): Decimal(value) for value, names in _OTHER_NUMBERS.items() for word in names.split()}


HINDI = Vocabulary(
    numbers=_numbers(),
    units={
        fold(word): Decimal(value)
        for value, names in {
            10**2: "सौ सैकड़ा",
            10**3: "हजार सहस्र",
            10**5: "लाख",
            10**6: "मिलियन",
            10**7: "करोड़",
            10**9: "अरब बिलियन",
            10**11: "खरब",
            10**12: "ट्रिलियन",
        }.items()
        for word in names.split()
    },
    fractions={fold("साढ़े"): Decimal("0.5"), fold("सवा"): Decimal("0.25"), fold("पौने"): Decimal("-0.25")},
    hour=fold("बजे"),
)

# 1,87,500 and 1,875,000 and 7.8 and 10:30; Devanagari digits likewise.
_TOKEN = regex.compile(r"(?P<digits>\p{Nd}+(?:,\p{Nd}{2,3})*(?:[.:]\p{Nd}+)?)|(?P<word>[\p{L}\p{M}]+)")
_ATTACHED = regex.compile(r"[\p{L}\p{M}][-–]?\Z")
_TOGETHER = regex.compile(r"[\s-]+")
_RANGE = regex.compile(r"\s?[-–]\s?\Z")


@lru_cache(maxsize=2048)  # a sentence is compared with each of its hypotheses, and again after each repair
def find(text: str, vocabulary: Vocabulary = HINDI) -> tuple[Quantity, ...]:
    """All numbers of `text`, in order; what belongs together is one: `3 लाख 62 हजार` is 362000.

    >>> [str(number.value) for number in find("रु. १,८७,५०० और साढ़े तीन लाख, पाँचवीं बैठक")]
    ['187500', '350000.0', '5']
    """
    return tuple(_Parser(text, vocabulary).parse())


class _Parser:
    """Reads tokens from left to right and keeps the number that is being built."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text, self._words = text, vocabulary
        self._reset()

    def _reset(self) -> None:
        self._total = Decimal(0)  # what is complete with its unit
        self._pending: Decimal | None = None  # a number that may yet find its unit
        self._unit: Decimal | None = None  # the last unit
        self._fraction: Decimal | None = None
        self._start = self._end = -1
        self._digits = self._attached = self._spelled = False

    def parse(self) -> Iterator[Quantity]:
        for token in _TOKEN.finditer(self._text):
            if self._start >= 0 and not _TOGETHER.fullmatch(self._text, self._end, token.start()):
                yield from self._finished()
            word = fold(token.group()).lower()
            digits = word.replace(",", "").replace(":", ".")
            if digits.replace(".", "").isdecimal():  # there are newer digits than Python knows
                yield from self._number(Decimal(digits), token, digits=True)
            elif word in self._words.numbers:
                yield from self._number(self._words.numbers[word], token, digits=False)
            elif word in self._words.units:
                yield from self._multiply(self._words.units[word], token)
            elif word in self._words.fractions:
                yield from self._finished()
                self._fraction = self._words.fractions[word]
                self._start, self._end = token.span()
            else:
                if word == self._words.hour and self._fraction and self._pending is not None:
                    self._pending += self._fraction * Decimal("0.6") - self._fraction  # साढ़े दस बजे is 10.30
                yield from self._finished()
        yield from self._finished()

    def _number(self, value: Decimal, token: regex.Match[str], digits: bool) -> Iterator[Quantity]:
        attached = digits and bool(_ATTACHED.search(self._text, 0, token.start()))
        if attached or not self._continues(value, digits):
            yield from self._finished()
        if digits and self._repeats(token):
            return
        if self._start < 0:
            self._start = token.start()
        self._pending = (self._pending or 0) + value + (self._fraction or 0)
        self._digits |= digits
        self._attached, self._spelled, self._end = attached, not digits, token.end()

    def _continues(self, value: Decimal, digits: bool) -> bool:
        """Whether a number goes on: after साढ़े, after a larger unit, or in the ones after the tens (forty-eight)."""
        if self._pending is None:
            return self._fraction is not None or self._unit is None or value < self._unit
        return not digits and self._spelled and self._pending % 10 == 0 and 20 <= self._pending <= 90 and 0 < value < 10

    def _repeats(self, token: regex.Match[str]) -> bool:
        """33-33 says 33 each."""
        before = self._text[max(0, token.start() - 2 * len(token.group()) - 3) : token.start()]
        return self._start < 0 and bool(_RANGE.search(before)) and _RANGE.sub("", before).endswith(token.group())

    def _multiply(self, unit: Decimal, token: regex.Match[str]) -> Iterator[Quantity]:
        if self._pending is None and self._unit is not None and self._start >= 0:
            self._total *= unit  # लाख करोड़
        else:
            if self._unit is not None and unit >= self._unit:
                pending = self._pending
                yield from self._finished()
                self._pending = pending
            if self._start < 0:
                self._start = token.start()
            count = self._pending if self._pending is not None else 1 + (self._fraction or 0)
            self._total += count * unit
        self._pending, self._unit, self._fraction, self._end = None, unit, None, token.end()

    def _finished(self) -> Iterator[Quantity]:
        if self._pending is not None or self._unit is not None:
            value = self._total + (self._pending or 0)
            yield Quantity(value, self._start, self._end, self._digits, self._attached)
        self._reset()
