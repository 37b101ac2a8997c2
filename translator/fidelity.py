"""Checks of an English sentence against its Hindi: what was lost, added, left or repeated, told to the reader as flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

import regex

from hindi import numbers
from translator.canonical import canonical
from translator.values import Flag, Pin, Placement

_ENGLISH_NUMBERS = {
    word: Decimal(value)
    for value, words in enumerate(
        (
            "zero;one first once;two second twice both;three third;four fourth;five fifth;six sixth;seven seventh;"
            "eight eighth;nine ninth;ten tenth;eleven eleventh;twelve twelfth;thirteen thirteenth;"
            "fourteen fourteenth;fifteen fifteenth;sixteen sixteenth;seventeen seventeenth;eighteen eighteenth;"
            "nineteen nineteenth;twenty twentieth"
        ).split(";")
    )
    for word in words.split()
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
    """Every number in digits must be in the English, in digits or as a word; no other may be added."""
    wanted = numbers.in_digits(source)
    found = numbers.in_digits(target)
    spelled = _spelled(target)
    in_target = Counter(value for value, _, _ in found)
    flags = []
    for value, start, end in wanted:
        if in_target[value]:
            in_target[value] -= 1
        elif spelled[value]:
            spelled[value] -= 1
        else:
            flags.append(
                Flag(
                    "number",
                    f"The number {source[start:end]} is not in the English.",
                    source_span=(start, end),
                )
            )
    explained = {value for value, _, _ in wanted} | set(numbers.in_words(source))
    for value, start, end in found:
        if value not in explained:
            flags.append(Flag("number", f"The number {target[start:end]} is not in the Hindi.", target_span=(start, end)))
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
    spans = {flag.source_span for flag in numbers_kept(source, target) if flag.source_span}
    return tuple(
        Pin(start, end, canonical(source[start:end])) for _, start, end in numbers.in_digits(source) if (start, end) in spans
    )


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


def _spelled(text: str) -> Counter[Decimal]:
    words = (word.group().lower() for word in _WORD.finditer(text))
    return Counter(_ENGLISH_NUMBERS[word] for word in words if word in _ENGLISH_NUMBERS)
