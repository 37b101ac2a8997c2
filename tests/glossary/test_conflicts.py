from __future__ import annotations

from dataclasses import replace

from glossary.conflicts import conflicts
from glossary.forms import surface_forms
from glossary.model import Term

GROUP = Term("संयुक्त कार्य समूह", "Joint Working Group", id=1)
FORCE = Term("संयुक्त कार्यसमूह", "joint task force", status="draft", id=2)


def test_the_same_hindi_in_one_domain_is_a_conflict_of_both() -> None:
    (conflict,) = conflicts([GROUP, FORCE])
    assert (conflict.kind, conflict.one, conflict.other) == ("same Hindi", GROUP, FORCE)
    assert conflicts([GROUP, replace(FORCE, domain="defence")]) == []
    assert conflicts([GROUP, replace(FORCE, status="rejected")]) == []
    assert conflicts([GROUP, Term("समूह", "group", variants=("संयुक्त-कार्य-समूह",))])


def test_a_forbidden_english_that_is_agreed_is_a_conflict() -> None:
    forbidden = Term(GROUP.hindi, "joint working group", kind="forbidden", preferred="JWG", domain="defence")
    (conflict,) = conflicts([GROUP, forbidden])
    assert (conflict.kind, conflict.one, conflict.other) == ("forbidden and agreed", forbidden, GROUP)
    assert conflicts([GROUP, replace(forbidden, english="joint task force")]) == []


def test_a_reviewer_sees_the_forms_that_the_rules_derive() -> None:
    forms = surface_forms(replace(GROUP, acronym="JWG"))
    assert {"संयुक्त कार्य समूह", "संयुक्त कार्य समूहों"} <= set(forms)
    assert "जेडब्ल्यूजी" in forms
    assert surface_forms(Term("पटना", "Patna", kind="name")) == ["पटना"]
