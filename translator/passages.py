"""Sentences with elements in them: bold words, links, pictures. Each is translated whole, and the elements are kept by pins.

This module knows where an element stands in the Hindi and in the English; what an element is in a file it does not know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

import regex

from glossary.model import Match, Term
from hindi.romanise import sounds_like
from hindi.sentences import split
from translator.pipeline import Translator
from translator.polish import continued
from translator.values import Segment

_HINDI = regex.compile(r"[\p{Deva}।॥]")
_LETTER = regex.compile(r"\p{L}")
_FIRST_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_BLANKS = dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")  # a line break ends no sentence in markup
_DEEPEST = 4  # elements within elements that are kept in one sentence; each costs a translation of its own


@dataclass(eq=False)
class Inline:
    """An element in a sentence, with its text; without `inside` it is left as it is."""

    element: Any
    hindi: str = ""
    inside: Passage | None = None

    @property
    def english(self) -> str:
        return self.inside.english if self.inside else self.hindi


@dataclass(eq=False)
class Passage:
    """What is translated as one: a sentence, or all that an element in it holds. `items` become English in `translate`.

    `first` is the letter that the English begins with in the midst of a sentence, where a pin tells it; `depth` counts the
    elements within each other.
    """

    items: list[str | Inline]
    hindi: str = field(init=False)
    depth: int = field(init=False)
    first: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.hindi = "".join(item if isinstance(item, str) else item.hindi for item in self.items)
        self.depth = max((1 + item.inside.depth for item in self.items if isinstance(item, Inline) and item.inside), default=0)

    @property
    def english(self) -> str:
        return "".join(item if isinstance(item, str) else item.english for item in self.items)


Flow = list[str | Inline | Passage]


@dataclass(frozen=True)
class _Held:
    """An element with a text, and where that stands in the sentence; `agreed` where it is to be put around an agreed term."""

    start: int
    end: int
    inline: Inline
    match: Match
    agreed: bool = False


@dataclass(frozen=True)
class _Sentence:
    """A passage as the translator is asked for it, without the blanks around it, and where elements without text stand in it."""

    passage: Passage
    text: str
    held: tuple[_Held, ...] = ()
    empty: tuple[tuple[int, Inline], ...] = ()


# --- Hindi into passages ----------------------------------------------------------------------------------------------------


def passages_in(items: Sequence[str | Inline]) -> Flow:
    """The sentences of a flow of text, with what stands between them; put together again they are the flow.

    An element that is a whole sentence, or part of more than one, or deep in itself, comes back without its inside: it is a
    flow of its own.
    """
    text = _flat("".join(item if isinstance(item, str) else item.hindi for item in items))
    if not _HINDI.search(text):
        return [item if isinstance(item, str) else Inline(item.element) for item in items]
    sentences = [_stripped(text, sentence.start, sentence.end) for sentence in split(text)]
    found: Flow = []
    done = 0
    for at, (start, end, item) in enumerate(_spans(items, text)):
        inside = item.inside if isinstance(item, Inline) and start < end else None
        if isinstance(item, Inline) and inside and (inside.depth >= _DEEPEST or _is_flow(start, end, sentences)):
            found += [*passages_in(items[done:at]), Inline(item.element)]
            done = at + 1
    return [*found, *passages_in(items[done:])] if done else _cut(items, text, sentences)


def _is_flow(start: int, end: int, sentences: Sequence[tuple[int, int]]) -> bool:
    first, last = sentences[bisect_right(sentences, start, key=lambda sentence: sentence[0]) - 1]
    return end > last or (start, end) == (first, last)


def _cut(items: Sequence[str | Inline], text: str, sentences: Sequence[tuple[int, int]]) -> Flow:
    found: Flow = []
    for sentence, group in groupby(_parted(items, text, sentences), key=itemgetter(0)):
        parts = [part for _, part in group]
        found += parts if sentence is None else [Passage(parts)]
    return found


def _parted(
    items: Sequence[str | Inline], text: str, sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[int | None, str | Inline]]:
    """Each part of the flow with the number of its sentence; blanks and empty elements between two belong to neither."""
    borders = [border for sentence in sentences for border in sentence]
    position = 0
    for item, (start, end, _) in zip(items, _spans(items, text), strict=True):
        begin = position
        if isinstance(item, Inline):
            before = bisect_right(borders, start)
            within = before % 2 == 1 and (start < end or borders[before - 1] < start)
            yield (before // 2 if within else None), item
            position += len(item.hindi)
            continue
        while position < begin + len(item):
            before = bisect_right(borders, position)
            until = min([begin + len(item), *borders[before : before + 1]])
            yield (before // 2 if before % 2 == 1 else None), item[position - begin : until - begin]
            position = until


def _spans(items: Iterable[str | Inline], text: str) -> Iterator[tuple[int, int, str | Inline]]:
    """Where each item stands in `text`, without the blanks around it."""
    at = 0
    for item in items:
        size = len(item if isinstance(item, str) else item.hindi)
        yield *_stripped(text, at, at + size), item
        at += size


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return (start + len(_lead(part)), end - len(_trail(part))) if part.strip() else (start, start)


def _flat(text: str) -> str:
    return text.translate(_BLANKS)


# --- Passages into English, the innermost first -----------------------------------------------------------------------------


def translate(passages: Sequence[Passage], translator: Translator) -> None:
    """Put the English into the passages. Every element stays: where one has no place in the English, its sentence is
    translated in parts, around it."""
    levels = [list(passages)]
    while levels[-1]:
        levels.append(
            [item.inside for passage in levels[-1] for item in passage.items if isinstance(item, Inline) and item.inside]
        )
    for level in reversed(levels):
        _translate_level(level, translator)


def _translate_level(passages: Sequence[Passage], translator: Translator) -> None:
    sentences = [each for passage in passages if _HINDI.search(passage.hindi) and (each := _sentence(passage, translator))]
    pinned = translator.segments([each.text for each in sentences], [_matches(each, translator) for each in sentences])
    plain = iter(translator.segments([each.text for each in sentences if each.held]))
    parted = []
    for sentence, segment in zip(sentences, pinned, strict=True):
        context = next(plain).target if sentence.held else ""
        if not _lay_out(sentence, segment, context):
            parted.append(sentence.passage)
    _translate_parts(parted, translator)


def _sentence(passage: Passage, translator: Translator) -> _Sentence | None:
    """None where there is nothing to translate but what is within one element."""
    text = _flat(passage.hindi)
    first, last = _stripped(text, 0, len(text))
    held = []
    empty = []
    for start, end, item in _spans(passage.items, text):
        if isinstance(item, Inline) and start == end:
            empty.append((start - first, item))
        elif isinstance(item, Inline) and (start, end) == (first, last):
            passage.first = item.inside.first if item.inside else text[first : first + 1]
            return None
        elif isinstance(item, Inline):
            form, english = text[start:end], _flat(item.english).strip()
            term = Term(form, english) if item.inside else Term(form, english, kind="do-not-translate", case="keep")
            start, end = start - first, end - first
            held.append(_Held(start, end, item, Match(term, start, end, form, english)))
    return _Sentence(passage, text[first:last], _with_whole_terms(text[first:last], held, translator), tuple(empty))


def _with_whole_terms(text: str, held: Sequence[_Held], translator: Translator) -> tuple[_Held, ...]:
    """An element around a part of an agreed term (a word that a search has marked) is put around all of it."""
    found = list(held)
    for match in translator.matches(text) if held else ():
        touched = [at for at, each in enumerate(found) if each.start < match.end and match.start < each.end]
        inside = found[touched[0]].inline.inside if len(touched) == 1 else None
        if inside and all(isinstance(item, str) for item in inside.items):
            each = found[touched[0]]
            if match.start <= each.start and each.end <= match.end and match.form != each.match.form:
                found[touched[0]] = _Held(match.start, match.end, each.inline, match, agreed=True)
    return tuple(found)


def _matches(sentence: _Sentence, translator: Translator) -> list[Match]:
    """The elements of a sentence, and the agreed terms outside of them; those within have their English already."""
    own = [held.match for held in sentence.held]
    agreed = [
        match
        for match in translator.matches(sentence.text)
        if all(match.end <= other.start or other.end <= match.start for other in own)
    ]
    return sorted([*own, *agreed], key=lambda match: match.start)


def _translate_parts(passages: Sequence[Passage], translator: Translator) -> None:
    """Translate what stands between the elements of each passage, and leave the elements in their order."""
    texts = [item for passage in passages for item in passage.items if isinstance(item, str) and _HINDI.search(item)]
    segments = iter(translator.segments([_flat(text).strip() for text in texts]))
    for passage in passages:
        begun = False
        for at, item in enumerate(passage.items):
            if isinstance(item, str) and _HINDI.search(item):
                target = next(segments).target
                passage.items[at] = _lead(item) + (continued(target) if begun else target) + _trail(item)
            elif isinstance(item, Inline) and item.inside and begun:
                _fit(item, "", "")
            begun = begun or bool((item if isinstance(item, str) else item.english).strip())


# --- English around the elements --------------------------------------------------------------------------------------------


def _lay_out(sentence: _Sentence, segment: Segment, context: str) -> bool:
    """Put the English into the passage of `sentence`, with its elements where their pins stand; False if one has no place.

    `context` is the sentence translated without them; it shows whether the first word of an element is written small in it.
    """
    found = {(place.pin.start, place.pin.end): (place.start, place.end) for place in segment.placements}
    places = [
        place
        for held in sentence.held
        if (place := found.get((held.start, held.end)) or _place_in_token(held, sentence.text, segment))
    ]
    if len(places) < len(sentence.held):
        return False
    target = segment.target
    placed: list[tuple[int, int, Inline]] = []
    for held, (start, end) in zip(sentence.held, places, strict=True):
        if held.agreed and held.inline.inside:
            held.inline.inside.items, held.inline.inside.first = [held.match.english], held.match.english[:1]
        _fit(held.inline, target[start] if start == 0 else "", context)
        placed.append((start, end, held.inline))
    taken = {at for start, end, _ in placed for at in range(start, end)}
    gaps = [at for at, char in enumerate(target) if char == " " and at not in taken]
    placed += [(at, at, inline) for at, inline in _empty_places(sentence, len(target), gaps)]
    items: list[str | Inline] = [_lead(sentence.passage.hindi)]
    done = 0
    for start, end, inline in sorted(placed, key=lambda place: place[:2]):
        items += [target[done:start], inline]
        done = end
    items += [target[done:], _trail(sentence.passage.hindi)]
    glued = {id(held.inline) for held in sentence.held if _is_glued(held, sentence.text)}
    sentence.passage.items = [*_without_double_blanks(items, glued)]
    opening = next((place.pin.target for place in segment.placements if place.start == 0), "")
    sentence.passage.first = opening[:1]
    return True


def _place_in_token(held: _Held, text: str, segment: Segment) -> tuple[int, int] | None:
    """Where an element stands that is a part of a token which is copied as it is."""
    if held.match.form != held.match.english:
        return None
    for place in segment.placements:
        pin = place.pin
        if pin.start <= held.start and held.end <= pin.end and text[pin.start : pin.end] == pin.target:
            start = place.start + held.start - pin.start
            return start, start + len(held.match.form)
    return None


def _empty_places(sentence: _Sentence, length: int, gaps: Sequence[int]) -> Iterator[tuple[int, Inline]]:
    """Elements without text stand between words, as far into the English as they are into the Hindi."""
    for at, inline in sentence.empty:
        if at <= 0 or at >= len(sentence.text):
            yield (0 if at <= 0 else length), inline
        else:
            share = at * length / len(sentence.text)
            gap = min(gaps, key=lambda gap: abs(gap - share), default=length)
            yield gap + (gap < length and sentence.text[at - 1] == " "), inline


def _is_glued(held: _Held, text: str) -> bool:
    """The number of a footnote stands right behind a word."""
    return held.start > 0 and text[held.start - 1] != " " and not _LETTER.search(held.match.form)


def _without_double_blanks(items: Sequence[str | Inline], glued: set[int]) -> Iterator[str | Inline]:
    """An element that begins or ends with a blank needs none beside it, and one that was glued to a word has none before it."""
    for at, item in enumerate(items):
        if isinstance(item, str):
            before, after = items[at - 1] if at else "", items[at + 1] if at + 1 < len(items) else ""
            if isinstance(before, Inline) and before.english[-1:].isspace():
                item = item.removeprefix(" ")
            if isinstance(after, Inline) and (id(after) in glued or after.english[:1].isspace()):
                item = item.removesuffix(" ")
        yield item


def _fit(inline: Inline, capital: str, context: str) -> None:
    """Write the first letter of an element's English as its place in the sentence wants it."""
    if inline.inside:
        letter = capital or inline.inside.first or _letter(inline, context)
        _begin(inline.inside, letter)


def _letter(inline: Inline, context: str) -> str:
    """The first letter of what has only begun with a capital because it was translated alone: names keep theirs."""
    english = inline.english.strip()
    found = _FIRST_WORD.match(english)
    if found is None:
        return english[:1]
    word = found.group()
    if regex.search(rf"(?<!\w){regex.escape(word.lower())}(?!\w)", context):
        return word[0].lower()
    named = regex.search(rf"(?<=\w[^.?!]*)(?<!\w){regex.escape(word)}(?!\w)", context)
    if named or word.isupper() or any(sounds_like(hindi, word) for hindi in inline.hindi.split()):
        return word[0]
    return word[0].lower()


def _begin(passage: Passage, letter: str) -> None:
    """Write the first letter of a passage as `letter`, large or small."""
    for at, item in enumerate(passage.items):
        if not (item if isinstance(item, str) else item.english).strip():
            continue
        if isinstance(item, str):
            lead = _lead(item)
            first, rest = item[len(lead) : len(lead) + 1], item[len(lead) + 1 :]
            passage.items[at] = lead + (letter if first.lower() == letter.lower() else first) + rest
        elif item.inside:
            _begin(item.inside, letter)
        return


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _trail(text: str) -> str:
    return text[len(text.rstrip()) :]
