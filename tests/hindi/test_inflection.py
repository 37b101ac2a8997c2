from __future__ import annotations

from pathlib import Path

import pytest

from hindi.fold import fold
from hindi.inflection import noun_forms, phrase_forms

# Citation form, inflected form, number: forms that occur in running text, read through by hand.
ROWS = [line.split("\t") for line in Path(__file__).with_name("inflected_forms.tsv").read_text(encoding="utf-8").splitlines()]


def test_forms_of_running_text_are_known() -> None:
    unknown = [row for row in ROWS if (fold(row[1]), row[2]) not in noun_forms(fold(row[0]))]
    assert unknown == []
    assert len(ROWS) >= 300


@pytest.mark.parametrize(
    ("word", "form"),
    [("भारत", "भारती"), ("सेना", "सेनापति"), ("कार", "कारा"), ("मंत्री", "मंत्रालय"), ("समूह", "समूहवाद"), ("दल", "दलदल")],
)
def test_nothing_is_a_form_by_prefix(word: str, form: str) -> None:
    assert fold(form) not in dict(noun_forms(fold(word)))


@pytest.mark.parametrize("word", ["UN", "आगे", "2024", "में"])
def test_what_is_no_noun_has_one_form(word: str) -> None:
    assert [form for form, _ in noun_forms(fold(word))][:1] == [fold(word)]
    assert len(noun_forms(fold(word))) == 1


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("आतंकवाद का वित्तपोषण", "आतंकवाद के वित्तपोषण"),
        ("आतंकवाद का वित्तपोषण", "आतंकवाद की वित्तपोषण"),
        ("बड़ा हमला", "बड़े हमलों"),
        ("नया नियम", "नए नियमों"),
        ("नया नियम", "नये नियम"),
        ("नई प्रौद्योगिकी", "नए प्रौद्योगिकी"),
        ("उभरती हुई प्रौद्योगिकी", "उभरते हुए प्रौद्योगिकियों"),
        ("खोज और नष्ट करने का संचालन", "खोज और नष्ट करने के संचालन"),
        ("सामूहिक विनाश का हथियार", "सामूहिक विनाश के हथियारों"),
    ],
)
def test_words_before_the_last_agree(phrase: str, form: str) -> None:
    forms = {" ".join(words) for words, _ in phrase_forms(tuple(fold(phrase).split()))}
    assert fold(form) in forms
