"""A small tokenizer on real text: reserved pieces, digits, and the same model from the same seed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from training import corpus
from training.corpus import Pair
from training.tokenizer import IDS, MARIAN, MODEL, RESERVED, TokenizerError, sample, train
from training.vocabulary import Vocabulary

SIZE = 1200


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [replace(pair, weight=0.9) for pair in corpus.read(Path(__file__).with_name("pairs.tsv"))]


@pytest.fixture(scope="module")
def trained(pairs: list[Pair], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    train(pairs, folder, seed=1, size=SIZE)
    return folder


def test_the_reserved_pieces_are_never_cut(trained: Path) -> None:
    vocabulary = Vocabulary.load(trained / MODEL, trained / IDS)
    assert vocabulary.size == SIZE + 1
    text = " ".join(RESERVED)
    assert [piece for piece in vocabulary.split(text) if piece != "▁"] == list(RESERVED)


def test_digits_are_pieces_of_their_own(trained: Path) -> None:
    pieces = Vocabulary.load(trained / MODEL, trained / IDS).split("18,750 in 2024")
    assert [piece for piece in pieces if piece.isdigit()] == list("187502024")


def test_nothing_is_unknown(trained: Path) -> None:
    vocabulary = Vocabulary.load(trained / MODEL, trained / IDS)
    assert vocabulary.decode_target(vocabulary.encode_target("Çankırı 北京")) == "Çankırı 北京"


def test_the_same_seed_gives_the_same_files(pairs: list[Pair], trained: Path, tmp_path: Path) -> None:
    train(pairs, tmp_path, seed=1, size=SIZE)
    for name in (MODEL, IDS, MARIAN):
        assert (tmp_path / name).read_bytes() == (trained / name).read_bytes()


def test_a_text_too_small_is_told(pairs: list[Pair], tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match=r"cannot make 20000 pieces .* Set --size lower"):
        train(pairs[:20], tmp_path, seed=1)
    with pytest.raises(TokenizerError, match="no sentences"):
        train([], tmp_path, seed=1)


def test_a_pair_is_chosen_with_the_probability_of_its_weight(pairs: list[Pair]) -> None:
    light = [replace(pair, weight=0.2) for pair in pairs]
    heavy = [replace(pair, weight=5.0) for pair in pairs]
    assert len(sample(heavy, 1)) == len(heavy)
    assert 30 <= len(sample(light, 1)) <= 90  # of 300
    assert sample(light, 1) == sample(light, 1) != sample(light, 2)
    assert len(sample(heavy, 1, most=50)) == 50
