"""The vocabulary map beside the embedded model: it is the one that the code makes, and it changes no translation."""

from __future__ import annotations

import json
from pathlib import Path

import ctranslate2
import sentencepiece

from tests.conftest import ROOT
from training.output_pieces import main, vocabulary_map
from translator.engines.compact import EMBEDDED
from translator.pipeline import sentences_of
from translator.values import Brief


def test_the_map_beside_the_model_is_that_of_its_vocabulary(tmp_path: Path) -> None:
    vocabulary = (EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8")
    (tmp_path / "shared_vocabulary.json").write_text(vocabulary, encoding="utf-8")
    main(tmp_path)
    assert (tmp_path / "vmap.txt").read_text(encoding="utf-8") == (EMBEDDED / "vmap.txt").read_text(encoding="utf-8")
    assert len(vocabulary_map(json.loads(vocabulary)).split()) > 10_000


def test_no_translation_is_another_with_the_map_than_without(seed_brief: Brief) -> None:
    pieces = sentencepiece.SentencePieceProcessor(str(EMBEDDED / "sentencepiece.model"))
    engine = ctranslate2.Translator(str(EMBEDDED), compute_type="int8")
    sentences = [text for block in seed_brief.document.blocks for text in sentences_of(block)]
    sources = [[*pieces.encode(text, out_type=str), "</s>"] for text in [*sentences, "<pin> बैठक </pin> हुई।"]]
    without, reduced = (engine.translate_batch(sources, beam_size=4, use_vmap=use) for use in (False, True))
    assert [found.hypotheses for found in reduced] == [found.hypotheses for found in without]


def test_the_project_ships_the_map() -> None:
    assert (ROOT / "translator" / "models" / "compact" / "vmap.txt").is_file()
