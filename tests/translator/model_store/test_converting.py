"""Real conversions of small models: the embedded one as transformers has it, and an NLLB model made for the test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

from translator.engines.compact import CompactEngine
from translator.engines.opening import layout_of
from translator.errors import EngineError
from translator.model_store import shelf
from translator.model_store.converting import convert
from translator.values import Brief

MISSING = "no source.spm there"


def test_a_marian_model_says_the_same_when_it_is_converted(
    marian_folder: Path, models: Path, engine: CompactEngine, seed_brief: Brief
) -> None:
    assert convert(marian_folder, "small", "float32") == models / "small"
    assert layout_of(models / "small") == "opus-mt"
    sources = [segment.source for segment in seed_brief.segments]
    one = [hypotheses[0].text for hypotheses in shelf.open_model("small").translate(sources)]
    other = [hypotheses[0].text for hypotheses in engine.translate(sources)]
    alike = sum(
        len(set(a.split()) & set(b.split())) / len(set(a.split()) | set(b.split())) for a, b in zip(one, other, strict=True)
    )
    assert alike / len(sources) > 0.6  # float32 against int8, and another length penalty


def test_int8_is_a_quarter_of_the_size(marian_folder: Path) -> None:
    sizes = [(convert(marian_folder, name, name) / "model.bin").stat().st_size for name in ("int8", "float32")]
    assert 3 < sizes[1] / sizes[0] < 4.2


def pieces_in(path: Path) -> list[str]:
    """A small SentencePiece model in a new file, and its pieces."""
    text = path.with_suffix(".txt")
    text.write_text("\n".join(["भारत ने कहा", "India said so"] * 50), encoding="utf-8")
    trained = sentencepiece.SentencePieceTrainer.train
    trained(input=str(text), model_prefix=str(path.with_suffix("")), vocab_size=50, model_type="bpe", minloglevel=2)
    path.with_suffix(".model").rename(path)
    read = sentencepiece.SentencePieceProcessor(str(path))
    return [read.id_to_piece(number) for number in range(len(read))]


@pytest.fixture
def opus_folder(tmp_path: Path) -> Path:
    """A release of OPUS-MT in Marian's own form, of random weights."""
    folder = tmp_path / "opus"
    folder.mkdir()
    pieces_in(folder / "source.spm")
    vocabulary = ["</s>", "<unk>", *(piece for piece in pieces_in(folder / "target.spm") if not piece.startswith("<"))]
    lines = [f"{json.dumps(piece, ensure_ascii=False)}: {number}\n" for number, piece in enumerate(vocabulary)]
    (folder / "opus.vocab.yml").write_text("".join(lines), encoding="utf-8")
    (folder / "decoder.yml").write_text("models: [opus.npz]\nvocabs: [opus.vocab.yml, opus.vocab.yml]\n", encoding="utf-8")
    size = 16
    numbers = np.random.default_rng(1)
    weights = {"Wemb": numbers.normal(size=(len(vocabulary), size)), "decoder_ff_logit_out_b": np.zeros((1, len(vocabulary)))}
    for layer, parts in (("encoder_l1", ("self",)), ("decoder_l1", ("self", "context"))):
        for part in parts:
            weights |= {f"{layer}_{part}_W{letter}": numbers.normal(size=(size, size)) for letter in "qkvo"}
            weights |= {f"{layer}_{part}_b{letter}": np.zeros((1, size)) for letter in "qkvo"}
        weights |= {f"{layer}_ffn_{kind}": numbers.normal(size=(size, size)) for kind in ("W1", "W2")}
        weights |= {f"{layer}_ffn_{kind}": np.zeros((1, size)) for kind in ("b1", "b2")}
        for norm in [*(f"{part}_Wo" for part in parts), "ffn_ffn"]:
            weights |= {f"{layer}_{norm}_ln_scale": np.ones((1, size)), f"{layer}_{norm}_ln_bias": np.zeros((1, size))}
    settings = {
        "type": "transformer",
        "transformer-decoder-autoreg": "self-attention",
        "transformer-no-projection": False,
        "transformer-ffn-activation": "relu",
        "transformer-preprocess": "",
        "transformer-postprocess": "dan",
        "transformer-postprocess-emb": "d",
        "transformer-guided-alignment-layer": "last",
        "transformer-heads": 2,
        "enc-depth": 1,
        "dec-depth": 1,
    }
    said = np.frombuffer(json.dumps(settings).encode() + b"\0", dtype=np.int8)
    arrays = {name: array.astype(np.float32) for name, array in weights.items()}
    np.savez(folder / "opus.npz", allow_pickle=False, **arrays, **{"special:model.yml": said})
    return folder


def test_a_release_of_opus_mt_is_converted(opus_folder: Path, models: Path) -> None:
    convert(opus_folder, "opus", "float32")
    assert layout_of(models / "opus") == "opus-mt"
    assert shelf.open_model("opus").length("भारत ने कहा") > 1


@pytest.fixture(scope="module")
def nllb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A NLLB model of random weights, as transformers keeps one."""
    from transformers import AutoTokenizer, M2M100Config, M2M100ForConditionalGeneration

    folder = tmp_path_factory.mktemp("nllb")
    pieces_in(folder / "sentencepiece.bpe.model")
    settings = {"tokenizer_class": "NllbTokenizer", "extra_special_tokens": ["eng_Latn", "hin_Deva"]}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    small = dict.fromkeys(("d_model", "encoder_ffn_dim", "decoder_ffn_dim"), 16)
    config = M2M100Config(**small, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2)
    config.save_pretrained(folder)
    config.vocab_size = len(AutoTokenizer.from_pretrained(folder))
    M2M100ForConditionalGeneration(config).save_pretrained(folder)
    return folder


def test_an_nllb_model_is_converted(nllb_folder: Path, models: Path) -> None:
    convert(nllb_folder, "random", "float32")
    assert layout_of(models / "random") == "nllb"
    assert shelf.open_model("random").length("भारत") > 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / "config.json").unlink(), "no config.json or decoder.yml"),
        (lambda folder: (folder / "source.spm").unlink(), MISSING),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "bert"}'), "a model of type bert; only MarianMT"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"x"), "CTranslate2 cannot convert it"),
    ],
    ids=["no config", "no pieces", "another type", "no weights"],
)
def test_what_cannot_be_converted_is_named(tmp_path: Path, marian_folder: Path, change, message: str) -> None:  # type: ignore[no-untyped-def]
    source = shutil.copytree(marian_folder, tmp_path / "source")
    change(source)
    with pytest.raises(EngineError, match=message):
        convert(source, "new")
    assert shelf.names() == ["compact"]
