from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hindi.numbers import find


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
        # units
        ("23 हजार अभ्यर्थी", "23000"),
        ("3 लाख 62 हजार लोग", "362000"),
        ("79 करोड़ 20 लाख डॉलर", "792000000"),
        ("10 हजार 344 भारतीय", "10344"),
        ("1.5 लाख करोड़ रुपये", "1500000000000"),
        ("पच्चीस लाख", "2500000"),
        ("सौ साल, एक हज़ार", "100 1000"),
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
        # numbers side by side are not one
        ("2, 3 लाख", "2 300000"),
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


@given(st.text() | st.text("0123456789१२,.:- लाखकरोड़साढ़ेदो", max_size=40))
def test_numbers_are_in_order_and_do_not_overlap(text: str) -> None:
    numbers = find(text)
    assert all(0 <= number.start < number.end <= len(text) for number in numbers)
    assert all(one.end <= other.start for one, other in pairwise(numbers))
