"""Pins into the text for the engine, and out of what it returns (DESIGN.md, section 5).

Each way of pinning is a pair: how the pins are written into the source, and how they are found in a hypothesis. Which way is
tried when is the business of translator.ladder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

from translator.canonical import canonical
from translator.engines.base import Attention, Hypothesis, Span
from translator.values import Pin, Placement

_TAGGED = regex.compile(r"<pin>\s*(.*?)\s*</pin>")
_TAG = regex.compile(r"</?pin>")
_GLUED = regex.compile(r"(?<=\w)(?=<pin>)|(?<=</pin>)(?=\w)")
_ALIKE = 0.5  # share of letters that tell a tagged phrase for a pin, where the engine has misspelled it
_LOOKED_AT = 0.35  # attention from which an English piece counts as the translation of a pin
_GLIMPSED = 0.1  # below this no piece does
_SENTINEL = 0xF0000  # private use: stands for a pin while the text around it is made canonical
# Codes like QX-11 are what the embedded model copies best of a dozen kinds tried: 94 % of them stand exactly once in its best
# translation, where an English phrase in the Hindi does so in 63 % (387 sentences of the FLORES development set).
_CODES = ("QX", "ZQ", "XJ")
_FIRST_CODE = 11


@dataclass(frozen=True)
class Source:
    """A text for the engine; `spans[i]` is where the i-th pin stands in it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Restored:
    """A translation in which the pins have been looked for; `surplus` counts targets that stand more often than they should."""

    text: str
    placements: tuple[Placement, ...] = ()
    missing: tuple[Pin, ...] = ()
    surplus: int = 0


def tagged_source(text: str, pins: Sequence[Pin]) -> Source:
    """`<pin> Joint Working Group </pin>` in place of the Hindi."""
    return _source(text, pins, [f"<pin> {pin.target} </pin>" for pin in pins])


def inline_source(text: str, pins: Sequence[Pin]) -> Source:
    """The English alone in place of the Hindi."""
    return _source(text, pins, [pin.target for pin in pins])


def placeholder_source(text: str, pins: Sequence[Pin]) -> Source:
    """A code in place of the Hindi, one for each pin."""
    return _source(text, pins, _codes(text, pins))


def read_tagged(hypothesis: str, pins: Sequence[Pin]) -> Restored | None:
    """Find the tagged phrases in a hypothesis and give each its pin; None if tags and pins do not correspond one to one.

    A tagged phrase that the engine has misspelled is set right, for the tags say that it stands for a pin. One that it has glued
    to a word is parted from it, and counts as surplus: another hypothesis may do better.
    """
    hypothesis, glued = _GLUED.subn(" ", hypothesis)
    slots = list(_TAGGED.finditer(hypothesis))
    if len(slots) != len(pins) or _TAG.search(_TAGGED.sub("", hypothesis)):
        return None
    chosen = _assign([slot[1] for slot in slots], pins)
    if chosen is None:
        return None
    return _put_together(hypothesis, [(slot.span(), pin) for slot, pin in zip(slots, chosen, strict=True)], surplus=glued)


def read_inline(hypothesis: str, pins: Sequence[Pin]) -> Restored:
    """Find each pin as it stands in a hypothesis."""
    return _read(_TAG.sub("", hypothesis).replace("  ", " ").strip(), pins, [pin.target for pin in pins])


def read_placeholders(text: str, hypothesis: str, pins: Sequence[Pin]) -> Restored:
    """Find the codes that `placeholder_source` has put into `text`, and write the pins in their places."""
    return _read(hypothesis, pins, _codes(text, pins))


def _read(hypothesis: str, pins: Sequence[Pin], written: Sequence[str]) -> Restored:
    places: list[tuple[Span, Pin]] = []
    missing: list[Pin] = []
    surplus = 0
    for target in dict.fromkeys(sorted(written, key=len, reverse=True)):
        wanted = [pin for pin, text in zip(pins, written, strict=True) if text == target]
        found = [span for span in _occurrences(hypothesis, target) if not _overlaps(span, [place for place, _ in places])]
        surplus += max(0, len(found) - len(wanted))
        places += zip(found, wanted, strict=False)
        missing += wanted[len(found) :]
    return _put_together(hypothesis, places, missing, surplus)


def _codes(text: str, pins: Sequence[Pin]) -> list[str]:
    code = next((code for code in _CODES if code not in text), _CODES[0])
    return [f"{code}-{number}" for number, _ in enumerate(pins, _FIRST_CODE)]


def align(restored: Restored, hypothesis: Hypothesis, source: Source, pins: Sequence[Pin]) -> Restored:
    """What `read_inline` has restored, and each missing pin put in place of the English that looked at it most."""
    attention = hypothesis.attention
    if attention is None or restored.text != hypothesis.text:
        return restored
    places = [((place.start, place.end), place.pin) for place in restored.placements]
    for pin in restored.missing:
        span = _attending(hypothesis.text, attention, source.spans[pins.index(pin)], [place for place, _ in places])
        if span is not None:
            places.append((span, pin))
    placed = {id(pin) for _, pin in places}
    missing = [pin for pin in pins if id(pin) not in placed]
    return _put_together(hypothesis.text, places, missing, restored.surplus)


def _source(text: str, pins: Sequence[Pin], instead: Sequence[str]) -> Source:
    holes: list[str] = []
    end = 0
    for at, pin in enumerate(pins):
        holes += [text[end : pin.start], chr(_SENTINEL + at)]
        end = pin.end
    around = canonical("".join(holes) + text[end:])
    written: list[str] = []
    spans: list[Span] = []
    length = 0
    for char in around:
        at = ord(char) - _SENTINEL
        piece = instead[at] if 0 <= at < len(pins) else char
        if 0 <= at < len(pins):
            spans.append((length, length + len(piece)))
        written.append(piece)
        length += len(piece)
    return Source("".join(written), tuple(spans))


def _assign(phrases: Sequence[str], pins: Sequence[Pin]) -> list[Pin] | None:
    """One pin for each phrase: the same first, then the most alike, then the only one that is left."""
    chosen: dict[int, Pin] = {}
    left = list(pins)
    for at, phrase in enumerate(phrases):
        same = next((pin for pin in left if pin.target.casefold() == phrase.casefold()), None)
        if same:
            chosen[at] = same
            left.remove(same)
    for at, phrase in enumerate(phrases):
        if at in chosen:
            continue
        likeness = [SequenceMatcher(None, phrase.casefold(), pin.target.casefold()).ratio() for pin in left]
        best = max(range(len(left)), key=lambda pin: likeness[pin])
        if likeness[best] < _ALIKE and len(left) > 1:
            return None
        chosen[at] = left.pop(best)
    return [chosen[at] for at in range(len(phrases))]


def _put_together(text: str, places: Sequence[tuple[Span, Pin]], missing: Sequence[Pin] = (), surplus: int = 0) -> Restored:
    """`text` with the pins written into their places, which do not overlap."""
    written: list[str] = []
    placements: list[Placement] = []
    length = end = 0
    for (start, stop), pin in sorted(places, key=lambda place: place[0]):
        before = text[end:start]
        written += [before, pin.target]
        length += len(before)
        placements.append(Placement(pin, length, length + len(pin.target)))
        length += len(pin.target)
        end = stop
    return Restored("".join(written) + text[end:], tuple(placements), tuple(missing), surplus)


def _occurrences(text: str, target: str) -> list[Span]:
    pattern = rf"(?<!\w){regex.escape(target)}(?!\w)"
    return [found.span() for found in regex.finditer(pattern, text, regex.IGNORECASE)]


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _attending(text: str, attention: Attention, pin: Span, taken: Sequence[Span]) -> Span | None:
    """The words of `text` that looked most at `pin` in the source, outside of `taken`; None if none did."""
    columns = [at for at, span in enumerate(attention.source_spans) if span[0] < pin[1] and pin[0] < span[1]]
    masses = [
        0.0 if span[0] == span[1] or _overlaps(span, taken) else sum(row[column] for column in columns)
        for span, row in zip(attention.target_spans, attention.weights, strict=False)
    ]
    if not masses or max(masses) < _GLIMPSED:
        return None
    first = last = masses.index(max(masses))
    while first > 0 and masses[first - 1] >= _LOOKED_AT:
        first -= 1
    while last + 1 < len(masses) and masses[last + 1] >= _LOOKED_AT:
        last += 1
    start, end = attention.target_spans[first][0], attention.target_spans[last][1]
    while start < end and not text[start].isalnum():
        start += 1
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    while end < len(text) and text[end : end + 1].isalnum():
        end += 1
    return None if start >= end or _overlaps((start, end), taken) else (start, end)
