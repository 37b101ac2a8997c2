from __future__ import annotations

from dataclasses import replace

import pytest

from glossary.errors import GlossaryError
from glossary.model import Term
from glossary.validation import key_of, keys_of, validated

NSA = Term("राष्ट्रीय सुरक्षा सलाहकार", "National Security Adviser", acronym="NSA", acronym_hindi="एनएसए")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hindi": "India"}, "hindi must hold the Hindi term, not 'India'"),
        ({"hindi": " "}, "hindi must hold"),
        ({"hindi": "।"}, "hindi must hold"),
        ({"english": ""}, "english must hold the English of राष्ट्रीय सुरक्षा सलाहकार"),
        ({"english": "सलाहकार"}, "english must hold"),
        ({"kind": "country"}, "kind must be one of term, name, do-not-translate, forbidden, not 'country'"),
        ({"status": "fine"}, "status must be one of"),
        ({"case": "upper"}, "case must be one of adapt, keep"),
        ({"kind": "forbidden"}, "needs the preferred one"),
        ({"preferred": "NSA"}, "needs the preferred one"),
        ({"kind": "forbidden", "preferred": "national security adviser"}, "cannot be forbidden and preferred"),
        ({"kind": "do-not-translate"}, "is not to be translated"),
        ({"acronym": "एनएसए"}, "acronym must be in Latin letters"),
        ({"acronym": ""}, "stand beside an acronym"),
        ({"acronym_hindi": "NSA"}, "acronym_hindi must be in Devanagari"),
        ({"variants": ("सलाहकार|रा",)}, "variants must hold other spellings"),
        ({"variants": ("adviser",)}, "variants must hold other spellings"),
        ({"note": "a\0b"}, r"note holds a control character \(U\+0000\)"),
        ({"hindi": "क" * 301}, "hindi is longer than a term can be"),
    ],
)
def test_what_cannot_stand_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        validated(replace(NSA, **changes))  # type: ignore[arg-type]


def test_blanks_around_fields_and_doubled_variants_go() -> None:
    given = replace(NSA, hindi=" राष्ट्रीय सुरक्षा सलाहकार\n", variants=("एन एस ए ", "एन एस ए", ""))
    assert validated(given) == replace(NSA, variants=("एन एस ए",))


def test_what_is_not_translated_may_be_in_any_script() -> None:
    assert validated(Term("KAZIND", "", kind="do-not-translate")).english == "KAZIND"
    assert validated(Term("जय हिन्द", "", kind="do-not-translate")).english == "जय हिन्द"


def test_spellings_of_one_term_share_a_key() -> None:
    assert key_of("कार्य-समूह") == key_of("कार्यसमूह") == key_of("कार्य समूह")
    assert keys_of(NSA) == {key_of("राष्ट्रीय सुरक्षा सलाहकार"), key_of("एन.एस.ए.")}
