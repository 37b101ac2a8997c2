"""Settings: what a file says is taken over, and what it says wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.config import DEFAULT, Config, ConfigError, Model, Schedule, Stage, load


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(
        "model: {width: 384}\nschedule:\n  warmup: 7\n  matrix_rate: 1\n  stages: [{until: 5, longest: 9}, {batch: 3}]\n"
    )
    settings = load(path)
    assert settings.model == Model(width=384)
    stages = (Stage(until=5, longest=9), Stage(batch=3))
    assert settings.schedule == Schedule(warmup=7, matrix_rate=1.0, stages=stages)
    path.write_text("")
    assert load(path) == Config()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("modle: {}", "no setting is called modle; there are paths, model, schedule, evaluation"),
        ("model: {wdith: 3}", "no setting is called model.wdith; there are width, feed_forward"),
        ("model: {width: wide}", "model.width must be of type int, not 'wide'"),
        ("model: {width: true}", "model.width must be of type int, not True"),
        ("model: 3", "model. must hold keys and values, not 3"),
        ("schedule: {stages: 3}", "schedule.stages must be a list, not 3"),
        ("schedule: {stages: [{longset: 3}]}", "no setting is called schedule.stages[0].longset; there are until, longest"),
        ("evaluation: {anchors: [{system: X}]}", "evaluation.anchors[0].set is missing"),
        ("paths: {run: 3}", "paths.run must be of type path, not 3"),
        ("[", "is no YAML"),
    ],
)
def test_what_is_wrong_is_named(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as raised:
        load(path)
    assert says in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Name a settings file"):
        load(tmp_path / "nowhere.yaml")


def test_the_settings_of_the_embedded_model_are_its_shape() -> None:
    model = load(DEFAULT).model
    assert (model.width, model.feed_forward, model.encoder_layers, model.decoder_layers, model.heads) == (256, 1024, 6, 2, 4)


@pytest.mark.parametrize(("pieces", "longest"), [(0, 10), (99, 10), (100, 20), (10**9, 20)])
def test_a_stage_ends_at_its_pieces(pieces: float, longest: int) -> None:
    assert Schedule(stages=(Stage(until=100, longest=10), Stage(longest=20))).stage_at(pieces).longest == longest
