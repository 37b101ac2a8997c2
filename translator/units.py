"""Indian units and grouping of an English text in international ones, exactly: 3.62 lakh is 362,000, 45 crore is 450 million.

Only numbers are rewritten. Names (Lakh Singh), words made from a unit (crorepati) and sums without a number (a few crore) stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from hindi.numbers import Measured, measured
from translator.english_numbers import ENGLISH

_LARGE = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_SMALL = 1000  # beyond it, a number before an Indian unit is more likely a year
_DECIMALS = 3  # beyond them a number is easier to read in full: 12,345,678
_DIGITS = 28  # of Decimal's default context; a longer number could not be multiplied exactly

_UNIT = regex.compile(r"(?<!\p{L})(?:lakhs?|lacs?|crores?|crs?)(?!\p{L})", regex.IGNORECASE)
_GROUPING = regex.compile(r"(?<![\d,.])\d{1,2}(?:,\d{2})+,\d{3}(?![\d,]*\d)")
_HYPHEN = regex.compile(r"-(?:lakh|lac|crore)s?\Z", regex.IGNORECASE)
_BARE = regex.compile(r"(?:hundreds?|thousands?|lakhs?|lacs?|crores?)(?!\p{L})")
_ARTICLE = regex.compile(r"\ban?\s+\Z", regex.IGNORECASE)
_PER = regex.compile(r"\bper\s+\Z", regex.IGNORECASE)
_OF = regex.compile(r"(?<=s)\s+of(?=\s+(?!the|these|those|its|his|her|their|our)\p{L})")
_FROM_TO = regex.compile(r"\s*(?:[-–—]|to|or)\s*(?:\p{Sc}|Rs\.?)?\s*", regex.IGNORECASE)
_AND = regex.compile(r"\s*(?:and|&)\s*(?:\p{Sc}|Rs\.?)?\s*", regex.IGNORECASE)
_PLURAL = regex.compile(r"(?<!of )\b(?:lakhs|crores) of\b")
_IN_WORDS = {"lakhs of": "hundreds of thousands of", "crores of": "tens of millions of"}


def international(english: str) -> list[tuple[int, int, str]]:
    """Edits (start, end, new text), in order and apart, that put `english` into international units. No value is rounded.

    >>> international("It has 3.62 lakh members and Rs 2 lakh crore.")
    [(7, 16, '362,000'), (32, 44, '2 trillion')]
    """
    edits: list[tuple[int, int, str]] = []
    behind: Measured | None = None
    sharer = False  # whether the number behind has its unit from one further on
    for one in reversed(measured(english, ENGLISH)):
        sharer = behind is not None and _shares_unit(english, one, behind, sharer)
        edits += _shared(one, behind) if sharer and behind else _own(english, one)
        behind = one
    taken = {(start, end) for start, end, _ in edits}
    for found in _PLURAL.finditer(english):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            edits.append((*found.span(), _IN_WORDS[found.group()]))
    return sorted(edits)


def _shares_unit(english: str, one: Measured, behind: Measured, sharer: bool) -> bool:
    """5 to 10 lakh, 5 and 10 lakh, 5, 6 and 10 lakh; but not in 2023, 5 lakh, and not 2023 and 5 lakh."""
    if one.scaled == one.number.value or not (sharer or _UNIT.search(english, behind.number.start, behind.number.end)):
        return False
    if _FROM_TO.fullmatch(english, one.number.end, behind.number.start):
        return one.scaled <= behind.scaled
    return one.number.value < _SMALL and (sharer or bool(_AND.fullmatch(english, one.number.end, behind.number.start)))


def _shared(one: Measured, behind: Measured) -> Iterator[tuple[int, int, str]]:
    """The unit is written once, unless it comes out as two: 500,000 to 1 million."""
    unit = _unit(one.scaled)
    text = _figure(one.scaled, unit) if unit == _unit(behind.scaled) else _written(one.scaled)
    yield one.number.start, one.number.end, text


def _own(english: str, one: Measured) -> Iterator[tuple[int, int, str]]:
    start, end = one.number.start, one.number.end
    written = english[start:end]
    if _UNIT.search(written) and len(one.number.value.as_tuple().digits) < _DIGITS:
        if _BARE.match(written):  # a lakh, a hundred crore; not several lakh, not Lakh Singh
            article = _ARTICLE.search(english, 0, start)
            if not article and not _PER.search(english, 0, start):
                return
            start = article.start() if article else start
        elif _UNIT.match(written):
            return
        of = _OF.match(english, end)
        text = _written(one.number.value)
        yield start, of.end() if of else end, text.replace(" ", "-") if _HYPHEN.search(written) else text
    elif grouped := _GROUPING.match(english, start):
        yield *grouped.span(), f"{int(grouped.group().replace(',', '')):,}"


def _written(value: Decimal) -> str:
    unit = _unit(value)
    return f"{_figure(value, unit)} {unit}".strip()


def _unit(value: Decimal) -> str:
    """The largest unit in which the number stays short."""
    return next((name for size, name in _LARGE if value >= size and _decimals(value / size) <= _DECIMALS), "")


def _figure(value: Decimal, unit: str) -> str:
    size = next((size for size, name in _LARGE if name == unit), Decimal(1))
    return f"{(value / size).normalize():,f}"


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
