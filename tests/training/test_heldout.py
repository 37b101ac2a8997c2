"""One note in six is held out, by a rule that nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from tests.conftest import ROOT
from training import corpus
from training.cleaning import key
from training.corpus import Note, Pair
from training.heldout import HeldOut, for_training, is_held_out, register, write_register

PAIRS = [replace(pair, source="notes/x") for pair in corpus.read(Path(__file__).with_name("pairs.tsv"))]
NOTES = [Note(tuple(pairs)) for pairs in zip(islice(PAIRS, 0, None, 2), islice(PAIRS, 1, None, 2), strict=True)]


def write_notes(folder: Path, notes: list[Note]) -> None:
    blocks = ("".join(f"{pair.hindi}\t{pair.english}\n" for pair in note.pairs) for note in notes)
    (folder / "x.tsv").write_text("\n".join(blocks), encoding="utf-8")


def test_about_one_note_in_six_is_held_out() -> None:
    assert 15 <= sum(map(is_held_out, NOTES)) <= 35  # of 150


def test_which_ones_is_fixed_for_ever() -> None:
    assert [number for number, note in enumerate(NOTES) if is_held_out(note)][:6] == [4, 5, 15, 16, 21, 28]


def test_neither_the_english_nor_the_spelling_of_the_hindi_moves_a_note() -> None:
    for note in NOTES:
        pairs = tuple(Pair("notes/y", pair.hindi.replace("ज़", "ज").replace("।", " ।"), "better") for pair in note.pairs)
        assert is_held_out(Note(pairs)) == is_held_out(note)


def test_every_pair_is_on_one_side(tmp_path: Path) -> None:
    write_notes(tmp_path, NOTES)
    tested, trained = register(tmp_path), for_training(tmp_path)
    assert sorted(map(repr, tested + trained)) == sorted(map(repr, PAIRS))
    assert tested
    assert trained


def test_the_register_set_is_written_as_the_other_sets_are(tmp_path: Path) -> None:
    write_notes(tmp_path, NOTES)
    path = tmp_path / "eval" / "register.tsv"
    assert write_register(tmp_path, path) == len(register(tmp_path))
    assert [(pair.hindi, pair.english) for pair in corpus.read(path)] == [(p.hindi, p.english) for p in register(tmp_path)]


@pytest.mark.parametrize(
    ("hindi", "english", "held"),
    [
        ("हिन्दी में बैठक आज हुई !", "Something else was said here.", True),  # the other spelling of हिंदी
        ("कुछ और कहा गया था।", "The meeting in Hindi was held today", True),
        ("बैठक हुई।", "It was held.", False),  # too short to tell
        ("कुछ और कहा गया था।", "Something else was said here.", False),
    ],
)
def test_a_sentence_is_held_out_on_either_side(hindi: str, english: str, held: bool) -> None:
    held_out = HeldOut(
        [Pair("e/e", "हिंदी में बैठक आज हुई।", "The meeting in Hindi was held today."), Pair("e/e", "बैठक हुई।", "It was held.")]
    )
    assert len(held_out) == 2
    assert held_out.holds(key(hindi), key(english)) == held


def test_the_notes_of_this_project_can_be_read() -> None:
    folder = ROOT / "training" / "data"
    tested, trained = register(folder), for_training(folder)
    assert len(trained) > 3 * len(tested) > 0
