"""A text that has been rewritten step by step, and where each of its characters stood before. Knows no language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex

from translator.engines.base import Span

Replacement = str | Callable[[regex.Match[str]], str]
"""A template as `regex` knows it, or what makes the new text of a match."""


@dataclass(frozen=True)
class Traced:
    """`text`, and for each of its characters the part of the text before all rewriting that it comes from."""

    text: str
    spans: tuple[Span, ...]

    def origin(self, span: Span) -> Span:
        """Where the characters in `span` come from; an empty place where there are none."""
        start, end = span
        if start >= end:
            at = self.spans[start][0] if start < len(self.spans) else self.spans[-1][1] if self.spans else 0
            return at, at
        places = self.spans[start:end]
        return min(place[0] for place in places), max(place[1] for place in places)

    def result(self, span: Span) -> Span:
        """Where what comes from `span` of the first text stands now; an empty place if nothing does."""
        start, end = span
        found = [at for at, place in enumerate(self.spans) if place[0] < end and start < place[1]]
        if found:
            return found[0], found[-1] + 1
        after = next((at for at, place in enumerate(self.spans) if place[0] >= end), len(self.spans))
        return after, after


def traced(text: str) -> Traced:
    """`text` as it is: each character comes from itself."""
    return Traced(text, tuple((at, at + 1) for at in range(len(text))))


def rewrite(source: Traced, pattern: regex.Pattern[str], replacement: Replacement) -> Traced:
    """Put `replacement` in place of each match; what it writes comes from the whole match.

    >>> rewrite(traced("a ,b"), regex.compile(r" +(?=,)"), "")
    Traced(text='a,b', spans=((0, 1), (2, 3), (3, 4)))
    """
    matches = list(pattern.finditer(source.text))
    if not matches:
        return source
    text: list[str] = []
    spans: list[Span] = []
    end = 0
    for match in matches:
        written = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
        text += [source.text[end : match.start()], written]
        spans += source.spans[end : match.start()]
        spans += [source.origin(match.span())] * len(written)
        end = match.end()
    return Traced("".join(text) + source.text[end:], (*spans, *source.spans[end:]))
