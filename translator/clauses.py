"""Dividing a sentence that is longer than an engine can read, at the best place there is, and never inside a pin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from translator.values import Pin

# From the best place to the worst: after a semicolon, after a comma, before a conjunction, at a blank, between graphemes.
_PLACES = (
    regex.compile(r"(?<=[;:—–।])\s+"),
    regex.compile(r"(?<=,)\s+"),
    regex.compile(r"\s+(?=(?:और|तथा|एवं|लेकिन|परंतु|परन्तु|किंतु|किन्तु|मगर|जबकि|क्योंकि|ताकि|जिसमें|जिससे|जिसके|इसलिए|कि)\s)"),
    regex.compile(r"\s+"),
    regex.compile(r"(?<=\X)(?=\X)"),
)
_MARGIN = 0.15  # share of a text that neither part may be shorter than, while there is such a place


def divide(text: str, pins: Sequence[Pin], fits: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Spans of `text` in order that together cover it, each of which `fits` unless nothing in it can be divided."""
    done: list[tuple[int, int]] = []
    todo = [(0, len(text))]
    while todo:
        start, end = todo.pop()
        at = None if fits(text[start:end]) else _best_place(text, start, end, pins)
        if at is None:
            done.append((start, end))
        else:
            todo += [(at, end), (start, at)]
    return done


def _best_place(text: str, start: int, end: int, pins: Sequence[Pin]) -> int | None:
    middle = (start + end) / 2
    inside = [pin for pin in pins if pin.start < end and start < pin.end]
    for pattern, margin in ((pattern, margin) for margin in (_MARGIN, 0) for pattern in _PLACES):
        edge = (end - start) * margin
        places = [
            place
            for place in (found.end() for found in pattern.finditer(text, start, end))
            if start + edge < place < end - edge and not any(pin.start < place < pin.end for pin in inside)
        ]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return None
