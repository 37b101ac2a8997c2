from __future__ import annotations

from pathlib import Path

import pytest

from glossary.errors import GlossaryError
from glossary.matcher import Matcher
from glossary.tables import COLUMNS, built_in, combine, from_file, key_of, read_csv

HEAD = ",".join(COLUMNS) + "\n"


def test_the_built_in_glossary_is_large_enough_and_covers_its_domains() -> None:
    terms = built_in().terms
    assert len(terms) >= 400
    assert {"diplomacy", "security", "defence", "government"} <= {term.domain for term in terms}


def test_every_built_in_term_finds_itself() -> None:
    lost = [
        term.hindi
        for term in built_in().terms
        if [(match.form, match.english) for match in Matcher([term]).find(term.hindi)] != [(term.hindi, term.english)]
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("hindi,note\nभारत,India\n", "line 1: the columns must be"),
        ("", "line 1: the columns must be"),
        (HEAD + "भारत,India\n", "line 2: the row has more or fewer columns than line 1"),
        ("hindi,english,nonsense\nभारत,India,\n", "line 1: the columns must be"),
        ("hindi,english,hindi\nभारत,India,\n", "line 1: the columns must be"),
        ("hindi,english\nसहमति, समझौता,agreement\n", "line 2: the row has more or fewer"),
        (HEAD + "India,India,,name,,place,,own\n", "line 2: the column hindi holds no Hindi"),
        (HEAD + "भारत,,,name,,place,,own\n", "line 2: the column english must hold the English of भारत"),
        (HEAD + "भारत,India,,country,,place,,own\n", "line 2: kind must be one of term, name"),
        (HEAD + "भारत,India,,name,,place,,own\nभारत,Bharat,,name,,place,,own\n", "line 3: भारत stands already on line 2"),
        (HEAD + "सहमति ज्ञापन,MoU,,term,समझौता ज्ञापन|सहमति-ज्ञापन,diplomacy,,own\n", "stands already on line 2"),
        (HEAD + '"भारत,India,,name,,place,,own\n', "quoted commas"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(table: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        read_csv(table, "terms.csv")


def test_the_version_names_the_content() -> None:
    one = read_csv(HEAD + "भारत,India,,name,,place,,own\n", "a.csv")
    same = read_csv(HEAD + "भारत,India,,name,,place,,own\n", "b.csv")
    other = read_csv(HEAD + "भारत,Bharat,,name,,place,,own\n", "a.csv")
    assert one.version == same.version != other.version


def test_spellings_of_one_term_share_a_key() -> None:
    assert key_of("कार्य-समूह") == key_of("कार्यसमूह") == key_of("कार्य समूह")


def test_a_table_of_two_columns_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeffHindi,English\r\nसूर्य योजना,Surya Scheme\r\n", encoding="utf-8")
    (term,) = from_file(path).terms
    assert (term.hindi, term.english, term.kind, term.variants) == ("सूर्य योजना", "Surya Scheme", "term", ())


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"none\.csv: No such file"):
        from_file(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"hindi,english\n\xff")
    with pytest.raises(GlossaryError, match=r"latin\.csv: byte 14 is not valid UTF-8"):
        from_file(tmp_path / "latin.csv")


def test_an_own_glossary_decides_what_it_has() -> None:
    base = read_csv(HEAD + "भारत,India,,name,हिन्दुस्तान,place,,own\nनेपाल,Nepal,,name,,place,,own\n", "base.csv")
    own = read_csv("hindi,english,kind\nभारत,Bharat,name\n", "own.csv")
    both = combine(base, own)
    english = {match.form: match.english for match in Matcher(both.terms).find("भारत हिंदुस्तान नेपाल")}
    assert english == {"भारत": "Bharat", "हिंदुस्तान": "India", "नेपाल": "Nepal"}
    assert both.version not in (base.version, own.version)
