"""The ready-made slots of the templates: names out of slots.txt, and numbers, dates and ordinals that are made up.

A filler draws one pair (Hindi, English) of the same thing. It knows nothing of the sentence that it will stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random

Filling = tuple[str, str]
Filler = Callable[[Random], Filling]

# Ordinals agree with their noun: पहली (feminine), पहला (masculine), पहले (oblique). These take the endings of adjectives …
_FIRST = (("पहल", "first"), ("दूसर", "second"), ("तीसर", "third"), ("चौथ", "fourth"))
# … and these those of -वां.
_LATER = tuple(
    tuple(ordinal.split("|"))
    for ordinal in (
        "पांचव|fifth पाँचव|fifth छठ|sixth सातव|seventh आठव|eighth नौव|ninth दसव|tenth ग्यारहव|eleventh बारहव|twelfth "
        "तेरहव|13th चौदहव|14th पंद्रहव|15th सोलहव|16th सत्रहव|17th अठारहव|18th उन्नीसव|19th बीसव|20th इक्कीसव|21st पच्चीसव|25th"
    ).split()
)
_ADJECTIVE_ENDING = {"f": "ी", "m": "ा", "o": "े"}
_ORDINAL_ENDINGS = {"f": ("ीं",), "m": ("ां", "ाँ"), "o": ("ें",)}
_SIXTH_ENDINGS = {"f": ("ी", "वीं"), "m": ("ा",), "o": ("े",)}  # छठी, छठवीं
_FIGURE_ENDING = {"f": "वीं", "m": "वां", "o": "वें"}

_LAKH, _CRORE, _MILLION = 100_000, 10_000_000, 1_000_000


def fillers(lists: Mapping[str, Sequence[Filling]]) -> dict[str, Filler]:
    """The ready-made slots by name; `lists` are those of slots.txt."""
    months = lists["month"]
    return {
        **{name: _of_list(filling) for name, filling in lists.items() if not name.endswith("_name")},
        "person": partial(_person, lists["given_name"], lists["family_name"]),
        "year": _year,
        "daymonth": partial(_day_and_month, months),
        "date": partial(_date, months),
        "num": _number,
        "bignum": _big_number,
        "lakhcrore": _lakh_or_crore,
        "pct": _per_cent,
        "ordf": partial(_ordinal, "f"),
        "ordm": partial(_ordinal, "m"),
        "ordo": partial(_ordinal, "o"),
    }


def with_indian_commas(number: int) -> str:
    """Three digits, then groups of two.

    >>> with_indian_commas(187500), with_indian_commas(950)
    ('1,87,500', '950')
    """
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(groups), tail])


def with_english_ending(number: int) -> str:
    """
    >>> [with_english_ending(number) for number in (1, 2, 3, 4, 11, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st']
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _of_list(filling: Sequence[Filling]) -> Filler:
    return lambda chance: chance.choice(filling)


def _person(given: Sequence[Filling], family: Sequence[Filling], chance: Random) -> Filling:
    (hindi, english), (hindi_family, english_family) = chance.choice(given), chance.choice(family)
    return f"{hindi} {hindi_family}", f"{english} {english_family}"


def _year(chance: Random) -> Filling:
    year = str(chance.randint(1995, 2031))
    return year, year


def _day_and_month(months: Sequence[Filling], chance: Random) -> Filling:
    (hindi, english), day = chance.choice(months), chance.randint(1, 28)
    return f"{day} {hindi}", chance.choice((f"{day} {english}", f"{english} {day}"))


def _date(months: Sequence[Filling], chance: Random) -> Filling:
    (hindi, english), day, year = chance.choice(months), chance.randint(1, 28), chance.randint(2005, 2029)
    [written] = chance.choices((f"{day} {hindi} {year}", f"{day} {hindi}, {year}", f"{hindi} {day}, {year}"), (12, 7, 1))
    return written, f"{day} {english} {year}" if chance.random() < 0.7 else f"{english} {day}, {year}"


def _number(chance: Random) -> Filling:
    number = str(chance.randint(2, chance.choice((30, 950))))
    return number, number


def _big_number(chance: Random) -> Filling:
    number = chance.randint(1000, 99_999)
    return with_indian_commas(number), f"{number:,}"


def _lakh_or_crore(chance: Random) -> Filling:
    """Lakh stays lakh as a rule; a third of those that make whole hundredths of a million are told in millions."""
    hindi, english, unit = chance.choice((("लाख", "lakh", _LAKH), ("करोड़", "crore", _CRORE), ("करोड", "crore", _CRORE)))
    hundredths = chance.choice((100 * chance.randint(1, 99), 10 * chance.randint(10, 500), chance.randint(100, 5000)))
    number = _decimal(hundredths)
    value = hundredths * unit  # in hundredths
    if chance.random() < 0.35 and value >= 100 * _MILLION and not value % _MILLION:
        return f"{number} {hindi}", f"{_decimal(value // _MILLION)} million"
    return f"{number} {hindi}", f"{number} {english}"


def _per_cent(chance: Random) -> Filling:
    number = chance.choice((str(chance.randint(1, 99)), f"{chance.uniform(0.1, 30):.1f}"))
    return f"{number} प्रतिशत", f"{number} {chance.choice(('per cent', 'per cent', 'per cent', 'percent'))}"


def _ordinal(form: str, chance: Random) -> Filling:
    [kind] = chance.choices(("first", "figure", "later"), (35, 16, 49))
    if kind == "figure":
        number = chance.randint(2, 40)
        return f"{number}{_FIGURE_ENDING[form]}", with_english_ending(number)
    if kind == "first":
        hindi, english = chance.choice(_FIRST)
        return hindi + _ADJECTIVE_ENDING[form], english
    hindi, english = chance.choice(_LATER)
    endings = _SIXTH_ENDINGS if hindi == "छठ" else _ORDINAL_ENDINGS
    return hindi + chance.choice(endings[form]), english


def _decimal(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
