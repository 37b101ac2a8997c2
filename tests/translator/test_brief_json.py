"""The JSON form of a brief, there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from glossary.model import Term
from translator.documents.brief_json import brief_as_json, brief_from_json, segment_as_json, segment_from_json
from translator.errors import DocumentError
from translator.memory.values import Remembered, Similar
from translator.values import Brief, Flag, Pin, Placement, Segment

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
