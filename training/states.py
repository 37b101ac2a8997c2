"""Training states on disk: the weights, their moving average and the optimiser's moments. Refuses to know how they are trained.

state.pt     m, ema: name → fp32 tensor; cfg: the shape; tok: target pieces seen; step
optRANK.pt   mom: matrix shape → Muon's momentum; m1, m2: Adam's moments; astep; key: ("muon", processes)
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from translator.errors import DwibhashiError

STATE = "state.pt"


class StateError(DwibhashiError):
    """A state that cannot be read, or does not fit."""


@dataclass(frozen=True)
class Shape:
    """The size of a model. `pieces` counts the vocabulary with <pad>; the first `outputs` of them can be written."""

    pieces: int
    outputs: int
    width: int
    feed_forward: int
    encoder_layers: int
    decoder_layers: int
    heads: int
    longest: int = 512

    def as_dict(self) -> dict[str, Any]:
        """Under the names of the format."""
        return {**{short: getattr(self, name) for short, name in _NAMES.items()}, "norm": "deep"}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Shape:
        """Raises StateError for another kind of residual."""
        if values.get("norm") != "deep":
            raise StateError(f"a model with residuals of kind {values.get('norm')!r} is not ours; only deep ones can be used.")
        return cls(**{name: values[short] for short, name in _NAMES.items()})


_NAMES = {
    "V": "pieces",
    "N": "outputs",
    "d": "width",
    "f": "feed_forward",
    "el": "encoder_layers",
    "dl": "decoder_layers",
    "h": "heads",
    "maxlen": "longest",
}


@dataclass(frozen=True)
class State:
    """What a run has reached: `average` is the moving average of `weights`, and the better model of the two."""

    shape: Shape
    weights: dict[str, Tensor]
    average: dict[str, Tensor]
    tokens: float = 0.0
    """Target pieces seen."""
    step: int = 0


@dataclass(frozen=True)
class Moments:
    """What the optimiser of one process remembers. `momentum[shape]` is [matrices, rows, columns]."""

    momentum: dict[tuple[int, int], Tensor]
    first: list[Tensor]
    second: list[Tensor]
    steps: int


def read_state(path: Path) -> State:
    """Raises StateError if there is none, or what is there is none."""
    values = _read(path)
    try:
        shape = Shape.from_dict(values["cfg"])
        return State(shape, values["m"], values["ema"], float(values["tok"]), int(values["step"]))
    except (KeyError, TypeError) as error:
        raise StateError(f"{path} is no training state: {error} is not there.") from error
    except StateError as error:
        raise StateError(f"{path}: {error}") from error


def write_state(state: State, path: Path) -> None:
    """Whole or not at all: a run that dies while it writes leaves the state before."""
    values = {
        "m": state.weights,
        "ema": state.average,
        "cfg": state.shape.as_dict(),
        "tok": state.tokens,
        "step": state.step,
    }
    _write(values, path)


def read_moments(run: Path, rank: int, processes: int) -> Moments | None:
    """Those of one process; None if there are none, or they are of a run of another number of processes."""
    path = _moments_path(run, rank)
    if not path.exists():
        return None
    values = _read(path)
    if tuple(values["key"]) != ("muon", processes):
        return None
    return Moments(values["mom"], values["m1"], values["m2"], int(values["astep"]))


def write_moments(moments: Moments, run: Path, rank: int, processes: int) -> None:
    """Whole or not at all."""
    values = {
        "mom": moments.momentum,
        "m1": moments.first,
        "m2": moments.second,
        "astep": moments.steps,
        "key": ("muon", processes),
    }
    _write(values, _moments_path(run, rank))


def _moments_path(run: Path, rank: int) -> Path:
    return run / f"opt{rank}.pt"


def _read(path: Path) -> dict[str, Any]:
    try:
        values = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise StateError(f"{path} is missing: name a state that the training has written.") from error
    except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise StateError(f"{path} cannot be read as a training state: it is broken, or something else.") from error
    if not isinstance(values, dict):
        raise StateError(f"{path} is no training state.")
    return values


def _write(values: dict[str, Any], path: Path) -> None:
    part = path.with_name(path.name + ".part")
    torch.save(values, part)
    part.replace(path)
