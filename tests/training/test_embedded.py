"""The weights read back compute what CTranslate2 computes: a plain Transformer in numpy against its scores."""

from __future__ import annotations

import json
from typing import Any

import ctranslate2
import numpy as np
import pytest
import sentencepiece

from training.embedded import Checkpoint, read_checkpoint
from translator.engines.compact import EMBEDDED

Array = Any


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    return read_checkpoint(EMBEDDED)


class Transformer:
    """A forward pass of one sentence, as the training code has it (DeepNorm: LN(αx + f(x)))."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.w, self.shape = checkpoint.weights, checkpoint.shape
        layers, deep = self.shape["el"], self.shape["dl"]
        self.alpha = {"enc": 0.81 * (layers**4 * deep) ** (1 / 16), "dec": (3 * deep) ** 0.25}

    def linear(self, name: str, x: Array) -> Array:
        return x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]

    def norm(self, name: str, x: Array) -> Array:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return x * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]

    def embed(self, ids: list[int]) -> Array:
        width = self.shape["d"]
        angle = np.arange(len(ids))[:, None] / 10000 ** (2 * (np.arange(width) // 2) / width)
        position = np.concatenate([np.sin(angle[:, 0::2]), np.cos(angle[:, 1::2])], 1)
        return self.w["emb"][ids] * np.sqrt(width) + position

    def attend(self, q: Array, k: Array, v: Array, mask: Array) -> Array:
        heads = [np.split(x, self.shape["h"], -1) for x in (q, k, v)]
        out = []
        for a, b, c in zip(*heads, strict=True):
            z = a @ b.T / np.sqrt(a.shape[-1]) + mask
            z = np.exp(z - z.max(-1, keepdims=True))
            out.append(z / z.sum(-1, keepdims=True) @ c)
        return np.concatenate(out, -1)

    def layer(self, name: str, x: Array, mask: Array, memory: Array | None) -> Array:
        alpha = self.alpha[name[:3]]
        own = self.attend(*np.split(self.linear(f"{name}.att.qkv", x), 3, -1), mask)
        x = self.norm(f"{name}.r1.ln", alpha * x + self.linear(f"{name}.att.out", own))
        if memory is not None:
            k, v = np.split(self.linear(f"{name}.cross.kv", memory), 2, -1)
            seen = self.attend(self.linear(f"{name}.cross.q", x), k, v, np.zeros(1))
            x = self.norm(f"{name}.r2.ln", alpha * x + self.linear(f"{name}.cross.out", seen))
        inner = np.maximum(self.linear(f"{name}.fc1", x), 0)
        last = "r2" if memory is None else "r3"
        return self.norm(f"{name}.{last}.ln", alpha * x + self.linear(f"{name}.fc2", inner))

    def log_probabilities(self, source: list[int], target: list[int]) -> Array:
        memory = self.embed(source)
        for at in range(self.shape["el"]):
            memory = self.layer(f"enc.{at}", memory, np.zeros(1), None)
        x = self.embed([self.shape["V"] - 1, *target[:-1]])
        mask = np.triu(np.full((len(target), len(target)), -1e9), 1)
        for at in range(self.shape["dl"]):
            x = self.layer(f"dec.{at}", x, mask, memory)
        logits = x @ self.w["emb"][: self.shape["N"]].T + self.w["bias"]
        logits -= logits.max(-1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(-1, keepdims=True))
        return logits[np.arange(len(target)), target]


def test_the_weights_compute_what_ctranslate2_computes(checkpoint: Checkpoint) -> None:
    engine = ctranslate2.Translator(str(EMBEDDED), compute_type="float32")
    pieces = sentencepiece.SentencePieceProcessor(str(EMBEDDED / "sentencepiece.model"))
    source = [*pieces.encode("भारत और <pin> Kazakhstan </pin> की 5वीं बैठक हुई।", out_type=str), "</s>"]
    target = pieces.encode("The 5th meeting of India and <pin> Kazakhstan </pin> was held.", out_type=str)
    (scored,) = engine.score_batch([source], [target])
    assert scored.tokens == [*target, "</s>"]

    vocabulary = {piece: at for at, piece in enumerate(_vocabulary())}
    ids = [[vocabulary[piece] for piece in side] for side in (source, scored.tokens)]
    assert Transformer(checkpoint).log_probabilities(*ids) == pytest.approx(scored.log_probs, abs=2e-3)


def test_padding_is_the_zero_embedding_that_the_decoder_starts_from(checkpoint: Checkpoint) -> None:
    assert not checkpoint.weights["emb"][-1].any()
    assert len(checkpoint.weights["emb"]) == checkpoint.shape["V"]


def _vocabulary() -> list[str]:
    return list(json.loads((EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8")))
