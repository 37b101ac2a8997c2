"""Converted Marian models, however they were converted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from translator.engines.opus_mt import OpusMtEngine
from translator.errors import EngineError

TEXTS = ["बैठक हुई।", "भारत और कजाकिस्तान के अधिकारियों की लंबी बैठक अस्ताना में हुई।"]


def copied(folder: Path, to: Path) -> Path:
    """The folder again, its weights as a link; config.json may be written to."""
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).symlink_to(path)
    (to / "config.json").unlink()
    shutil.copy(folder / "config.json", to)
    return to


def test_a_model_that_ends_the_source_itself_is_not_given_the_end_twice(
    opus_mt: OpusMtEngine, opus_mt_folder: Path, tmp_path: Path
) -> None:
    """As ct2-opus-mt-converter writes it: the same weights, and `add_source_eos`."""
    folder = copied(opus_mt_folder, tmp_path / "opus")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["add_source_eos"] is False
    (folder / "config.json").write_text(json.dumps(config | {"add_source_eos": True}), encoding="utf-8")
    other = OpusMtEngine(folder)
    assert [h[0].text for h in other.translate(TEXTS)] == [h[0].text for h in opus_mt.translate(TEXTS)]
    assert other.length(TEXTS[0]) == opus_mt.length(TEXTS[0]) - 1


def test_attention_places_pieces_in_both_texts(opus_mt: OpusMtEngine) -> None:
    (hypotheses,) = opus_mt.translate(TEXTS[1:], nbest=2, attention=True)
    assert len(hypotheses) == 2
    for hypothesis in hypotheses:
        assert hypothesis.attention is not None
        assert len(hypothesis.attention.weights) == len(hypothesis.attention.target_spans)
        assert "".join(TEXTS[1][slice(*span)] for span in hypothesis.attention.source_spans) == TEXTS[1]
        assert "".join(hypothesis.text[slice(*span)] for span in hypothesis.attention.target_spans) == hypothesis.text


def test_repeats_are_avoided_where_asked(opus_mt: OpusMtEngine) -> None:
    text = "बैठक बैठक बैठक बैठक बैठक बैठक बैठक बैठक बैठक बैठक बैठक बैठक"

    def threes(english: str) -> list[tuple[str, ...]]:
        pieces = opus_mt._target.encode(english, out_type=str)
        return list(zip(pieces, pieces[1:], pieces[2:], strict=False))

    (once,), (again,) = opus_mt.translate([text], avoid_repeats=True)[0], opus_mt.translate([text])[0]
    assert len(threes(once.text)) == len(set(threes(once.text)))
    assert once.text != again.text


@pytest.mark.parametrize("name", ["source.spm", "target.spm", "config.json", "model.bin"])
def test_what_is_missing_is_named(opus_mt_folder: Path, tmp_path: Path, name: str) -> None:
    folder = copied(opus_mt_folder, tmp_path / "part")
    (folder / name).unlink()
    with pytest.raises(EngineError, match=name) as caught:
        OpusMtEngine(folder)
    assert str(folder) in str(caught.value)


def test_broken_weights_are_named(opus_mt_folder: Path, tmp_path: Path) -> None:
    folder = copied(opus_mt_folder, tmp_path / "broken")
    (folder / "model.bin").unlink()
    (folder / "model.bin").write_bytes((opus_mt_folder / "model.bin").read_bytes()[:1000])
    with pytest.raises(EngineError, match="models convert") as caught:
        OpusMtEngine(folder)
    assert str(folder) in str(caught.value)


def test_a_text_too_long_for_the_model_is_refused(opus_mt: OpusMtEngine) -> None:
    with pytest.raises(EngineError, match="512"):
        opus_mt.translate(["बैठक हुई।", "बैठक " * 600])
