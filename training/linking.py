"""A corpus gets the links and term spans that it lacks; those that it has stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from training import corpus
from training.alignment import Alignment, align, can_be_aligned, words
from training.corpus import Pair, Span
from training.sources import Sources
from training.term_spans import counted, coverage, phrases, switchable

CONTEXT = 200_000
_LEAST_COVERAGE = 0.25  # of the words of a mined pair: with less, the two do not say the same
_FEWEST_TO_JUDGE = 6  # Hindi words

Aligner = Callable[[Sequence[tuple[str, str]]], list[Alignment]]


@dataclass
class LinkReport:
    """What became of the pairs that had no links."""

    linked: int = 0
    with_spans: int = 0
    dropped: int = 0
    """Pairs that say something else on the two sides."""


def link(
    path: Path, sources: Sources, report: LinkReport, seed: int, context: int = CONTEXT, aligner: Aligner = align
) -> Iterator[Pair]:
    """The pairs of a corpus, with links and spans for every sentence that has no links.

    Up to `context` pairs that have links, drawn by the seed, are aligned along: few sentences alone would be aligned badly.
    The pairs of a mined source whose words are not linked are left out.
    """
    wanted = [(pair.hindi, pair.english) for pair in corpus.read_corpus(path) if _lacks_links(pair, sources)]
    if not wanted:
        yield from corpus.read_corpus(path)
        return
    texts = wanted + _context(path, context, seed)
    alignments = aligner(texts)
    spans = [phrases(*text, alignment) for text, alignment in zip(texts, alignments, strict=True)]
    counts = counted((*text, found) for text, found in zip(texts, spans, strict=True))
    links = iter(zip(alignments, spans, strict=True))
    for pair in corpus.read_corpus(path):
        if not _lacks_links(pair, sources):
            yield pair
            continue
        alignment, found = next(links)
        if not sources[pair.source].own and _says_something_else(pair, alignment):
            report.dropped += 1
            continue
        linked = _linked(pair, alignment, switchable(pair.hindi, pair.english, found, counts))
        report.linked += 1
        report.with_spans += bool(linked.spans)
        yield linked


def _lacks_links(pair: Pair, sources: Sources) -> bool:
    is_sentence = sources[pair.source].fewest_words > 1
    return not pair.links and is_sentence and can_be_aligned(pair.hindi, pair.english)


def _context(path: Path, most: int, seed: int) -> list[tuple[str, str]]:
    """An even draw from a file of unknown length: algorithm R (Vitter 1985)."""
    chance = Random(seed)
    drawn: list[tuple[str, str]] = []
    for number, pair in enumerate(pair for pair in corpus.read_corpus(path) if pair.links):
        place = chance.randrange(number + 1)
        if len(drawn) < most:
            drawn.append((pair.hindi, pair.english))
        elif place < most:
            drawn[place] = (pair.hindi, pair.english)
    return drawn


def _says_something_else(pair: Pair, alignment: Alignment) -> bool:
    return len(words(pair.hindi)) >= _FEWEST_TO_JUDGE and coverage(pair.hindi, pair.english, alignment) < _LEAST_COVERAGE


def _linked(pair: Pair, alignment: Alignment, spans: tuple[Span, ...]) -> Pair:
    return replace(pair, links=alignment.links, spans=spans)
