"""The embedded weights through transformers, and the ladder on a Marian model that knows no tags."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glossary.model import Glossary, Term
from training.embedded import read_checkpoint
from training.marian_folder import write_marian_folder
from translator.engines.compact import EMBEDDED, CompactEngine
from translator.engines.marian import MarianEngine
from translator.errors import EngineError
from translator.pipeline import Translator
from translator.values import Brief

TERMS = [Term("कजाकिस्तान", "Kazakhstan", kind="name"), Term("बैठक", "quarterly turnip review"), Term("सुरक्षा", "silver meadow")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("marian")
    pieces = json.loads((EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8"))
    write_marian_folder(read_checkpoint(EMBEDDED), pieces, EMBEDDED / "sentencepiece.model", made)
    return made


@pytest.fixture(scope="module")
def marian(folder: Path) -> MarianEngine:
    return MarianEngine(folder)


def test_the_same_weights_say_the_same_through_both_engines(
    marian: MarianEngine, engine: CompactEngine, seed_brief: Brief
) -> None:
    sources = [segment.source for segment in seed_brief.segments]
    one = [hypotheses[0].text for hypotheses in marian.translate(sources)]
    other = [hypotheses[0].text for hypotheses in engine.translate(sources)]
    alike = sum(
        len(set(a.split()) & set(b.split())) / len(set(a.split()) | set(b.split())) for a, b in zip(one, other, strict=True)
    )
    assert alike / len(sources) > 0.6  # int8 against float32, and another length penalty


def test_every_pin_is_kept_without_tags(marian: MarianEngine, seed_brief: Brief) -> None:
    sources = [segment.source for segment in seed_brief.segments]
    translator = Translator(marian, Glossary(tuple(TERMS), "1"))
    segments = translator.segments(sources)
    wanted = [place.pin.target for segment in segments for place in segment.placements if place.pin.term]
    assert len(wanted) >= 15
    assert not any(flag.kind in ("term-missing", "text-missing") for segment in segments for flag in segment.flags)
    assert {segment.rung for segment in segments} <= {"plain", "inline", "aligned", "placeholder", "divided"}


def test_attention_places_pieces_in_both_texts(marian: MarianEngine) -> None:
    text = "भारत और कजाकिस्तान की बैठक हुई।"
    (hypotheses,) = marian.translate([text], nbest=2, attention=True)
    assert len(hypotheses) == 2
    for hypothesis in hypotheses:
        assert hypothesis.attention is not None
        assert len(hypothesis.attention.weights) == len(hypothesis.attention.target_spans)
        assert all(len(row) == len(hypothesis.attention.source_spans) for row in hypothesis.attention.weights)
        assert "".join(hypothesis.text[slice(*span)] for span in hypothesis.attention.target_spans) == hypothesis.text


def test_order_does_not_depend_on_length(marian: MarianEngine) -> None:
    texts = ["बैठक हुई।", "भारत और कजाकिस्तान के अधिकारियों की लंबी बैठक अस्ताना में हुई।", "भारत।"]
    together = [hypotheses[0].text for hypotheses in marian.translate(texts)]
    assert together == [marian.translate([text])[0][0].text for text in texts]
    assert marian.translate([]) == []


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=str(tmp_path)):
        MarianEngine(tmp_path)
