from __future__ import annotations

from decimal import Decimal

import pytest

from hindi.numbers import in_digits, in_words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8 अप्रैल 2024 को", ["8", "2024"]),
        ("१७ अक्टूबर, २०२३", ["17", "2023"]),
        ("रु. 1,87,500 और 1,234,567", ["187500", "1234567"]),
        ("7.8 प्रतिशत", ["7.8"]),
        ("6वीं बैठक, 21वाँ सत्र", ["6", "21"]),
        ("KAZIND-2023 में 120", ["120"]),  # the year belongs to the name
        ("2020-21 में", ["2020", "21"]),
        ("10, 20 और 30।", ["10", "20", "30"]),
        ("बैठक 2024. अगली", ["2024"]),
        ("कुछ नहीं", []),
    ],
)
def test_numbers_in_digits(text: str, values: list[str]) -> None:
    assert [value for value, _, _ in in_digits(text)] == [Decimal(value) for value in values]


def test_numbers_in_words() -> None:
    assert in_words("पाँचवीं और सातवें, दो दल") == {Decimal(5): 1, Decimal(7): 1, Decimal(2): 1}
