"""A small real vocabulary, and the copy task: what goes in must come out, which no model can do without looking at the source."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import sentencepiece
import torch

from training.config import Config, Evaluation, Model, Paths, Schedule, Stage
from training.packed import Packed, PackedPair
from training.vocabulary import Vocabulary

SYMBOLS = 12


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Letters, digits and tags as pieces, on both sides."""
    folder = tmp_path_factory.mktemp("vocabulary")
    letters = "abcdefghijklmnopqrstuvwxyz"
    chance = random.Random(1)
    words = [" ".join("".join(chance.choices(letters, k=3)) for _ in range(5)) for _ in range(200)]
    text = folder / "text"
    text.write_text("\n".join([*words, "बैठक हुई। 0 1 2 3 4 5 6 7 8 9 ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=120,
        hard_vocab_limit=False,
        character_coverage=1.0,
        split_digits=True,
        user_defined_symbols=["<pin>", "</pin>"],
        unk_id=1,
        eos_id=0,
        bos_id=-1,
        pad_id=-1,
        minloglevel=2,
    )
    made = Vocabulary.of(folder / "sentencepiece.model")
    made.save(folder / "vocab.json")
    return made


def copied(count: int, seed: int, longest: int = 6) -> list[PackedPair]:
    """Random sequences, the same on both sides, each piece linked to the one before: no head would look there of itself."""
    chance = random.Random(seed)
    pairs = []
    for _ in range(count):
        ids = [*(chance.randrange(2, 2 + SYMBOLS) for _ in range(chance.randint(2, longest))), 0]
        pairs.append(PackedPair(1.0, ids, ids, [at * 256 + max(0, at - 1) for at in range(len(ids))]))
    return pairs


@pytest.fixture
def copy_task(tmp_path: Path, vocabulary: Vocabulary) -> Config:
    """Settings of a tiny model, with the copy task packed."""
    paths = Paths(
        packed=tmp_path / "packed",
        sentencepiece=vocabulary.model,
        vocabulary=vocabulary.model.with_name("vocab.json"),
        run=tmp_path / "run",
        evaluation=tmp_path / "eval",
    )
    Packed.of(copied(2000, seed=1)).save(paths.packed)
    schedule = Schedule(
        processes=1,
        matrix_rate=0.02,
        other_rate=0.01,
        warmup=20,
        pool=1000,
        report_steps=5,
        stages=(Stage(longest=20, batch=300),),
    )
    small = Model(width=32, feed_forward=64, encoder_layers=1, decoder_layers=1, heads=2)
    return replace(Config(), paths=paths, model=small, schedule=schedule, evaluation=Evaluation(validation=()))
