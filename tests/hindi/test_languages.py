from __future__ import annotations

import pytest

from hindi.languages import Detection, detections, source_language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("बैठक में निर्णय लिया गया।", [("hi", 100.0)]),
        ("It was decided at the meeting.", [("en", 100.0)]),
        ("बैठक NITI Aayog में हुई।", [("hi", 60.0), ("en", 40.0)]),
        ("The word बैठक is Hindi.", [("en", 80.0), ("hi", 20.0)]),
        ("बैठक meeting", [("hi", 50.0), ("en", 50.0)]),  # Hindi first where both are as many
        ("Đà Nẵng café d’été", [("en", 100.0)]),
        ("फ़ाइल https://example.org/a/long/address me@example.org", [("hi", 100.0)]),
        ("१२३ 123 । | — .", [("en", 0.0)]),
        ("Привет", [("en", 0.0)]),
        ("", [("en", 0.0)]),
    ],
)
def test_languages_are_told_by_the_letters_of_words(text: str, found: list[tuple[str, float]]) -> None:
    assert [(each.language, each.confidence) for each in detections(text)] == found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ministry of Finance\nGovernment of India\nबैठक का विवरण", Detection("hi", 33.3)),
        ("The word बैठक is Hindi.", Detection("en", 80.0)),
        ("Agenda\nMinutes of the meeting", Detection("en", 100.0)),
        ("", Detection("en", 0.0)),
    ],
)
def test_a_note_with_any_hindi_line_is_translated(text: str, source: Detection) -> None:
    assert source_language(text) == source
