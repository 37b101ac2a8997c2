"""Checks of an English sentence against its Hindi: what was lost, added, left or repeated, told to the reader as flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import count

import regex

from hindi import numbers
from hindi.fold import fold
from hindi.numbers import Vocabulary
from translator.canonical import canonical
from translator.values import Flag, Pin, Placement

_ENGLISH = Vocabulary(
    numbers={
        word: Decimal(value)
        for row, first, step in (
            (
                "zero;one first once;two second twice both;three third;four fourth;five fifth;six sixth;seven seventh;"
                "eight eighth;"
                "nine ninth;ten tenth;eleven eleventh;twelve twelfth;thirteen thirteenth;fourteen fourteenth;fifteen fifteenth;"
                "sixteen sixteenth;seventeen seventeenth;eighteen eighteenth;nineteen nineteenth;twenty twentieth",
                0,
                1,
            ),
            ("thirty thirtieth;forty fortieth;fifty fiftieth;sixty sixtieth;seventy;eighty;ninety", 30, 10),
        )
        for value, words in zip(count(first, step), row.split(";"), strict=False)
        for word in words.split()
    },
    units={
        word: Decimal(value)
        for value, words in {
            10**2: "hundred hundreds",
            10**3: "thousand thousands",
            10**5: "lakh lakhs",
            10**6: "million millions",
            10**7: "crore crores",
            10**9: "billion billions",
            10**12: "trillion trillions",
        }.items()
        for word in words.split()
    },
    fractions={},
)
_UNITS_IN_ENGLISH = {
    "सौ": "hundred",
    "हजार": "thousand",
    "लाख": "lakh",
    "मिलियन": "million",
    "करोड": "crore",
    "अरब": "billion",
    "बिलियन": "billion",
    "ट्रिलियन": "trillion",
}
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_DEVANAGARI = regex.compile(r"[\p{Deva}]+(?:[\s।]+[\p{Deva}]+)*")
_LONGEST_CYCLE = 8  # words of a repeated phrase
_REPEATS = 3  # how often a phrase of one word may follow itself before it counts as a loop: "no, no, no" is speech

Check = Callable[[str, str], list[Flag]]


def check(source: str, target: str) -> tuple[Flag, ...]:
    """All flags of a translated sentence, in the order of CHECKS. Terms are checked where they are pinned."""
    return tuple(flag for one in CHECKS for flag in one(source, target))


def empty(source: str, target: str) -> list[Flag]:
    if target.strip():
        return []
    return [Flag("empty", "The engine returned nothing for this sentence; translate it by hand.")]


def left_in_hindi(source: str, target: str) -> list[Flag]:
    return [
        Flag("untranslated", f"“{found.group()}” was left in Hindi.", target_span=found.span())
        for found in _DEVANAGARI.finditer(target)
    ]


def numbers_kept(source: str, target: str) -> list[Flag]:
    """Every number in digits must be in the English, as a value in digits or words; none in digits may be added."""
    wanted, found = numbers.find(source), numbers.find(target, _ENGLISH)
    left = Counter(number.value for number in found)
    flags = []
    for number in sorted(wanted, key=lambda number: not number.digits):  # those in digits have the first claim
        if left[number.value]:
            left[number.value] -= 1
        elif number.digits:
            span = (number.start, number.end)
            flags.append(Flag("number", f"The number {source[slice(*span)]} is not in the English.", source_span=span))
    explained = {number.value for number in wanted}
    for number in found:
        if number.digits and not number.attached and number.value not in explained:
            span = (number.start, number.end)
            flags.append(Flag("number", f"The number {target[slice(*span)]} is not in the Hindi.", target_span=span))
    return flags


def repetition(source: str, target: str) -> list[Flag]:
    """The loop of a lost decoder: a phrase that follows itself again and again."""
    words = list(_WORD.finditer(target))
    spelled = [word.group().casefold() for word in words]
    for length in range(1, _LONGEST_CYCLE + 1):
        times = _REPEATS if length == 1 else _REPEATS - 1
        run = 0
        for at in range(length, len(spelled)):
            run = run + 1 if spelled[at] == spelled[at - length] else 0
            if run >= length * times:
                phrase = target[words[at - length + 1].start() : words[at].end()]
                if phrase.casefold() not in canonical(source).casefold():
                    span = (words[at - run - length + 1].start(), words[at].end())
                    return [
                        Flag(
                            "repetition",
                            f"“{phrase}” repeats itself; the engine lost its way.",
                            target_span=span,
                        )
                    ]
    return []


CHECKS: tuple[Check, ...] = (empty, left_in_hindi, numbers_kept, repetition)


def lost_numbers(source: str, target: str) -> tuple[Pin, ...]:
    """The numbers of the source that the English has not, as pins for a second try."""
    spans = [flag.source_span for flag in numbers_kept(source, target) if flag.source_span]
    return tuple(Pin(*span, english) for span in spans if (english := _in_english(source[slice(*span)])))


def _in_english(number: str) -> str:
    """A number in digits as it stands, its units in English: २३ हजार is 23 thousand. Empty where that cannot be said."""
    words = [_UNITS_IN_ENGLISH.get(fold(word), word) for word in canonical(number).split()]
    return "" if regex.search(r"\p{Deva}", " ".join(words)) else " ".join(words)


def missing_pins(missing: Sequence[Pin], placements: Sequence[Placement], source: str) -> tuple[Flag, ...]:
    """Flags for pins that no way of pinning could keep, with the place where they belong: behind the pin before them."""
    flags = []
    for pin in missing:
        before = [placement.end for placement in placements if placement.pin.end <= pin.start]
        place = max(before, default=0)
        what = "The agreed term" if pin.term else "The text"
        kind = "term-missing" if pin.term else "text-missing"
        flags.append(
            Flag(
                kind,
                f"{what} “{pin.target}” for “{source[pin.start : pin.end]}” is not in the English; put it in by hand.",
                source_span=(pin.start, pin.end),
                target_span=(place, place),
            )
        )
    return tuple(flags)
