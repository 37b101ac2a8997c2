"""Numbers in running text as values: digits of both scripts, number words, लाख and करोड़, डेढ़ and साढ़े (DESIGN.md, rule 7).

The parser is the same for every language; what differs is the Vocabulary. HINDI is here, the English one is with the checks.
Per cent and currencies belong to a number as its measure; kilometres, people and dates are no business of this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import pairwise

import regex

from hindi.fold import fold


@dataclass(frozen=True)
class Quantity:
    """A number in a text: `text[start:end]`. `digits` tells whether any of it is written in digits; `attached` whether it hangs
    on a name, as in KAZIND-2023 or सी-17; `unit` is the unit that it ends in, 1 where there is none."""

    value: Decimal
    start: int
    end: int
    digits: bool
    attached: bool = False
    unit: Decimal = Decimal(1)


@dataclass(frozen=True)
class Measured:
    """A number with what it counts: `measure` is "%", a currency ("INR", "USD") or empty, and `text[start:end]` has both.

    `scaled` is the value under the unit of the number behind it in a range: the 5 of 5-10 करोड़ may be five or five crore.
    """

    number: Quantity
    measure: str
    start: int
    end: int
    scaled: Decimal


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The number words of a language, folded: values, units that multiply, and fractions that go before a number (साढ़े).

    `short` are units that only stand behind a number (bn); `links` may stand inside a spelled number (two hundred *and* five);
    `tails` are fractions behind a number (and a half); `point` is the decimal point in words (दशमलव); `measures` says what is
    counted, before or behind the number, with `origins` between (5 million *US* dollars); `ranges` join two numbers that share
    a measure.
    """

    numbers: Mapping[str, Decimal]
    units: Mapping[str, Decimal]
    fractions: Mapping[str, Decimal]
    hour: str = ""
    short: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    tails: Mapping[str, Decimal] = field(default_factory=dict)
    point: str = ""
    measures: Mapping[str, str] = field(default_factory=dict)
    origins: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()


_CARDINALS = (
    "शून्य एक दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस "
    "बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस "
    "चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन "
    "अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर "
    "अठहत्तर उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे "
    "छियानवे सत्तानवे अट्ठानवे निन्यानवे"
).split()
_OTHER_SPELLINGS = (
    "6 छः छ छै; 15 पन्द्रह; 17 सतरह; 18 अट्ठारह; 22 बाइस; 23 तेइस; 25 पचीस; 27 सत्ताइस; 28 अठाईस अट्ठाइस अठाइस; 29 उन्तीस; "
    "31 इकत्तीस इकतिस; 34 चौतीस; 35 पैतीस; 40 चालिस; 44 चवालीस; 45 पैंतालिस; 47 सैंतालिस; 48 अड़तालिस; 54 चौव्वन; "
    "58 अठावन; 67 सरसठ; 71 इकत्तर; 77 सतत्तर; 78 अठत्तर; 79 उन्यासी उन्नासी; 88 अठासी; 91 इक्यानबे; 92 बानबे; 93 तिरानबे; "
    "94 चौरानबे; 95 पंचानवे पंचानबे पचानबे; 96 छियानबे; 97 सत्तानबे; 98 अट्ठानबे अठानवे; 99 निन्यानबे निन्नानवे"
)
_NOT_CARDINALS = {
    "0.5": "आधा आधी आधे",
    "1": "पहला पहली पहले प्रथम",
    "1.5": "डेढ़",
    "2": "दूसरा दूसरी दूसरे द्वितीय दोनों दोबारा",
    "2.5": "ढाई",
    "3": "तीसरा तीसरी तीसरे तृतीय",
    "4": "चौथा चौथी चौथे चतुर्थ",
    "5": "पंचम",
    "6": "छठा छठी छठे छठवां छठवीं छठवें षष्ठ",
    "7": "सप्तम",
    "8": "अष्टम",
    "9": "नवां नवीं नवें नवम",
    "10": "दशम",
    "100": "शत",
}
_ENDINGS = ("वां", "वीं", "वें", "ों")  # पांचवां, पांचवीं; तीनों
_UNITS = {
    12: "दर्जन",
    10**2: "सौ सैकड़ा",
    10**3: "हजार सहस्र",
    10**5: "लाख",
    10**6: "मिलियन",
    10**7: "करोड़",
    10**9: "अरब बिलियन",
    10**11: "खरब",
    10**12: "ट्रिलियन",
}
_MEASURES = {
    "%": "% प्रतिशत फीसदी फीसद परसेंट पर्सेंट प्रतिशतांक",
    "INR": "₹ रु रू रुपये रुपए रुपया रुपयों रुपयें रूपये रूपए रूपया रूपयों rs inr",
    "USD": "$ डॉलर डालर डॉलरों usd us$",
    "EUR": "€ यूरो eur euro",
    "GBP": "£ पाउंड पौंड gbp",
    "JPY": "¥ येन jpy",
    "CNY": "युआन cny",
    "RUB": "रूबल रुबल",
    "AED": "दिरहम",
    "BDT": "टका",
}


def words(table: Mapping[str, str]) -> dict[str, str]:
    """A table of words by meaning, turned into a table of meanings by folded word; `per_cent` is two words."""
    return {spelling(word.replace("_", " ")): meaning for meaning, names in table.items() for word in names.split()}


@lru_cache(maxsize=65536)  # the words of a language are few, and fold is the dearest step of all
def spelling(word: str) -> str:
    """A word as the vocabularies have it: folded, in lower case."""
    return fold(word).lower()


def _numbers() -> dict[str, Decimal]:
    cardinals = [(value, word) for value, word in enumerate(_CARDINALS)]
    cardinals += [(int(row.split()[0]), word) for row in _OTHER_SPELLINGS.split(";") for word in row.split()[1:]]
    by_word = {spelling(word): Decimal(value) for value, word in cardinals}
    by_word |= {word + ending: value for word, value in by_word.items() for ending in _ENDINGS}
    return by_word | {word: Decimal(value) for word, value in words(_NOT_CARDINALS).items()}


def _units() -> dict[str, Decimal]:
    by_word = {spelling(word): Decimal(value) for value, names in _UNITS.items() for word in names.split()}
    ordinals = {word + ending: value for word, value in by_word.items() for ending in _ENDINGS[:3]}  # सौवां; लाखों has no value
    return by_word | ordinals


HINDI = Vocabulary(
    numbers=_numbers(),
    units=_units(),
    fractions={fold("साढ़े"): Decimal("0.5"), fold("सवा"): Decimal("0.25")}
    | dict.fromkeys(map(fold, ("पौने", "पौन")), Decimal("-0.25")),
    hour=fold("बजे"),
    point=fold("दशमलव"),
    measures=words(_MEASURES),
    origins=frozenset(map(spelling, "अमेरिकी अमरीकी यूएस भारतीय नेपाली us".split())),
    ranges=frozenset(map(spelling, "से और एवं तथा व या अथवा to".split())),
)

# 1,87,500 and 1,875,000 and 7.8 and 10:30; Devanagari digits likewise. 10,20,30 is a list.
_TOKEN = regex.compile(
    r"(?P<digits>(?:\p{Nd}{1,3}(?:,\p{Nd}{2,3})*,\p{Nd}{3}(?!\p{Nd})|\p{Nd}+)(?:[.:]\p{Nd}+)?)|(?P<word>[\p{L}\p{M}]+)"
)
_ATTACHED = regex.compile(r"[\p{L}\p{M}][-–]?\Z")
_TOGETHER = regex.compile(r"[\s-]*")
_RANGE = regex.compile(r"\s?[-–]\s?\Z")
_SIGN_BEHIND = regex.compile(r"[\s-]*([\p{L}\p{M}]+|[%\p{Sc}])(?:[\s-]+([\p{L}\p{M}]+))?")
_SIGN_BEFORE = regex.compile(r"([\p{L}\p{M}]+|\p{Sc})[.\s]*\Z")
_LONGEST_SIGN = 12  # characters of text before a number in which its currency is looked for
_BETWEEN = regex.compile(r"\s*(?:([\p{L}\p{M}]+)|[-–—,/&])\s*(?:\p{Sc}|rs\b\.?)?\s*", regex.IGNORECASE)
_MERGED = 1000  # सौ and हजार can be multiplied again with what follows: दो सौ पचास करोड़


@lru_cache(maxsize=2048)  # a sentence is compared with each of its hypotheses, and again after each repair
def find(text: str, vocabulary: Vocabulary = HINDI) -> tuple[Quantity, ...]:
    """All numbers of `text`, in order; what belongs together is one: `3 लाख 62 हजार` is 362000.

    >>> [str(number.value) for number in find("रु. १,८७,५०० और साढ़े तीन लाख, पाँचवीं बैठक, सात दशमलव आठ")]
    ['187500', '350000.0', '5', '7.8']
    """
    return tuple(_Parser(text, vocabulary).parse())


@lru_cache(maxsize=2048)
def measured(text: str, vocabulary: Vocabulary = HINDI) -> tuple[Measured, ...]:
    """The numbers of `text` with their measures. The numbers of a range share what stands at one of them.

    >>> [(str(each.number.value), each.measure) for each in measured("7 से 8 प्रतिशत, रु. 5 करोड़, 20 लोग")]
    [('7', '%'), ('8', '%'), ('50000000', 'INR'), ('20', '')]
    """
    result: list[Measured] = []
    for number in find(text, vocabulary):
        result.append(_with_measure(text, vocabulary, number, result[-1].end if result else 0))
    unit = Decimal(1)
    for at, (one, other) in reversed(list(enumerate(pairwise(result)))):
        unit = other.number.unit if other.number.unit != 1 else unit
        if _is_range(text, vocabulary, one, other):
            scale = unit if one.number.unit == 1 else Decimal(1)
            result[at] = replace(one, measure=one.measure or result[at + 1].measure, scaled=one.number.value * scale)
        else:
            unit = Decimal(1)
    for at, (one, other) in enumerate(pairwise(result)):
        before = one.start < one.number.start  # Rs 5 to 10; not the year in 1 per cent and 2028
        if before and not other.measure and _is_range(text, vocabulary, one, other):
            result[at + 1] = replace(other, measure=one.measure)
    return tuple(result)


def _with_measure(text: str, vocabulary: Vocabulary, number: Quantity, after: int) -> Measured:
    """The measure behind a number, or else before it, where no other number has it already."""
    end = number.end
    while behind := _SIGN_BEHIND.match(text, end):
        word = spelling(behind.group(1))
        both = spelling(f"{behind.group(1)} {behind.group(2)}")
        if word in vocabulary.measures:
            return Measured(number, vocabulary.measures[word], number.start, behind.end(1), number.value)
        if both in vocabulary.measures:
            return Measured(number, vocabulary.measures[both], number.start, behind.end(2), number.value)
        if word not in vocabulary.origins:
            break
        end = behind.end(1)
    before = _SIGN_BEFORE.search(text, max(after, number.start - _LONGEST_SIGN), number.start)
    measure = vocabulary.measures.get(spelling(before.group(1)), "") if before else ""
    if before and measure and measure != "%":
        return Measured(number, measure, before.start(), number.end, number.value)
    return Measured(number, "", number.start, number.end, number.value)


def _is_range(text: str, vocabulary: Vocabulary, one: Measured, other: Measured) -> bool:
    between = _BETWEEN.fullmatch(text, one.end, other.number.start)
    if between is None or ("," in between.group() and one.number.unit not in (1, other.number.unit)):
        return False
    return not between.group(1) or spelling(between.group(1)) in vocabulary.ranges


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


class _Parser:
    """Reads tokens from left to right and keeps the number that is being built: closed parts, each with its unit (3 लाख), and
    the open number behind them that may yet find its own."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text, self._words = text, vocabulary
        self._reset()

    def _reset(self) -> None:
        self._closed: list[tuple[Decimal, Decimal]] = []  # (value, unit)
        self._closed_end = -1
        self._unit = Decimal(1)
        self._open: Decimal | None = None
        self._open_start = -1
        self._fraction: Decimal | None = None
        self._decimals: str | None = None
        self._start = self._end = self._reach = -1  # `reach` is behind a link that is not yet known to belong to the number
        self._digits = self._attached = self._spelled = self._in_parts = False

    def parse(self) -> Iterator[Quantity]:
        vocabulary = self._words
        for token in _TOKEN.finditer(self._text):
            if token.start() < self._end:
                continue  # inside a tail
            if self._start >= 0 and not _TOGETHER.fullmatch(self._text, self._reach, token.start()):
                yield from self._finished()
            if token.lastgroup == "digits":
                digits = token.group().replace(",", "").replace(":", ".")
                if digits.replace(".", "").isdecimal():  # there are newer digits than Python knows
                    yield from self._number(Decimal(digits), token, digits=True)
                else:
                    yield from self._finished()
                continue
            word = spelling(token.group())
            if word in vocabulary.numbers:
                yield from self._number(vocabulary.numbers[word], token, digits=False)
            elif word in vocabulary.units:
                yield from self._multiply(vocabulary.units[word], token, word in vocabulary.short)
            elif word in vocabulary.fractions:
                yield from self._finished()
                self._fraction = vocabulary.fractions[word]
                self._start, self._end = token.span()
                self._reach = self._end
            elif self._start >= 0:
                if word in vocabulary.links and self._can_link(word):
                    self._reach = token.end()
                    continue
                if word == vocabulary.point and self._open is not None and self._decimals is None:
                    self._decimals, self._reach = "", token.end()
                    continue
                if word == vocabulary.hour and self._in_parts and self._open is not None:
                    hours = self._open.to_integral_value(ROUND_FLOOR)
                    self._open = hours + (self._open - hours) * Decimal("0.6")  # साढ़े दस बजे is 10.30
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
        if self._decimals is not None and self._open is not None:
            self._decimals += str(value)
            self._open = self._open.to_integral_value(ROUND_FLOOR) + Decimal(f"0.{self._decimals}")
        else:
            self._in_parts |= self._fraction is not None or (not digits and not _is_whole(value))
            self._open_start = token.start() if self._open is None else self._open_start
            self._open = (self._open or 0) + value + (self._fraction or 0)
            self._fraction = None
        self._digits |= digits
        self._attached, self._spelled, self._end = attached, not digits, token.end()
        self._add_tail()
        self._reach = self._end

    def _add_tail(self) -> None:
        rest = self._text[self._end : self._end + 24].lower() if self._words.tails else ""
        for tail, part in self._words.tails.items():
            if rest.startswith(tail) and self._open is not None and _is_whole(self._open):
                self._open += part
                self._end += len(tail)
                return

    def _continues(self, value: Decimal, digits: bool) -> bool:
        """Whether a number goes on: after साढ़े, after a larger unit, or in the ones after the tens (forty-eight)."""
        if self._decimals is not None:
            return _is_whole(value) and (value < 10 or not self._decimals)
        if self._open is None:
            if self._reach > self._end:  # two hundred and five
                return not digits and value < self._closed[-1][1]
            return not self._closed or value < self._closed[-1][1]
        ones = not digits and 0 < value < 10 and _is_whole(value)
        return ones and self._spelled and 20 <= self._open <= 90 and self._open % 10 == 0

    def _can_link(self, word: str) -> bool:
        """`and` goes on behind a spelled hundred or thousand, `a` behind a half."""
        if self._open is not None:
            return word != "and" and self._open == Decimal("0.5") and not self._closed
        return word == "and" and bool(self._closed) and not self._digits and self._closed[-1][1] in (100, 1000)

    def _repeats(self, token: regex.Match[str]) -> bool:
        """33-33 says 33 each."""
        before = self._text[max(0, token.start() - 2 * len(token.group()) - 3) : token.start()]
        return self._start < 0 and bool(_RANGE.search(before)) and _RANGE.sub("", before).endswith(token.group())

    def _multiply(self, unit: Decimal, token: regex.Match[str], short: bool) -> Iterator[Quantity]:
        if short and self._open is None:
            yield from self._finished()
            return
        bare = Decimal(0) if self._closed else 1 + (self._fraction or 0)
        counted = bare if self._open is None else self._open
        open_start, direct = self._open_start, self._open is None  # direct: लाख करोड़
        merged = list(self._closed)
        while merged and merged[-1][1] < unit and (direct or merged[-1][1] <= _MERGED):
            counted += merged.pop()[0]
        if merged and merged[-1][1] <= unit:  # 10 लाख 5 करोड़ are two numbers, and so are 5 हजार 6 हजार
            digits = self._digits
            self._open, self._end = None, self._closed_end
            yield from self._finished()
            merged, self._digits = [], digits
            counted = counted if not direct else Decimal(1)
            self._start = token.start() if direct else open_start
        elif self._start < 0:
            self._start = token.start()
        self._closed = [*merged, (counted * unit, unit)]
        self._unit = self._unit * unit if direct else unit
        self._open, self._fraction, self._decimals = None, None, None
        self._end = self._closed_end = self._reach = token.end()

    def _finished(self) -> Iterator[Quantity]:
        if self._open is not None or self._closed:
            value = sum((part for part, _ in self._closed), self._open or Decimal(0))
            unit = self._unit if self._open is None else Decimal(1)
            yield Quantity(value, self._start, self._end, self._digits, self._attached, unit)
        self._reset()
