"""Pairs drawn by weight, changed a little, and put together into batches of like length. The same seed draws the same batches."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from training.augmentation import DigitReplacement, TermSwitching
from training.config import Schedule, Stage
from training.model import Batch
from training.packed import Packed
from training.vocabulary import Vocabulary
from translator.errors import DwibhashiError

Pieces = npt.NDArray[Any]

_SOURCE_SHARE = 0.85  # of a target position is what a source position costs
_BUCKET = 3  # lengths in a bucket
_GROWTH = 10  # pieces by which switched terms may lengthen a sentence


class BatchError(DwibhashiError):
    """A corpus from which no batch can be made."""


@dataclass(frozen=True)
class Example:
    """Piece numbers of a pair, each side ended by </s>, and its links (target place * 256 + source place)."""

    source: Pieces
    target: Pieces
    links: Pieces = field(default_factory=lambda: np.empty(0, np.uint16))


class Sampler:
    """The batches of one process. It counts for itself how far the run is, so that what it draws hangs on nothing but the seed.

    A run that goes on begins with another seed for its draws, made of the step: it does not see the first batches again.
    """

    def __init__(
        self, pairs: Packed, vocabulary: Vocabulary, schedule: Schedule, rank: int = 0, tokens: float = 0.0, step: int = 0
    ) -> None:
        self._pairs, self._vocabulary, self._schedule = pairs, vocabulary, schedule
        self._tokens = tokens
        self._chance = random.Random(f"{schedule.seed} {rank} {step}")
        self._draws = np.random.default_rng([schedule.seed, rank, step])
        self._terms = TermSwitching(self._chance)
        self._digits = DigitReplacement(vocabulary.pieces(), self._chance)

    def __iter__(self) -> Iterator[Batch]:
        """Without end. Raises BatchError if no pair is short enough for the stage of the run."""
        stage, sums = None, np.empty(0)
        while True:
            now = self._schedule.stage_at(self._tokens)
            if now != stage:
                stage, sums = now, self._sums(now)
            drawn = np.searchsorted(sums, self._draws.random(self._schedule.pool) * sums[-1], side="right")
            examples = [example for at in drawn if (example := self._example(int(at), stage))]
            batches = divided(examples, stage.batch)
            self._chance.shuffle(batches)
            for batch in batches:
                self._tokens += self._schedule.processes * sum(len(example.target) for example in batch)
                yield padded(batch, self._vocabulary.pad)

    def _sums(self, stage: Stage) -> npt.NDArray[np.float64]:
        sums = np.cumsum(np.where(self._pairs.lengths <= stage.longest, self._pairs.weights.astype(np.float64), 0.0))
        if not len(sums) or not sums[-1]:
            raise BatchError(
                f"no pair has {stage.longest} pieces or fewer; raise `longest` of the first stages, or pack more pairs."
            )
        return sums

    def _example(self, at: int, stage: Stage) -> Example | None:
        """The pair as it is to be learnt this time; None if switched terms have made it too long."""
        source: Pieces
        target: Pieces
        source, target, links = self._pairs.pair(at)
        schedule, chance = self._schedule, self._chance
        if chance.random() < schedule.switched and self._tokens >= schedule.switched_from and (terms := self._pairs.terms(at)):
            hindi, english = self._terms.switch(*terms)
            source = np.array(self._vocabulary.encode_source(hindi))
            target = np.array(self._vocabulary.encode_target(english))
            links = links[:0]  # they are of the sentence before
            if max(len(source), len(target)) > stage.longest + _GROWTH:
                return None
        if chance.random() < schedule.digits:
            source, target = self._digits.replace(source, target)
        return Example(source, target, links)


def divided(examples: Sequence[Example], size: int) -> list[list[Example]]:
    """Batches of like length, each of at most `size` positions (the mean of both sides, padding included) or of one pair."""

    def cost(example: Example) -> tuple[int, int]:
        longer = max(len(example.target), len(example.source) * _SOURCE_SHARE)
        return int(longer // _BUCKET), len(example.source)

    batches: list[list[Example]] = []
    longest_source = longest_target = 0
    for example in sorted(examples, key=cost):
        source, target = max(longest_source, len(example.source)), max(longest_target, len(example.target))
        if not batches or (source + target) * (len(batches[-1]) + 1) > 2 * size:
            batches.append([])
            source, target = len(example.source), len(example.target)
        batches[-1].append(example)
        longest_source, longest_target = source, target
    return batches


def padded(examples: Sequence[Example], pad: int) -> Batch:
    """The examples as one batch."""
    count = len(examples)
    longest_source = max(len(example.source) for example in examples)
    longest_target = max(len(example.target) for example in examples)
    source = np.full((count, longest_source), pad)
    previous, gold = np.full((count, longest_target), pad), np.full((count, longest_target), pad)
    links = np.zeros((count, longest_target, longest_source), np.float32)
    for row, example in enumerate(examples):
        source[row, : len(example.source)] = example.source
        gold[row, : len(example.target)] = example.target
        previous[row, 1 : len(example.target)] = example.target[:-1]
        links[row, example.links >> 8, example.links & 255] = 1
    return Batch(*map(torch.from_numpy, (source, previous, gold, links)))


def ahead(batches: Iterator[Batch], count: int = 6) -> Generator[Batch, None, None]:
    """The same batches, made by a thread while the processor computes."""
    ready: queue.Queue[Batch | BaseException] = queue.Queue(count)
    over = threading.Event()

    def fill() -> None:
        try:
            for batch in batches:
                _put(ready, batch, over)
                if over.is_set():
                    return
        except Exception as error:
            _put(ready, error, over)

    thread = threading.Thread(target=fill, daemon=True)
    thread.start()
    try:
        while True:
            batch = ready.get()
            if isinstance(batch, BaseException):
                raise batch
            yield batch
    finally:
        over.set()
        thread.join()


def _put(ready: queue.Queue[Any], value: object, over: threading.Event) -> None:
    while not over.is_set():
        try:
            return ready.put(value, timeout=0.2)
        except queue.Full:
            continue
