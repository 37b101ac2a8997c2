"""The way of a note through the house: document → sentences → terms → pins → engine → checks → brief (DESIGN.md, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import regex

from glossary.matcher import Matcher
from glossary.tables import Glossary, built_in
from hindi.sentences import split
from translator.canonical import canonical
from translator.clauses import divide
from translator.engines.base import Engine
from translator.engines.compact import CompactEngine
from translator.fidelity import check, missing_pins
from translator.ladder import Draft, Piece, climb
from translator.polish import final_mark, polish
from translator.protected import pins_in
from translator.values import Block, Brief, Document, Flag, Pin, Placement, Segment, TranslatedBlock

_DEVANAGARI = regex.compile(r"[\u0904-\u0939\u0958-\u0961]")  # a letter, not a danda or a digit
_LETTER = regex.compile(r"\p{L}")
_NO_WORD = regex.compile(r"\p{Deva}{100,}")  # longer than any word of the language


@dataclass(frozen=True)
class _Part:
    """A piece of a sentence and where it stands in it."""

    sentence: int
    start: int
    piece: Piece


class Translator:
    """An engine and a glossary, ready to turn documents into briefs. Safe to share between threads."""

    def __init__(self, engine: Engine, glossary: Glossary) -> None:
        self._engine = engine
        self._matcher = Matcher(glossary.terms)
        self._version = glossary.version

    def brief(self, document: Document) -> Brief:
        """Translate every block of `document`; nothing of it is left out."""
        sentences = [_sentences_of(block) for block in document.blocks]
        segments = iter(self.segments([sentence for block in sentences for sentence in block]))
        return Brief(
            document,
            tuple(
                TranslatedBlock(
                    block,
                    tuple(next(segments) for _ in texts) or (Segment(block.text, block.text, rung="untouched"),),
                )
                for block, texts in zip(document.blocks, sentences, strict=True)
            ),
            self._engine.name,
            self._engine.model,
            self._version,
            datetime.now(UTC),
        )

    def segments(self, sentences: Sequence[str]) -> list[Segment]:
        """Translate sentences, in order, in batches as large as can be."""
        untouched = {at: segment for at, text in enumerate(sentences) if (segment := _untouched(text))}
        parts = [part for at, text in enumerate(sentences) if at not in untouched for part in self._parts(at, text)]
        drafts = climb(self._engine, [part.piece for part in parts])
        of_sentence: dict[int, list[tuple[_Part, Draft]]] = {}
        for part, draft in zip(parts, drafts, strict=True):
            of_sentence.setdefault(part.sentence, []).append((part, draft))
        return [untouched.get(at) or _join(text, of_sentence[at]) for at, text in enumerate(sentences)]

    def _parts(self, sentence: int, text: str) -> list[_Part]:
        pins = pins_in(text, self._matcher.find(text))
        spans = divide(text, pins, lambda part: self._engine.length(canonical(part)) <= self._engine.longest_input)
        return [_Part(sentence, start, Piece(text[start:end], _shifted(pins, start, end))) for start, end in spans]


def default_translator() -> Translator:
    """The embedded engine with the built-in glossary."""
    return Translator(CompactEngine(), built_in())


def _sentences_of(block: Block) -> list[str]:
    if block.kind == "verbatim":
        return []
    return [text for sentence in split(block.text) if (text := sentence.text.strip())]


def _untouched(text: str) -> Segment | None:
    """What is not translated: text without letters, text that is not Hindi, and what no one could read."""
    if not _LETTER.search(text):
        return Segment(text, canonical(text) or text, rung="untouched")
    if not _DEVANAGARI.search(text):
        flag = Flag("not-hindi", "This is not Hindi; it was left as it is.", "warning", (0, len(text)), (0, len(text)))
        return Segment(text, text, flags=(flag,), rung="untouched")
    if found := _NO_WORD.search(text):
        message = "This is longer than any Hindi word; the sentence was left as it is. Look at the source."
        flag = Flag("source-suspicious", message, "error", found.span(), (0, len(text)))
        return Segment(text, text, flags=(flag,), rung="untouched")
    return None


def _shifted(pins: Sequence[Pin], start: int, end: int) -> tuple[Pin, ...]:
    return tuple(
        replace(pin, start=pin.start - start, end=pin.end - start) for pin in pins if start <= pin.start and pin.end <= end
    )


def _join(text: str, parts: Sequence[tuple[_Part, Draft]]) -> Segment:
    """One segment from the drafts of its parts."""
    target = ""
    placements: list[Placement] = []
    missing: list[Pin] = []
    for part, draft in parts:
        english = final_mark(part.piece.text, draft.restored.text.strip())
        lead = len(draft.restored.text) - len(draft.restored.text.lstrip())
        target += " " if target and english else ""
        shift = len(target) - lead
        placements += [
            Placement(_moved(place.pin, part.start), place.start + shift, place.end + shift)
            for place in draft.restored.placements
        ]
        missing += [_moved(pin, part.start) for pin in draft.restored.missing]
        target += english
    polished = polish(text, target)
    flags = (*missing_pins(missing, placements, text), *check(text, polished))
    worst = max((draft.rung for _, draft in parts), key=_RUNGS.index)
    score = sum(draft.score for _, draft in parts) / len(parts)
    return Segment(text, polished, tuple(placements), flags, worst, score)


_RUNGS = ("untouched", "plain", "tagged", "inline", "aligned", "missing")


def _moved(pin: Pin, by: int) -> Pin:
    return replace(pin, start=pin.start + by, end=pin.end + by)
