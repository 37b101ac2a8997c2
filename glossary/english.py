"""The plural of an agreed English term: the one way in which it may adapt (DESIGN.md, section 5)."""

from __future__ import annotations

import re

_HEAD_ENDS = re.compile(r" (?:of|on|for|in|to|at|between|against|with)\b|-(?:at|in|of|to)-")
_IRREGULAR = {"man": "men", "woman": "women", "person": "persons", "staff": "staff", "forces": "forces"}
_NEVER_PLURAL = frozenset(
    (
        "terrorism cooperation information security equipment personnel intelligence trade financing "
        "connectivity assistance training sharing building exchange extremism radicalisation infiltration "
        "espionage smuggling trafficking interoperability defence tourism police"
    ).split()
)


def plural(english: str) -> str:
    """The plural of a term, formed on its head noun.

    >>> plural("Joint Working Group"), plural("memorandum of understanding"), plural("counter-terrorism")
    ('Joint Working Groups', 'memorandums of understanding', 'counter-terrorism')
    """
    found = _HEAD_ENDS.search(english)
    head, rest = (english[: found.start()], english[found.start() :]) if found else (english, "")
    before, separator, noun = head.rpartition(" ")
    return before + separator + _plural_noun(noun) + rest


def _plural_noun(noun: str) -> str:
    lower = noun.lower()
    if lower.rpartition("-")[2] in _NEVER_PLURAL or (lower.endswith("s") and not lower.endswith("ss")):
        return noun
    if lower in _IRREGULAR:
        return _IRREGULAR[lower] if noun.islower() else _IRREGULAR[lower].capitalize()
    if noun.isupper():
        return noun + "s"
    if re.search(r"[^aeiou]y$", lower):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lower) else "s")
