"""What is changed in a pair while training: terms and digits."""

from __future__ import annotations

import random
import re
from collections import Counter

import numpy as np
import pytest

from training.augmentation import DigitReplacement, Span, TermSwitching

HINDI, ENGLISH = "संयुक्त कार्य समूह ने कज़ाकिस्तान में बैठक की।", "The joint working group met in Kazakhstan."
SPANS: tuple[Span, ...] = ((0, 18, 4, 23), (22, 33, 31, 41), (8, 18, 10, 23))  # the last overlaps the first
PIECES = ["</s>", "<unk>", *"0123456789", "th", "▁", "▁the", ",", "."]


def test_the_spans_are_those_of_the_terms() -> None:
    assert [(HINDI[a:b], ENGLISH[c:d]) for a, b, c, d in SPANS] == [
        ("संयुक्त कार्य समूह", "joint working group"),
        ("कज़ाकिस्तान", "Kazakhstan"),
        ("कार्य समूह", "working group"),
    ]


def test_switched_terms_stand_on_both_sides_and_their_hindi_is_gone() -> None:
    switching = TermSwitching(random.Random(1))
    kinds: Counter[str] = Counter()
    for _ in range(400):
        hindi, english = switching.switch(HINDI, ENGLISH, SPANS)
        tagged = re.findall(r"<pin> (.*?) </pin>", hindi)
        assert Counter(tagged) == Counter(re.findall(r"<pin> (.*?) </pin>", english))
        plain = [term for term in ("Kazakhstan", "working group") if term in hindi]
        assert tagged or plain
        if not tagged:
            assert english == ENGLISH
            assert hindi.count("समूह") + hindi.count("group") == 1  # one is switched, or neither
        kinds["tagged" if tagged else "plain"] += 1
        kinds["random"] += any(term in tagged and tagged.count(term) > 1 for term in tagged)
        kinds["two"] += len(tagged) == 2
    assert 0.45 < kinds["tagged"] / 400 < 0.65
    assert kinds["two"] > 20
    assert kinds["random"] > 5


def test_one_term_of_two_that_overlap_is_switched() -> None:
    switching = TermSwitching(random.Random(2))
    for _ in range(100):
        hindi, _ = switching.switch(HINDI, ENGLISH, (SPANS[0], SPANS[2]))
        assert hindi.endswith(" ने कज़ाकिस्तान में बैठक की।")
        assert hindi.count("समूह") == 0


def ids(text: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([PIECES.index(piece) for piece in re.findall(r"th|▁the|.", text)])


def spelled(pieces: object) -> str:
    return "".join(PIECES[at] for at in pieces)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "target", "changes"),
    [
        ("▁2024▁", "▁the▁2024.", True),
        ("▁12▁", "▁12▁", True),
        ("▁7▁", "▁7▁", True),
        ("▁1▁", "▁1▁", False),  # एक
        ("▁0▁", "▁0▁", False),
        ("▁5▁", "▁5th", False),
        ("▁12▁", "▁13▁", False),
        ("▁", "▁12", False),
        ("▁12", "▁", False),
    ],
)
def test_shared_numbers_get_other_digits(source: str, target: str, changes: bool) -> None:
    replacement = DigitReplacement(PIECES, random.Random(1))
    given = ids(source), ids(target)
    changed = 0
    for _ in range(30):
        found = replacement.replace(*given)
        (number,), (other,) = (re.findall(r"\d+", spelled(side)) or [""] for side in found)
        if changes:
            assert number == other
            assert len(number) == len(re.findall(r"\d+", source)[0])
            assert number[0] != "0"
            assert len(number) > 1 or number != "1"
        changed += [spelled(side) for side in found] != [source, target]
    assert bool(changed) == changes
    assert [spelled(side) for side in given] == [source, target]  # what is packed stays as it is


def test_a_number_is_the_same_wherever_it_stands() -> None:
    source, target = DigitReplacement(PIECES, random.Random(3)).replace(ids("▁24▁24▁7,99"), ids("24▁7.24"))
    first, second, seven, alone = re.findall(r"\d+", spelled(source))
    assert re.findall(r"\d+", spelled(target)) == [first, seven, first]
    assert first == second != "24"
    assert alone == "99"


def test_without_pieces_for_digits_nothing_is_replaced() -> None:
    pieces = [piece for piece in PIECES if piece != "9"]
    given = np.array([3, 4]), np.array([3, 4])
    replaced = DigitReplacement(pieces, random.Random(1)).replace(*given)
    assert all((one == other).all() for one, other in zip(given, replaced, strict=True))
