"""Numbers, dates, times, per cent and money of a sentence against its English, compared as values and never as text.

A number in digits must be kept; a small one in words need not be (एक, दोनों), for good English often drops it. Weekdays and
words such as last year are not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from hindi import dates, numbers
from hindi.dates import Date, DateVocabulary, Time
from hindi.fold import fold
from hindi.numbers import Measured, Quantity
from translator.canonical import canonical
from translator.english_numbers import ENGLISH_DATES, MONTHS
from translator.values import Flag, Pin

_UNITS = {
    "सौ": "hundred",
    "हजार": "thousand",
    "लाख": "lakh",
    "मिलियन": "million",
    "करोड": "crore",
    "अरब": "billion",
    "बिलियन": "billion",
    "ट्रिलियन": "trillion",
}
_UNIT_NAMES = {
    Decimal(1): "",
    Decimal(10**2): "hundred",
    Decimal(10**3): "thousand",
    Decimal(10**5): "lakh",
    Decimal(10**6): "million",
    Decimal(10**7): "crore",
    Decimal(10**9): "billion",
    Decimal(10**12): "trillion",
}
_BEFORE_NUMBER = {"INR": "Rs ", "USD": "$", "EUR": "€", "GBP": "£"}
_BEHIND_NUMBER = {"%": " per cent", "JPY": " yen", "CNY": " yuan", "RUB": " roubles", "AED": " dirhams", "BDT": " taka"}
_NAMES = {"%": "per cent", "INR": "rupees", "USD": "dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen"}

_LETTER = regex.compile(r"\p{L}")
_NUMBER_OR_WORD = regex.compile(r"[\p{Nd}.,:]*\p{Nd}|[\p{L}\p{M}]+")
_WORD_OR_SIGN = regex.compile(r"[\p{L}\p{M}]+|[%\p{Sc}]")
_DEVANAGARI = regex.compile(r"\p{Deva}")
_TWELVE = regex.compile(r"\b(?:noon|midnight|midday)\b", regex.IGNORECASE)
_LARGE = 1000  # a unit that no good English drops
_EXPECTED = frozenset(("", "INR"))  # measures that the English may add: an Indian sum is in rupees


@dataclass(frozen=True, eq=False)
class _Side:
    """What a sentence says in numbers. `numbers` are those outside times, with the day and the year of every date."""

    text: str
    vocabulary: DateVocabulary
    numbers: tuple[Measured, ...]
    dates: tuple[Date, ...]
    times: tuple[Time, ...]

    def part(self, one: Date | Time | Measured) -> str:
        return self.text[one.start : one.end]

    def mentions(self, measure: str) -> bool:
        table = self.vocabulary.numbers.measures
        return any(table.get(numbers.spelling(word)) == measure for word in _WORD_OR_SIGN.findall(self.text))


def quantities_kept(source: str, target: str) -> list[Flag]:
    """Flags for what the English has lost, changed or added of the numbers ("number"), dates and times ("date").

    >>> [flag.message for flag in quantities_kept("बैठक 8 अप्रैल 2024 को हुई।", "It met on 9 April 2024.")]
    ['The date 8 अप्रैल 2024 is 9 April 2024 in the English; correct it.']
    """
    return list(_flags(source, target))


def lost_quantities(source: str, target: str) -> tuple[Pin, ...]:
    """What `quantities_kept` misses in the English, as pins for a second try.

    >>> [pin.target for pin in lost_quantities("शाम 5:30 बजे 5 करोड़ रुपये दिए", "It paid.")]
    ['5:30 pm', 'Rs 5 crore']
    """
    side = _side(source, dates.HINDI)
    pins: list[Pin] = []
    for start, end in sorted({flag.source_span for flag in _flags(source, target) if flag.source_span}):
        pin = _pin(side, start, end)
        if pin.target and not any(pin.start < other.end for other in pins):
            pins.append(pin)
    return tuple(pins)


def dates_in(source: str) -> tuple[Pin, ...]:
    """The dates that a sentence gives with day and month by name, in the English that each must have.

    >>> [pin.target for pin in dates_in("30 अक्टूबर से 11 नवंबर, 2023 तक")]
    ['30 October', '11 November 2023']
    """
    side = _side(source, dates.HINDI)
    full = [date for date in side.dates if date.day and date.month and date.sure and _LETTER.search(side.part(date))]
    return tuple(Pin(date.start, date.end, _date_in_english(side.part(date), date)) for date in full)


@lru_cache(maxsize=2048)
def _flags(source: str, target: str) -> tuple[Flag, ...]:
    one, other = _side(source, dates.HINDI), _side(target, ENGLISH_DATES)
    if not (one.numbers or other.numbers or one.dates or other.dates or one.times or other.times):
        return ()
    return tuple(_Comparison(one, other).flags())


@lru_cache(maxsize=2048)
def _side(text: str, vocabulary: DateVocabulary) -> _Side:
    found = dates.find(text, vocabulary)
    measured: Iterable[Measured] = numbers.measured(text, vocabulary.numbers)
    if not found:
        return _Side(text, vocabulary, tuple(measured), (), ())
    times = tuple(one for one in found if isinstance(one, Time))
    all_dates = tuple(one for one in found if isinstance(one, Date))
    rewritten = [one for one in all_dates if not _LETTER.search(text, one.start, one.end) and not _is_plain(text, one)]
    elsewhere: list[Date | Time] = [*times, *rewritten]
    measured = [one for one in measured if not any(_inside(one, span) for span in elsewhere)]
    measured += [_as_number(value, one) for one in rewritten for value in (one.day, one.year) if value is not None]
    measured.sort(key=lambda one: one.start)
    return _Side(text, vocabulary, tuple(measured), tuple(one for one in all_dates if one.month is not None), times)


def _is_plain(text: str, date: Date) -> bool:
    """Whether the numbers of a date without letters are read as such: the 17 of 17-18 October; not 08/04/2024, not 2020-21."""
    written = canonical(text[date.start : date.end])
    return written.isdecimal() and int(written) in (date.day, date.year)


def _inside(one: Measured, span: Date | Time) -> bool:
    return span.start < one.number.end and one.number.start < span.end


def _as_number(value: int, date: Date) -> Measured:
    number = Quantity(Decimal(value), date.start, date.end, digits=True)
    return Measured(number, "", date.start, date.end, number.value)


class _Comparison:
    """Takes off what agrees, dates and times first, and tells what is left. `_open` and `_open_there` are the numbers of the
    Hindi and of the English that are not yet accounted for."""

    def __init__(self, one: _Side, other: _Side) -> None:
        self._one, self._other = one, other
        self._open, self._open_there = list(one.numbers), list(other.numbers)

    def flags(self) -> Iterator[Flag]:
        yield from self._dates()
        yield from self._times()
        yield from self._numbers()

    def _lost(self, kind: str, name: str, one: Date | Time | Measured) -> Flag:
        message = f"The {name} {self._one.part(one)} is not in the English; put it in."
        return Flag(kind, message, source_span=(one.start, one.end))

    def _added(self, kind: str, name: str, other: Date | Time | Measured) -> Flag:
        message = f"The {name} {self._other.part(other)} is not in the Hindi; take it out."
        return Flag(kind, message, target_span=(other.start, other.end))

    def _changed(
        self, kind: str, name: str, one: Date | Time | Measured, other: Date | Time | Measured, without: str = ""
    ) -> Flag:
        message = f"The {name} {self._one.part(one)} is {self._other.part(other)}{without} in the English; correct it."
        return Flag(kind, message, source_span=(one.start, one.end), target_span=(other.start, other.end))

    # dates

    def _dates(self) -> Iterator[Flag]:
        left, left_there = self._unlike_dates()
        for date in list(left):
            twin = next((twin for twin in left_there if _is_changed(date, twin)), None)
            if twin:
                left.remove(date)
                left_there.remove(twin)
                _take(self._open, date)
                _take(self._open_there, twin)
                yield self._changed("date", "date", date, twin)
        months = {date.month for date in self._one.dates}
        months_there = {date.month for date in self._other.dates}
        for date in left:
            if date.sure and date.month not in months_there:
                _take(self._open, date)
                yield self._lost("date", "date", date)
        for date in left_there:
            if date.sure and date.month not in months:
                _take(self._open_there, date)
                yield self._added("date", "date", date)

    def _unlike_dates(self) -> tuple[list[Date], list[Date]]:
        """The dates of both sides that are left when those have gone that agree, the fullest first."""
        left, left_there = list(self._one.dates), list(self._other.dates)
        for likeness in (3, 2, 1):
            for date in list(left):
                for twin in left_there:
                    if _agreeing(date, twin) >= likeness and not _differing(date, twin):
                        self._settle(date, twin)
                        left.remove(date)
                        left_there.remove(twin)
                        break
        return left, left_there

    def _settle(self, date: Date, twin: Date) -> None:
        """The day and the year that both have need no more comparing, nor has a year that the English gives elsewhere."""
        if date.day is not None and twin.day is not None:
            _take(self._open, date, date.day)
            _take(self._open_there, twin, date.day)
        if date.year is not None and date.year in {other.year for other in self._other.dates}:
            _take(self._open, date, date.year)
            _take(self._open_there, twin, date.year)

    # times of day

    def _times(self) -> Iterator[Flag]:
        left, left_there = list(self._one.times), list(self._other.times)
        for same in (_is_same_time, _is_same_on_the_clock):
            for time in list(left):
                twin = next((twin for twin in left_there if same(time, twin)), None)
                if twin:
                    left.remove(time)
                    left_there.remove(twin)
        left = [time for time in left if not self._is_told_otherwise(time)]
        left_there = [time for time in left_there if not _take_one(self._open, _ways_to_write(time))]  # 10.30 without बजे
        for time, twin in zip(left, left_there, strict=False):
            yield self._changed("date", "time", time, twin)
        yield from (self._lost("date", "time", time) for time in left[len(left_there) :] if time.digits)
        yield from (self._added("date", "time", time) for time in left_there[len(left) :] if time.digits)

    def _is_told_otherwise(self, time: Time) -> bool:
        """As a bare number (at ten, 1730 hours) or as noon."""
        if time.hour % 12 == 0 and time.minute == 0 and _TWELVE.search(self._other.text):
            return True
        return _take_one(self._open_there, _ways_to_write(time))

    # numbers

    def _numbers(self) -> Iterator[Flag]:
        for one in sorted(self._open, key=lambda one: not one.number.digits):  # those in digits have the first claim
            twin = self._twin(one)
            if twin:
                self._open_there.remove(twin)
                yield from self._measure(one, twin)
            elif _must_be_kept(one):
                yield self._lost("number", "number", one)
        explained = self._explained()
        for other in self._open_there:
            if other.number.digits and not other.number.attached and not {other.number.value, other.scaled} & explained:
                yield self._added("number", "number", other)

    def _explained(self) -> set[Decimal]:
        values = {value for one in self._one.numbers for value in (one.number.value, one.scaled)}
        values |= {Decimal(value) for date in self._one.dates for value in (date.day, date.year) if value}
        return values | {value for time in self._one.times for value in _ways_to_write(time)}

    def _twin(self, one: Measured) -> Measured | None:
        """The number of the English for this one: with its measure, if there is such, and with its unit, if that is shared."""
        same = [other for other in self._open_there if other.number.value == one.number.value]
        if not same and self._open_there:
            values = {one.number.value, one.scaled}
            same = [other for other in self._open_there if values & {other.number.value, other.scaled}]
        return min(same, key=lambda other: (other.measure != one.measure, bool(other.measure)), default=None)

    def _measure(self, one: Measured, twin: Measured) -> Iterator[Flag]:
        """Per cent and currency stand where they stood; what the Hindi says once for several numbers may be repeated."""
        if one.measure == twin.measure:
            return
        if not one.measure and (twin.measure in _EXPECTED or self._one.mentions(twin.measure)):
            return
        if not one.number.digits and (not one.measure or (not twin.measure and self._other.mentions(one.measure))):
            return
        without = "" if twin.measure else f" without {_NAMES.get(one.measure, 'its currency')}"
        yield self._changed("number", "number", one, twin, without)


def _must_be_kept(one: Measured) -> bool:
    """What is written in digits; in words, money, per cent and thousands, but for one, bare units and शत-प्रतिशत."""
    number = one.number
    weighty = number.unit >= _LARGE or (
        bool(one.measure) and number.value > 1 and (one.measure, number.value) != ("%", Decimal(100))
    )
    return number.digits or (weighty and number.value != number.unit)


def _take(these: list[Measured], span: Date | Time, value: int | None = None) -> None:
    these[:] = [one for one in these if not (_inside(one, span) and value in (None, one.number.value))]


def _take_one(these: list[Measured], values: set[Decimal]) -> bool:
    """Take off the first number that has one of the values; whether there was one."""
    for one in these:
        if one.number.value in values:
            these.remove(one)
            return True
    return False


def _agreeing(date: Date, twin: Date) -> int:
    pairs = ((date.day, twin.day), (date.month, twin.month), (date.year, twin.year))
    return sum(one is not None and one == other for one, other in pairs)


def _differing(date: Date, twin: Date) -> int:
    pairs = ((date.day, twin.day), (date.month, twin.month), (date.year, twin.year))
    return sum(one is not None and other is not None and one != other for one, other in pairs)


def _is_changed(date: Date, twin: Date) -> bool:
    """Whether two dates that differ are meant for one: they agree in two parts, or have only another month.

    8 April and 9 April may be two dates; there the numbers are told.
    """
    if not (date.sure and twin.sure):
        return False
    lone = not (date.day or date.year or twin.day or twin.year)
    if date.month != twin.month:
        return lone or _agreeing(date, twin) > 0
    return _agreeing(date, twin) == 2 and _differing(date, twin) == 1


def _is_same_time(time: Time, twin: Time) -> bool:
    return (time.hour, time.minute, time.half) == (twin.hour, twin.minute, twin.half)


def _is_same_on_the_clock(time: Time, twin: Time) -> bool:
    """17:30 and 5:30 are the same unless both tell the half of the day."""
    on_the_clock = (time.hour - twin.hour) % 12 == 0 and time.minute == twin.minute
    return on_the_clock and (time.hour == twin.hour or not (time.half and twin.half))


def _ways_to_write(time: Time) -> set[Decimal]:
    """10, 10.30, 1030, and the same by 12 and by 24."""
    minutes = Decimal(time.minute) / 100
    hours = {time.hour, time.hour % 12, time.hour % 12 + 12}
    return {hour + minutes for hour in hours} | {Decimal(100 * hour + time.minute) for hour in hours}


def _pin(side: _Side, start: int, end: int) -> Pin:
    """The date, time or number at a place, in the English that is wanted there; empty where that cannot be said."""
    for date in side.dates:
        if date.start <= start and end <= date.end:
            return Pin(date.start, date.end, _date_in_english(side.part(date), date))
    for time in side.times:
        if (time.start, time.end) == (start, end):
            return Pin(start, end, _time_in_english(time))
    number = next(one for one in side.numbers if (one.start, one.end) == (start, end))
    return Pin(start, end, _number_in_english(side.text, number))


def _date_in_english(written: str, date: Date) -> str:
    """8 April 2024, with no more than is written: in 17-18 अक्टूबर the 17 is 17."""
    text = canonical(written)
    month = MONTHS[date.month - 1] if date.month and not text.isdecimal() else ""
    by_number = not _LETTER.search(text) and not text.isdecimal()
    year = str(date.year) if date.year and (by_number or str(date.year) in text) else ""
    return " ".join(filter(None, (str(date.day or ""), month, year)))


def _time_in_english(time: Time) -> str:
    hour = (time.hour - 1) % 12 + 1 if time.half else time.hour
    minute = f":{time.minute:02}" if time.minute else ""
    ending = (" am" if time.hour < 12 else " pm") if time.half else "" if minute else " o’clock"
    return f"{hour}{minute}{ending}"


def _number_in_english(text: str, number: Measured) -> str:
    """A number in digits as it stands, one in words in digits, its units and its measure in English: २३ हजार is 23 thousand."""
    measured = (number.start, number.end) != (number.number.start, number.number.end)
    pieces = _NUMBER_OR_WORD.findall(canonical(text[number.number.start : number.number.end]))
    words = " ".join(_UNITS.get(fold(piece), piece) for piece in pieces)
    if not words[:1].isdecimal() or _DEVANAGARI.search(words):
        unit = _UNIT_NAMES.get(number.number.unit)
        if unit is None or not (unit or measured):
            return ""
        words = f"{(number.number.value / number.number.unit).normalize():f} {unit}".strip()
    if not measured:
        return words
    return f"{_BEFORE_NUMBER.get(number.measure, '')}{words}{_BEHIND_NUMBER.get(number.measure, '')}"
