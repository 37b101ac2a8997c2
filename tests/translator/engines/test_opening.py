"""Each folder has its engine, or a message that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from translator.engines.compact import EMBEDDED, CompactEngine
from translator.engines.marian import MarianEngine
from translator.engines.opening import Layout, layout_of, open_engine
from translator.engines.opus_mt import OpusMtEngine
from translator.errors import EngineError


@pytest.mark.parametrize(
    ("files", "layout"),
    [
        ({"model.bin": "", "sentencepiece.model": ""}, "compact"),
        ({"model.bin": "", "source.spm": "", "target.spm": ""}, "opus-mt"),
        ({"model.bin": "", "source.spm": ""}, "opus-mt"),
        ({"model.bin": "", "sentencepiece.bpe.model": ""}, "nllb"),
        ({"model.bin": "", "flores200_sacrebleu_tokenizer_spm.model": ""}, "nllb"),
        ({"model.bin": "", "model.SRC": "", "model.TGT": ""}, "indictrans2"),
        ({"model.bin": "", "source_vocabulary.json": ""}, "indictrans2"),
        ({"ct2_int8_model/model.bin": "", "ct2_int8_model/config.json": "{}"}, "indictrans2"),
        (
            {"ct2_fp16_model/model.bin": "", "ct2_fp16_model/config.json": "{}", "fairseq_model/vocab/model.SRC": ""},
            "indictrans2",
        ),
        ({"config.json": '{"model_type": "marian"}', "model.safetensors": ""}, "marian"),
    ],
)
def test_the_layout_is_told_from_the_names(tmp_path: Path, files: dict[str, str], layout: Layout) -> None:
    write(tmp_path, files)
    assert layout_of(tmp_path) == layout


@pytest.mark.parametrize(
    ("files", "remedy"),
    [
        ({}, "folder with model.bin"),
        ({"model.bin": "", "config.json": "{}"}, "source.spm and target.spm"),
        ({"config.json": '{"model_type": "m2m_100"}', "sentencepiece.bpe.model": ""}, "dwibhashi models convert"),
        ({"config.json": '{"model_type": "IndicTrans"}', "model.SRC": ""}, "ct2_int8_model"),
        ({"config.json": '{"model_type": "bert"}'}, "folder with model.bin"),
        ({"config.json": "[]"}, "folder with model.bin"),
        ({"config.json": "{"}, "folder with model.bin"),
        ({"decoder.yml": "", "source.spm": "", "opus.npz": ""}, "dwibhashi models convert"),
    ],
)
def test_what_is_no_model_is_named_with_a_remedy(tmp_path: Path, files: dict[str, str], remedy: str) -> None:
    write(tmp_path, files)
    with pytest.raises(EngineError, match=remedy) as caught:
        open_engine(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no such folder"):
        layout_of(tmp_path / "nowhere")


def test_each_layout_opens_its_engine(marian_folder: Path, opus_mt_folder: Path) -> None:
    assert isinstance(open_engine(EMBEDDED, threads=1), CompactEngine)
    assert isinstance(open_engine(marian_folder), MarianEngine)
    assert isinstance(open_engine(opus_mt_folder, threads=1), OpusMtEngine)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
