"""Collections become a corpus: cleaned, without duplicates and held-out sentences, weighted by source, and accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from training.cleaning import Duplicates, fault, key, tidy_english, tidy_hindi
from training.corpus import Pair
from training.heldout import HeldOut
from training.sources import Source, Sources


@dataclass
class Tally:
    """What became of the pairs of a source."""

    read: int = 0
    kept: int = 0
    words: int = 0
    """English words in the pairs kept."""
    rejected: Counter[str] = field(default_factory=Counter)
    """How many for which reason."""


class Gathering:
    """One corpus in the making. What comes first stays, where another pair is its duplicate: give the best source first."""

    def __init__(self, sources: Sources, held_out: HeldOut) -> None:
        self.tallies: dict[str, Tally] = {}
        self._sources = sources
        self._held_out = held_out
        self._duplicates = Duplicates()

    def keep(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """The pairs to train on, with the weight of their source. Raises SourceError for a source that is not listed.

        A pair that has a weight has been cleaned before, and its spans and links count its characters and words: it stays as it
        is, unless it is held out. What was written for this project is tidied, and not judged.
        """
        for pair in pairs:
            source = self._sources[pair.source]
            tally = self.tallies.setdefault(pair.source, Tally())
            tally.read += 1
            kept = pair if pair.weight else replace(pair, hindi=tidy_hindi(pair.hindi), english=tidy_english(pair.english))
            reason = self._reason_against(kept, source)
            if reason:
                tally.rejected[reason] += 1
                continue
            tally.kept += 1
            tally.words += len(kept.english.split())
            yield replace(kept, weight=source.weight)

    def _reason_against(self, pair: Pair, source: Source) -> str | None:
        if source.unused:
            return "unused source"
        if not (pair.hindi and pair.english):
            return "empty"
        keys = key(pair.hindi), key(pair.english)
        if self._held_out.holds(*keys):
            return "held out"
        if pair.weight:
            self._duplicates.add(*keys)
            return None
        found = None if source.own else fault(pair.hindi, pair.english, source.fewest_words)
        return found or (None if self._duplicates.add(*keys) else "duplicate")
