"""Changes of an English sentence after its translation. What is pinned is never changed, only moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from translator.values import Placement


class Edit(NamedTuple):
    """`new` in place of `text[start:end]`."""

    start: int
    end: int
    new: str


def apply(text: str, placements: Sequence[Placement], edits: Iterable[Edit]) -> tuple[str, tuple[Placement, ...]]:
    """`text` with the edits made, and the pins where they stand then.

    An edit that would change a pin, or that overlaps one before it, is not made; one around a pin is made if it keeps it.
    """
    made: list[Edit] = []
    for edit in sorted(edits):
        if (not made or edit.start >= made[-1].end) and _keeps_pins(edit, placements):
            made.append(edit)
    moved = [_moved(place, made) for place in placements]
    for edit in reversed(made):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text, tuple(moved)


def _keeps_pins(edit: Edit, placements: Sequence[Placement]) -> bool:
    touched = [place for place in placements if edit.start < place.end and place.start < edit.end]
    whole = all(edit.start <= place.start and place.end <= edit.end for place in touched)
    return whole and all(edit.new.count(place.pin.target) == 1 for place in touched)


def _moved(place: Placement, edits: Sequence[Edit]) -> Placement:
    shift = sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end <= place.start)
    around = next((edit for edit in edits if edit.start <= place.start and place.end <= edit.end), None)
    if around is None:
        return replace(place, start=place.start + shift, end=place.end + shift)
    start = around.start + shift + around.new.index(place.pin.target)
    return replace(place, start=start, end=start + len(place.pin.target))
