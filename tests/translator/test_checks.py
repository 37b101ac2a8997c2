from __future__ import annotations

import pytest

from glossary.model import Term
from translator.checks import check
from translator.checks.source import suspicious
from translator.checks.terms import Forbidden, missing_pins
from translator.names import names_kept, with_one_spelling
from translator.values import Pin, Placement, Segment


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
        ("नहीं, नहीं, नहीं।", "No, no, no.", []),
        ("बैठक हुई।", "The meeting was held and it was held well.", []),
        # negation
        ("भारत सहमत नहीं है।", "India agrees.", ["negation"]),
        ("भारत सहमत नहीं है।", "India does not agree.", []),
        ("भारत सहमत नहीं है।", "India disagrees.", []),
        ("भारत असहमत है।", "India does not agree.", []),
        ("भारत सहमत है।", "India does not agree.", ["negation"]),
        ("यह न केवल सस्ता है बल्कि अच्छा है।", "It is cheap and good.", []),
        ("वह बिना बताए गया।", "He left without telling anyone.", []),
        ("28 फीसदी मत मिले।", "It won 28 per cent of the vote.", []),
        # length, broken off, quotation marks
        ("दोनों पक्षों ने आतंकवाद विरोधी सहयोग पर विचार किया।", "Both met.", ["length"]),
        (
            "दोनों पक्षों ने आतंकवाद विरोधी सहयोग पर विचार किया।",
            " ".join(f"and w{letter}rd" for letter in "abcdefghijklmn"),
            ["length"],
        ),
        ("दोनों पक्षों ने सहयोग पर विचार किया।", "The two sides considered cooperation on the.", ["truncated"]),
        ("दोनों पक्षों ने सहयोग पर विचार किया।", "The two sides took it in.", []),
        ("उन्होंने कहा, “यह सच है।”", "He said, “It is true.”", []),
        ("उन्होंने कहा, “यह सच है।”", 'He said, "It is true."', []),
        ("उन्होंने कहा, “यह सच है।”", "He said it is true.", ["quotes"]),
        ("उन्होंने कहा, “यह सच है।”", "He said, “It is true.", ["quotes"]),
        ("“यह सच है।", "“It is true.", []),
        ("विदेश मंत्रालय (MEA) ने कहा।", "the Ministry (MEA (said", ["brackets"]),
        ("विदेश मंत्रालय (MEA) ने कहा।", "the Ministry (MEA) said", []),
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


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("बैठक हुई। KD Dewal और C-17 आए।", []),
        ("बैठक मेंhui", ["मेंhui"]),
        ("यह िकताब है", ["िकताब"]),
        ("सरकाारी आदेश", ["सरकाारी"]),
        ("बैठ\ufffdक", ["बैठ\ufffdक"]),
        ("à¤¬à¥ˆठक", ["à¤¬à¥ˆठक"]),
        ("क्ष‍ेत्र में हिन्‍दी", []),  # joiners are no fault
    ],
)
def test_a_broken_source_is_pointed_at(source: str, broken: list[str]) -> None:
    flags = suspicious(source)
    assert [source[slice(*flag.source_span)] for flag in flags if flag.source_span] == broken
    assert {flag.kind for flag in flags} <= {"source-suspicious"}


def test_forbidden_english_is_named_with_the_preferred() -> None:
    forbidden = Forbidden([Term("आतंकवादी", "militant", kind="forbidden", preferred="terrorist"), Term("आतंकवादी", "terrorist")])
    source = "तीन आतंकवादियों को पकड़ा गया।"
    (flag,) = forbidden.check(source, "Three militants were caught.")
    assert (flag.kind, flag.severity) == ("forbidden-term", "error")
    assert "write “terrorist”" in flag.message
    assert source[slice(*flag.source_span)] == "आतंकवादियों"  # type: ignore[misc]
    assert forbidden.check(source, "Three terrorists were caught.") == []
    assert forbidden.check("तीन लोग पकड़े गए।", "Three militants were caught.") == []
    pinned = Placement(Pin(0, 1, "militants"), 6, 15)
    assert forbidden.check(source, "Three militants were caught.", [pinned]) == []


def test_a_missing_pin_is_told_with_its_place() -> None:
    pin, kept = Pin(6, 10, "Joint Working Group", Term("x", "y")), Placement(Pin(0, 4, "India"), 0, 5)
    (flag,) = missing_pins([pin], [kept], "भारत संयुक्त")
    assert (flag.kind, flag.target_span) == ("term-missing", (5, 5))


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("प्रधानमंत्री नरेंद्र मोदी ने कहा।", "Prime Minister Narendra Modi said.", 0),
        ("प्रधानमंत्री नरेंद्र मोदी ने कहा।", "Prime Minister Narinder Mody said.", 0),
        ("प्रधानमंत्री नरेंद्र मोदी ने कहा।", "The Prime Minister said.", 1),
        ("श्री प्रशांत कामत आए।", "The pacific mind came.", 1),
        ("राष्ट्रपति भवन में बैठक हुई।", "The meeting was held at Rashtrapati Bhavan.", 0),
        ("बैठक हुई।", "The meeting was held.", 0),
    ],
)
def test_names_must_be_there_as_they_sound(source: str, target: str, missing: int) -> None:
    assert len(names_kept(source, target)) == missing


def test_a_name_has_one_spelling_in_a_document() -> None:
    segments = [
        Segment("सचिव अरिंदम बागची ने कहा।", "Secretary Arindam Bagchi said."),
        Segment("बागची ने बताया।", "Baagchee told us."),
        Segment("अरिंदम बागची आए।", "Arindum Bagchi came."),
        Segment("बागची गए।", "Bagche went.", (Placement(Pin(0, 5, "Bagche"), 0, 6),)),
    ]
    assert [segment.target for segment in with_one_spelling(segments)] == [
        "Secretary Arindam Bagchi said.",
        "Bagchi told us.",
        "Arindam Bagchi came.",
        "Bagche went.",
    ]


def test_a_place_has_one_spelling_too_and_other_words_stay() -> None:
    segments = [
        Segment("बैठक कोस्तानाई में हुई।", "The meeting was held in Kostanay."),
        Segment("कोस्तानाई की पुलिस आई।", "The Police of Costanai came."),
        Segment("पुलिस की नीति कोस्तानाई में।", "The Policy of Kostanaj."),
    ]
    assert [segment.target for segment in with_one_spelling(segments)] == [
        "The meeting was held in Kostanay.",
        "The Police of Kostanay came.",
        "The Policy of Kostanay.",
    ]
