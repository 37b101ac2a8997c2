"""What every engine offers. An engine knows text in and text out: nothing of terms, flags or documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Span = tuple[int, int]


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

    def length(self, text: str) -> int:
        """How many pieces `text` has."""

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """For each text its best translations, best first. Raises EngineError if a text is longer than the engine can read."""
