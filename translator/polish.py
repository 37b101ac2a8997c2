"""The last touches on an English sentence that no one could want otherwise: its first letter and its final mark."""

from __future__ import annotations

import regex

_FINAL = regex.compile(r"(?P<mark>[।॥|?!.]+)[\"'”’»)\]\s]*\Z")
_FUNCTION_WORDS = frozenset(
    "a an the this that these those it its he she they we his her their our in on at of to by for from with through under over "
    "during after before between among against into as and or but so which who when where while because if not also both there "
    "is are was were has have had will would can could should".split()
)
_HEADING_STOP = regex.compile(r"(?<!\.)(?<!\b\p{L})\.\Z")


def capitalised(target: str) -> str:
    """`target` beginning with a capital; the places of all letters stay.

    >>> capitalised("the meeting was held")
    'The meeting was held'
    """
    return target[:1].upper() + target[1:]


def continued(english: str) -> str:
    """The English of the later part of a divided sentence: the capital that its first word has only as the first is taken back.

    >>> continued("The meeting"), continued("Astana")
    ('the meeting', 'Astana')
    """
    first = regex.match(r"\p{L}+", english)
    return english[:1].lower() + english[1:] if first and first.group().lower() in _FUNCTION_WORDS else english


def final_mark(source: str, target: str) -> str:
    """`target` with the final mark of `source`, and with none where the source has none.

    >>> final_mark("बैठक हुई।", "The meeting was held"), final_mark("संयुक्त वक्तव्य", "Joint statement.")
    ('The meeting was held.', 'Joint statement')
    """
    final = _FINAL.search(source)
    if final is None:
        return _HEADING_STOP.sub("", target)
    mark = regex.sub(r"[।॥|]+", ".", final["mark"])[-1]
    ends_open = target[-1:].isalnum() or target.endswith((")", "]", "%"))
    return target + mark if ends_open else target
