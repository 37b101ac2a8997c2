"""What every engine offers. An engine knows text in and text out: nothing of terms, flags or documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Span = tuple[int, int]
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
PinStyle = Literal["tagged", "inline", "placeholder", "aligned"]


@dataclass(frozen=True)
class Attention:
    """Soft alignment: `weights[t][s]` is how much target piece t looked at source piece s; each row sums to 1.

    The spans place the pieces in the source text and in the hypothesis.
    """

    weights: Sequence[Sequence[float]]
    source_spans: tuple[Span, ...]
    target_spans: tuple[Span, ...]


@dataclass(frozen=True)
class Hypothesis:
    """One translation; `score` is the mean log probability of its pieces, at most 0."""

    text: str
    score: float
    attention: Attention | None = None


class Engine(Protocol):
    """A loaded model."""

    name: str
    model: str
    longest_input: int
    """Pieces in a source text; a longer text must be divided first, for it would be translated badly."""
    pin_styles: tuple[PinStyle, ...]
    """The ways of pinning that hold with this engine, in the order in which they are tried (translator.ladder)."""
    unsure_below: float
    """The score below which a translation is as likely bad as not; measured by benchmarks/confidence.py."""

    def length(self, text: str) -> int:
        """How many pieces `text` has."""

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """For each text its best translations, best first. Raises EngineError if a text is longer than the engine can read."""


def spans_of_pieces(pieces: Sequence[str], text: str) -> tuple[Span, ...] | None:
    """Where each piece stands in `text`; None if the pieces spell it otherwise (SentencePiece has normalised it)."""
    spans: list[Span] = []
    at = 0
    for piece in pieces:
        surface = piece.replace("▁", " ")
        if at == 0:
            surface = surface.lstrip(" ")
        byte = _BYTE.fullmatch(piece)
        if byte:  # a character outside the vocabulary: its first byte stands for all of it
            surface = text[at : at + 1] if int(byte[1], 16) & 0xC0 != 0x80 else ""
        if not text.startswith(surface, at):
            return None
        spans.append((at, at + len(surface)))
        at += len(surface)
    return tuple(spans) if at == len(text) else None
