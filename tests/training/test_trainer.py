"""Training on the copy task: it learns, it is the same each time, and it goes on where it was."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.training.conftest import copied
from training import metrics
from training.batches import Example, padded
from training.config import Config
from training.metrics import Progress
from training.model import Batch, Model
from training.states import State, StateError, read_moments, read_state
from training.trainer import train
from training.worker import STOP, Limit


def batch(pad: int) -> Batch:
    """Sequences that were not trained on."""
    return padded([Example(*map(np.array, (one.source, one.target, one.links))) for one in copied(100, seed=2)], pad)


@torch.no_grad()
def measured(state: State) -> tuple[float, float]:
    """Negative log likelihood of a held-out piece, and the share of pieces at which the alignment head looks where it should."""
    model = Model(state.shape)
    model.load_state_dict(state.average)
    held_out = batch(model.pad)
    real = held_out.gold != model.pad
    _, looked = model.decode(held_out.source, held_out.previous)
    places = (torch.arange(real.shape[1]) - 1).clamp_min(0).expand_as(real)  # as they are linked
    return float(model(held_out).likelihood / real.sum()), float((looked.argmax(-1) == places)[real].float().mean())


def test_it_learns_to_copy(copy_task: Config) -> None:
    untrained, _ = measured(train(copy_task, Limit(steps=0)))
    likelihood, aligned = measured(train(copy_task, Limit(steps=300)))
    assert untrained > 2.5  # guessing among twelve
    assert likelihood < 0.3
    assert aligned > 0.9


def test_the_same_seed_gives_the_same_weights(copy_task: Config, tmp_path: Path) -> None:
    states = []
    for name, seed in (("one", 1), ("two", 1), ("other", 2)):
        paths = replace(copy_task.paths, run=tmp_path / name)
        settings = replace(copy_task, paths=paths, schedule=replace(copy_task.schedule, seed=seed))
        states.append(train(settings, Limit(steps=12)))
    one, two, other = (torch.cat([weight.reshape(-1) for weight in state.weights.values()]) for state in states)
    assert torch.equal(one, two)
    assert not torch.equal(one, other)


def test_it_goes_on_where_it_was(copy_task: Config) -> None:
    first = train(copy_task, Limit(steps=10))
    second = train(copy_task, Limit(steps=5))
    assert (first.step, second.step) == (10, 15)
    assert second.tokens > first.tokens > 0
    moments = read_moments(copy_task.paths.run, 0, 1)
    assert moments is not None
    assert moments.steps == 15
    steps = [record.tokens for record in metrics.read(copy_task.paths.run / metrics.METRICS)]
    assert steps == sorted(steps)


def test_a_stop_file_ends_the_run_and_not_the_next(copy_task: Config) -> None:
    settings = replace(copy_task, schedule=replace(copy_task.schedule, report_steps=1))
    stop = settings.paths.run / STOP
    settings.paths.run.mkdir()
    stop.touch()
    assert train(settings, Limit(steps=2)).step == 2
    assert not stop.exists()


def test_two_processes_learn_together(copy_task: Config) -> None:
    settings = replace(copy_task, schedule=replace(copy_task.schedule, processes=2))
    state = train(settings, Limit(steps=40))
    assert state.step == 40
    first, *_, last = (record for record in metrics.read(settings.paths.run / metrics.METRICS) if isinstance(record, Progress))
    assert last.likelihood < first.likelihood
    for rank in (0, 1):
        assert read_moments(settings.paths.run, rank, 2)
    assert read_moments(settings.paths.run, 0, 1) is None


def test_the_masters_are_what_is_computed_with(copy_task: Config) -> None:
    """The rates of a run without steps are never used: weights and average stay as they were."""
    before = train(copy_task, Limit(steps=3))
    after = train(copy_task, Limit(steps=0))
    assert all(torch.equal(weight, after.weights[name]) for name, weight in before.weights.items())
    assert after == replace(before, weights=after.weights, average=after.average)


def test_another_shape_is_refused(copy_task: Config) -> None:
    train(copy_task, Limit(steps=0))
    wider = replace(copy_task, model=replace(copy_task.model, width=48))
    with pytest.raises(StateError, match="change `model` in the settings"):
        train(wider, Limit(steps=1))
    assert read_state(copy_task.paths.run / "state.pt").shape.width == 32


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no processor affinity here")
def test_one_process_may_use_every_core(copy_task: Config) -> None:
    before = os.sched_getaffinity(0)
    train(copy_task, Limit(steps=0))
    assert os.sched_getaffinity(0) == before


def test_the_average_follows_the_weights(copy_task: Config) -> None:
    """After five steps it has been renewed once, and keeps 6/55 of where it began."""
    began = train(copy_task, Limit(steps=0))
    ended = train(copy_task, Limit(steps=5))
    for name, average in ended.average.items():
        expected = ended.weights[name] + (began.weights[name] - ended.weights[name]) * 6 / 55
        torch.testing.assert_close(average, expected, rtol=1e-4, atol=1e-6)
