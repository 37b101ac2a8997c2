"""The settings of a training run, read from one YAML file. It knows names, types and defaults, and nothing of what they do."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from translator.errors import DwibhashiError

DEFAULT = Path(__file__).with_name("compact.yaml")
Section = TypeVar("Section")


class ConfigError(DwibhashiError):
    """A settings file that cannot be used."""


@dataclass(frozen=True)
class Paths:
    """Where things lie, from the working directory on."""

    packed: Path = Path("work/packed")
    sentencepiece: Path = Path("work/sentencepiece.model")
    vocabulary: Path = Path("work/vocab.json")
    run: Path = Path("work/run")
    """States, metrics and the stop file of the run."""
    evaluation: Path = Path("work/eval")
    """The folder of the test and development sets, `hindi<TAB>english` in each line."""


@dataclass(frozen=True)
class Model:
    """The shape of the Transformer."""

    width: int = 256
    feed_forward: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    heads: int = 4
    longest: int = 512
    """Positions that there are; a longer sentence cannot be read."""


@dataclass(frozen=True)
class Stage:
    """What a step is made of until the run has seen so many target pieces."""

    until: int | None = None
    """Target pieces; None for the last stage."""
    longest: int = 120
    """Pieces in a sentence, on its longer side."""
    batch: int = 1200
    """Positions in a batch: the mean of the source's and the target's, padding included."""
    batches: int = 1
    """Batches a process in one step."""


@dataclass(frozen=True)
class Schedule:
    """How the model is trained."""

    seed: int = 1
    processes: int = 2
    matrix_rate: float = 2.5e-3
    """Learning rate of Muon, for the matrices of the layers."""
    other_rate: float = 1e-3
    """Learning rate of Adam, for embeddings, biases and norms."""
    warmup: int = 100
    """Steps over which the rates rise."""
    decay: float = 0.4
    """The last share of the time or steps given, over which the rates fall."""
    lowest: float = 0.03
    """The share of the rates that is left at the end."""
    smoothing: float = 0.1
    guided: float = 0.5
    """Weight of the alignment loss at the beginning; it falls evenly to `guided_end` over `guided_pieces` target pieces."""
    guided_end: float = 0.1
    guided_pieces: int = 15_000_000
    switched: float = 0.25
    """The share of the sentences with known terms in which some are put into the source."""
    switched_from: int = 2_000_000
    """Target pieces before the first switched sentence."""
    digits: float = 0.35
    """The share of the sentences whose shared numbers get other digits."""
    averaging: float = 0.998
    """What the moving average of the weights keeps at each step."""
    pool: int = 8000
    """Pairs drawn at once, to be sorted into batches of like length."""
    report_steps: int = 25
    validate_minutes: float = 4.0
    save_minutes: float = 7.0
    stages: tuple[Stage, ...] = (Stage(),)

    def stage_at(self, pieces: float) -> Stage:
        """The stage of a run that has seen so many target pieces."""
        return next((stage for stage in self.stages if stage.until is None or pieces < stage.until), self.stages[-1])


@dataclass(frozen=True)
class Anchor:
    """The published figures of another system on one of the test sets."""

    system: str
    set: str
    bleu: float
    chrf2: float
    """chrF++: chrF with words of one and two."""


@dataclass(frozen=True)
class Evaluation:
    """How a model is measured."""

    sets: tuple[str, ...] = ("flores200-devtest", "newstest2014")
    validation: tuple[str, ...] = ("flores-dev-part", "newsdev2014")
    """Sets whose loss is watched while training."""
    validated: int = 200
    """Sentences of each."""
    beam: int = 4
    length_penalty: float = 1.0
    longest_output: int = 256
    pinned: int = 300
    """Sentences of each set in which terms are pinned."""
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Config:
    """All settings."""

    paths: Paths = field(default_factory=Paths)
    model: Model = field(default_factory=Model)
    schedule: Schedule = field(default_factory=Schedule)
    evaluation: Evaluation = field(default_factory=Evaluation)


def load(path: Path = DEFAULT) -> Config:
    """The settings in a YAML file; what it leaves out has its default. Raises ConfigError, which names the key and its place."""
    import yaml

    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}. Name a settings file with --config.") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is no YAML: {error}") from error
    return _section(Config, values or {}, path, "")


def _section(kind: type[Section], values: Any, path: Path, place: str) -> Section:
    if not isinstance(values, Mapping):
        raise ConfigError(f"{path}: {place or 'the file'} must hold keys and values, not {values!r}.")
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for key in values:
        if key not in known:
            raise ConfigError(f"{path}: no setting is called {place}{key}; there are {', '.join(known)}.")
    for name, one in known.items():
        if name not in values and one.default is MISSING and one.default_factory is MISSING:
            raise ConfigError(f"{path}: {place}{name} is missing.")
    hints = get_type_hints(kind)
    return kind(**{str(key): _value(hints[key], value, path, f"{place}{key}") for key, value in values.items()})


def _value(kind: Any, value: Any, path: Path, place: str) -> Any:
    """`value` as the type that a field has: a number, a text, a path, a section, a list of one of these, or None."""
    if get_origin(kind) in (Union, types.UnionType):
        if value is None:
            return None
        kind = next(one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{path}: {place} must be a list, not {value!r}.")
        return tuple(_value(get_args(kind)[0], one, path, f"{place}[{at}]") for at, one in enumerate(value))
    if is_dataclass(kind) and isinstance(kind, type):
        return _section(kind, value, path, f"{place}.")
    if kind is Path and isinstance(value, str):
        return Path(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ConfigError(f"{path}: {place} must be of type {kind.__name__.lower()}, not {value!r}.")
    return value
