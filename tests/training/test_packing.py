"""Texts become pieces; links between words become links between their pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.corpus import Pair
from training.packing import packed_pair, packed_pairs, piece_links
from training.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("links", "source", "target", "found"),
    [
        ([(0, 1)], [0, 0, None], [0, 1], [256, 257, 515]),  # both pieces of word 0, and </s> to </s>
        ([(0, 0), (1, 0)], [0, 1], [0], [0, 1, 258]),
        ([], [0], [0], []),
        ([(5, 5)], [0], [0], []),  # a link to no word
        ([(0, 0)], [0] * 249, [0], []),  # too long for 16 bits
    ],
)
def test_links_between_pieces(
    links: list[tuple[int, int]], source: list[int | None], target: list[int | None], found: list[int]
) -> None:
    assert piece_links(links, source, target) == found


def test_a_pair_keeps_its_text_where_it_has_terms(vocabulary: Vocabulary) -> None:
    packed = packed_pair(Pair("a/b", "abc def", "def abc", 2.5, links=((0, 1), (1, 0))), vocabulary)
    assert (packed.weight, packed.hindi, packed.english, packed.spans) == (2.5, "", "", ())
    assert packed.source == vocabulary.encode_source("abc def")
    assert packed.target == vocabulary.encode_target("def abc")
    source, target = vocabulary.split("abc def"), vocabulary.split("def abc")
    for link in packed.links[:-1]:
        assert source[link & 255].strip("▁") in "abc def"
        assert (source[link & 255].strip("▁") in "abc") == (target[link >> 8].strip("▁") in "abc")
    assert packed.links[-1] == len(target) * 256 + len(source)
    assert packed_pair(Pair("a/b", "abc", "abc", 1.0, ((0, 3, 0, 3),)), vocabulary).hindi == "abc"


def test_more_processes_give_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    ids = tmp_path / "vocab.json"
    vocabulary.save(ids)
    pairs = [Pair("a/b", f"abc {number}", f"def {number}", 1.0, links=((0, 0), (1, 1))) for number in range(30)]
    one, two = (list(packed_pairs(pairs, vocabulary.model, ids, processes)) for processes in (1, 2))
    assert one == two
    assert all(pair.links for pair in one)
