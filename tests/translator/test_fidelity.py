from __future__ import annotations

import pytest

from translator.fidelity import check, lost_numbers
from translator.values import Pin


@pytest.mark.parametrize(
    ("source", "target", "kinds"),
    [
        ("बैठक 8 अप्रैल 2024 को हुई।", "The meeting was held on 8 April 2024.", []),
        ("बैठक ८ अप्रैल २०२४ को हुई।", "The meeting was held on 8 April 2024.", []),
        ("बैठक 8 अप्रैल 2024 को हुई।", "The meeting was held in April 2024.", ["number"]),
        ("बैठक 8 अप्रैल को हुई।", "The meeting was held on 9 April.", ["number", "number"]),
        ("6वीं बैठक", "sixth meeting", []),
        ("6वीं बैठक", "6th meeting", []),
        ("पांचवीं बैठक", "5th meeting", []),
        ("बैठक हुई", "12 meetings", ["number"]),
        ("1,87,500 रुपये", "Rs 187,500", []),
        ("10 और 10", "10 and others", ["number"]),
        ("23 हजार लोग", "23,000 people", []),
        ("3 लाख 62 हजार लोग", "3.62 lakh people", []),
        ("37.5 करोड़ डॉलर", "375 million dollars", []),
        ("60 लाख बोरियाँ", "Sixty lakh sandbags", []),
        ("48 समूह", "Forty-eight groups", []),
        ("डेढ़ करोड़ रुपये", "Rs 1.5 crore", []),
        ("साढ़े दस बजे", "at 10.30 am", []),
        ("चौबीस घंटे", "24 hours", []),
        ("दो सी-17 विमान", "two C-17 aircraft", []),
        ("एक मैच में 3-1 से", "won a match 3-1", []),
        ("जी-20 बैठक", "G20 meeting", []),
        ("बैठक में", "C-17 meeting", []),
        ("23 हजार लोग", "23 people", ["number", "number"]),
        ("231 लोग", "239 people", ["number", "number"]),
        ("बैठक हुई।", "The बैठक was held.", ["untranslated"]),
        ("बैठक हुई।", "", ["empty"]),
        ("बैठक हुई।", "the the the the the meeting", ["repetition"]),
        ("बैठक हुई।", "of the state of the state of the state of", ["repetition"]),
        ("बैठक हुई।", "No, no, no.", []),
        ("बैठक हुई।", "The meeting was held and it was held well.", []),
    ],
)
def test_check(source: str, target: str, kinds: list[str]) -> None:
    assert [flag.kind for flag in check(source, target)] == kinds


def test_flags_point_at_the_place() -> None:
    source, target = "कुल 120 सदस्य", "130 members"
    lost, added = check(source, target)
    assert lost.source_span == (4, 7)
    assert added.target_span == (0, 3)
    assert "120" in lost.message
    assert "130" in added.message


def test_lost_numbers_become_pins() -> None:
    assert lost_numbers("कुल १२० सदस्य, 5 दल", "5 teams") == (Pin(4, 7, "120"),)
    assert lost_numbers("लगभग 23 हजार लोग", "people") == (Pin(5, 12, "23 thousand"),)
    assert lost_numbers("साढ़े 14 किमी", "far") == ()
