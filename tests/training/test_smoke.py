"""The whole recipe from pairs to figures, with a tiny model; and what is too little for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from training import heldout
from training.config import Config
from training.corpus import Pair
from training.smoke import SmokeError, smoke
from training.vocabulary import Vocabulary
from training.worker import Limit

DATA = Path(heldout.__file__).with_name("data")


@pytest.fixture
def pairs() -> list[Pair]:
    return heldout.for_training(DATA)[:160]


def test_pairs_become_a_model_with_figures(copy_task: Config, pairs: list[Pair], vocabulary: Vocabulary, tmp_path: Path) -> None:
    outcome = smoke(copy_task, pairs, vocabulary.model, Limit(steps=15), tmp_path / "smoke")
    assert outcome.last.likelihood < outcome.first.likelihood
    assert (tmp_path / "smoke" / "model" / "ct2" / "model.bin").is_file()
    (found,) = outcome.report.sets
    assert (found.name, found.sentences) == ("held-out", 50)


def test_a_loss_that_does_not_fall_is_told(copy_task: Config, pairs: list[Pair], vocabulary: Vocabulary, tmp_path: Path) -> None:
    still = replace(copy_task, schedule=replace(copy_task.schedule, matrix_rate=0.0, other_rate=0.0, warmup=0))
    with pytest.raises(SmokeError, match="the loss has not fallen in 5 steps"):
        smoke(still, pairs, vocabulary.model, Limit(steps=5), tmp_path / "smoke")


def test_too_few_pairs_are_refused(copy_task: Config, pairs: list[Pair], vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(SmokeError, match="100 pairs are too few; give at least 101"):
        smoke(copy_task, pairs[:100], vocabulary.model, Limit(steps=1), tmp_path)
