"""The way of a note through the house: document → sentences → terms → pins → engine → checks → brief (DESIGN.md, section 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import starmap
from typing import Literal

import regex

from glossary.database import default_url
from glossary.matcher import Matcher
from glossary.model import Glossary, Match, Term
from glossary.termbase import current, exists
from hindi.sentences import split
from translator.canonical import canonical
from translator.checks import check
from translator.checks.source import suspicious
from translator.checks.terms import Forbidden, missing_pins
from translator.editing import Edit, apply
from translator.engines.base import Engine
from translator.house_style import CAPITAL, FINAL_MARK, HEADING_RULES, RULES, USUAL
from translator.ladder import Draft, climb
from translator.memory.store import Memory
from translator.memory.values import neighbours
from translator.model_store.shelf import open_model
from translator.names import names_kept, with_one_spelling
from translator.pieces import Piece
from translator.pinning import read_inline
from translator.polish import capitalised, final_mark
from translator.protected import pins_in
from translator.recent import Recent
from translator.units import international
from translator.values import Block, BlockKind, Brief, Document, Flag, Pin, Placement, Rung, Segment, TranslatedBlock

_DEVANAGARI = regex.compile(r"[\u0904-\u0939\u0958-\u0961]")  # a letter, not a danda or a digit
_LETTER = regex.compile(r"\p{L}")
_LARGEST_PORTION = 64  # sentences
_REMEMBERED = 5_000  # sentences, some 20 MB
_NO_WORD = regex.compile(r"\p{Deva}{100,}")  # longer than any word of the language


Units = Literal["indian", "international"]


@dataclass(frozen=True)
class Style:
    """How the English is finished: the names of the rules of translator.house_style, and the units of large numbers."""

    rules: frozenset[str] = USUAL
    units: Units = "indian"


@dataclass(frozen=True)
class _Asked:
    """A sentence of a note, and what stands for it without an engine."""

    text: str
    kind: BlockKind = "paragraph"
    known: Segment | None = None
    matches: tuple[Match, ...] | None = None  # in place of the glossary's own


@dataclass(frozen=True)
class _Translated:
    """A sentence on its way from the engine to its flags."""

    segment: Segment
    missing: tuple[Pin, ...] = ()


class Translator:
    """An engine and a glossary, ready to turn documents into briefs. Safe to share between threads.

    Where the glossary has one Hindi in several domains, the first of `domains` decides.
    """

    def __init__(
        self,
        engine: Engine,
        glossary: Glossary,
        domains: Sequence[str] = (),
        style: Style | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._engine = engine
        self._memory = memory
        self._matcher = Matcher(glossary.terms, domains)
        self._forbidden = Forbidden(glossary.terms)
        self._version = glossary.version
        self._style = style or Style()
        self._recent: Recent[_Asked, _Translated] = Recent(_REMEMBERED)

    def brief(self, document: Document, ready: Callable[[int, Sequence[Segment]], None] | None = None) -> Brief:
        """Translate every block of `document`; nothing of it is left out.

        `ready` is told of segments as soon as they are there, with the place of the first among all segments of the brief. At the
        end a segment may come once more: a name has one spelling in a document.
        """
        asked = self._known([_Asked(text, block.kind) for block in document.blocks for text in texts_of(block)])
        translated: list[_Translated] = []
        checked: list[Segment] = []
        for portion in _growing(asked) if ready else [asked]:
            new = self._translate(portion, self._memory)
            translated += new
            checked += map(self._checked, new)
            if ready:
                ready(len(checked) - len(new), checked[-len(new) :])
        for at, segment in enumerate(with_one_spelling([each.segment for each in translated])):
            if segment != translated[at].segment:
                checked[at] = self._checked(replace(translated[at], segment=segment))
                if ready:
                    ready(at, [checked[at]])
        segments = iter(checked)
        return Brief(
            document,
            tuple(TranslatedBlock(block, tuple(next(segments) for _ in texts_of(block))) for block in document.blocks),
            self._engine.name,
            self._engine.model,
            self._version,
            datetime.now(UTC),
        )

    def segments(self, sentences: Sequence[str], matches: Sequence[Sequence[Match]] | None = None) -> list[Segment]:
        """Translate sentences that have nothing to do with each other; with `matches` in place of the glossary's own."""
        given = [None] * len(sentences) if matches is None else [tuple(found) for found in matches]
        asked = [_Asked(text, known=_untouched(text), matches=found) for text, found in zip(sentences, given, strict=True)]
        return [self._checked(each) for each in self._translate(asked)]

    def matches(self, sentence: str) -> list[Match]:
        """The agreed terms in a sentence, as they are pinned."""
        return list(self._matcher.find(sentence))

    def edited(self, source: str, target: str) -> Segment:
        """What a person wrote for `source`: its pins placed where they are, and flags for what the checks find in it."""
        restored = read_inline(target, self._pins(_Asked(source)))
        segment = Segment(source, restored.text, restored.placements, rung="edited")
        return self._checked(_Translated(segment, restored.missing))

    def _known(self, asked: Sequence[_Asked]) -> list[_Asked]:
        """`asked`, with what needs no engine: verbatim text, what was approved before, and what is not Hindi."""
        approved = self._approved([each.text for each in asked])
        return [
            replace(each, known=Segment(each.text, each.text, rung="untouched"))
            if each.kind == "verbatim"
            else replace(each, known=segment or _untouched(each.text))
            for each, segment in zip(asked, approved, strict=True)
        ]

    def _approved(self, sentences: Sequence[str]) -> list[Segment | None]:
        """What the memory has for these very sentences, where it has all that must be in the English now."""
        if self._memory is None:
            return [None] * len(sentences)
        found: list[Segment | None] = []
        for sentence, remembered in zip(sentences, self._memory.exact_many(sentences, neighbours(sentences)), strict=True):
            restored = read_inline(remembered.target, self._pins(_Asked(sentence))) if remembered else None
            kept = restored is not None and not restored.missing
            found.append(Segment(sentence, restored.text, restored.placements, rung="memory") if restored and kept else None)
        return found

    def _translate(self, asked: Sequence[_Asked], memory: Memory | None = None) -> list[_Translated]:
        """Sentences in order, in batches as large as can be, finished but for their flags; each is translated once."""
        done = {each: found for each in asked if (found := self._recent.get(each))}
        new = list(dict.fromkeys(each for each in asked if each.known is None and each not in done))
        for each, draft in zip(new, climb(self._engine, [Piece(each.text, self._pins(each)) for each in new]), strict=True):
            done[each] = _Translated(self._finished(each, draft), draft.restored.missing)
            self._recent.put(each, done[each])
        return [_Translated(each.known) if each.known else _beside(done[each], memory) for each in asked]

    def _pins(self, asked: _Asked) -> tuple[Pin, ...]:
        return pins_in(asked.text, self._matcher.find(asked.text) if asked.matches is None else asked.matches)

    def _finished(self, asked: _Asked, draft: Draft) -> Segment:
        text, restored = asked.text, draft.restored
        target, placements = restored.text, restored.placements
        if FINAL_MARK in self._style.rules:
            target = final_mark(text, target)
        if CAPITAL in self._style.rules and not any(place.start == 0 and _keeps_case(place.pin.term) for place in placements):
            target = capitalised(target)
        rules = {**RULES, **HEADING_RULES} if asked.kind == "heading" else RULES
        for name, rule in rules.items():
            if name in self._style.rules:
                target, placements = apply(target, placements, rule(text, target))
        if self._style.units == "international":
            target, placements = apply(target, placements, starmap(Edit, international(target)))
        return Segment(text, target, placements, (), draft.rung, draft.score)

    def _checked(self, translated: _Translated) -> Segment:
        """The segment with all that a reader must be told of it."""
        segment = translated.segment
        if segment.rung in ("untouched", "memory"):
            return segment  # no engine has touched it; what was approved is not questioned again
        source, target, placements = segment.source, segment.target, segment.placements
        flags = (
            *missing_pins(translated.missing, placements, source),
            *self._forbidden.check(source, target, placements),
            *check(source, _without_untranslated(target, placements)),
            *names_kept(source, target),
            *suspicious(source),
            *_rough(segment.rung),
            *self._unsure(segment),
        )
        return replace(segment, flags=tuple(_placed(flag, source, target) for flag in flags))

    def _unsure(self, segment: Segment) -> tuple[Flag, ...]:
        if segment.rung == "edited" or segment.score >= self._engine.unsure_below:
            return ()
        message = "The engine was unsure of this sentence; read it against the Hindi."
        return (Flag("low-confidence", message, "warning"),)


def default_translator(
    glossary: Glossary | None = None,
    domains: Sequence[str] = (),
    style: Style | None = None,
    memory: bool = True,
    model: str = "",
) -> Translator:
    """The model of this name or folder, or the one in use, with `glossary`, or with the user's own, and with the user's memory.

    Raises EngineError if the model cannot be had.
    """
    remembered = Memory(default_url()) if memory and exists() else None
    return Translator(open_model(model), glossary or current(), domains, style, remembered)


def sentences_of(block: Block) -> list[str]:
    """The sentences of a block that are translated: none of a verbatim one."""
    if block.kind == "verbatim":
        return []
    return [text for sentence in split(block.text) if (text := sentence.text.strip())]


def _beside(translated: _Translated, memory: Memory | None) -> _Translated:
    """`translated`, with what was approved for sentences like it."""
    if memory is None:
        return translated
    return replace(translated, segment=replace(translated.segment, similar=memory.fuzzy(translated.segment.source)))


def texts_of(block: Block) -> list[str]:
    """What of a block stands in a row of its own in a brief: its sentences, or all of it where it has none."""
    return sentences_of(block) or [block.text]


def _growing(asked: Sequence[_Asked]) -> Iterator[Sequence[_Asked]]:
    """`asked` in portions: a small first one that is there soon, then ever larger ones, which are faster by the sentence."""
    start, size = 0, 2
    while start < len(asked):
        yield asked[start : start + size]
        start, size = start + size, min(2 * size, _LARGEST_PORTION)


def _untouched(text: str) -> Segment | None:
    """What is not translated: text without letters, text that is not Hindi, and what no one could read."""
    if not _LETTER.search(text):
        return Segment(text, canonical(text).replace("।", ".") or text, rung="untouched")
    if not _DEVANAGARI.search(text):
        flag = Flag("not-hindi", "This is not Hindi; it was left as it is.", "warning", (0, len(text)), (0, len(text)))
        return Segment(text, text, flags=(flag,), rung="untouched")
    if found := _NO_WORD.search(text):
        message = "This is longer than any Hindi word; the sentence was left as it is. Look at the source."
        flag = Flag("source-suspicious", message, "error", found.span(), (0, len(text)))
        return Segment(text, text, flags=(flag,), rung="untouched")
    return None


def _without_untranslated(target: str, placements: Sequence[Placement]) -> str:
    """`target` with blanks for what is not to be translated, which may be in Hindi."""
    for place in placements:
        if place.pin.term and place.pin.term.kind == "do-not-translate":
            target = target[: place.start] + " " * (place.end - place.start) + target[place.end :]
    return target


def _placed(flag: Flag, source: str, target: str) -> Flag:
    """`flag` with a place on both sides: the whole sentence where it is no narrower."""
    return replace(flag, source_span=flag.source_span or (0, len(source)), target_span=flag.target_span or (0, len(target)))


def _keeps_case(term: Term | None) -> bool:
    return term is None or term.case == "keep"


def _rough(rung: Rung) -> tuple[Flag, ...]:
    if rung == "divided":
        return (Flag("rough", "Translated in parts, to keep every term and number; read it with care.", "warning"),)
    if rung in ("aligned", "placeholder"):
        return (Flag("rough", "The place of a term was guessed; read it with care.", "warning"),)
    return ()
