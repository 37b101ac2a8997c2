"""Batches: every example is in one, none is too large, and the same seed draws the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.training.conftest import copied
from training.batches import BatchError, Example, Sampler, ahead, divided, padded
from training.config import Schedule, Stage
from training.model import Batch
from training.packed import Packed, PackedPair
from training.vocabulary import Vocabulary


def example(source: int, target: int) -> Example:
    return Example(np.arange(source), np.arange(target))


lengths = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=60)


@given(lengths, st.integers(10, 200))
def test_batches_hold_every_example_once_and_are_not_too_large(pairs: list[tuple[int, int]], size: int) -> None:
    examples = [example(*pair) for pair in pairs]
    batches = divided(examples, size)
    assert Counter(map(id, examples)) == Counter(id(one) for batch in batches for one in batch)
    for batch in batches:
        longest = max(len(one.source) for one in batch) + max(len(one.target) for one in batch)
        assert len(batch) == 1 or longest * len(batch) <= 2 * size


def test_what_is_filled_up_is_padding() -> None:
    batch = padded(
        [Example(np.array([5, 0]), np.array([6, 7, 0]), np.array([1 * 256 + 0])), Example(*map(np.array, ([8], [0])))], 99
    )
    assert batch.source.tolist() == [[5, 0], [8, 99]]
    assert batch.gold.tolist() == [[6, 7, 0], [0, 99, 99]]
    assert batch.previous.tolist() == [[99, 6, 7], [99, 99, 99]]
    assert batch.links is not None
    assert batch.links.nonzero().tolist() == [[0, 1, 0]]


def pairs() -> Packed:
    terms = PackedPair(1.0, [4, 5, 0], [4, 5, 0], [256], "एक घर", "a house", ((3, 5, 2, 7),))
    return Packed.of([*copied(300, seed=1), terms, PackedPair(0.0, [3, 0], [3, 0]), PackedPair(1e6, [2] * 30, [2] * 30)])


def first(sampler: Sampler, count: int = 20) -> list[Batch]:
    return list(islice(sampler, count))


def same(one: list[Batch], other: list[Batch]) -> bool:
    return all(torch.equal(a.source, b.source) and torch.equal(a.gold, b.gold) for a, b in zip(one, other, strict=True))


SCHEDULE = Schedule(pool=200, stages=(Stage(until=500, longest=5, batch=60), Stage(longest=20, batch=120)), processes=1)


def test_the_seed_the_process_and_the_step_decide_what_is_drawn(vocabulary: Vocabulary) -> None:
    one = first(Sampler(pairs(), vocabulary, SCHEDULE))
    assert same(one, first(Sampler(pairs(), vocabulary, SCHEDULE)))
    assert not same(one, first(Sampler(pairs(), vocabulary, SCHEDULE, rank=1)))
    assert not same(one, first(Sampler(pairs(), vocabulary, SCHEDULE, step=1)))


def test_short_sentences_come_first_and_weights_are_heeded(vocabulary: Vocabulary) -> None:
    batches = first(Sampler(pairs(), vocabulary, SCHEDULE), 60)
    seen = 0
    widths = []
    for batch in batches:
        widths.append(batch.gold.shape[1] if seen < 500 else 0)
        seen += int((batch.gold != vocabulary.pad).sum())
        assert batch.gold.shape[1] < 30  # the heavy pair is too long for either stage
        assert [3, 0] not in batch.gold.tolist()  # weight 0
    assert max(widths) <= 5
    assert max(batch.gold.shape[1] for batch in batches) == 7


def test_switched_sentences_are_read_anew(vocabulary: Vocabulary) -> None:
    schedule = Schedule(pool=50, switched=1.0, switched_from=0, processes=1, stages=(Stage(longest=3, batch=100),))
    only = Packed.of([PackedPair(1.0, [4, 5, 0], [4, 5, 0], [256], "एक घर", "a house", ((3, 5, 2, 7),))])
    seen = {
        (vocabulary.decode_target(source), vocabulary.decode_target(gold))
        for batch in first(Sampler(only, vocabulary, schedule), 3)
        for source, gold in zip(batch.source.tolist(), batch.gold.tolist(), strict=True)
    }
    assert all("house" in source and "house" in english for source, english in seen)
    assert any("<pin>" in source for source, _ in seen)


def test_a_stage_that_no_pair_fits_is_named(vocabulary: Vocabulary) -> None:
    with pytest.raises(BatchError, match="no pair has 1 pieces or fewer"):
        first(Sampler(pairs(), vocabulary, Schedule(stages=(Stage(longest=1),))))


def test_batches_made_ahead_are_the_same_in_order(vocabulary: Vocabulary, tmp_path: Path) -> None:
    made = ahead(iter(Sampler(pairs(), vocabulary, SCHEDULE)))
    assert same(list(islice(made, 20)), first(Sampler(pairs(), vocabulary, SCHEDULE)))
    made.close()


def test_what_goes_wrong_ahead_is_raised_where_batches_are_taken() -> None:
    def broken() -> Iterator[Batch]:
        yield padded([example(2, 2)], 9)
        raise BatchError("no more")

    made = ahead(broken())
    next(made)
    with pytest.raises(BatchError, match="no more"):
        next(made)
