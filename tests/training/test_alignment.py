"""Words, links of two directions, and where pieces lie. eflomal itself is asked where it is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import corpus
from training.alignment import Alignment, AlignmentError, align, can_be_aligned, words, words_of_pieces

REAL = [(pair.hindi, pair.english) for pair in corpus.read(Path(__file__).with_name("pairs.tsv"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("भारत-चीन की 5वीं बैठक।", ["भारत", "-", "चीन", "की", "5", "वीं", "बैठक।"]),
        ("India's 3.5% (GDP)", ["India's", "3", ".", "5", "%", "(", "GDP", ")"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert [word.text for word in words(text)] == found


@given(st.text())
def test_a_word_stands_where_it_says(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in words(text))


def test_links_that_both_directions_found_go_before() -> None:
    alignment = Alignment(frozenset({(0, 0), (1, 0), (1, 1)}), frozenset({(0, 0), (2, 2)}))
    assert alignment.agreed == {(0, 0)}
    assert alignment.links == ((0, 0), (1, 1), (2, 2))  # (1, 0) goes: word 0 of the English has a better one


@pytest.mark.parametrize(
    ("hindi", "english", "can"),
    [
        ("बैठक कल हुई।", "It met yesterday.", True),
        ("बैठक हुई।", "It met.", False),
        ("बैठक कल हुई।", "", False),
        ("बैठक " * 101, "It met.", False),
    ],
)
def test_what_can_be_aligned(hindi: str, english: str, can: bool) -> None:
    assert can_be_aligned(hindi, english) == can


@pytest.mark.parametrize(
    ("text", "pieces", "found"),
    [
        ("the UN met", ["▁the", "▁U", "N", "▁", "met"], [0, 1, 1, None, 2]),
        ("5वीं बैठक।", ["▁", "5", "वीं", "▁बैठक", "।"], [None, 0, 1, 2, 2]),
        ("ﬁve", ["▁five"], None),  # SentencePiece has normalised it
        ("five six", ["▁five"], None),
    ],
)
def test_the_word_of_each_piece(text: str, pieces: list[str], found: list[int | None] | None) -> None:
    assert words_of_pieces(text, pieces) == found


def test_eflomal_finds_the_words_that_belong_together() -> None:
    pytest.importorskip("eflomal", reason="eflomal is not installed")
    found = align(REAL)
    assert len(found) == len(REAL)
    for (hindi, english), alignment in zip(REAL, found, strict=True):
        assert all(one < len(words(hindi)) and other < len(words(english)) for one, other in alignment.links)
    same = [
        (one.text, other.text)
        for (hindi, english), alignment in zip(REAL, found, strict=True)
        for one, other in ((words(hindi)[i], words(english)[j]) for i, j in alignment.agreed)
        if one.text.isascii() and one.text.isdigit()
    ]
    assert len(same) > 50
    assert sum(one == other for one, other in same) > 0.8 * len(same)  # a number is linked to itself


def test_without_eflomal_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "eflomal", None)
    with pytest.raises(AlignmentError, match=r"pip install 'dwibhashi\[align\]'"):
        align(REAL)
