"""The way of a note through the house: document → sentences → terms → pins → engine → checks → brief (DESIGN.md, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import regex

from glossary.matcher import Matcher
from glossary.model import Glossary, Term
from glossary.termbase import current
from hindi.sentences import split
from translator.canonical import canonical
from translator.engines.base import Engine
from translator.engines.compact import CompactEngine
from translator.fidelity import check, missing_pins
from translator.ladder import Draft, climb
from translator.pieces import Piece
from translator.polish import final_mark, polish
from translator.protected import pins_in
from translator.values import Block, Brief, Document, Flag, Placement, Rung, Segment, TranslatedBlock

_DEVANAGARI = regex.compile(r"[\u0904-\u0939\u0958-\u0961]")  # a letter, not a danda or a digit
_LETTER = regex.compile(r"\p{L}")
_NO_WORD = regex.compile(r"\p{Deva}{100,}")  # longer than any word of the language


class Translator:
    """An engine and a glossary, ready to turn documents into briefs. Safe to share between threads.

    Where the glossary has one Hindi in several domains, the first of `domains` decides.
    """

    def __init__(self, engine: Engine, glossary: Glossary, domains: Sequence[str] = ()) -> None:
        self._engine = engine
        self._matcher = Matcher(glossary.terms, domains)
        self._version = glossary.version

    def brief(self, document: Document) -> Brief:
        """Translate every block of `document`; nothing of it is left out."""
        sentences = [sentences_of(block) for block in document.blocks]
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
        pieces = {at: self._piece(text) for at, text in enumerate(sentences) if at not in untouched}
        drafts = dict(zip(pieces, climb(self._engine, list(pieces.values())), strict=True))
        return [untouched.get(at) or _segment(text, drafts[at]) for at, text in enumerate(sentences)]

    def _piece(self, text: str) -> Piece:
        return Piece(text, pins_in(text, self._matcher.find(text)))


def default_translator(glossary: Glossary | None = None, domains: Sequence[str] = ()) -> Translator:
    """The embedded engine with `glossary`, or with the user's own."""
    return Translator(CompactEngine(), glossary or current(), domains)


def sentences_of(block: Block) -> list[str]:
    """The sentences of a block that are translated: none of a verbatim one."""
    if block.kind == "verbatim":
        return []
    return [text for sentence in split(block.text) if (text := sentence.text.strip())]


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


def _segment(text: str, draft: Draft) -> Segment:
    restored = draft.restored
    protected_first = any(place.start == 0 and _keeps_case(place.pin.term) for place in restored.placements)
    target = final_mark(text, restored.text) if protected_first else polish(text, restored.text)
    flags = (
        *missing_pins(restored.missing, restored.placements, text),
        *check(text, _without_untranslated(target, restored.placements)),
        *_rough(draft.rung),
    )
    return Segment(text, target, restored.placements, flags, draft.rung, draft.score)


def _without_untranslated(target: str, placements: Sequence[Placement]) -> str:
    """`target` with blanks for what is not to be translated, which may be in Hindi."""
    for place in placements:
        if place.pin.term and place.pin.term.kind == "do-not-translate":
            target = target[: place.start] + " " * (place.end - place.start) + target[place.end :]
    return target


def _keeps_case(term: Term | None) -> bool:
    return term is None or term.case == "keep"


def _rough(rung: Rung) -> tuple[Flag, ...]:
    if rung == "divided":
        return (Flag("rough", "Translated in parts, to keep every term and number; read it with care.", "warning"),)
    if rung == "aligned":
        return (Flag("rough", "The place of a term was guessed; read it with care.", "warning"),)
    return ()
