"""Names within a document: each has one spelling, that of its first mention, unless the glossary says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from glossary.agreed import built_in
from hindi import names
from hindi.fold import fold, parts
from hindi.romanise import sounds_like
from translator.editing import Edit, apply
from translator.values import Flag, Segment

_HINDI_WORD = regex.compile(r"[\u0900-\u0963\u0971-\u097f\u200c\u200d]+")
_ENGLISH_WORD = regex.compile(r"\p{Lu}[\p{L}’']*\p{L}")


def names_kept(source: str, target: str) -> list[Flag]:
    """Every name that stands after an office or an honorific must be in the English as it sounds."""
    english = [found.group() for found in _ENGLISH_WORD.finditer(target)]
    flags = []
    for name in names.find(source, _common()):
        words = [part for word in name for part in _HINDI_WORD.findall(word.written)]
        if not all(any(sounds_like(word, other) for other in english) for word in words):
            span = (name[0].start, name[-1].end)
            message = f"The name “{source[slice(*span)]}” is not in the English as it sounds; check its spelling."
            flags.append(Flag("name", message, "warning", span))
    return flags


def with_one_spelling(segments: Sequence[Segment]) -> list[Segment]:
    """The segments of a document with each name spelled as where it was first seen. Pinned names are left as they are."""
    wanted = {
        fold(part)
        for segment in segments
        for name in names.find(segment.source, _common())
        for word in name
        for part in _HINDI_WORD.findall(word.written)
    }
    first: dict[str, str] = {}
    result = []
    for segment in segments:
        edits = list(_respellings(segment, wanted, first)) if wanted else []
        target, placements = apply(segment.target, segment.placements, edits)
        result.append(replace(segment, target=target, placements=placements) if edits else segment)
    return result


def _respellings(segment: Segment, wanted: set[str], first: dict[str, str]) -> Iterator[Edit]:
    """Edits of the names in a segment that were spelled otherwise before; `first` learns those that are new."""
    english = list(_ENGLISH_WORD.finditer(segment.target))
    for found in _HINDI_WORD.finditer(segment.source):
        hindi = fold(found.group())
        if hindi not in wanted:
            continue
        alike = [word for word in english if sounds_like(found.group(), word.group())]
        if not alike:
            continue
        spelling = first.setdefault(hindi, alike[0].group())
        if all(word.group() != spelling for word in alike):
            yield Edit(*alike[0].span(), spelling)


@cache
def _common() -> frozenset[str]:
    """Words of agreed terms that are in no agreed name: what has one of them is no name (राष्ट्रपति भवन)."""
    words = {"term": set[str](), "name": set[str]()}
    for term in built_in().terms:
        words[term.kind].update(word for text in (term.hindi, *term.variants) for word in parts(text))
    return frozenset(words["term"] - words["name"])
