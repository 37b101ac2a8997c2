"""The repair ladder: the ways of pinning in their order, each tried for all sentences that still need it in one batch.

DESIGN.md, section 5. A sentence is done on the first rung that keeps every pin exactly as often as the source has it; where
no rung does, the sentence is halved, and its halves climb on their own. A lost number is pinned on a second try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import regex

from translator.canonical import canonical
from translator.checks import check
from translator.checks.surface import repetition
from translator.engines.base import Engine, Hypothesis, PinStyle
from translator.pieces import Piece, halves, join
from translator.pinning import (
    Restored,
    Source,
    align,
    inline_source,
    placeholder_source,
    read_inline,
    read_placeholders,
    read_tagged,
    tagged_source,
)
from translator.quantities import lost_quantities
from translator.values import RUNGS, Pin, Placement, Rung

_NBEST = 4
_AT_ONCE = 512  # pieces whose hypotheses are in memory at once; enough to fill every batch of the engine
_LETTER = regex.compile(r"\p{L}")


@dataclass(frozen=True)
class Draft:
    """One translation of a piece, on the rung that made it."""

    restored: Restored
    rung: Rung
    score: float
    errors: int = 0
    warnings: int = 0

    @property
    def kept(self) -> bool:
        return not self.restored.missing and not self.restored.surplus

    @property
    def rank(self) -> tuple[int, ...]:
        """Smaller is better: pins first, then the other checks. Among equals the first is kept, as the engine ranked them."""
        return len(self.restored.missing), self.errors + self.restored.surplus, self.warnings


@dataclass(frozen=True)
class _Way:
    """A way of pinning: how a piece is written for the engine, and how its pins are found in what comes back."""

    source: Callable[[str, Sequence[Pin]], Source]
    read: Callable[[Piece, Source, Hypothesis], Restored | None]
    attention: bool = False


def _aligned(piece: Piece, source: Source, hypothesis: Hypothesis) -> Restored:
    return align(read_inline(hypothesis.text, piece.pins), hypothesis, source, piece.pins)


_WAYS: dict[PinStyle, _Way] = {
    "tagged": _Way(tagged_source, lambda piece, source, hypothesis: read_tagged(hypothesis.text, piece.pins)),
    "inline": _Way(inline_source, lambda piece, source, hypothesis: read_inline(hypothesis.text, piece.pins)),
    "placeholder": _Way(
        placeholder_source, lambda piece, source, hypothesis: read_placeholders(piece.text, hypothesis.text, piece.pins)
    ),
    "aligned": _Way(inline_source, _aligned, attention=True),
}


def climb(engine: Engine, pieces: Sequence[Piece]) -> list[Draft]:
    """Translate each piece with its pins kept, as far as any rung can."""
    drafts = {at: draft for at, piece in enumerate(pieces) if (draft := _as_it_stands(piece))}
    tried = [at for at, piece in enumerate(pieces) if at not in drafts and _fits(engine, piece)]
    for style in engine.pin_styles:
        _try(engine, pieces, [at for at in tried if at not in drafts or not drafts[at].kept], drafts, style)
    _repair_numbers(engine, pieces, tried, drafts)
    _repair_loops(engine, pieces, tried, drafts)
    _divide(engine, pieces, drafts)
    return [drafts[at] for at in range(len(pieces))]


def _as_it_stands(piece: Piece) -> Draft | None:
    """What needs no engine: a pin alone, and text without letters."""
    if len(piece.pins) == 1 and piece.text.strip() == piece.text[piece.pins[0].start : piece.pins[0].end]:
        pin = piece.pins[0]
        return Draft(Restored(pin.target, (Placement(pin, 0, len(pin.target)),)), "tagged", 0.0)
    if not piece.pins and not _LETTER.search(piece.text):
        return Draft(Restored(canonical(piece.text)), "plain", 0.0)
    return None


def _fits(engine: Engine, piece: Piece) -> bool:
    return engine.length(tagged_source(piece.text, piece.pins).text) <= engine.longest_input


def _divide(engine: Engine, pieces: Sequence[Piece], drafts: dict[int, Draft]) -> None:
    """Halve what was too long to be tried and what no other rung could keep, and let the halves climb on their own."""
    pairs: dict[int, tuple[Piece, Piece]] = {}
    for at, piece in enumerate(pieces):
        if at in drafts and not drafts[at].restored.missing and not lost_quantities(piece.text, drafts[at].restored.text):
            continue
        pair = halves(piece)
        if pair:
            pairs[at] = pair
        elif at not in drafts:
            drafts[at] = Draft(Restored(piece.text), "missing", 0.0, 1)  # one endless grapheme: left, and flagged as Hindi
    if not pairs:
        return
    climbed = climb(engine, [half for pair in pairs.values() for half in pair])
    for (at, pair), first, second in zip(pairs.items(), climbed[::2], climbed[1::2], strict=True):
        restored = join(pair, (first.restored, second.restored))
        rung = "divided" if at in drafts else max(first.rung, second.rung, key=RUNGS.index)
        draft = _checked(pieces[at], restored, rung, (first.score + second.score) / 2)
        drafts[at] = min(drafts.get(at, draft), draft, key=lambda draft: draft.rank)


def _try(
    engine: Engine,
    pieces: Sequence[Piece],
    which: Iterable[int],
    drafts: dict[int, Draft],
    style: PinStyle,
    loops: bool = False,
) -> None:
    """Translate `which` of the pieces and keep what is better than the drafts so far."""
    way = _WAYS[style]
    todo = iter(which)
    while chosen := list(islice(todo, _AT_ONCE)):
        sources = [way.source(pieces[at].text, pieces[at].pins) for at in chosen]
        texts = [source.text for source in sources]
        results = engine.translate(texts, nbest=_NBEST, attention=way.attention, avoid_repeats=loops)
        for at, source, hypotheses in zip(chosen, sources, results, strict=True):
            candidates = [drafts[at]] if at in drafts else []
            for hypothesis in hypotheses:
                restored = way.read(pieces[at], source, hypothesis)
                if restored:
                    candidates.append(_draft(pieces[at], restored, style, hypothesis.score))
            if candidates:
                drafts[at] = min(candidates, key=lambda draft: draft.rank)


def _draft(piece: Piece, restored: Restored, style: PinStyle, score: float) -> Draft:
    rung: Rung = "missing" if restored.missing else style if piece.pins else "plain"
    return _checked(piece, restored, rung, score)


def _checked(piece: Piece, restored: Restored, rung: Rung, score: float) -> Draft:
    severities = [flag.severity for flag in check(piece.text, restored.text)]
    errors = severities.count("error")
    return Draft(restored, rung, score, errors, len(severities) - errors)


def _repair_numbers(engine: Engine, pieces: Sequence[Piece], tried: Iterable[int], drafts: dict[int, Draft]) -> None:
    for style in engine.pin_styles[:2]:
        pinned = {}
        for at in tried:
            lost = lost_quantities(pieces[at].text, drafts[at].restored.text)
            free = [pin for pin in lost if not any(pin.start < other.end and other.start < pin.end for other in pieces[at].pins)]
            if free:
                pins = sorted((*pieces[at].pins, *free), key=lambda pin: pin.start)
                pinned[at] = Piece(pieces[at].text, tuple(pins))
        if pinned:
            again = [pinned.get(at, piece) for at, piece in enumerate(pieces)]
            _try(engine, again, pinned, drafts, style)


def _repair_loops(engine: Engine, pieces: Sequence[Piece], tried: Iterable[int], drafts: dict[int, Draft]) -> None:
    loops = [at for at in tried if repetition(pieces[at].text, drafts[at].restored.text)]
    _try(engine, pieces, loops, drafts, "inline", loops=True)
