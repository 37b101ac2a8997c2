from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hindi import numbers
from translator.english_numbers import ENGLISH
from translator.units import international


def edited(english: str) -> str:
    for start, end, text in reversed(international(english)):
        english = english[:start] + text + english[end:]
    return english


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("3.62 lakh people", "362,000 people"),
        ("1.5 crore people", "15 million people"),
        ("Rs 2 lakh crore", "Rs 2 trillion"),
        ("45 crore", "450 million"),
        ("Rs 450 crore", "Rs 4.5 billion"),
        ("Rs 500cr", "Rs 5 billion"),
        ("Rs 1,87,500", "Rs 187,500"),
        ("12,34,567.50", "1,234,567.50"),
        ("1,00,000 crore", "1 trillion"),
        ("twenty lakh people", "2 million people"),
        ("two hundred and fifty crore rupees", "2.5 billion rupees"),
        ("two and a half lakh, half a crore", "250,000, 5 million"),
        ("2 crore 50 lakh", "25 million"),
        ("0.5 lakh", "50,000"),
        # exact, however long
        ("1,234.56 crore", "12,345.6 million"),
        ("1.2345678 crore", "12,345,678"),
        ("12345678901234567890123456789 lakh", "12345678901234567890123456789 lakh"),
        # one unit for several
        ("5 to 10 lakh", "500,000 to 1 million"),
        ("Rs 5-10 crore", "Rs 50-100 million"),
        ("Rs 1,000 to 2,000 crore", "Rs 10 to 20 billion"),
        ("5, 6 and 7 crore", "50, 60 and 70 million"),
        ("Rs 50 lakh to Rs 1 crore", "Rs 5 million to Rs 10 million"),
        ("500 to 1 lakh", "500 to 100,000"),
        ("In 2023, 5 lakh people", "In 2023, 500,000 people"),
        ("April 8, 5 lakh people", "April 8, 500,000 people"),
        # how it is written
        ("a Rs 500-crore project", "a Rs 5-billion project"),
        ("a lakh people, a hundred crore", "100,000 people, 1 billion"),
        ("per lakh population", "per 100,000 population"),
        ("2 lakhs of people", "200,000 people"),
        ("lakhs of people, crores of rupees", "hundreds of thousands of people, tens of millions of rupees"),
        # nothing to do
        ("Lakh Singh, a crorepati of Lakhpat", "Lakh Singh, a crorepati of Lakhpat"),
        ("several lakh, several hundred crore", "several lakh, several hundred crore"),
        ("$3.5 million, 187,500 and 2,00 and 10,20,30", "$3.5 million, 187,500 and 2,00 and 10,20,30"),
        ("", ""),
    ],
)
def test_edits(english: str, expected: str) -> None:
    assert edited(english) == expected


def _values(text: str) -> list[Decimal]:
    return [number.value for number in numbers.find(text, ENGLISH)]


@given(st.decimals(min_value=0, max_value=10**6, places=4), st.sampled_from(["lakh", "crore", "lakh crore", "thousand crore"]))
def test_no_value_changes(count: Decimal, unit: str) -> None:
    text = f"Rs {count} {unit} for it"
    assert _values(edited(text)) == _values(text)
    assert international(edited(text)) == []
