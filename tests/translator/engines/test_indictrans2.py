"""The release layout of IndicTrans2, built on the spot around a model that says what it reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from glossary.model import Glossary, Term
from tests.translator.engines.copying import train_sentencepiece, write_copying_model
from translator.engines.indictrans2 import IndicTrans2Engine
from translator.engines.opening import layout_of, open_engine
from translator.errors import EngineError
from translator.pipeline import Translator

SPECIAL = ["<s>", "<blank>", "</s>", "<unk>"]  # a dictionary of Fairseq as its converter for CTranslate2 writes it


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked archive: ct2_int8_model with vocab/ in it."""
    folder = tmp_path_factory.mktemp("indic-en")
    weights = folder / "ct2_int8_model"
    (weights / "vocab").mkdir(parents=True)
    pieces = [piece for piece in train_sentencepiece(weights / "vocab" / "model.SRC") if piece not in SPECIAL]
    shutil.copy(weights / "vocab" / "model.SRC", weights / "vocab" / "model.TGT")
    tags = ["hin_Deva", "ben_Beng", "eng_Latn"]
    write_copying_model(weights, [*SPECIAL, *pieces, *tags], [*SPECIAL, *reversed(pieces)], skipped=len(["hin_Deva", "eng_Latn"]))
    return folder


@pytest.fixture(scope="module")
def indictrans2(release: Path) -> IndicTrans2Engine:
    return IndicTrans2Engine(release, threads=1)


@pytest.mark.parametrize(
    ("hindi", "english"),
    [
        ("The meeting was held.", "The meeting was held."),
        ("It was held (on 12.05.2024), and good.", "It was held (on 12.05.2024), and good."),
        ("बैठक १२.०५.२०२४ को हुई।", "बैठक 12.05.2024 को हुई ।"),
        ("1,87,500 रुपये और 25% की बात info@mha.gov.in पर।", "1,87,500 रुपये और 25% की बात info@mha.gov.in पर ।"),
        ("12.05.2024 और 12.05.2024", "12.05.2024 और 12.05.2024"),
        ("गृह मंत्रालय ने कहा: “सब ठीक” है।", 'गृह मंत्रालय ने कहाः "सब ठीक" है ।'),
    ],
)
def test_what_is_read_is_said(indictrans2: IndicTrans2Engine, hindi: str, english: str) -> None:
    ((best, *_),) = indictrans2.translate([hindi], nbest=4)
    assert best.text == english
    assert -0.1 < best.score <= 0


def test_the_source_begins_with_the_tags_and_ends_with_the_text(indictrans2: IndicTrans2Engine) -> None:
    """The end is added by CTranslate2: config.json says so."""
    assert indictrans2._pieces("बैठक") == ["hin_Deva", "eng_Latn", "▁बैठक"]
    assert indictrans2.length("बैठक") == len(indictrans2._pieces("बैठक"))


def test_attention_leads_from_each_word_to_the_word_that_it_was(indictrans2: IndicTrans2Engine) -> None:
    text = "The meeting (on १२.०५.२०२४) was held."
    ((best,),) = indictrans2.translate([text], attention=True)
    assert best.text == "The meeting (on 12.05.2024) was held."
    attention = best.attention
    assert attention is not None
    assert len(attention.weights) == len(attention.target_spans)
    assert all(len(row) >= len(attention.source_spans) and sum(row) == pytest.approx(1, abs=1e-3) for row in attention.weights)
    pairs = set()
    for row, target in zip(attention.weights, attention.target_spans, strict=True):
        column = max(range(len(row)), key=row.__getitem__)
        pairs.add((text[slice(*attention.source_spans[column])].strip(), best.text[slice(*target)].strip()))
    assert ("१२.०५.२०२४", "12.05.2024") in pairs
    assert {said for read, said in pairs if read and read in "The meeting was held"} == {
        read for read, _ in pairs if read and read in "The meeting was held"
    }


def test_terms_are_pinned_and_numbers_kept(indictrans2: IndicTrans2Engine) -> None:
    terms = (Term("संयुक्त कार्य समूह", "Joint Working Group"), Term("कजाकिस्तान", "Kazakhstan", kind="name"))
    segments = Translator(indictrans2, Glossary(terms, "1")).segments(["संयुक्त कार्य समूह ( 12.05.2024 ) और कजाकिस्तान"])
    (segment,) = segments
    assert segment.target.startswith("Joint Working Group (12.05.2024)")
    assert [place.pin.target for place in segment.placements if place.pin.term] == ["Joint Working Group", "Kazakhstan"]
    assert segment.rung == "inline"


def test_every_folder_of_the_release_is_known(release: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(release, archive)
    flat = tmp_path / "flat"
    shutil.copytree(release / "ct2_int8_model", flat)
    for name in ("model.SRC", "model.TGT"):
        shutil.move(flat / "vocab" / name, flat / name)
    (archive / "fairseq_model").mkdir()
    shutil.move(archive / "ct2_int8_model" / "vocab", archive / "fairseq_model" / "vocab")
    for folder in (release, release / "ct2_int8_model", archive, archive / "ct2_int8_model", flat):
        assert layout_of(folder) == "indictrans2"
        ((best,),) = open_engine(folder, threads=1).translate(["The meeting"])
        assert best.text == "The meeting"


def test_vocabularies_of_older_conversions_are_lines(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    shutil.copytree(release / "ct2_int8_model", folder)
    for side in ("source", "target"):
        path = folder / f"{side}_vocabulary.json"
        pieces = json.loads(path.read_text(encoding="utf-8"))
        (folder / f"{side}_vocabulary.txt").write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
        path.unlink()
    ((best,),) = open_engine(folder, threads=1).translate(["The meeting"])
    assert best.text == "The meeting"


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ("vocab/model.TGT", "model.SRC and model.TGT"),
        ("source_vocabulary.json", "source_vocabulary.json"),
        ("config.json", "config.json"),
    ],
)
def test_what_is_missing_is_named(release: Path, tmp_path: Path, removed: str, said: str) -> None:
    folder = tmp_path / "part"
    shutil.copytree(release / "ct2_int8_model", folder)
    (folder / removed).unlink()
    with pytest.raises(EngineError, match=said) as caught:
        open_engine(folder)
    assert str(folder) in str(caught.value)


def test_the_model_of_the_other_direction_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocab").mkdir()
    pieces = train_sentencepiece(tmp_path / "vocab" / "model.SRC")
    shutil.copy(tmp_path / "vocab" / "model.SRC", tmp_path / "vocab" / "model.TGT")
    write_copying_model(tmp_path, [*pieces, "eng_Latn"], pieces, skipped=2)
    with pytest.raises(EngineError, match=r"hin_Deva.*indic-en"):
        open_engine(tmp_path)


def test_a_text_too_long_for_the_model_is_refused(indictrans2: IndicTrans2Engine) -> None:
    with pytest.raises(EngineError, match="256"):
        indictrans2.translate(["बैठक " * 300])
