from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.quantities import lost_quantities, quantities_kept
from translator.values import Pin

PLAIN = [
    ("बैठक 8 अप्रैल 2024 को हुई।", "The meeting was held on 8 April 2024.", ""),
    ("बैठक ८ अप्रैल २०२४ को हुई।", "The meeting was held on 8 April 2024.", ""),
    ("बैठक 8 अप्रैल 2024 को हुई।", "The meeting was held in April 2024.", "number"),
    ("बैठक 8 अप्रैल को हुई।", "The meeting was held on 9 April.", "number number"),
    ("6वीं बैठक", "sixth meeting", ""),
    ("6वीं बैठक", "6th meeting", ""),
    ("पांचवीं बैठक", "5th meeting", ""),
    ("बैठक हुई", "12 meetings", "number"),
    ("1,87,500 रुपये", "Rs 187,500", ""),
    ("10 और 10", "10 and others", "number"),
    ("23 हजार लोग", "23,000 people", ""),
    ("3 लाख 62 हजार लोग", "3.62 lakh people", ""),
    ("37.5 करोड़ डॉलर", "375 million dollars", ""),
    ("60 लाख बोरियाँ", "Sixty lakh sandbags", ""),
    ("48 समूह", "Forty-eight groups", ""),
    ("डेढ़ करोड़ रुपये", "Rs 1.5 crore", ""),
    ("साढ़े दस बजे", "at 10.30 am", ""),
    ("चौबीस घंटे", "24 hours", ""),
    ("चौबीस घंटे", "round the clock", ""),
    ("दो सी-17 विमान", "two C-17 aircraft", ""),
    ("एक मैच में 3-1 से", "won a match 3-1", ""),
    ("जी-20 बैठक", "G20 meeting", ""),
    ("बैठक में", "C-17 meeting", ""),
    ("23 हजार लोग", "23 people", "number number"),
    ("231 लोग", "239 people", "number number"),
    ("5-10 करोड़ लोग", "5 crore to 10 crore people", ""),
    ("2.5 घंटे", "two and a half hours", ""),
    ("250 करोड़", "two hundred and fifty crore", ""),
    ("पच्चीस लाख लोग", "some people", "number"),
    ("हजार लोग, दोनों", "some people", ""),
]
DATES = [
    ("8 अप्रैल 2024 को", "on April 8, 2024", ""),
    ("8 अप्रैल 2024 को", "on 08/04/2024", ""),
    ("08.04.2024 को", "on 8 April 2024", ""),
    ("आठ अप्रैल को", "on 8 April", ""),
    ("17-18 अक्टूबर 2023", "17 and 18 October 2023", ""),
    ("30 अक्टूबर से 11 नवंबर 2023", "from 30 October to 11 November 2023", ""),
    ("8 अप्रैल 2024 से 10 अप्रैल 2024", "8 to 10 April 2024", ""),
    ("8 अप्रैल 2024 को और 10 मई 2024 को", "on 8 April 2024 and on 10 May", ""),
    ("वर्ष 2020-21 में", "in 2020-21", ""),
    ("वर्ष 2020-21 में", "in 2020-2021", ""),
    ("पिछले वर्ष अप्रैल में", "in April last year", ""),
    ("मार्च निकाला", "took out a rally", ""),
    ("जुलाई में", "it may rise in July", ""),
    # changed
    ("8 अप्रैल 2024 को", "on 9 April 2024", "date"),
    ("8 अप्रैल 2024 को", "on 8 May 2024", "date"),
    ("8 अप्रैल 2024 को", "on 8 April 2023", "date"),
    ("08/04/2024 को", "on 8 May 2024", "date"),
    ("8 अप्रैल को", "on 8 May", "date"),
    ("अप्रैल 2024 में", "in May 2024", "date"),
    ("अप्रैल में", "in August", "date"),
    ("8 अप्रैल को", "on 8th", "date"),
    ("8 अप्रैल 2024 को बैठक", "the meeting", "date"),
    ("बैठक", "the meeting on 8 April 2024", "date"),
    ("2020-21 में", "in 2021-22", "number number"),
]
TIMES = [
    ("सुबह 10:30 बजे", "at 10.30 am", ""),
    ("शाम साढ़े पांच बजे", "at 5:30 pm", ""),
    ("शाम साढ़े पांच बजे", "at 17:30", ""),
    ("शाम साढ़े पांच बजे", "at half past five", ""),
    ("दोपहर 12 बजे", "at noon", ""),
    ("रात 11 बजकर 40 मिनट पर", "at 11:40 at night", ""),
    ("10 बजे से 5 बजे तक", "10 am to 5 pm", ""),
    ("17:30 बजे", "at 1730 hours", ""),
    ("10 बजे", "at ten", ""),
    ("सुबह दस बजे", "in the morning", ""),
    ("10.30 पर", "at 10:30 am", ""),
    # changed
    ("सुबह 10:30 बजे", "at 10:30 pm", "date"),
    ("सुबह 10:30 बजे", "at 11:30 am", "date"),
    ("शाम साढ़े पांच बजे", "at 5 pm", "date"),
    ("शाम 5 बजे", "in the evening", "date"),
    ("बैठक शाम को", "the meeting at 5 pm", "date"),
]
MEASURES = [
    ("7.8 प्रतिशत", "7.8 per cent", ""),
    ("7.8 फीसदी", "7.8%", ""),
    ("दस प्रतिशत", "10 percent", ""),
    ("सात दशमलव आठ प्रतिशत", "7.8 per cent", ""),
    ("41 प्रतिशत से बढ़ाकर 50 प्रतिशत", "from 41 to 50 per cent", ""),
    ("5 करोड़ रुपये", "Rs 5 crore", ""),
    ("5 करोड़ रुपये", "50 million rupees", ""),
    ("₹ 5 करोड़", "INR 50 million", ""),
    ("5 लाख करोड़ रुपये", "Rs 5 trillion", ""),
    ("5-10 करोड़ रुपये", "Rs 5-10 crore", ""),
    ("5 मिलियन अमेरिकी डॉलर", "US$ 5 million", ""),
    ("लागत 5 करोड़", "it cost Rs 5 crore", ""),
    ("निर्यात 56 और आयात 105 डॉलर", "exports of $56 and imports of $105", ""),
    ("शत-प्रतिशत लक्ष्य", "the target in full", ""),
    ("1 प्रतिशत और 2028 में 2 प्रतिशत", "1 per cent and 2 per cent in 2028", ""),
    # changed
    ("7.8 प्रतिशत", "7.8", "number"),
    ("7.8", "7.8 per cent", "number"),
    ("5 करोड़ रुपये", "5 crore", "number"),
    ("5 करोड़ रुपये", "$50 million", "number"),
    ("5 करोड़ रुपये", "Rs 5 lakh", "number number"),
    ("डेढ़ करोड़ रुपये", "$15 million", "number"),
    ("तीस करोड़ रुपये", "money", "number"),
    ("5 यूरो", "5 dollars", "number"),
    ("5 डॉलर", "5 per day", "number"),
]


@pytest.mark.parametrize(("source", "target", "kinds"), PLAIN + DATES + TIMES + MEASURES)
def test_kinds(source: str, target: str, kinds: str) -> None:
    assert [flag.kind for flag in quantities_kept(source, target)] == kinds.split()


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("8 अप्रैल 2024 को", "on 9 April 2024", ["The date 8 अप्रैल 2024 is 9 April 2024 in the English; correct it."]),
        ("शाम 5 बजे", "at 6 pm", ["The time शाम 5 बजे is 6 pm in the English; correct it."]),
        ("7.8 प्रतिशत", "7.8", ["The number 7.8 प्रतिशत is 7.8 without per cent in the English; correct it."]),
        (
            "कुल 120 सदस्य",
            "130 members",
            ["The number 120 is not in the English; put it in.", "The number 130 is not in the Hindi; take it out."],
        ),
    ],
)
def test_messages_say_what_to_do(source: str, target: str, messages: list[str]) -> None:
    assert [flag.message for flag in quantities_kept(source, target)] == messages


def test_flags_point_at_the_place() -> None:
    lost, added = quantities_kept("कुल 120 सदस्य", "130 members")
    assert lost.source_span == (4, 7)
    assert added.target_span == (0, 3)


@pytest.mark.parametrize(
    ("source", "target", "pins"),
    [
        ("कुल १२० सदस्य, 5 दल", "5 teams", [Pin(4, 7, "120")]),
        ("लगभग 23 हजार लोग", "people", [Pin(5, 12, "23 thousand")]),
        ("साढ़े 14 किमी", "far", []),
        ("20लाख लोग", "people", [Pin(0, 5, "20 lakh")]),
        ("5 करोड़ रुपये", "$50 million", [Pin(0, 13, "Rs 5 crore")]),
        ("रु. 1,87,500", "money", [Pin(0, 12, "Rs 1,87,500")]),
        ("साढ़े तीन करोड़ रुपये", "money", [Pin(0, 21, "Rs 3.5 crore")]),
        ("5 मिलियन डॉलर", "money", [Pin(0, 13, "$5 million")]),
        ("7.8 प्रतिशत", "7.8", [Pin(0, 11, "7.8 per cent")]),
        ("८ अप्रैल, २०२४ को", "in May", [Pin(0, 14, "8 April 2024")]),
        ("8 अप्रैल 2024 को", "in April 2024", [Pin(0, 13, "8 April 2024")]),
        ("08/04/2024 को", "then", [Pin(0, 10, "8 April 2024")]),
        ("30 अक्टूबर से 11 नवंबर 2023", "then", [Pin(0, 10, "30 October"), Pin(14, 27, "11 November 2023")]),
        ("सुबह 10:30 बजे", "then", [Pin(0, 14, "10:30 am")]),
        ("रात 12 बजे", "then", [Pin(0, 10, "12 am")]),
        ("10 बजे", "then", [Pin(0, 6, "10 o’clock")]),
        ("बैठक", "12 meetings", []),
    ],
)
def test_what_is_lost_becomes_pins(source: str, target: str, pins: list[Pin]) -> None:
    assert list(lost_quantities(source, target)) == pins


_TEXT = st.text("0123456789१२,.:-/% ₹$अप्रैलमईसेबजेशामलाखरु AprilMayatpmlakhs", max_size=40)


@given(st.text() | _TEXT, st.text() | _TEXT)
def test_any_text_can_be_compared(source: str, target: str) -> None:
    for flag in quantities_kept(source, target):
        assert flag.source_span or flag.target_span
    pins = lost_quantities(source, target)
    assert all(source[pin.start : pin.end] and pin.target for pin in pins)
