"""Rewriting keeps the way back."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as some

from translator.engines.traced import Traced, rewrite, traced

BLANKS, DIGITS, NOTHING = regex.compile(r" +"), regex.compile(r"[०-९]"), regex.compile(r"\bx\b")


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "rewritten", "part", "origin"),
    [
        ("क  ख", BLANKS, " ", "क ख", " ", "  "),
        ("क  ख", BLANKS, " ", "क ख", "ख", "ख"),
        ("क ख ग", BLANKS, "", "कखग", "खग", "ख ग"),
        ("(क)", regex.compile(r"[()]"), r" \g<0> ", " ( क ) ", " ( ", "("),
        ("२ और ३", DIGITS, lambda match: "two" if match[0] == "२" else "three", "two और three", "wo", "२"),
    ],
)
def test_each_part_comes_from_what_it_was(
    text: str, pattern: regex.Pattern[str], replacement: object, rewritten: str, part: str, origin: str
) -> None:
    done = rewrite(traced(text), pattern, replacement)  # type: ignore[arg-type]
    assert done.text == rewritten
    start = done.text.index(part)
    assert text[slice(*done.origin((start, start + len(part))))] == origin


@pytest.mark.parametrize(
    ("span", "stands"),
    [((0, 1), (0, 1)), ((0, 4), (0, 3)), ((1, 3), (1, 2)), ((3, 4), (2, 3)), ((4, 4), (3, 3))],
)
def test_each_part_is_found_in_what_it_has_become(span: tuple[int, int], stands: tuple[int, int]) -> None:
    assert rewrite(traced("क  ख"), BLANKS, " ").result(span) == stands


def test_what_has_been_taken_out_stands_nowhere() -> None:
    assert rewrite(traced("क ख"), BLANKS, "").result((1, 2)) == (1, 1)


def test_an_empty_part_comes_from_an_empty_place() -> None:
    assert [traced("कख").origin((at, at)) for at in range(3)] == [(0, 0), (1, 1), (2, 2)]
    assert Traced("", ()).origin((0, 0)) == (0, 0)


@given(some.text(alphabet="कख २३", max_size=20))
def test_every_character_has_one_origin_and_they_are_in_order(text: str) -> None:
    done = traced(text)
    for pattern, replacement in ((BLANKS, " "), (DIGITS, "<1>"), (NOTHING, ""), (BLANKS, "")):
        done = rewrite(done, pattern, replacement)
    assert len(done.spans) == len(done.text)
    assert list(done.spans) == sorted(done.spans)
    assert all(text[slice(*span)] == char for char, span in zip(done.text, done.spans, strict=True) if char in "कख")
