"""Names within a document: each has one spelling, that of its first mention, unless the glossary says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from glossary.agreed import built_in
from hindi import names
from hindi.fold import fold, parts
from hindi.function_words import FUNCTION_WORDS
from hindi.romanise import sounds_like
from translator.editing import Edit, apply
from translator.values import Flag, Segment

_COMMON_ENGLISH = frozenset(
    (
        "the this that these those there here then when what where which who how why and but for from with into after before "
        "during under over between among against about also only some many most more other another such each every all both "
        "few several one two three four five six seven eight nine ten first second third last next new old good great high "
        "low long short day year month week time people man woman men women child children police policy party state city "
        "world war game team film book school"
    ).split()
)
_HINDI_WORD = regex.compile(r"[\u0900-\u0963\u0971-\u097f\u200c\u200d]+")
_ENGLISH_WORD = regex.compile(r"\p{Lu}[\p{L}’']*\p{L}")


def names_kept(source: str, target: str) -> list[Flag]:
    """Every name that stands after an office or an honorific must be in the English as it sounds."""
    english = [found.group() for found in _ENGLISH_WORD.finditer(target)]
    flags = []
    for name in names.find(source, _common()):
        words = _parts(name)
        if not all(any(sounds_like(word, other) for other in english) for word in words):
            span = (name[0].start, name[-1].end)
            message = f"The name “{source[slice(*span)]}” is not in the English as it sounds; check its spelling."
            flags.append(Flag("name", message, "warning", span))
    return flags


def _parts(name: Iterable[names.Word]) -> list[str]:
    """The words of a name, those that a hyphen joins too."""
    return [part for word in name for part in _HINDI_WORD.findall(word.written)]


def with_one_spelling(segments: Sequence[Segment]) -> list[Segment]:
    """The segments of a document with each name spelled as where it was first seen. Pinned names are left as they are.

    Names are the words after an office or an honorific, and any word that comes again, sounds like a capitalised word of its
    English each time, and is no word of the agreed terms: so are places that no glossary knows.
    """
    words = [_unpinned_words(segment) for segment in segments]
    people = {fold(part) for segment in segments for name in names.find(segment.source, _common()) for part in _parts(name)}
    counted = Counter(word for found in words for word in set(found))
    again = {word for word, times in counted.items() if times > 1 and len(word) > 2} - _common() - FUNCTION_WORDS
    first: dict[str, str] = {}
    result = []
    for segment, found in zip(segments, words, strict=True):
        edits = list(_respellings(segment, [word for word in found if word in people | again], first))
        target, placements = apply(segment.target, segment.placements, edits)
        result.append(replace(segment, target=target, placements=placements) if edits else segment)
    return result


def _unpinned_words(segment: Segment) -> list[str]:
    """The folded Hindi words of a segment that no pin stands for."""
    pinned = [(place.pin.start, place.pin.end) for place in segment.placements]
    return [
        fold(word.group())
        for word in _HINDI_WORD.finditer(segment.source)
        if not any(start < word.end() and word.start() < end for start, end in pinned)
    ]


def _respellings(segment: Segment, hindi: Iterable[str], first: dict[str, str]) -> Iterator[Edit]:
    """Edits of the names in a segment that were spelled otherwise before; `first` learns those that are new."""
    pinned = [(place.start, place.end) for place in segment.placements]
    english = [
        word
        for word in _ENGLISH_WORD.finditer(segment.target)
        if word.group().lower() not in _english() and not any(start < word.end() and word.start() < end for start, end in pinned)
    ]
    for name in hindi:
        alike = [word for word in english if sounds_like(name, word.group())]
        if alike:
            spelling = first.setdefault(name, alike[0].group())
            if all(word.group() != spelling for word in alike):
                yield Edit(*alike[0].span(), spelling)


@cache
def _english() -> frozenset[str]:
    """Words of agreed English that are written small as well: Police and Policy are no two spellings of a name."""
    return frozenset(word for term in built_in().terms for word in term.english.split() if word.islower()) | _COMMON_ENGLISH


@cache
def _common() -> frozenset[str]:
    """Words of agreed terms that are in no agreed name: what has one of them is no name (राष्ट्रपति भवन)."""
    words = {"term": set[str](), "name": set[str]()}
    for term in built_in().terms:
        words[term.kind].update(word for text in (term.hindi, *term.variants) for word in parts(text))
    return frozenset(words["term"] - words["name"])
