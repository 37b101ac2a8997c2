from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from glossary.agreed import built_in, combine, from_file
from glossary.conflicts import conflicts
from glossary.errors import GlossaryError
from glossary.matcher import Matcher
from glossary.model import Glossary, Term
from glossary.validation import validated

INDIA = Term("भारत", "India", kind="name", variants=("हिन्दुस्तान",))


def test_the_built_in_glossary_is_large_enough_and_covers_its_domains() -> None:
    terms = built_in().terms
    assert len(terms) >= 2500
    assert {"diplomacy", "security", "defence", "government", "law", "economy"} <= {term.domain for term in terms}
    assert all(term.domain and term.source for term in terms)


def test_built_in_terms_are_in_good_order() -> None:
    terms = built_in().terms
    assert [validated(term) for term in terms] == list(terms)
    assert conflicts(terms) == []


def test_every_built_in_term_finds_itself() -> None:
    lost = [
        term.hindi
        for term in built_in().terms
        if [(match.form, match.english) for match in Matcher([term]).find(term.hindi)] != [(term.hindi, term.english)]
    ]
    assert lost == []


def test_no_built_in_term_hides_another() -> None:
    """In the whole glossary, too, each term is found as itself."""
    matcher = Matcher(built_in().terms)
    hidden = [term.hindi for term in built_in().terms if [match.term for match in matcher.find(term.hindi)] != [term]]
    assert hidden == []


# माली is a gardener and जर्सी a garment; the others are uninhabited, or go by another name with a bracket or a dash in it.
_NOT_PINNED = frozenset("ML JE AC AX BV CC CD CG CP EA GS HM NF NU TA TF UM VI".split())


def test_every_country_of_cldr_is_a_built_in_term() -> None:
    matcher = Matcher(built_in().terms)
    names = {code: name.partition(" (")[0] for code, name in Locale("hi").territories.items() if len(code) == 2}
    unknown = {code: name for code, name in names.items() if code not in {"EZ", "QO", "UN", "EU", "XA", "XB", "ZZ"} | _NOT_PINNED}
    lost = [(code, name) for code, name in unknown.items() if [match.form for match in matcher.find(name)] != [name]]
    assert len(unknown) > 220
    assert lost == []


def test_the_version_names_the_content(tmp_path: Path) -> None:
    versions = []
    for name, table in (("a", "भारत,India"), ("b", "भारत,India"), ("c", "भारत,Bharat")):
        (tmp_path / f"{name}.csv").write_text(f"hindi,english\n{table}\n", encoding="utf-8")
        versions.append(from_file(tmp_path / f"{name}.csv").version)
    assert versions[0] == versions[1] != versions[2]


def test_a_table_of_two_columns_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeffHindi,English\r\nसूर्य योजना,Surya Scheme\r\n", encoding="utf-8")
    (term,) = from_file(path).terms
    assert term == Term("सूर्य योजना", "Surya Scheme")
    assert term.pins


def test_a_file_with_a_bad_row_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("hindi,english\nभारत,India\nभारत,Bharat\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"own\.csv, line 3: भारत stands already on line 2"):
        from_file(path)


def test_an_own_glossary_decides_what_it_has() -> None:
    base = Glossary((INDIA, Term("नेपाल", "Nepal", kind="name")), "1")
    both = combine(base, Glossary((Term("भारत", "Bharat", kind="name"),), "2"))
    english = {match.form: match.english for match in Matcher(both.terms).find("भारत हिंदुस्तान नेपाल")}
    assert english == {"भारत": "Bharat", "हिंदुस्तान": "India", "नेपाल": "Nepal"}
    assert both.version == "1 + 2"


def test_only_approved_terms_pin() -> None:
    for status in ("draft", "rejected", "obsolete"):
        assert Matcher([replace(INDIA, status=status)]).find("भारत") == ()  # type: ignore[arg-type]
    assert Matcher([Term("भारत", "Hindustan", kind="forbidden", preferred="India")]).find("भारत") == ()
    assert len(Matcher([INDIA]).find("भारत")) == 1
