"""The arrays of a corpus: what was put in comes out, also from a folder, and in the format of earlier packs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.packed import Packed, PackedError, PackedPair

SPANS = ((0, 4, 2, 9),)
PAIRS = [
    PackedPair(2.5, [5, 6, 0], [7, 0], [5, 258], "बैठक", "A meeting", SPANS),
    PackedPair(0.15, [8, 0], [9, 65535, 10, 0]),
    PackedPair(1.0, [5, 0], [7, 0], [0], 'उद्धरण "x"\u2028 \x85', "Two\u2028lines?", SPANS),
]


def unpacked(packed: Packed) -> list[PackedPair]:
    found = []
    for number in range(len(packed)):
        source, target, links = (array.tolist() for array in packed.pair(number))
        found.append(PackedPair(float(packed.weights[number]), source, target, links, *(packed.terms(number) or ("", "", ()))))
    return found


def expected() -> list[PackedPair]:
    return [
        PackedPair(float(np.float32(p.weight)), p.source, p.target, list(p.links), p.hindi, p.english, p.spans) for p in PAIRS
    ]


def test_pairs_come_out_as_they_went_in(tmp_path: Path) -> None:
    packed = Packed.of(PAIRS)
    assert unpacked(packed) == expected()
    assert packed.lengths.tolist() == [3, 4, 2]
    packed.save(tmp_path / "packed")
    assert unpacked(Packed.load(tmp_path / "packed")) == expected()


def test_the_files_are_those_of_earlier_packs(tmp_path: Path) -> None:
    Packed.of(PAIRS[:2]).save(tmp_path)
    with np.load(tmp_path / "packed.npz") as arrays:
        found = {name: (str(arrays[name].dtype), arrays[name].tolist()) for name in arrays.files}
    assert found == {
        "w": ("float32", [2.5, float(np.float32(0.15))]),
        "x": ("uint16", [5, 6, 0, 8, 0]),
        "y": ("uint16", [7, 0, 9, 65535, 10, 0]),
        "l": ("uint16", [5, 258]),
        "xo": ("int64", [0, 3, 5]),
        "yo": ("int64", [0, 2, 6]),
        "lo": ("int64", [0, 2, 2]),
    }
    assert (tmp_path / "packed.txt").read_text(encoding="utf-8") == "बैठक\tA meeting\t[[0, 4, 2, 9]]\n\t\t\n"


def test_the_summary_counts() -> None:
    assert (
        Packed.of(PAIRS[:2]).summary() == "2 pairs, 5 source and 6 target pieces, 1 with links; 6 target pieces drawn in a pass"
    )


def test_what_cannot_be_packed_or_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackedError, match="no pairs to pack"):
        Packed.of([])
    with pytest.raises(PackedError, match=r"packed\.npz is missing or empty"):
        Packed.load(tmp_path)
    Packed.of(PAIRS).save(tmp_path)
    (tmp_path / "packed.txt").write_text("\t\t\n", encoding="utf-8")
    with pytest.raises(PackedError, match=r"3 pairs, packed\.txt 1 lines"):
        Packed.load(tmp_path)
