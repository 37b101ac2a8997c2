from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.engines.base import Attention, Hypothesis
from translator.pinning import Source, align, inline_source, read_inline, read_tagged, tagged_source
from translator.values import Pin

TEXT = "“भारत” संयुक्त कार्य समूह – २०२४"
PINS = (Pin(1, 5, "India"), Pin(7, 25, "Joint Working Group"))


def test_pins_are_written_into_canonical_text() -> None:
    source = tagged_source(TEXT, PINS)
    assert source.text == '"<pin> India </pin>" <pin> Joint Working Group </pin> - 2024'
    assert [source.text[start:end] for start, end in source.spans] == ["<pin> India </pin>", "<pin> Joint Working Group </pin>"]
    assert inline_source(TEXT, PINS).text == '"India" Joint Working Group - 2024'


@pytest.mark.parametrize(
    ("hypothesis", "text"),
    [
        ("<pin> India </pin> and the <pin> Joint Working Group </pin>.", "India and the Joint Working Group."),
        ("The <pin> joint working group </pin> of <pin> India </pin>", "The Joint Working Group of India"),
        # misspelled within its tags: set right
        ("<pin> India </pin>, <pin> Joint Workin Grup </pin>", "India, Joint Working Group"),
        ("<pin> Indi </pin>, <pin> xyz </pin>", "India, Joint Working Group"),
    ],
)
def test_tagged_phrases_become_their_pins(hypothesis: str, text: str) -> None:
    restored = read_tagged(hypothesis, PINS)
    assert restored is not None
    assert restored.text == text
    assert not restored.missing
    assert {place.pin.target: text[place.start : place.end] for place in restored.placements} == {
        pin.target: pin.target for pin in PINS
    }


@pytest.mark.parametrize(
    "hypothesis",
    [
        "India and the Joint Working Group",
        "<pin> India </pin>",
        "<pin> India </pin> <pin> Joint Working Group </pin> <pin> India </pin>",
        "<pin> India </pin> <pin> Joint Working Group",
        "<pin> qqq </pin> <pin> zzz </pin>",
    ],
)
def test_tags_that_do_not_correspond_to_the_pins_are_refused(hypothesis: str) -> None:
    assert read_tagged(hypothesis, PINS) is None


def test_inline_pins_are_found_as_whole_words_and_the_longest_first() -> None:
    pins = (Pin(0, 1, "working group"), Pin(2, 3, "Joint Working Group"), Pin(4, 5, "India"))
    restored = read_inline("The Joint Working Group and Indiana", pins)
    assert [place.pin.target for place in restored.placements] == ["Joint Working Group"]
    assert [pin.target for pin in restored.missing] == ["working group", "India"]


def test_a_pin_that_stands_too_often_is_surplus() -> None:
    assert read_inline("India, India and Joint Working Group", PINS).surplus == 1


def test_a_missing_pin_takes_the_place_of_the_words_that_looked_at_it() -> None:
    source = Source("KD Dewal ne", ((0, 8),))
    text = "Mr Devol came"
    attention = Attention(
        weights=[[0.1, 0.8, 0.1], [0.1, 0.9, 0.0], [0.0, 0.1, 0.9]],
        source_spans=((0, 2), (2, 8), (8, 11)),
        target_spans=((0, 2), (2, 8), (8, 13)),
    )
    pins = (Pin(0, 8, "KD Dewal"),)
    restored = align(read_inline(text, pins), Hypothesis(text, -1.0, attention), source, pins)
    assert restored.text == "KD Dewal came"
    assert not restored.missing


def test_a_pin_that_no_word_looked_at_stays_missing() -> None:
    source = Source("KD Dewal ne", ((0, 8),))
    attention = Attention([[0.0, 0.05, 0.95]], ((0, 2), (2, 8), (8, 11)), ((0, 4),))
    pins = (Pin(0, 8, "KD Dewal"),)
    restored = align(read_inline("came", pins), Hypothesis("came", -1.0, attention), source, pins)
    assert (restored.text, [pin.target for pin in restored.missing]) == ("came", ["KD Dewal"])


TARGETS = st.lists(st.sampled_from(["India", "Joint Working Group", "UN", "KAZIND-2023", "counter-terrorism"]), max_size=6)


@given(TARGETS, st.lists(st.text("कखग ।", max_size=8), min_size=7, max_size=7))
def test_what_is_pinned_and_copied_comes_back_whole(targets: list[str], between: list[str]) -> None:
    text, pins = "", []
    for words, target in zip(between, targets, strict=False):
        text += words + " "
        pins.append(Pin(len(text), len(text) + 3, target))
        text += "शब्द"[:3] + " "
    restored = read_tagged(tagged_source(text, pins).text, pins)
    assert restored is not None
    assert [place.pin for place in restored.placements] == pins
    assert all(restored.text[place.start : place.end] == place.pin.target for place in restored.placements)
