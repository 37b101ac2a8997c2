"""Checks of the English as a text: nothing in it, Hindi left over, loops, lost quotation marks, too short, broken off."""

from __future__ import annotations

import regex

from translator.canonical import canonical
from translator.values import Flag

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_DEVANAGARI = regex.compile(r"[\p{Deva}]+(?:[\s।]+[\p{Deva}]+)*")
_QUOTED = regex.compile(r"[\"“”„‟«»]|''")
_FINAL = regex.compile(r"[\s.!?…\"'”’)\]]+\Z")
_LONGEST_CYCLE = 8  # words of a repeated phrase
_REPEATS = 3  # how often a phrase of one word may follow itself before it counts as a loop: "no, no, no" is speech
# Letters of English to letters of Hindi. In 5,500 pairs written by hand, of 30 letters or more, all are between 0.66 and 2.2.
_SHORTEST, _LONGEST = 0.6, 2.2
_LONG_ENOUGH = 30
# What a sentence may end in is left out: in, on, over, before, under (he went in), that, his, her, it, is, was, can.
_NEVER_LAST = frozenset("a an the to for with at between among against into as and or but which whose because if".split())


def empty(source: str, target: str) -> list[Flag]:
    if target.strip():
        return []
    return [Flag("empty", "The engine returned nothing for this sentence; translate it by hand.")]


def left_in_hindi(source: str, target: str) -> list[Flag]:
    return [
        Flag("untranslated", f"“{found.group()}” was left in Hindi; translate it by hand.", target_span=found.span())
        for found in _DEVANAGARI.finditer(target)
    ]


def repetition(source: str, target: str) -> list[Flag]:
    """The loop of a lost decoder: a phrase that follows itself again and again."""
    words = list(_WORD.finditer(target))
    spelled = [word.group().casefold() for word in words]
    for length in range(1, _LONGEST_CYCLE + 1):
        times = _REPEATS if length == 1 else _REPEATS - 1
        run = 0
        for at in range(length, len(spelled)):
            run = run + 1 if spelled[at] == spelled[at - length] else 0
            if run >= length * times:
                phrase = target[words[at - length + 1].start() : words[at].end()]
                if phrase.casefold() not in canonical(source).casefold():
                    span = (words[at - run - length + 1].start(), words[at].end())
                    return [Flag("repetition", f"“{phrase}” repeats itself; the engine lost its way.", target_span=span)]
    return []


def quotes(source: str, target: str) -> list[Flag]:
    """A quotation that is not closed in the English, or is not one any more. What opens here may close in the next sentence."""
    wanted, found = (len(_QUOTED.findall(text)) for text in (source, target))
    if wanted == found:
        return []
    if found % 2 and not wanted % 2:
        return [Flag("quotes", "A quotation mark of the English has no partner; put it in or take the other away.", "warning")]
    if found < wanted:
        return [Flag("quotes", "Quotation marks of the Hindi are not in the English; see who is quoted.", "warning")]
    return []


def brackets(source: str, target: str) -> list[Flag]:
    """A bracket of the English without its partner, where those of the Hindi have theirs."""
    if target.count("(") == target.count(")") or source.count("(") != source.count(")"):
        return []
    return [Flag("brackets", "A bracket of the English has no partner; see what belongs in it.", "warning")]


def length(source: str, target: str) -> list[Flag]:
    ratio = len(target) / max(1, len(source))
    if len(source) < _LONG_ENOUGH or not target.strip() or _SHORTEST <= ratio <= _LONGEST:
        return []
    if ratio < _SHORTEST:
        return [Flag("length", "The English is much shorter than the Hindi; something may be left out.", "warning")]
    return [Flag("length", "The English is much longer than the Hindi; something may be invented.", "warning")]


def truncated(source: str, target: str) -> list[Flag]:
    """An English that breaks off: it ends in an article, a preposition or a conjunction."""
    text = _FINAL.sub("", target)
    last = list(_WORD.finditer(text))[-1:]
    if not last or last[0].group().casefold() not in _NEVER_LAST or last[0].end() < len(text):
        return []
    return [
        Flag("truncated", f"The English breaks off after “{last[0].group()}”; finish it by hand.", target_span=last[0].span())
    ]
