"""The text of a segment parted where its pins are, for all that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translator.values import Placement, Segment


@dataclass(frozen=True)
class Run:
    """A stretch of text; `pin` is the pin that it stands for, if any."""

    text: str
    pin: Placement | None = None


def source_runs(segment: Segment) -> list[Run]:
    """The Hindi of a segment, parted where its pins are."""
    return _runs(segment.source, [(place.pin.start, place.pin.end, place) for place in segment.placements])


def target_runs(segment: Segment) -> list[Run]:
    """The English of a segment, parted where its pins are."""
    return _runs(segment.target, [(place.start, place.end, place) for place in segment.placements])


def _runs(text: str, places: Sequence[tuple[int, int, Placement]]) -> list[Run]:
    runs: list[Run] = []
    end = 0
    for start, stop, place in sorted(places, key=lambda place: place[0]):
        runs += [Run(text[end:start]), Run(text[start:stop], place)]
        end = stop
    return [run for run in (*runs, Run(text[end:])) if run.text]
