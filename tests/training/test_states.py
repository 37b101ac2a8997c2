"""States: read and written in the format of the first training scripts, letter by letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from training.averaging import average
from training.config import Config, Model
from training.model import Model as Transformer
from training.states import Moments, Shape, State, StateError, read_moments, read_state, write_moments, write_state
from training.trainer import train
from training.vocabulary import Vocabulary
from training.worker import Limit

# As the scripts wrote it.
CFG = {"V": 30, "N": 20, "d": 16, "f": 32, "el": 1, "dl": 1, "h": 2, "norm": "deep", "maxlen": 512}


def weights(cfg: dict[str, Any] = CFG, seed: int = 1) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    return {name: one.detach() for name, one in Transformer(Shape.from_dict(cfg)).named_parameters()}


def old_state(path: Path, cfg: dict[str, Any] = CFG) -> dict[str, Any]:
    values = {"m": weights(cfg), "ema": weights(cfg, 2), "cfg": cfg, "tok": 123.0, "step": 45}
    torch.save(values, path)
    return values


def test_a_state_of_the_scripts_is_read_and_written(tmp_path: Path) -> None:
    old = old_state(tmp_path / "old.pt")
    state = read_state(tmp_path / "old.pt")
    assert (state.tokens, state.step, state.shape.pieces, state.shape.longest) == (123.0, 45, 30, 512)
    write_state(state, tmp_path / "new.pt")
    new = torch.load(tmp_path / "new.pt", weights_only=True)
    assert list(new) == list(old)
    assert (new["cfg"], new["tok"], new["step"]) == (old["cfg"], old["tok"], old["step"])
    for part in ("m", "ema"):
        assert list(new[part]) == list(old[part])
        assert all(torch.equal(new[part][name], one) for name, one in old[part].items())


def test_a_run_goes_on_from_a_state_of_the_scripts(copy_task: Config, vocabulary: Vocabulary) -> None:
    """With its optimiser: three square matrices of 16 in the encoder's qkv, and so on, shared between the processes."""
    cfg = {**CFG, "V": vocabulary.size, "N": vocabulary.outputs}
    run = copy_task.paths.run
    run.mkdir()
    old = old_state(run / "state.pt", cfg)
    matrices = {(16, 16): 3 + 1 + 3 + 1 + 1 + 2 + 1, (32, 16): 2, (16, 32): 2}
    rest = [one for name, one in old["m"].items() if one.dim() == 1 or name == "emb"]
    moments = {
        "mom": {shape: torch.full((count, *shape), 0.5) for shape, count in matrices.items()},
        "m1": [torch.zeros(one.numel()) for one in rest],
        "m2": [torch.ones(one.numel()) for one in rest],
        "astep": 45,
        "key": ("muon", 1),
    }
    torch.save(moments, run / "opt0.pt")
    model = Model(width=16, feed_forward=32, encoder_layers=1, decoder_layers=1, heads=2)
    settings = replace(copy_task, model=model)
    same = train(settings, Limit(steps=0))
    assert all(torch.equal(same.average[name], one) for name, one in old["ema"].items())
    state = train(settings, Limit(steps=2))
    assert state.step == 47
    assert state.tokens > 123
    found = read_moments(run, 0, 1)
    assert found is not None
    assert found.steps == 47
    # 0.95² of the momentum is still there, whatever the gradients have added.
    mean = found.momentum[(16, 16)].mean()
    assert float(mean) == pytest.approx(0.5 * 0.95**2, abs=0.05)


def test_moments_are_those_of_their_process_and_of_as_many(tmp_path: Path) -> None:
    moments = Moments({(2, 2): torch.ones(1, 2, 2)}, [torch.ones(3)], [torch.ones(3)], 9)
    write_moments(moments, tmp_path, 1, 2)
    found = read_moments(tmp_path, 1, 2)
    assert found is not None
    assert found.steps == 9
    assert torch.equal(found.momentum[(2, 2)], moments.momentum[(2, 2)])
    assert read_moments(tmp_path, 1, 3) is None
    assert read_moments(tmp_path, 0, 2) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is missing"),
        (b"", "cannot be read as a training state"),
        (b"not a state", "cannot be read as a training state"),
        ({"m": {}}, "'cfg' is not there"),
        ({"cfg": {**CFG, "norm": "pre"}, "m": {}, "ema": {}, "tok": 0.0, "step": 0}, "residuals of kind 'pre'"),
        ([1, 2], "is no training state"),
    ],
)
def test_what_is_no_state_is_named(content: Any, says: str, tmp_path: Path) -> None:
    path = tmp_path / "state.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        torch.save(content, path)
    with pytest.raises(StateError) as raised:
        read_state(path)
    assert says in str(raised.value)
    assert str(path) in str(raised.value)


def state(value: float, tokens: float, width: int = 4) -> State:
    shape = replace(Shape.from_dict(CFG), width=width)
    return State(shape, {"bias": torch.full((2,), -1.0)}, {"bias": torch.full((2,), value)}, tokens, int(tokens))


def test_a_mean_has_its_shares() -> None:
    mean = average([state(1.0, 10), state(5.0, 30)], [1, 3])
    assert mean.average["bias"].tolist() == mean.weights["bias"].tolist() == [4.0, 4.0]
    assert (mean.tokens, mean.step) == (30, 30)


@pytest.mark.parametrize("shares", [[1.0], [1.0, 0.0], [1.0, -1.0], [1.0, 1.0, 1.0]])
def test_shares_that_make_no_mean_are_refused(shares: list[float]) -> None:
    with pytest.raises(StateError, match="shares above 0"):
        average([state(1.0, 1), state(2.0, 2)], shares)


def test_models_of_other_shapes_have_no_mean() -> None:
    with pytest.raises(StateError, match="have no mean"):
        average([state(1.0, 1), state(2.0, 2, width=8)], [1, 1])
