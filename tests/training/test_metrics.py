"""Metrics: written, read again, and the log of the first scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.curve import CurveError, draw
from training.metrics import METRICS, Progress, Record, Validation, append, read

LOG = """\
pairs 1229186 params 11.976684 tok 0.0
step 25 tok 0.04M loss 12.502 nll 12.475 ga 2.098 lr 1.0e-03 tok/s 2630 min 0.2
step 50 tok 0.07M loss 9.034 nll 8.870 ga 1.843 lr 2.0e-03 tok/s 2920 min 0.4
  DEV nll floresdev 6.361 newsdev 6.118
step 75 tok 0.11M loss 7.187 nll 6.821 ga 1.621 lr 3.0e-03 tok/s 3223 min 0.6
"""


def progress(step: int, tokens: float) -> Progress:
    return Progress(step, tokens, 2.5, 1.5, 0.5, 1e-3, 4000, 1.25, 10.5)


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    records: list[Record] = [progress(1, 10), Validation(1, 10, {"dev": 3.0}), progress(2, 20)]
    for record in records:
        append(record, tmp_path)
    assert list(read(tmp_path / METRICS)) == records


def test_what_came_after_the_state_that_a_run_goes_on_from_is_left_out(tmp_path: Path) -> None:
    for tokens in (10, 20, 30, 15, 25):
        append(progress(1, tokens), tmp_path)
    assert [record.tokens for record in read(tmp_path / METRICS)] == [10, 15, 25]


def test_the_log_of_the_first_scripts_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text(LOG)
    first, _, dev, last = read(path)
    assert first == Progress(25, 40_000, 12.502, 12.475, 2.098, 1e-3, 2630, 0.2)
    assert dev == Validation(50, 70_000, {"floresdev": 6.361, "newsdev": 6.118})
    assert last.step == 75


def test_the_line_tells_speed_and_what_is_left() -> None:
    line = str(progress(12_900, 75.4e6))
    assert "step 12,900" in line
    assert "75.40 M pieces" in line
    assert "4,000 pieces/s" in line
    assert line.endswith("1.2 min, 10 min left")
    assert "left" not in str(Progress(1, 1, 1, 1, 1, 1, 1, 1))


@pytest.mark.parametrize(("name", "begins"), [("curve.svg", b"<?xml"), ("curve.png", b"\x89PNG")])
def test_the_curve_is_drawn_the_same_each_time(name: str, begins: bytes, tmp_path: Path) -> None:
    (tmp_path / "log").write_text(LOG)
    pictures = []
    for folder in ("one", "two"):
        draw(tmp_path / "log", tmp_path / folder / name)
        pictures.append((tmp_path / folder / name).read_bytes())
    assert pictures[0].startswith(begins)
    assert pictures[0] == pictures[1]
    if name.endswith("svg"):
        assert b"floresdev" in pictures[0]


@pytest.mark.parametrize(
    ("text", "says"), [(None, "Name its metrics.jsonl"), ("nothing\n", "has no step yet"), ("{broken\n", "cannot be read")]
)
def test_what_has_no_curve_is_named(text: str | None, says: str, tmp_path: Path) -> None:
    path = tmp_path / METRICS
    if text is not None:
        path.write_text(text)
    with pytest.raises(CurveError, match=says):
        draw(path, tmp_path / "curve.svg")
