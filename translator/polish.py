"""The last touches on an English sentence that no one could want otherwise: its first letter and its final mark."""

from __future__ import annotations

import regex

_FINAL = regex.compile(r"(?P<mark>[।॥|?!.]+)(?P<closing>[\"'”’»)\]]*)\s*\Z")
_HEADING_STOP = regex.compile(r"(?<!\.)(?<!\b\p{L})\.\Z")


def polish(source: str, target: str) -> str:
    """`target` beginning with a capital and ending as `source` does; the places of all letters stay.

    >>> polish("बैठक हुई।", "the meeting was held"), polish("संयुक्त वक्तव्य", "Joint statement.")
    ('The meeting was held.', 'Joint statement')
    """
    return final_mark(source, target[:1].upper() + target[1:])


def final_mark(source: str, target: str) -> str:
    """`target` with the final mark of `source`, and with none where the source has none."""
    final = _FINAL.search(source)
    if final is None:
        return _HEADING_STOP.sub("", target)
    mark = regex.sub(r"[।॥|]+", ".", final["mark"])[-1]
    ends_open = target[-1:].isalnum() or target[-1:] in ")]%"
    return target + mark if ends_open else target
