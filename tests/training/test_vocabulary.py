"""The order of the pieces, and the way from text to ids and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.vocabulary import Vocabulary, VocabularyError, ordered


@pytest.mark.parametrize(
    ("pieces", "order"),
    [
        (["▁घर", "▁house", "।"], ["▁house", "।", "▁घर"]),
        (["ा", "५", "a"], ["a", "ा", "५"]),
        (["<pin>", "<0xE0>", "क1"], ["<pin>", "<0xE0>", "क1"]),
    ],
)
def test_what_english_can_need_comes_first(pieces: list[str], order: list[str]) -> None:
    assert ordered(pieces) == ["</s>", "<unk>", *order]


def test_the_english_pieces_are_the_first(vocabulary: Vocabulary) -> None:
    pieces = vocabulary.pieces()
    assert pieces[:2] == ["</s>", "<unk>"]
    assert vocabulary.pad == len(pieces) == vocabulary.size - 1
    assert not [piece for piece in pieces[: vocabulary.outputs] if any("\u0904" <= letter <= "\u0963" for letter in piece)]
    assert max(vocabulary.encode_target("the 5th meeting")) < vocabulary.outputs


@pytest.mark.parametrize("text", ["abc def 12", "<pin> JWG </pin>", "बैठक हुई।"])
def test_text_comes_back_from_its_ids(text: str, vocabulary: Vocabulary) -> None:
    ids = vocabulary.encode_source(text)
    assert ids[-1] == 0
    assert 0 not in ids[:-1]
    assert vocabulary.decode_target([*ids, vocabulary.pad, 5]) == text
    assert vocabulary.decode_target([vocabulary.pad, *ids]) == text


def test_the_ids_fit_the_pieces(vocabulary: Vocabulary) -> None:
    pieces = vocabulary.pieces()
    assert [pieces[number] for number in vocabulary.encode_source("abc 12")[:-1]] == vocabulary.split("abc 12")


def test_a_vocabulary_is_the_same_after_a_file(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path / "vocab.json")
    again = Vocabulary.load(vocabulary.model, tmp_path / "vocab.json")
    assert (again.size, again.outputs, again.pieces()) == (vocabulary.size, vocabulary.outputs, vocabulary.pieces())
    described = json.loads((tmp_path / "vocab.json").read_text(encoding="utf-8"))
    assert described.keys() == {"V", "N", "src_ids", "tgt_ids"}
    vocabulary.write_marian(tmp_path / "marian.json")
    numbers = json.loads((tmp_path / "marian.json").read_text(encoding="utf-8"))
    assert (numbers["</s>"], numbers["<pad>"], len(numbers)) == (0, vocabulary.pad, vocabulary.size)


def test_files_that_do_not_belong_together_are_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    ids = tmp_path / "vocab.json"
    with pytest.raises(VocabularyError, match=r"vocab\.json is missing"):
        Vocabulary.load(vocabulary.model, ids)
    ids.write_text(json.dumps({"V": 4, "N": 2, "src_ids": [0, 1, 2], "tgt_ids": [0, 1, 2]}), encoding="utf-8")
    with pytest.raises(VocabularyError, match="made together"):
        Vocabulary.load(vocabulary.model, ids)
