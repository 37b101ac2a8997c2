from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hindi.fold import end_in_text, fold, fold_with_origin

DEVANAGARI = st.text(st.characters(min_codepoint=0x900, max_codepoint=0x97F) | st.sampled_from("\u200c\u200d \u00a0a"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("क़ज़ाख़", "कजाख"),  # nukta
        ("सड़क", "सडक"),
        ("फ़िल्म", "फिल्म"),
        ("\u095eिल्म", "फिल्म"),  # composed ph with nukta
        ("क्\u200dष", "क्ष"),  # ZWJ
        ("श्री\u200cमान", "श्रीमान"),  # ZWNJ
        ("हाँ", "हां"),  # chandrabindu
        ("सूचनाएँ", "सूचनाएं"),
        ("हिन्दी", "हिंदी"),  # homorganic nasal
        ("सम्बन्ध", "संबंध"),
        ("मण्डल", "मंडल"),
        ("पञ्च", "पंच"),
        ("अङ्क", "अंक"),
        ("अंतर्राष्ट्रीय", "अंतरराष्ट्रीय"),
        ("अन्तर्राष्ट्रीय", "अंतरराष्ट्रीय"),
        ("अंतर्राज्यीय", "अंतरराज्यीय"),
        ("ऑस्ट्रेलिया", "आस्ट्रेलिया"),  # loan vowels
        ("कॉलेज", "कालेज"),
        ("२०२४", "2024"),  # digits
        ("१,८७,५००", "1,87,500"),
        ("भारत\u00a0सरकार", "भारत सरकार"),
        ("\ufeffभारत\u200e", "भारत"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("सम्मान", "संमान"),  # a doubled nasal is not an anusvara
        ("अन्न", "अंन"),
        ("जन्म", "जंम"),
        ("भारत", "भारती"),
        ("कर्ता", "करता"),  # र् elsewhere than after अंतर
        ("नोट:", "नोटः"),  # rule 8: a colon is no visarga
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text() | DEVANAGARI)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | DEVANAGARI)
def test_canonically_equal_texts_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text() | DEVANAGARI)
def test_folding_with_origins_is_folding(text: str) -> None:
    assert fold_with_origin(text).text == fold(text)


@given(DEVANAGARI)
def test_the_short_way_is_the_long_way(text: str) -> None:
    """A letter that only the long way knows, at the end, changes nothing before it."""
    short, long = fold_with_origin(text), fold_with_origin(text + "é")
    assert long.text[: len(short.text)] == short.text
    assert long.origin[: len(short.origin)] == short.origin


@given(st.text() | DEVANAGARI)
def test_every_folded_letter_knows_its_origin(text: str) -> None:
    folded = fold_with_origin(text)
    assert len(folded.text) == len(folded.origin)
    assert all(0 <= at < len(text) for at in folded.origin)


def test_a_match_is_shown_with_its_dropped_marks() -> None:
    text = "अफ़- पाक"
    assert text[: end_in_text(text, 1)] == "अफ़"
