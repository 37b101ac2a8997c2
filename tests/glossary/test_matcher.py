from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.matcher import Matcher
from glossary.model import Term

TERMS = [
    Term("संयुक्त कार्य समूह", "Joint Working Group"),
    Term("कार्य समूह", "working group"),
    Term("भारत", "India", kind="name"),
    Term("कजाकिस्तान", "Kazakhstan", kind="name"),
    Term("सेना", "army"),
    Term("मंत्री", "minister"),
    Term("अफ-पाक क्षेत्र", "Af-Pak region", kind="name"),
    Term("अंतरराष्ट्रीय कानून", "international law"),
    Term("सूचना आदान-प्रदान", "information exchange"),
    Term("सरकार", "government"),
    Term("आतंकवाद का वित्तपोषण", "financing of terrorism"),
    Term("आत्मघाती हमला", "suicide attack"),
    Term("पटना", "Patna", kind="name"),
    Term("सूक्ष्म, लघु और मध्यम उद्यम", "micro, small and medium enterprises", acronym="MSME"),
    Term("प्रवर्तन निदेशालय", "Enforcement Directorate", acronym="ED", kind="name"),
    Term("विश्व स्वास्थ्य संगठन", "World Health Organization", acronym="WHO", kind="name"),
    Term("आतंकवाद-रोधी", "counter-terrorism", acronym="CT"),
]
MATCHER = Matcher(TERMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # whole words, folded, any joint of a compound
        ("भारत-कजाकिस्तान संयुक्त कार्य समूह की बैठक", ["India", "Kazakhstan", "Joint Working Group"]),
        ("संयुक्त कार्यसमूह", ["Joint Working Group"]),
        ("संयुक्त-कार्य-समूह", ["Joint Working Group"]),
        ("कज़ाकिस्तान", ["Kazakhstan"]),
        ("अफ़- पाक क्षेत्र में", ["Af-Pak region"]),
        ("अन्तर्राष्ट्रीय क़ानून", ["international law"]),
        ("सूचना आदान प्रदान, सूचना-आदान-प्रदान", ["information exchange", "information exchange"]),
        # inflected last word, agreeing words before it; the number goes into the English
        ("संयुक्त कार्य समूहों की", ["Joint Working Groups"]),
        ("मंत्रियों ने", ["ministers"]),
        ("सेनाओं और सेनाएँ", ["armies", "armies"]),
        ("आतंकवाद के वित्तपोषण पर", ["financing of terrorism"]),
        ("आत्मघाती हमले में", ["suicide attack"]),
        ("आत्मघाती हमलों में", ["suicide attacks"]),
        # an acronym: dotted, spaced, in one word; each spelling of its letters
        ("एमएसएमई मंत्रालय", ["MSME"]),
        ("एम.एस.एम.ई. मंत्रालय", ["MSME"]),
        ("एम. एस. एम. ई. मंत्रालय", ["MSME"]),
        ("एम एस एम ई", ["MSME"]),
        ("डब्ल्यूएचओ, डब्लूएचओ, डब्ल्यू.एच.ओ.", ["WHO", "WHO", "WHO"]),
        ("ईडी ने और ई.डी. ने", ["ED", "ED"]),
        ("सी.ई.डी. और ई.डी.एफ.", []),
        ("सीटी बजी", []),  # C.T. is a whistle
        ("ई। डी", []),
        # the longest wins
        ("कार्य समूह और संयुक्त कार्य समूह", ["working group", "Joint Working Group"]),
        # never within a word, never across one
        ("भारती भारतीय महाभारत", []),
        ("सेनापति सेनानी", []),
        ("मंत्रिमंडल मंत्रालय", []),
        ("पटना में पटने लगी", ["Patna"]),
        ("सर कार में", []),
        ("संयुक्त कार्य, समूह", []),
        ("संयुक्त कार्य\nसमूह", []),
        ("", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    assert [match.english for match in MATCHER.find(text)] == found


@given(st.lists(st.sampled_from([term.hindi for term in TERMS] + ["की", "बैठक", "समूहों", "-", ",", "क़", "\u200d", " "])))
def test_matches_are_in_order_do_not_overlap_and_show_what_was_typed(words: list[str]) -> None:
    text = " ".join(words)
    matches = MATCHER.find(text)
    assert all(match.form == text[match.start : match.end] for match in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert MATCHER.find(text) == ()


def test_no_terms_no_matches() -> None:
    assert Matcher([]).find("भारत") == ()


def test_the_last_dot_belongs_to_a_dotted_acronym() -> None:
    (match,) = MATCHER.find("एम.एस.एम.ई. मंत्रालय")
    assert match.form == "एम.एस.एम.ई."
    (match,) = MATCHER.find("यह एमएसएमई.")
    assert match.form == "एमएसएमई"
