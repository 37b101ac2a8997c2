"""The commands: each does what the module of its name does, and errors are one line and exit code 3."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.conftest import ROOT
from training import metrics
from training.__main__ import main
from training.config import Config
from training.states import read_state
from training.trainer import train
from training.worker import Limit
from translator.engines.compact import EMBEDDED

COMMANDS = ["train", "average", "export", "evaluate", "card", "curve", "embedded", "smoke"]


@pytest.fixture
def settings(copy_task: Config) -> Path:
    path = copy_task.paths.packed.parent / "settings.yaml"
    paths = copy_task.paths
    path.write_text(
        f"""
paths: {{packed: {paths.packed}, sentencepiece: {paths.sentencepiece}, vocabulary: {paths.vocabulary}, run: {paths.run},
         evaluation: {paths.evaluation}}}
model: {{width: 32, feed_forward: 64, encoder_layers: 1, decoder_layers: 1, heads: 2}}
schedule: {{processes: 1, pool: 200, report_steps: 1, stages: [{{longest: 20, batch: 200}}]}}
evaluation: {{validation: [], pinned: 2}}
""",
        encoding="utf-8",
    )
    return path


def test_a_run_from_the_first_step_to_the_card(
    settings: Path, copy_task: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_settings = ["--config", str(settings)]
    assert main(["train", "--steps", "3", "--decay", "0.5", *with_settings]) == 0
    told = capsys.readouterr().out
    assert "weights in " in told
    assert f"touch {copy_task.paths.run / 'stop'}" in told
    assert "step 3" in told
    assert main(["export", str(tmp_path / "model"), *with_settings]) == 0
    assert "largest logit difference" in capsys.readouterr().out
    test_set = tmp_path / "set.tsv"
    test_set.write_text("बैठक 8 अप्रैल को हुई।\tThe meeting was on 8 April.\nघर\thouse\n", encoding="utf-8")
    compact = str(tmp_path / "model" / "ct2")
    assert main(["evaluate", compact, str(test_set), "--limit", "1", *with_settings]) == 0
    assert "set  " in capsys.readouterr().out
    assert main(["evaluate", compact, str(test_set), "--json", *with_settings]) == 0
    report = tmp_path / "report.json"
    report.write_text(capsys.readouterr().out, encoding="utf-8")
    assert json.loads(report.read_text(encoding="utf-8"))["sets"][0]["sentences"] == 2
    assert main(["card", str(report), "--out", str(tmp_path / "card.md"), *with_settings]) == 0
    assert "in 3 steps" in (tmp_path / "card.md").read_text(encoding="utf-8")
    assert main(["curve", "--out", str(tmp_path / "curve.svg"), *with_settings]) == 0
    assert (tmp_path / "curve.svg").is_file()


def test_states_are_averaged(copy_task: Config, tmp_path: Path) -> None:
    train(copy_task, Limit(steps=2))
    state = copy_task.paths.run / "state.pt"
    first = tmp_path / "first.pt"
    first.write_bytes(state.read_bytes())
    train(copy_task, Limit(steps=8))
    out = tmp_path / "mean.pt"
    assert main(["average", str(first), str(state), "--shares", "1", "3", "--out", str(out)]) == 0
    one, other, mean = (read_state(path) for path in (first, state, out))
    expected = one.average["bias"] / 4 + other.average["bias"] * 3 / 4
    torch.testing.assert_close(mean.average["bias"], expected)
    assert mean.tokens == other.tokens


def test_the_embedded_model_becomes_a_state(tmp_path: Path) -> None:
    assert main(["embedded", str(tmp_path / "state.pt"), "75e6"]) == 0
    state = read_state(tmp_path / "state.pt")
    assert state.tokens == 75e6
    assert state.shape.pieces == len(json.loads((EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8"))) + 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["train", "--config", "nowhere.yaml"], "nowhere.yaml"),
        (["average", "nowhere.pt", "--out", "mean.pt"], "nowhere.pt is missing"),
        (["card", "nowhere.json"], "work/run/state.pt is missing"),
        (["evaluate", "nowhere", "nowhere.tsv"], "nowhere.tsv is missing"),
        (["curve", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
    ],
)
def test_errors_are_one_line_and_exit_code_3(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 3
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert says in told[0]


def test_help_needs_nothing_of_the_extra() -> None:
    """A process in which what only the extra brings cannot be imported."""
    program = (
        "import sys\n"
        "for name in ('numpy', 'torch', 'transformers', 'yaml', 'matplotlib', 'sacrebleu', 'eflomal', 'zstandard'):\n"
        "    sys.modules[name] = None\n"
        "from training.__main__ import main\n"
        "code = main(['train'])\n"
        "main(['--help'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(command in done.stdout for command in COMMANDS)
    assert "pip install --editable '.[train]'" in done.stderr


def test_the_metrics_of_a_run_are_kept(settings: Path, copy_task: Config) -> None:
    main(["train", "--steps", "2", "--config", str(settings)])
    main(["train", "--steps", "2", "--config", str(settings)])
    assert [record.step for record in metrics.read(copy_task.paths.run / metrics.METRICS)] == [1, 2, 3, 4]
