from __future__ import annotations

import pytest

from hindi.fold import fold
from hindi.inflection import noun_forms, phrase_forms


@pytest.mark.parametrize(
    ("word", "form", "number"),
    [
        ("समूह", "समूहों", "plural"),
        ("मंत्री", "मंत्रियों", "plural"),
        ("एजेंसी", "एजेंसियाँ", "plural"),
        ("शक्ति", "शक्तियां", "plural"),
        ("बैठक", "बैठकें", "plural"),
        ("बैठक", "बैठकों", "plural"),
        ("सेना", "सेनाएँ", "plural"),
        ("सेना", "सेनाओं", "plural"),
        ("हमला", "हमले", "singular"),
        ("हमला", "हमलों", "plural"),
        ("वस्तु", "वस्तुओं", "plural"),
        ("डाकू", "डाकुओं", "plural"),
        ("लड़ाई", "लड़ाइयों", "plural"),
        ("UN", "UN", "singular"),
        ("आगे", "आगे", "singular"),
    ],
)
def test_noun_forms(word: str, form: str, number: str) -> None:
    assert (fold(form), number) in noun_forms(fold(word))


def test_nothing_is_a_form_by_prefix() -> None:
    assert fold("भारती") not in dict(noun_forms(fold("भारत")))
    assert fold("सेनापति") not in dict(noun_forms(fold("सेना")))


def test_words_before_the_last_agree() -> None:
    forms = {form for form, _ in phrase_forms(("आतंकवाद", "का", "वित्तपोषण"))}
    assert {("आतंकवाद", "के", "वित्तपोषण"), ("आतंकवाद", "की", "वित्तपोषण")} <= forms
    assert ("आतंकवाद", "का", "वित्तपोषणों") in forms
