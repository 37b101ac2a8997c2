"""Sets are read as they are, and their loss is the mean over all pieces, however they fall into batches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.config import Config, Evaluation
from training.model import Batch, Model
from training.trainer import shape_of
from training.validation import SetError, read_set, validate, validation_sets
from training.vocabulary import Vocabulary

PAIRS = [("ab cd", "ab cd"), ("xyz", "zyx abc"), ("बैठक हुई।", "a b c d e f")]


@pytest.fixture
def settings(copy_task: Config) -> Config:
    folder = copy_task.paths.evaluation
    folder.mkdir()
    (folder / "dev.tsv").write_text("".join(f"{hindi}\t{english}\tmore\n" for hindi, english in PAIRS), encoding="utf-8")
    return replace(copy_task, evaluation=Evaluation(validation=("dev",), validated=3))


def test_a_set_is_its_first_pairs(settings: Config) -> None:
    assert read_set(settings.paths.evaluation, "dev", 2) == PAIRS[:2]
    assert read_set(settings.paths.evaluation, "dev") == PAIRS


def test_what_is_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="leave it out of the settings"):
        read_set(tmp_path, "dev")
    (tmp_path / "dev.tsv").write_text("a\tb\nno tab\n")
    with pytest.raises(SetError, match="line 2: there is no tab"):
        read_set(tmp_path, "dev")


def test_the_loss_is_a_mean_over_pieces(settings: Config, vocabulary: Vocabulary) -> None:
    torch.manual_seed(1)
    model = Model(shape_of(settings, vocabulary))
    found = validate(model, validation_sets(settings, vocabulary), 7, 70.0)
    total, pieces = 0.0, 0
    for hindi, english in PAIRS:
        source, target = vocabulary.encode_source(hindi), vocabulary.encode_target(english)
        with torch.no_grad():
            alone = model(Batch(*(torch.tensor([ids]) for ids in (source, [model.pad, *target[:-1]], target))))
        total, pieces = total + float(alone.likelihood), pieces + len(target)
    assert (found.step, found.tokens) == (7, 70.0)
    assert found.likelihoods == {"dev": pytest.approx(total / pieces, rel=1e-4)}
