"""What ready-made slots are filled with: the same thing on both sides."""

from __future__ import annotations

import re
from random import Random

import pytest

from training.slots import fillers, with_english_ending, with_indian_commas
from training.templates import READY_MADE, read

FILLERS = fillers(read(READY_MADE).lists)
DRAWS = 300


def drawn(slot: str) -> list[tuple[str, str]]:
    chance = Random(1)
    return [FILLERS[slot](chance) for _ in range(DRAWS)]


@pytest.mark.parametrize(
    "slot",
    "country capital demonym icity state person ministry date daymonth month year weekday num bignum lakhcrore pct "
    "ordf ordm ordo acro".split(),
)
def test_every_ready_made_slot_varies_and_repeats_with_the_seed(slot: str) -> None:
    found = drawn(slot)
    assert found == drawn(slot)
    assert len(set(found)) >= 8
    assert all(hindi and english and not re.search(r"[\u0900-\u097f]", english) for hindi, english in found)


@pytest.mark.parametrize("slot", ["date", "daymonth", "num", "year", "pct"])
def test_the_numbers_of_both_sides_are_the_same(slot: str) -> None:
    for hindi, english in drawn(slot):
        assert sorted(re.findall(r"[\d.]*\d", hindi)) == sorted(re.findall(r"[\d.]*\d", english))


def test_big_numbers_have_the_commas_of_their_language() -> None:
    for hindi, english in drawn("bignum"):
        assert hindi.replace(",", "") == english.replace(",", "")
        assert re.fullmatch(r"\d{1,2}(,\d\d)*,\d{3}", hindi)


def test_lakh_and_crore_keep_their_value() -> None:
    units = {"लाख": 1e5, "करोड़": 1e7, "करोड": 1e7, "lakh": 1e5, "crore": 1e7, "million": 1e6}
    kinds = set()
    for filling in drawn("lakhcrore"):
        (number, unit), (other, other_unit) = (side.split() for side in filling)
        assert float(number) * units[unit] == pytest.approx(float(other) * units[other_unit])
        kinds.add(other_unit)
    assert kinds == {"lakh", "crore", "million"}


@pytest.mark.parametrize(("slot", "hindi"), [("ordf", "पहली"), ("ordm", "पहला"), ("ordo", "पहले")])
def test_ordinals_agree_with_their_noun(slot: str, hindi: str) -> None:
    found = drawn(slot)
    assert (hindi, "first") in found
    assert {hindi[-1] for hindi, _ in found} <= {"ordf": {"ी", "ं"}, "ordm": {"ा", "ं", "ँ"}, "ordo": {"े", "ं"}}[slot]


@pytest.mark.parametrize(("number", "written"), [(5, "5"), (999, "999"), (1000, "1,000"), (12345678, "1,23,45,678")])
def test_indian_commas(number: int, written: str) -> None:
    assert with_indian_commas(number) == written


@pytest.mark.parametrize(("number", "written"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (12, "12th"), (13, "13th"), (22, "22nd")])
def test_english_ordinals(number: int, written: str) -> None:
    assert with_english_ending(number) == written
