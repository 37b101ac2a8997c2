"""Starts a run, or goes on with one: weights, vocabulary and pairs are looked at first, then the processes train together."""

from __future__ import annotations

import threading
from pathlib import Path

import torch
from torch import Tensor, multiprocessing
from torch.multiprocessing.spawn import ProcessExitedException, start_processes

from training.config import Config
from training.model import Model
from training.optimiser import layout
from training.packed import Packed
from training.processor import working_type
from training.states import STATE, Shape, State, StateError, read_state
from training.validation import validation_sets
from training.vocabulary import Vocabulary
from training.worker import STOP, Limit, Shared, work
from translator.errors import DwibhashiError


class TrainingError(DwibhashiError):
    """A run that did not come to its end."""


def train(config: Config, limit: Limit) -> State:
    """Train until `limit`, and return what was reached; it is also in the run's folder, as is everything a later run needs.

    A state that lies in the folder is gone on from. Raises StateError if it has another shape than the settings say, and the
    errors of the pairs, the vocabulary and the sets; TrainingError if one of the processes dies.
    """
    vocabulary = Vocabulary.load(config.paths.sentencepiece, config.paths.vocabulary)
    Packed.load(config.paths.packed)  # whether they can be read is better known before the processes start
    validation_sets(config, vocabulary)
    shape = shape_of(config, vocabulary)
    run = config.paths.run
    run.mkdir(parents=True, exist_ok=True)
    (run / STOP).unlink(missing_ok=True)  # it was meant for the run before
    shared = _shared(_beginning(run / STATE, shape, config.schedule.seed), config.schedule.processes)
    if config.schedule.processes == 1:
        work(0, config, limit, shape, shared, threading.Barrier(1))
    else:
        barrier = multiprocessing.get_context("spawn").Barrier(config.schedule.processes)
        arguments, processes = (config, limit, shape, shared, barrier), config.schedule.processes
        try:
            start_processes(work, arguments, processes, start_method="spawn")  # type: ignore[no-untyped-call]
        except ProcessExitedException as error:
            raise TrainingError(
                f"{error}; what the run saved last is in {run}. If memory was short, lower `processes` or `batch`."
            ) from error
    return read_state(run / STATE)


def shape_of(config: Config, vocabulary: Vocabulary) -> Shape:
    """The shape of the model that the settings describe."""
    model = config.model
    return Shape(
        vocabulary.size,
        vocabulary.outputs,
        model.width,
        model.feed_forward,
        model.encoder_layers,
        model.decoder_layers,
        model.heads,
        model.longest,
    )


def _beginning(path: Path, shape: Shape, seed: int) -> State:
    """The state to go on from, or a model of random weights."""
    if not path.exists():
        torch.manual_seed(seed)
        weights = {name: parameter.detach() for name, parameter in Model(shape).named_parameters()}
        return State(shape, weights, weights)
    state = read_state(path)
    if state.shape != shape:
        raise StateError(
            f"{path} holds a model of {state.shape}, the settings describe {shape}: change `model` in the settings, or name "
            "another folder for the run."
        )
    return state


def _shared(state: State, processes: int) -> Shared:
    masters, average = _flat(state.shape, state.weights), _flat(state.shape, state.average)
    working = masters.to(working_type(), copy=True)
    numbers = [torch.tensor(value, dtype=torch.float64) for value in (state.tokens, state.step, 0, 0, 0)]
    gradients = [torch.zeros_like(working) for _ in range(processes)]
    counted = torch.zeros(processes, dtype=torch.float64)
    for tensor in (masters, working, average, *gradients, counted, *numbers):
        tensor.share_memory_()  # type: ignore[no-untyped-call]
    return Shared(masters, working, average, tuple(gradients), counted, *numbers)


def _flat(shape: Shape, weights: dict[str, Tensor]) -> Tensor:
    """In the order of the model's parameters. Raises StateError if one is missing or has another size."""
    with torch.device("meta"):
        slices = layout(Model(shape).named_parameters())
    missing = [one.name for one in slices if one.name not in weights or weights[one.name].shape != one.shape]
    if missing or len(weights) != len(slices):
        raise StateError(f"the state does not fit the model: {', '.join(missing) or 'it has more weights'}. Take another state.")
    return torch.cat([weights[one.name].reshape(-1).float() for one in slices])
