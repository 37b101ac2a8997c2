"""Tiny models of CTranslate2 that say what they read, with weights set by hand: no training, and the same result everywhere.

Each position and each piece has a dimension of its own. A decoder at position t looks with all its attention at the source's
position t + `skipped`, takes the piece that it finds there, and says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import numpy as np
import numpy.typing as npt
import sentencepiece
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec

CORPUS = (
    "भारत और कजाकिस्तान की बैठक हुई ।",
    "संयुक्त कार्य समूह ( जेडब्ल्यूजी ) की बैठक 12.05.2024 को अस्ताना में हुई , जिसमें 1,87,500 रुपये की बात हुई ।",
    "The meeting of the Joint Working Group ( JWG ) was held in Astana on < ID1 > and < ID2 > .",
    'गृह मंत्रालय ने कहाः " सब ठीक " है ।',
    "Kazakhstan and India agreed : it 's good - QX - 11 , ZQ ; 25 % / 30 % ?",
)
_POSITIONS = 300
_SHARP = 20.0  # what the difference between looking and not looking is multiplied with

Array = npt.NDArray[np.float32]


def train_sentencepiece(path: Path, corpus: Sequence[str] = CORPUS, size: int = 140) -> list[str]:
    """Write a SentencePiece model of `corpus` to `path`; its pieces."""
    trainer = {"model_type": "bpe", "vocab_size": size, "character_coverage": 1.0, "minloglevel": 2, "hard_vocab_limit": False}
    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(corpus), model_writer=file, **trainer)
    pieces = sentencepiece.SentencePieceProcessor(str(path))
    return [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]


def write_copying_model(folder: Path, source: Sequence[str], target: Sequence[str], skipped: int) -> None:
    """Write model.bin, config.json and the vocabularies; the model ends the source itself, as those converted from Fairseq do."""
    pieces = list(dict.fromkeys([*source, *target]))
    width = len(pieces) + _POSITIONS
    spec = TransformerSpec.from_config((1, 1), 1)
    place = {piece: number for number, piece in enumerate(pieces)}
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = _eye(_POSITIONS, width, column=len(pieces))
        _norm(side.layer_norm, width)
        _silence(side.layer[0].self_attention.linear, (3 * width, width), (width, width))
        _norm(side.layer[0].self_attention.layer_norm, width)
        _norm(side.layer[0].ffn.layer_norm, width)
        for linear in (side.layer[0].ffn.linear_0, side.layer[0].ffn.linear_1):
            _silence([linear], (width, width))
    spec.encoder.embeddings[0].weight = np.stack([_eye(1, width, column=place[piece])[0] for piece in source])
    spec.decoder.embeddings.weight = np.zeros(
        (len(target), width), np.float32
    )  # where it is, not what it has said, tells what next

    attention = spec.decoder.layer[0].attention
    _norm(attention.layer_norm, width)
    _silence(attention.linear, (width, width), (2 * width, width), (width, width))
    for at in range(_POSITIONS - skipped):
        attention.linear[0].weight[len(pieces) + at + skipped, len(pieces) + at] = _SHARP
    attention.linear[1].weight[len(pieces) : width, len(pieces) : width] = np.eye(_POSITIONS)
    attention.linear[1].weight[width : width + len(pieces), : len(pieces)] = np.eye(len(pieces))
    attention.linear[2].weight[: len(pieces), : len(pieces)] = np.eye(len(pieces))
    spec.decoder.projection.weight = np.stack([_eye(1, width, column=place[piece])[0] for piece in target])
    spec.decoder.projection.bias = np.zeros(len(target), np.float32)

    spec.register_source_vocabulary(list(source))
    spec.register_target_vocabulary(list(target))
    spec.config.decoder_start_token = spec.config.eos_token
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    assert ctranslate2.contains_model(str(folder))


def _eye(rows: int, width: int, column: int) -> Array:
    """`rows` of zeros with a one each, the first in `column`."""
    return np.eye(rows, width, k=column, dtype=np.float32)


def _norm(norm: LayerNormSpec, width: int) -> None:
    norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _silence(linears: Sequence[LinearSpec], *shapes: tuple[int, int]) -> None:
    for linear, shape in zip(linears, shapes, strict=True):
        linear.weight, linear.bias = np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)
