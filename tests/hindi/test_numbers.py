from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hindi.numbers import HINDI, Vocabulary, find, measured
from translator.english_numbers import ENGLISH


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8 अप्रैल 2024 को", "8 2024"),
        ("१७ अक्टूबर, २०२३", "17 2023"),
        ("रु. 1,87,500 और 1,234,567", "187500 1234567"),
        ("7.8 प्रतिशत", "7.8"),
        ("10:30 बजे", "10.30"),
        ("6वीं बैठक, 21वाँ सत्र", "6 21"),
        ("2020-21 में", "2020 21"),
        ("33-33 लोग, 45 - 45 कर्मी", "33 45"),
        ("10, 20 और 30।", "10 20 30"),
        ("बैठक 2024. अगली", "2024"),
        # words
        ("पाँचवीं और सातवें, दो दल, तीनों", "5 7 2 3"),
        ("चौबीस घंटे, निन्यानवे", "24 99"),
        ("शत-प्रतिशत", "100"),
        ("पैंतालिस, चालिस, पंचानबे", "45 40 95"),
        ("छठवीं, सौवां, इक्कीसवीं, पंचम", "6 100 21 5"),
        ("सात दशमलव आठ, 7 दशमलव दो पांच, तीन दशमलव", "7.8 7.25 3"),
        ("उन्नीस सौ सैंतालीस", "1947"),
        # units
        ("23 हजार अभ्यर्थी", "23000"),
        ("3 लाख 62 हजार लोग", "362000"),
        ("79 करोड़ 20 लाख डॉलर", "792000000"),
        ("10 हजार 344 भारतीय", "10344"),
        ("1.5 लाख करोड़ रुपये", "1500000000000"),
        ("पच्चीस लाख", "2500000"),
        ("सौ साल, एक हज़ार", "100 1000"),
        ("दो सौ पचास करोड़, बारह हज़ार पाँच सौ", "2500000000 12500"),
        ("10 लाख 5 करोड़, 5 हजार 6 हजार", "1000000 50000000 5000 6000"),
        ("20लाख, 2 दर्जन", "2000000 24"),
        ("2 अरब 5 करोड़, 375 मिलियन, 4 बिलियन", "2050000000 375000000 4000000000"),
        # fractions
        ("डेढ़ करोड़", "15000000"),
        ("ढाई घंटे", "2.5"),
        ("साढ़े तीन लाख", "350000"),
        ("साढ़े 14 किलोमीटर", "14.5"),
        ("सवा लाख", "125000"),
        ("सवा दो", "2.25"),
        ("पौने दो", "1.75"),
        ("साढ़े दस बजे", "10.30"),
        ("सवा नौ बजे", "9.15"),
        ("पौने नौ बजे, डेढ़ बजे", "8.45 1.30"),
        ("आधा करोड़, आधी रात", "5000000 0.5"),
        ("पौन लाख", "75000"),
        # numbers side by side are not one
        ("2, 3 लाख", "2 300000"),
        ("10,20,30 और 8,2024", "10 20 30 8 2024"),
        ("1,234.5", "1234.5"),
        ("एक दो", "1 2"),
        ("कुछ नहीं", ""),
        ("\U0001ccf0", ""),  # a digit of a newer Unicode than Python's
    ],
)
def test_values(text: str, values: str) -> None:
    assert [number.value for number in find(text)] == [Decimal(value) for value in values.split()]


@pytest.mark.parametrize(
    ("text", "attached"),
    [("KAZIND-2023", True), ("सी-17 विमान", True), ("जी20", True), ("COP29", True), ("2023 में", False), ("फरवरी 17", False)],
)
def test_a_number_may_hang_on_a_name(text: str, attached: bool) -> None:
    assert [number.attached for number in find(text)] == [attached]


def test_positions() -> None:
    text = "लगभग 3 लाख 62 हजार लोग"
    (number,) = find(text)
    assert (text[number.start : number.end], number.digits) == ("3 लाख 62 हजार", True)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("forty-eight, twenty-first, sixth, 21st", "48 21 6 21"),
        ("two hundred and fifty crore", "2500000000"),
        ("a hundred and one, hundred men and two officers", "101 100 2"),
        ("one and a half crore, two and three-quarters", "15000000 2.75"),
        ("half a million, half of it", "500000 0.5"),
        ("seven point two five", "7.25"),
        ("a 5-million loan, $5bn, Rs 20 cr", "5000000 5000000000 200000000"),
        ("CR 7, 5 thousand and 20", "7 5000 20"),
        ("Rs 2 lakh crore", "2000000000000"),
    ],
)
def test_english_values(text: str, values: str) -> None:
    assert [number.value for number in find(text, ENGLISH)] == [Decimal(value) for value in values.split()]


@pytest.mark.parametrize(
    ("vocabulary", "text", "expected"),
    [
        (HINDI, "7.8 प्रतिशत, 5%, दस फ़ीसदी", "7.8 %, 5 %, 10 %"),
        (HINDI, "रु. 1,87,500 और ₹ 5 और 20 रुपए", "187500 INR, 5 INR, 20 INR"),
        (HINDI, "5 मिलियन अमेरिकी डॉलर", "5000000 USD"),
        (HINDI, "7 से 8 प्रतिशत", "7 %, 8 %"),
        (HINDI, "1 प्रतिशत और 2028", "1 %, 2028"),
        (HINDI, "20 लोग", "20"),
        (ENGLISH, "Rs. 5 crore, 5 crore rupees, US$ 5", "50000000 INR, 50000000 INR, 5 USD"),
        (ENGLISH, "7.8 per cent, 5 per day, 6 percent", "7.8 %, 5, 6 %"),
        (ENGLISH, "Rs 5 to 10", "5 INR, 10 INR"),
        (ENGLISH, "5 million US dollars", "5000000 USD"),
    ],
)
def test_measures(vocabulary: Vocabulary, text: str, expected: str) -> None:
    assert ", ".join(f"{one.number.value:f} {one.measure}".strip() for one in measured(text, vocabulary)) == expected


@pytest.mark.parametrize(
    ("text", "scaled"),
    [("5-10 करोड़", "50000000 100000000"), ("2 से 3 लाख करोड़", "2000000000000 3000000000000"), ("5 लोग, 10 करोड़", "5 100000000")],
)
def test_the_ends_of_a_range_may_share_a_unit(text: str, scaled: str) -> None:
    assert [one.scaled for one in measured(text)] == [Decimal(value) for value in scaled.split()]


@given(st.text() | st.text("0123456789१२,.:- लाखकरोड़साढ़ेदो", max_size=40))
def test_numbers_are_in_order_and_do_not_overlap(text: str) -> None:
    numbers = find(text)
    assert all(0 <= number.start < number.end <= len(text) for number in numbers)
    assert all(one.end <= other.start for one, other in pairwise(numbers))
