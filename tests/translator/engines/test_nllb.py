"""The layout of converted NLLB models: one of random weights beside transformers, and one that says what it reads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from ctranslate2.converters import TransformersConverter
from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

from glossary.model import Glossary, Term
from tests.translator.engines.copying import train_sentencepiece, write_copying_model
from translator.engines.nllb import SENTENCEPIECE, NllbEngine
from translator.engines.opening import layout_of, open_engine
from translator.errors import EngineError
from translator.pipeline import Translator

TEXTS = ["बैठक 12.05.2024 को हुई।", "भारत और कजाकिस्तान"]
TAGS = ["hin_Deva", "eng_Latn"]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as transformers keeps one; its weights are random, and so is what it says."""
    folder = tmp_path_factory.mktemp("nllb")
    train_sentencepiece(folder / SENTENCEPIECE[0])
    tokenizer = NllbTokenizer.from_pretrained(folder, extra_special_tokens=TAGS, src_lang=TAGS[0], tgt_lang=TAGS[1])
    torch.manual_seed(29)  # one that says some thirty pieces
    small = dict.fromkeys(("d_model", "encoder_ffn_dim", "decoder_ffn_dim"), 32)
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_layers": 2, "decoder_layers": 2}
    config = M2M100Config(vocab_size=len(tokenizer), init_std=0.3, tie_word_embeddings=False, **small, **heads)
    model = M2M100ForConditionalGeneration(config)
    with torch.no_grad():
        model.lm_head.weight[tokenizer.eos_token_id] *= 2  # so that it comes to an end
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def converted(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("converted") / "nllb"
    TransformersConverter(str(release), copy_files=[SENTENCEPIECE[0]]).convert(str(folder))
    return folder


@pytest.fixture(scope="module")
def copying(tmp_path_factory: pytest.TempPathFactory) -> NllbEngine:
    folder = tmp_path_factory.mktemp("copying")
    pieces = [*train_sentencepiece(folder / SENTENCEPIECE[1]), *TAGS]
    write_copying_model(folder, pieces, pieces, skipped=0)
    return NllbEngine(folder, threads=1)


def test_pieces_are_those_of_transformers(release: Path, converted: Path) -> None:
    engine, tokenizer = NllbEngine(converted), NllbTokenizer.from_pretrained(release, src_lang=TAGS[0])
    for text in TEXTS:
        assert engine._pieces(text) == tokenizer.convert_ids_to_tokens(tokenizer(text)["input_ids"])


def test_the_same_weights_say_the_same_through_transformers(release: Path, converted: Path) -> None:
    tokenizer = NllbTokenizer.from_pretrained(release, src_lang=TAGS[0])
    model: Any = M2M100ForConditionalGeneration.from_pretrained(release)
    tag = tokenizer.convert_tokens_to_ids(TAGS[1])
    for text, (best,) in zip(TEXTS, NllbEngine(converted, beam=1).translate(TEXTS), strict=True):
        with torch.inference_mode():
            inputs = tokenizer(text, return_tensors="pt")
            (said,) = model.generate(**inputs, forced_bos_token_id=tag, num_beams=1, do_sample=False, max_new_tokens=256)
        english = best.text.replace(TAGS[0], "").replace(TAGS[1], "")  # transformers leaves tags out
        assert len(english) > 3
        assert english == tokenizer.decode(said, skip_special_tokens=True)


def test_a_score_is_the_mean_of_the_pieces_without_the_tag(converted: Path) -> None:
    engine = NllbEngine(converted, beam=1)
    for text, (best,) in zip(TEXTS, engine.translate(TEXTS), strict=True):
        pieces = engine._pieces(text)
        (result,) = engine._translator.translate_batch([pieces], beam_size=1, target_prefix=[[TAGS[1]]])
        (scored,) = engine._translator.score_batch([pieces], result.hypotheses)
        assert 2 < len(result.hypotheses[0]) < 256
        assert best.score == pytest.approx(sum(scored.log_probs[1:]) / (len(scored.log_probs) - 1), abs=1e-4)


@pytest.mark.parametrize("text", ["The meeting of the Joint Working Group", "बैठक हुई ।", "भारत और कजाकिस्तान की बैठक"])
def test_what_is_read_is_said(copying: NllbEngine, text: str) -> None:
    ((best, *others),) = copying.translate([text], nbest=4)
    assert best.text == text
    assert -0.1 < best.score <= 0
    assert all(other.score < best.score for other in others)


def test_attention_leads_from_each_word_to_the_word_that_it_was(copying: NllbEngine) -> None:
    text = "The meeting of the Joint Working Group"
    ((best,),) = copying.translate([text], attention=True)
    attention = best.attention
    assert attention is not None
    assert len(attention.weights) == len(attention.target_spans) > 5
    for row, target in zip(attention.weights, attention.target_spans, strict=True):
        column = max(range(len(row)), key=row.__getitem__)
        assert attention.source_spans[column] == target


def test_terms_are_pinned(copying: NllbEngine) -> None:
    terms = (Term("संयुक्त कार्य समूह", "Joint Working Group"),)
    (segment,) = Translator(copying, Glossary(terms, "1")).segments(["संयुक्त कार्य समूह और भारत"])
    assert segment.rung == "inline"
    assert segment.target.startswith("Joint Working Group")


def test_the_layout_is_told(converted: Path) -> None:
    assert layout_of(converted) == "nllb"
    engine = open_engine(converted, threads=1)
    assert (engine.name, engine.model[:5]) == ("nllb", "nllb-")


@pytest.mark.parametrize("name", ["config.json", "shared_vocabulary.json"])
def test_what_is_missing_is_named(converted: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "part"
    shutil.copytree(converted, folder)
    (folder / name).unlink()
    with pytest.raises(EngineError, match=name.removeprefix("shared_")) as caught:
        open_engine(folder)
    assert str(folder) in str(caught.value)


def test_a_model_of_other_tags_is_refused(tmp_path: Path) -> None:
    pieces = [*train_sentencepiece(tmp_path / SENTENCEPIECE[0]), "__hi__", "__en__"]
    write_copying_model(tmp_path, pieces, pieces, skipped=0)
    with pytest.raises(EngineError, match=r"eng_Latn and hin_Deva.*NLLB-200"):
        open_engine(tmp_path)
