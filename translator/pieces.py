"""A sentence or a part of one on its way through the ladder, and how parts become whole again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translator.clauses import best_place
from translator.pinning import Restored
from translator.polish import continued, final_mark
from translator.values import Pin, Placement


@dataclass(frozen=True)
class Piece:
    """A text with the pins in it."""

    text: str
    pins: tuple[Pin, ...] = ()


def halves(piece: Piece) -> tuple[Piece, Piece] | None:
    """The two parts of `piece`, each with its own pins; None if it cannot be divided."""
    at = best_place(piece.text, piece.pins)
    if at is None:
        return None
    first = tuple(pin for pin in piece.pins if pin.end <= at)
    second = tuple(_moved(pin, -at) for pin in piece.pins if pin.start >= at)
    return Piece(piece.text[:at], first), Piece(piece.text[at:], second)


def join(parts: Sequence[Piece], translations: Sequence[Restored]) -> Restored:
    """The translation of a whole from those of its parts; pins are those of the whole again."""
    text = ""
    placements: list[Placement] = []
    missing: list[Pin] = []
    start = 0
    for part, restored in zip(parts, translations, strict=True):
        english = final_mark(part.text, restored.text.strip())
        lead = len(restored.text) - len(restored.text.lstrip())
        if text and all(place.start > lead for place in restored.placements):
            english = continued(english)
        text += " " if text and english and english[0] not in ".,;:!?)" else ""
        shift = len(text) - lead
        placements += [
            Placement(_moved(place.pin, start), place.start + shift, place.end + shift) for place in restored.placements
        ]
        missing += [_moved(pin, start) for pin in restored.missing]
        text += english
        start += len(part.text)
    return Restored(text, tuple(placements), tuple(missing), sum(restored.surplus for restored in translations))


def _moved(pin: Pin, by: int) -> Pin:
    return replace(pin, start=pin.start + by, end=pin.end + by)
