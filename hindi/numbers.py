"""Numbers written in digits, in either script, and the small number words (DESIGN.md, rule 7)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import regex

from hindi.fold import fold

# A number in digits: 1,87,500 and 1,875,000 and 7.8; not the 2023 of KAZIND-2023, which belongs to a name.
_DIGITS = regex.compile(r"(?<!\p{Latin}[-–]?)(?<!\p{N}[.,]?)\p{Nd}+(?:,\p{Nd}{2,3})*(?:\.\p{Nd}+)?")

_WORDS = {
    0: "शून्य",
    1: "एक पहला पहली पहले प्रथम",
    2: "दो दूसरा दूसरी दूसरे द्वितीय दोनों दोबारा",
    3: "तीन तीसरा तीसरी तीसरे तृतीय तीनों",
    4: "चार चौथा चौथी चौथे चतुर्थ चारों",
    5: "पांच पांचवां पांचवीं पांचवें पंचम पांचों",
    6: "छह छः छठा छठी छठे छठवीं",
    7: "सात सातवां सातवीं सातवें",
    8: "आठ आठवां आठवीं आठवें",
    9: "नौ नौवां नौवीं नौवें",
    10: "दस दसवां दसवीं दसवें",
    11: "ग्यारह ग्यारहवां ग्यारहवीं ग्यारहवें",
    12: "बारह बारहवां बारहवीं बारहवें",
    13: "तेरह तेरहवां तेरहवीं तेरहवें",
    14: "चौदह चौदहवां चौदहवीं चौदहवें",
    15: "पंद्रह पंद्रहवां पंद्रहवीं पंद्रहवें",
    16: "सोलह सोलहवां सोलहवीं सोलहवें",
    17: "सत्रह सत्रहवां सत्रहवीं सत्रहवें",
    18: "अठारह अठारहवां अठारहवीं अठारहवें",
    19: "उन्नीस उन्नीसवां उन्नीसवीं उन्नीसवें",
    20: "बीस बीसवां बीसवीं बीसवें",
    25: "पच्चीस",
    30: "तीस",
    40: "चालीस",
    50: "पचास",
    60: "साठ",
    70: "सत्तर",
    75: "पचहत्तर",
    80: "अस्सी",
    90: "नब्बे",
    100: "सौ",
    1000: "हजार",
}
_VALUE_OF_WORD = {fold(word): Decimal(value) for value, words in _WORDS.items() for word in words.split()}
_WORD = regex.compile(r"[\p{Deva}]+")


def in_digits(text: str) -> list[tuple[Decimal, int, int]]:
    """Numbers written in digits, each with its value and its position in `text`.

    >>> [(str(value), start, end) for value, start, end in in_digits("रु. १,८७,५०० और 7.8")]
    [('187500', 4, 12), ('7.8', 16, 19)]
    """
    return [(Decimal(fold(match.group()).replace(",", "")), *match.span()) for match in _DIGITS.finditer(text)]


def in_words(text: str) -> Counter[Decimal]:
    """The small numbers that `text` spells in Hindi words, with how often each occurs.

    >>> dict(in_words("पाँचवीं बैठक"))
    {Decimal('5'): 1}
    """
    words = (fold(word) for word in _WORD.findall(text))
    return Counter(_VALUE_OF_WORD[word] for word in words if word in _VALUE_OF_WORD)
