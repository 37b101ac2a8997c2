"""The loss on sentences that the model does not train on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.batches import Example, divided, padded
from training.cleaning import tidy_english, tidy_hindi
from training.config import Config
from training.metrics import Validation
from training.model import Batch, Model
from training.vocabulary import Vocabulary
from translator.errors import DwibhashiError

_BATCH = 2000  # positions


class SetError(DwibhashiError):
    """A test or development set that cannot be read."""


@dataclass(frozen=True)
class ValidationSet:
    """The batches of one set."""

    name: str
    batches: tuple[Batch, ...]


def read_set(folder: Path, name: str, count: int | None = None) -> list[tuple[str, str]]:
    """The first `count` pairs of a set, Hindi and English, parted by a tab. Raises SetError."""
    path = folder / f"{name}.tsv"
    if not path.is_file():
        raise SetError(f"{path} is missing: put the set there, or leave it out of the settings (evaluation).")
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[:count], start=1):
        hindi, tab, english = line.partition("\t")
        if not tab:
            raise SetError(f"{path}, line {number}: there is no tab; a line must be Hindi, tab, English.")
        pairs.append((hindi, english.split("\t")[0]))
    return pairs


def validation_sets(config: Config, vocabulary: Vocabulary) -> tuple[ValidationSet, ...]:
    """Those of the settings. Raises SetError if one is missing."""
    sets = []
    for name in config.evaluation.validation:
        examples = [
            Example(
                np.array(vocabulary.encode_source(tidy_hindi(hindi))), np.array(vocabulary.encode_target(tidy_english(english)))
            )
            for hindi, english in read_set(config.paths.evaluation, name, config.evaluation.validated)
        ]
        sets.append(ValidationSet(name, tuple(padded(batch, vocabulary.pad) for batch in divided(examples, _BATCH))))
    return tuple(sets)


@torch.no_grad()
def validate(model: Model, sets: tuple[ValidationSet, ...], step: int, tokens: float) -> Validation:
    """The negative log likelihood of a piece of each set."""
    found = {}
    for one in sets:
        total, pieces = 0.0, 0
        for batch in one.batches:
            total += float(model(batch).likelihood)
            pieces += int((batch.gold != model.pad).sum())
        found[one.name] = total / pieces
    return Validation(step, tokens, found)
