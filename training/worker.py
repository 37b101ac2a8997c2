"""One of the processes that train together: it learns batches, and updates its share of the weights that all of them see.

A step has three meetings: all know whether to go on; all gradients are there; all weights are new.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from training import metrics
from training.batches import Sampler, ahead
from training.config import Config, Schedule
from training.metrics import Progress
from training.model import Batch, Model
from training.optimiser import Optimiser, Slice, layout
from training.packed import Packed
from training.states import STATE, Shape, State, read_moments, write_moments, write_state
from training.validation import ValidationSet, validate, validation_sets
from training.vocabulary import Vocabulary

STOP = "stop"
_AVERAGED_EVERY = 5  # steps; the moving average costs memory traffic
_SLOW_START = 50  # steps over which the average follows the weights closely


class Barrier(Protocol):
    """Where the processes wait for each other."""

    def wait(self) -> int: ...


@dataclass(frozen=True)
class Limit:
    """When a run ends: after so many minutes or steps, at the first of the two; without either, when it is stopped."""

    minutes: float | None = None
    steps: int | None = None

    def share(self, minutes: float, steps: int) -> float:
        """How much of the run is over, from 0; 1 is its end.

        >>> Limit(minutes=60, steps=100).share(30, 80)
        0.8
        """
        limits = ((minutes, self.minutes), (steps, self.steps))
        return max((done / whole if whole else 1.0 for done, whole in limits if whole is not None), default=0.0)


@dataclass(frozen=True)
class Shared:
    """What the processes have in common, in shared memory. The weights are flat vectors, their parameters one after another."""

    masters: Tensor
    """fp32."""
    working: Tensor
    """What is computed with: bf16, or fp32 where bf16 is slow."""
    average: Tensor
    gradients: tuple[Tensor, ...]
    """A vector of each process."""
    counted: Tensor
    """Target pieces of each process in this step."""
    tokens: Tensor
    """Target pieces of the whole run."""
    step: Tensor
    share: Tensor
    """How much of the run is over."""
    stopping: Tensor
    saving: Tensor


def rate_factor(schedule: Schedule, step: int, share: float) -> float:
    """What the rates are multiplied by: a rise over the first steps, a straight fall over the last share of the run.

    >>> rate_factor(Schedule(warmup=100, decay=0.5, lowest=0.1), step=50, share=0.0)
    0.5
    >>> [rate_factor(Schedule(warmup=1, decay=0.5, lowest=0.1), 1, share) for share in (0.5, 0.75, 1.0)]
    [1.0, 0.5, 0.1]
    """
    factor = min(1.0, step / schedule.warmup) if schedule.warmup else 1.0
    if schedule.decay and share > 1 - schedule.decay:
        factor *= max(schedule.lowest, (1 - share) / schedule.decay)
    return factor


def guidance(schedule: Schedule, tokens: float) -> float:
    """The weight of the alignment loss: it falls evenly, then stays."""
    fall = (schedule.guided_end - schedule.guided) * min(1.0, tokens / schedule.guided_pieces)
    return schedule.guided + fall


def bind(model: Model, flat: Tensor) -> tuple[Slice, ...]:
    """Make the parameters of `model` views of a flat vector."""
    slices = layout(model.named_parameters())
    for one, parameter in zip(slices, model.parameters(), strict=True):
        parameter.data = one.of(flat)
    return slices


def work(rank: int, config: Config, limit: Limit, shape: Shape, shared: Shared, barrier: Barrier) -> None:
    """Train until the limit, or until a file called `stop` lies in the run's folder."""
    schedule = config.schedule
    if schedule.processes > 1:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the starting process answers it, and the run is saved
        if hasattr(os, "sched_setaffinity"):
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {cores[rank % len(cores)]})
    torch.set_num_threads(1)
    worker = _Worker(rank, config, limit, shape, shared, barrier)
    try:
        worker.run()
    finally:
        worker.close()


class _Worker:
    def __init__(self, rank: int, config: Config, limit: Limit, shape: Shape, shared: Shared, barrier: Barrier) -> None:
        self.rank, self.config, self.schedule, self.limit = rank, config, config.schedule, limit
        self.shape, self.shared, self.barrier = shape, shared, barrier
        self.model = Model(shape).to(shared.working.dtype)
        self.slices = bind(self.model, shared.working)
        self.gradient = shared.gradients[rank]
        for one, parameter in zip(self.slices, self.model.parameters(), strict=True):
            parameter.grad = one.of(self.gradient)
        processes, run = self.schedule.processes, config.paths.run
        self.optimiser = Optimiser(self.slices, rank, processes, read_moments(run, rank, processes))
        vocabulary = Vocabulary.load(config.paths.sentencepiece, config.paths.vocabulary)
        pairs = Packed.load(config.paths.packed)
        sampler = Sampler(pairs, vocabulary, self.schedule, rank, float(shared.tokens), int(shared.step))
        self.batches = ahead(iter(sampler))
        self.sets: tuple[ValidationSet, ...] = validation_sets(config, vocabulary) if rank == 0 else ()
        self.first_step = self.step = int(shared.step)
        self.began = self.saved = self.validated = time.monotonic()
        self.sums = _Sums(self.began)

    def run(self) -> None:
        while self._goes_on():
            self._step()
            if self.rank == 0:
                self._report()
                self.shared.saving.fill_(time.monotonic() - self.saved > self.schedule.save_minutes * 60)
            self.barrier.wait()
            if self.shared.saving.item():
                self._save()
                self.saved = time.monotonic()
        self._save()

    def close(self) -> None:
        self.batches.close()

    @property
    def minutes(self) -> float:
        return (time.monotonic() - self.began) / 60

    def _goes_on(self) -> bool:
        if self.rank == 0:
            self.shared.share.fill_(self.limit.share(self.minutes, self.step - self.first_step))
            stopping = self.shared.share.item() >= 1 or (self.config.paths.run / STOP).exists()
            self.shared.stopping.fill_(stopping)
        self.barrier.wait()
        return not self.shared.stopping.item()

    def _step(self) -> None:
        shared, schedule = self.shared, self.schedule
        stage = schedule.stage_at(float(shared.tokens))
        guided = guidance(schedule, float(shared.tokens))
        self.gradient.zero_()
        shared.counted[self.rank] = sum(self._learn(next(self.batches), guided) for _ in range(stage.batches))
        factor = rate_factor(schedule, self.optimiser.steps + 1, float(shared.share))
        self.sums.rate = schedule.matrix_rate * factor
        self.barrier.wait()
        self.optimiser.update(
            shared.gradients,
            stage.batches,
            shared.masters,
            shared.working,
            schedule.matrix_rate * factor,
            schedule.other_rate * factor,
        )
        self.step += 1
        if self.step % _AVERAGED_EVERY == 0:
            self._average()
        if self.rank == 0:
            shared.tokens.add_(shared.counted.sum())
            shared.step.fill_(self.step)

    def _learn(self, batch: Batch, guided: float) -> int:
        """Add the gradient of a batch, and return its target pieces."""
        pieces = int((batch.gold != self.model.pad).sum())
        losses = self.model(batch, self.schedule.smoothing)
        total = losses.loss / pieces
        if losses.alignment is not None:
            total = total + guided * losses.alignment
            self.sums.alignment += float(losses.alignment.detach())
            self.sums.aligned += 1
        total.backward()
        self.sums.loss += float(losses.loss.detach())
        self.sums.likelihood += float(losses.likelihood.detach())
        self.sums.pieces += pieces
        return pieces

    def _average(self) -> None:
        """Polyak averaging with exponential decay; this process's part of the vector."""
        kept = min(self.schedule.averaging**_AVERAGED_EVERY, (self.step + 1) / (self.step + _SLOW_START))
        size, processes = self.shared.masters.numel(), self.schedule.processes
        part = slice(size * self.rank // processes, size * (self.rank + 1) // processes)
        self.shared.average[part].lerp_(self.shared.masters[part], 1 - kept)

    def _report(self) -> None:
        run, tokens = self.config.paths.run, float(self.shared.tokens)
        if self.step % self.schedule.report_steps == 0:
            share = self.limit.share(self.minutes, self.step - self.first_step)
            left = max(0.0, self.minutes / share - self.minutes) if share else None
            _tell(self.sums.progress(self.step, tokens, self.schedule.processes, self.minutes, left), run)
            self.sums = _Sums(time.monotonic())
        if self.sets and time.monotonic() - self.validated > self.schedule.validate_minutes * 60:
            _tell(validate(self.model, self.sets, self.step, tokens), run)
            self.validated = time.monotonic()

    def _save(self) -> None:
        run, shared = self.config.paths.run, self.shared
        write_moments(self.optimiser.state(), run, self.rank, self.schedule.processes)
        if self.rank == 0:
            weights, average = (
                {one.name: one.of(flat).clone() for one in self.slices} for flat in (shared.masters, shared.average)
            )
            write_state(State(self.shape, weights, average, float(shared.tokens), self.step), run / STATE)


@dataclass
class _Sums:
    """What one process has counted since the last report."""

    began: float
    loss: float = 0.0
    likelihood: float = 0.0
    alignment: float = 0.0
    aligned: int = 0
    pieces: int = 0
    rate: float = 0.0

    def progress(self, step: int, tokens: float, processes: int, minutes: float, left: float | None) -> Progress:
        seconds = max(time.monotonic() - self.began, 1e-9)
        return Progress(
            step,
            tokens,
            self.loss / self.pieces,
            self.likelihood / self.pieces,
            self.alignment / max(1, self.aligned),
            self.rate,
            self.pieces * processes / seconds,
            minutes,
            left,
        )


def _tell(record: metrics.Record, run: Path) -> None:
    metrics.append(record, run)
    print(record, flush=True)
