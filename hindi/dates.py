"""Dates and times of day in running text as values: 8 अप्रैल 2024, 08/04/2024, 17-18 अक्टूबर, शाम साढ़े पांच बजे (DESIGN.md, rule 7).

The parser is the same for every language; what differs is the DateVocabulary. Weekdays, today and last year are not read:
their value is not in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

import regex

from hindi import numbers
from hindi.fold import end_in_text, fold, fold_with_origin
from hindi.numbers import Quantity, Vocabulary


@dataclass(frozen=True)
class Date:
    """A date, as far as the text tells it: `text[start:end]`. In a range a part may be told by the other end: the 17 of
    17-18 अक्टूबर 2023 has its month and year too. `sure` is false for a lone word that may be no month: मार्च, may."""

    day: int | None
    month: int | None
    year: int | None
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True)
class Time:
    """A time of day: `text[start:end]`. `hour` counts to 24 where the text tells the half of the day, and `half` is then true;
    otherwise it is as written. `digits` tells whether it is written in digits."""

    hour: int
    minute: int
    half: bool
    digits: bool
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class DateVocabulary:
    """How a language writes dates and times.

    `months` by folded name; `doubtful` are those that are other words too, and never count as months in small Latin letters.
    `parts` are the words for parts of the day with their hours, `clock` what stands behind the hour
    (बजे), `minutes` what stands between hour and minutes (बजकर), `past` phrases before the hour with their minutes (half past);
    the parts `alone` make a number an hour by themselves (10 am). The rest are patterns: `suffix` of a day (8*th*), `of` between
    day and month, `until` between the ends of a range, `years` before a year.
    """

    numbers: Vocabulary
    months: Mapping[str, int]
    doubtful: frozenset[str]
    parts: Mapping[str, range]
    clock: str
    minutes: str
    past: Mapping[str, int]
    alone: frozenset[str]
    suffix: str
    of: str
    until: str
    years: str

    @cached_property
    def month(self) -> regex.Pattern[str]:
        return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{_any(self.months)})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE)

    @cached_property
    def day_to_month(self) -> regex.Pattern[str]:
        return regex.compile(rf"(?:{self.suffix})?[\s-]*(?:{self.of})?\s*", regex.IGNORECASE)

    @cached_property
    def month_to_day(self) -> regex.Pattern[str]:
        return regex.compile(r"\.?\s+(?:the\s+)?", regex.IGNORECASE)

    @cached_property
    def to_year(self) -> regex.Pattern[str]:
        return regex.compile(rf"(?:{self.suffix})?(?:[\s,.]*|\s?[-/]\s?)(?:{self.years})?\s*", regex.IGNORECASE)

    @cached_property
    def between(self) -> regex.Pattern[str]:
        return regex.compile(rf"(?:{self.suffix})?(?:\s*[-–—,/&]\s*|\s*,?\s*(?:{self.until})\s+)(?:the\s+)?", regex.IGNORECASE)

    @cached_property
    def year(self) -> regex.Pattern[str]:
        return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{self.years})\s*(?=\p{{Nd}}{{4}}(?!\p{{Nd}}))", regex.IGNORECASE)

    @cached_property
    def behind_hour(self) -> regex.Pattern[str]:
        minutes = rf"\s*(?:{self.minutes})\s*(?P<minutes>[\p{{Nd}}\p{{L}}\p{{M}}]+)(?:\s+मिनट)?|" if self.minutes else ""
        return regex.compile(rf"{minutes}[\s-]*(?:{self.clock})", regex.IGNORECASE)

    @cached_property
    def part_behind(self) -> regex.Pattern[str]:
        return regex.compile(rf"\s*(?:(?:के|को)\s+)?(?P<part>{_any(self.parts)})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE)

    @cached_property
    def part_before(self) -> regex.Pattern[str]:
        part = _any(self.parts.keys() - self.alone)
        words = r"(?P<words>(?:[\p{L}\p{M}]+\s+){0,3})"
        return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?P<part>{part})\s+{words}\Z", regex.IGNORECASE)

    @cached_property
    def past_before(self) -> regex.Pattern[str]:
        return regex.compile(rf"(?<!\p{{L}})({_any(self.past)})\s+\Z", regex.IGNORECASE)

    @cached_property
    def hint(self) -> regex.Pattern[str]:
        """What a text without dates and times has not."""
        words = [_any(self.months), _any(self.alone), _any(self.past), self.clock, self.minutes or "(?!)"]
        return regex.compile(rf"\p{{Nd}}|{'|'.join(words)}", regex.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


_MONTHS = (
    "जनवरी",
    "फरवरी फरबरी",
    "मार्च",
    "अप्रैल अप्रेल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "अक्टूबर अक्तूबर अक्टूबर आक्टोबर आक्टूबर",
    "नवंबर",
    "दिसंबर",
)
_PARTS = {
    range(1, 13): "सुबह सवेरे प्रात प्रातः प्रातःकाल पूर्वाह्न तड़के भोर",
    range(11, 18): "दोपहर अपराह्न मध्याह्न",
    range(15, 23): "शाम सायं सायंकाल संध्या",
    range(18, 29): "रात रात्रि मध्यरात्रि",
}

HINDI = DateVocabulary(
    numbers=numbers.HINDI,
    months={fold(name): month for month, names in enumerate(_MONTHS, 1) for name in names.split()},
    doubtful=frozenset(["मार्च"]),
    parts={fold(word): hours for hours, names in _PARTS.items() for word in names.split()},
    clock="बजे",
    minutes="बजकर",
    past={},
    alone=frozenset(),
    suffix="वीं|वां|वें",
    of="ता\\.|तारीख",
    until="से|और|एवं|तथा|व|या|to",
    years="सन्?|वर्ष|साल|ई\\.",
)

_BY_NUMBER = regex.compile(
    r"(?<![\p{Nd}/.:,-])(?:(?P<year>\p{Nd}{4})(?P<mark>[-/.])(?P<month>\p{Nd}{1,2})(?P=mark)(?P<day>\p{Nd}{1,2})"
    r"|(?P<day>\p{Nd}{1,2})(?P<mark>[-/.])(?P<month>\p{Nd}{1,2})(?P=mark)(?P<year>\p{Nd}{4}|\p{Nd}{2}))(?![\p{Nd}/-]|[.:,]\p{Nd})"
)
_BY_CLOCK = regex.compile(r"(?<![\p{Nd}:.])\p{Nd}{1,2}:\p{Nd}{2}(?![\p{Nd}:]|\.\p{Nd})")
_DEVANAGARI = regex.compile(r"\p{Deva}")
_SCHOOL_YEAR = regex.compile(r"(?<![\p{Nd}/.,-])((?:19|20)\p{Nd}{2})\s?[-–/]\s?(\p{Nd}{2})(?![\p{Nd}/%-]|[.:,]\p{Nd})")
_LONGEST_PLAN = 15  # years in a span such as 2021-26
_LONGEST_PAST = 16  # characters in which half past is looked for before an hour
_FARTHEST_PART = 40  # characters in which सुबह is looked for before an hour: सुबह ठीक 10 बजे
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_CENTURY_TURNS = 50  # 08.04.49 is 2049, 08.04.50 is 1950


@lru_cache(maxsize=2048)
def find(text: str, vocabulary: DateVocabulary = HINDI) -> tuple[Date | Time, ...]:
    """All dates and times of `text`, in order.

    >>> [(date.day, date.month, date.year) for date in find("बैठक ८ अप्रैल, २०२४ को; 17-18 अक्टूबर 2023; 2.5.2022")]
    [(8, 4, 2024), (17, 10, 2023), (18, 10, 2023), (2, 5, 2022)]
    >>> [(time.hour, time.minute) for time in find("शाम साढ़े पांच बजे")]
    [(17, 30)]
    """
    if not _DEVANAGARI.search(text):
        return tuple(_found(text, vocabulary))
    folded = fold_with_origin(text)
    found = _found(folded.text, vocabulary)
    spans = [(folded.origin[one.start], end_in_text(text, folded.origin[one.end - 1])) for one in found]
    return tuple(replace(one, start=start, end=end) for one, (start, end) in zip(found, spans, strict=True))


def _found(text: str, vocabulary: DateVocabulary) -> list[Date | Time]:
    """The surest kinds first; what overlaps one of them is dropped."""
    if not vocabulary.hint.search(text):
        return []
    quantities = numbers.find(text, vocabulary.numbers)
    found: list[Date | Time] = []
    for kind in (_by_number, _by_name, _school_years, _times, _years):
        taken = [(one.start, one.end) for one in found]
        found += [
            one
            for one in kind(text, vocabulary, quantities)
            if not any(one.start < end and start < one.end for start, end in taken)
        ]
    return sorted(found, key=lambda one: one.start)


def _by_number(text: str, vocabulary: DateVocabulary, quantities: Sequence[Quantity]) -> Iterator[Date]:
    """08/04/2024, 8.4.24, 2024-04-08: day first, as India writes; month first only where it cannot be otherwise."""
    for found in _BY_NUMBER.finditer(text):
        day, month, year = (int(found.group(part)) for part in ("day", "month", "year"))
        if month > 12:
            day, month = month, day
        if len(found.group("year")) == 2:
            year += 1900 if year >= _CENTURY_TURNS else 2000
        if 1 <= day <= 31 and 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR:
            yield Date(day, month, year, *found.span())


def _by_name(text: str, vocabulary: DateVocabulary, quantities: Sequence[Quantity]) -> list[Date]:
    dates: list[Date] = []
    for month in vocabulary.month.finditer(text):
        dates += _around(text, vocabulary, quantities, month)
    for at, (one, other) in reversed(list(enumerate(pairwise(dates)))):  # 30 अक्टूबर से 11 नवंबर 2023
        if one.year is None and vocabulary.between.fullmatch(text, one.end, other.start):
            dates[at] = replace(one, year=dates[at + 1].year)
    return dates


def _around(text: str, vocabulary: DateVocabulary, quantities: Sequence[Quantity], month: regex.Match[str]) -> Iterator[Date]:
    """The dates of one month's name: its days before it or behind it, and its year."""
    name = month.group().lower()
    doubtful = name in vocabulary.doubtful
    if doubtful and month.group().islower() and not _DEVANAGARI.match(name):
        return
    before = [each for each in quantities if each.end <= month.start()]
    behind = [each for each in quantities if each.start >= month.end()]
    days: list[Quantity] = []
    end = month.end()
    if before and _is_day(text, before[-1]) and vocabulary.day_to_month.fullmatch(text, before[-1].end, month.start()):
        days.append(before.pop())
        while before and _is_day(text, before[-1]) and vocabulary.between.fullmatch(text, before[-1].end, days[0].start):
            days.insert(0, before.pop())
    elif behind and _is_day(text, behind[0]) and vocabulary.month_to_day.fullmatch(text, end, behind[0].start):
        while behind and _is_day(text, behind[0]) and (not days or vocabulary.between.fullmatch(text, end, behind[0].start)):
            days.append(behind.pop(0))
            end = days[-1].end
    year = None
    if behind and _is_year(text, behind[0], bool(days)) and vocabulary.to_year.fullmatch(text, end, behind[0].start):
        year, end = int(behind[0].value), behind[0].end
    if not days:
        yield Date(None, vocabulary.months[name], year, month.start(), end, sure=not doubtful or year is not None)
    for at, day in enumerate(days):
        first = month.start() if at == 0 and day.start > month.start() else day.start
        last = end if at == len(days) - 1 else day.end
        yield Date(int(day.value), vocabulary.months[name], year, first, last)


def _is_day(text: str, number: Quantity) -> bool:
    written = text[number.start : number.end]
    return (
        1 <= number.value <= 31 and number.value % 1 == 0 and (not number.digits or (written.isdecimal() and len(written) <= 2))
    )


def _is_year(text: str, number: Quantity, spelled: bool) -> bool:
    written = text[number.start : number.end]
    as_year = (written.isdecimal() and len(written) == 4) if number.digits else spelled
    return as_year and _FIRST_YEAR <= number.value <= _LAST_YEAR and number.value % 1 == 0


def _school_years(text: str, vocabulary: DateVocabulary, quantities: Sequence[Quantity]) -> Iterator[Date]:
    """2020-21 is 2020 and 2021."""
    for found in _SCHOOL_YEAR.finditer(text):
        first, last = int(found.group(1)), int(found.group(2))
        last += first - first % 100
        if first < last <= first + _LONGEST_PLAN:
            yield Date(None, None, first, *found.span(1))
            yield Date(None, None, last, *found.span(2))


def _years(text: str, vocabulary: DateVocabulary, quantities: Sequence[Quantity]) -> Iterator[Date]:
    """सन् 1947, वर्ष 2024."""
    for found in vocabulary.year.finditer(text):
        yield Date(None, None, int(text[found.end() : found.end() + 4]), found.start(), found.end() + 4)


def _times(text: str, vocabulary: DateVocabulary, quantities: Sequence[Quantity]) -> list[Time]:
    times: dict[int, Time] = {}
    for at, number in enumerate(quantities):
        if time := _time(text, vocabulary, number):
            times[at] = time
    for at in sorted(times, reverse=True):  # 10 से 12 बजे
        while at > 0 and at - 1 not in times and vocabulary.between.fullmatch(text, quantities[at - 1].end, times[at].start):
            time = _time(text, vocabulary, quantities[at - 1], in_range=True)
            if not time:
                break
            at -= 1
            times[at] = time
    return list(times.values())


def _time(text: str, vocabulary: DateVocabulary, number: Quantity, in_range: bool = False) -> Time | None:
    hour = int(number.value) if 0 <= number.value <= 24 else -1
    minute = (number.value - hour) * 100
    if hour < 0 or number.unit != 1 or number.attached or minute % 1 or minute >= 60:
        return None
    past = vocabulary.past_before.search(text, max(0, number.start - _LONGEST_PAST), number.start)
    start, end = past.start() if past else number.start, number.end
    if past:
        minute += vocabulary.past[past.group(1).lower()]
    clock = vocabulary.behind_hour.match(text, end)
    if clock:
        end = clock.end()
        minute = _minutes(clock, vocabulary, minute)
    behind = vocabulary.part_behind.match(text, end)
    alone = behind and behind.group("part").lower() in vocabulary.alone
    by_colon = _BY_CLOCK.match(text, number.start)
    if not (in_range or clock or past or alone or by_colon):
        return None
    before = None if alone else vocabulary.part_before.search(text, max(0, start - _FARTHEST_PART), start)
    part = before or behind
    if before and not before.group("words"):
        start = before.start()
    elif behind and not before:
        end = behind.end()
    hours = vocabulary.parts[part.group("part").lower()] if part else range(0)
    hour, minute = (hour - 1, minute + 60) if minute < 0 else (hour, minute)
    return _placed(Time(hour, int(minute), False, number.digits, start, end), hours)


def _minutes(clock: regex.Match[str], vocabulary: DateVocabulary, minute: Decimal) -> Decimal:
    """11 बजकर 40 मिनट, ग्यारह बजकर चालीस मिनट."""
    written = clock.groupdict().get("minutes") or ""
    return Decimal(written) if written.isdecimal() else vocabulary.numbers.numbers.get(numbers.spelling(written), minute)


def _placed(time: Time, part: range) -> Time:
    """The hour by 24, as far as the part of the day or the hour itself tells it: रात 1 बजे is 1, रात 9 बजे is 21."""
    hours = [each % 24 for each in (time.hour % 12, time.hour % 12 + 12, time.hour % 12 + 24) if each in part]
    if len(hours) == 1:
        return replace(time, hour=hours[0], half=True)
    return replace(time, hour=time.hour % 24, half=time.hour > 12 or time.hour == 0)
