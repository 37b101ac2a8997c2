"""A Brief as a table for a spreadsheet, a row for each sentence. No cell of it is a formula, whatever the note holds."""

from __future__ import annotations

import csv
from io import StringIO

from translator.values import Brief, Flag, Placement

_COLUMNS = ("block", "kind", "source", "target", "rung", "score", "pins", "flags")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one (OWASP, CSV injection)


def write_csv(brief: Brief) -> bytes:
    """UTF-8 with a byte-order mark, by which Excel knows it; a text that a spreadsheet would calculate gets a ' before it.

    Pins are `Hindi → English`, flags `severity: message`, a line for each within the cell.
    """
    table = StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    for number, block in enumerate(brief.blocks, 1):
        for segment in block.segments:
            pins = "\n".join(_pin(place, segment.source) for place in segment.placements)
            flags = "\n".join(map(_flag, segment.flags))
            texts = map(disarmed, (block.block.kind, segment.source, segment.target, segment.rung))
            kind, source, target, rung = texts
            score = f"{segment.score:.3f}"  # a number, which may begin with a minus
            rows.writerow((number, kind, source, target, rung, score, disarmed(pins), disarmed(flags)))
    return table.getvalue().encode("utf-8-sig", errors="replace")


def _pin(place: Placement, source: str) -> str:
    return f"{source[place.pin.start : place.pin.end]} → {place.pin.target}"


def _flag(flag: Flag) -> str:
    return f"{flag.severity}: {flag.message}"


def disarmed(text: str) -> str:
    """`text` as a cell that no spreadsheet calculates.

    >>> disarmed("=1+1"), disarmed("1+1")
    ("'=1+1", '1+1')
    """
    return "'" + text if text.startswith(_FORMULA) else text
