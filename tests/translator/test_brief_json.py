"""The JSON form of a brief, there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.model import Term
from translator.documents.brief_json import brief_as_json, brief_from_json, segment_as_json, segment_from_json
from translator.errors import DocumentError
from translator.memory.values import Remembered, Similar
from translator.values import RUNGS, Brief, Flag, Pin, Placement, Segment

SEGMENT = Segment(
    "नेपाल ५",
    "Nepal 5",
    (
        Placement(Pin(0, 5, "Nepal", Term("नेपाल", "Nepal", id=7)), 0, 5),
        Placement(Pin(6, 7, "5"), 6, 7),
    ),
    (Flag("numbers", "Look.", "warning", (6, 7), (6, 7)), Flag("length", "Short.")),
    "tagged",
    -0.25,
    (Similar(Remembered("नेपाल ४", "Nepal 4", id=3), 80, (), ()),),
)


def test_a_segment_comes_back_as_it_was() -> None:
    assert segment_from_json(json.loads(json.dumps(segment_as_json(SEGMENT)))) == SEGMENT


def test_a_real_brief_comes_back_with_all_that_its_form_holds(seed_brief: Brief) -> None:
    values = json.loads(json.dumps(brief_as_json(seed_brief)))
    found = brief_from_json(values)
    assert brief_as_json(found) == brief_as_json(seed_brief)
    assert found.created == seed_brief.created.replace(microsecond=0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other"}, "not a brief"),
        ({"version": 99}, "version 1"),
        ({"created": "yesterday"}, "yesterday"),
        ({"blocks": [{"kind": "paragraph"}]}, "segments"),
        ({"blocks": [{"kind": "paragraph", "level": 0, "marker": "", "segments": [{"source": "x"}]}]}, "target"),
    ],
)
def test_a_wrong_form_is_refused_with_its_place(seed_brief: Brief, change: dict[str, Any], words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        brief_from_json({**brief_as_json(replace(seed_brief, blocks=())), **change})


WRONG = [
    (("source",), 5, "the segment.source is 5, not a text"),
    (("rung",), "best", "the segment.rung is 'best', not one of untouched"),
    (("score",), True, "the segment.score is True, not a number"),
    (("pins", 0, "target"), [5, 0], r"the segment.pins\[0\].target is \[5, 0\], not a span"),
    (("pins", 0, "term_id"), "7", r"the segment.pins\[0\].term_id is '7', not a whole number"),
    (("flags", 1, "severity"), "fatal", r"the segment.flags\[1\].severity is 'fatal', not one of error, warning"),
    (("flags",), None, "the segment.flags is None, not a list"),
    (("similar", 0), "x", r"the segment.similar\[0\].source is missing"),
]


@pytest.mark.parametrize(("way", "value", "words"), WRONG)
def test_a_wrong_field_of_a_segment_is_named(way: tuple[Any, ...], value: Any, words: str) -> None:
    values = json.loads(json.dumps(segment_as_json(SEGMENT)))
    around = values
    for step in way[:-1]:
        around = around[step]
    around[way[-1]] = value
    with pytest.raises(DocumentError, match=words):
        segment_from_json(values)


@pytest.mark.parametrize("name", list(segment_as_json(SEGMENT)))
def test_a_missing_field_is_named(name: str) -> None:
    values = segment_as_json(SEGMENT)
    del values[name]
    with pytest.raises(DocumentError, match=f"the segment.{name} is missing"):
        segment_from_json(values)


def test_what_is_no_brief_at_all_is_refused() -> None:
    with pytest.raises(DocumentError, match="not a brief"):
        brief_from_json([])  # type: ignore[arg-type]


_SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted).map(tuple)
_PINS = st.builds(
    lambda span, english, hindi, number: Pin(*span, english, hindi and Term(hindi, english, id=number)),
    _SPANS,
    st.text(),
    st.none() | st.text(min_size=1),
    st.integers(0),
)
_SEGMENTS = st.builds(
    Segment,
    st.text(),
    st.text(),
    st.lists(st.builds(lambda pin, span: Placement(pin, *span), _PINS, _SPANS), max_size=3).map(tuple),
    st.lists(
        st.builds(Flag, st.text(), st.text(), st.sampled_from(["error", "warning"]), st.none() | _SPANS, st.none() | _SPANS),
        max_size=3,
    ).map(tuple),
    st.sampled_from([*RUNGS, "memory", "edited"]),
    st.integers(-90_000, 0).map(lambda score: score / 10_000),
)


@given(_SEGMENTS)
def test_any_segment_comes_back_as_it_was(segment: Segment) -> None:
    assert segment_from_json(json.loads(json.dumps(segment_as_json(segment)))) == segment
