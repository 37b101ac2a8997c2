"""Where to divide a sentence that an engine cannot do in one piece: at the best place there is, and never inside a pin."""

from __future__ import annotations

from collections.abc import Sequence

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


def best_place(text: str, pins: Sequence[Pin]) -> int | None:
    """The position at which `text` is best divided in two; None if it cannot be."""
    middle = len(text) / 2
    for pattern, margin in ((pattern, margin) for margin in (_MARGIN, 0) for pattern in _PLACES):
        edge = len(text) * margin
        places = [
            place
            for place in (found.end() for found in pattern.finditer(text))
            if edge < place < len(text) - edge and not any(pin.start < place < pin.end for pin in pins)
        ]
        if places:
            return int(min(places, key=lambda place: abs(place - middle)))
    return None
