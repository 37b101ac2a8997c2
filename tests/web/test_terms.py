from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from glossary.model import Change, Term
from glossary.store import Store
from glossary.termbase import EDITORS
from web.briefs import Briefs
from web.database import connect
from web.news import News
from web.schema import BriefRow, SegmentRow, UsedTermRow
from web.terms import Catalogue, FieldChange, Filters, Run, field_changes, filters, marked, sightings

GROUP = Term("कार्य समूह", "Working Group", acronym="WG", domain="diplomacy")
BANK = Term("रिज़र्व बैंक", "Reserve Bank", kind="name", domain="economy")
ORDER = Term("आदेश", "order")
OTHER_GROUP = Term("कार्यसमूह", "Task Group", domain="diplomacy", status="draft")
FORBIDDEN = Term("आदेश", "order", kind="forbidden", preferred="directive", status="draft")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    kept = Store(f"sqlite:///{tmp_path / 'terms.sqlite'}")
    kept.apply(lambda _: [Change(None, term, "added") for term in (GROUP, BANK, ORDER)], EDITORS)
    kept.apply(lambda _: [Change(None, term, "suggested") for term in (OTHER_GROUP, FORBIDDEN)], "asha")
    return kept


@pytest.fixture
def catalogue(store: Store, tmp_path: Path) -> Catalogue:
    engine = connect(f"sqlite:///{tmp_path / 'terms.sqlite'}")
    with engine.begin() as connection:
        connection.execute(insert(BriefRow).values(**brief(1, "note.txt")))
        connection.execute(insert(UsedTermRow).values(brief=1, term_id=2, count=3))
    return Catalogue(store, engine, Briefs(engine, News()))


def brief(number: int, name: str) -> dict[str, object]:
    texts = ("who", "created", "worker", "error", "engine", "model", "glossary_version", "finished", "loose")
    empty = {**dict.fromkeys(texts, ""), "options": {}, "document": {}, "original": b"", "state": "done"}
    return {**empty, "number": number, "id": f"brief{number}", "name": name}


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        (Filters(), [4, 5]),
        (Filters("all"), [1, 2, 3, 4, 5]),
        (Filters("approved", domain="diplomacy"), [1]),
        (Filters("all", kind="name"), [2]),
        (Filters("all", words="रिजर्व"), [2]),  # without nukta
        (Filters("all", words="कार्य-समूह"), [1, 4]),
        (Filters("all", words="group wg"), [1]),  # any order
        (Filters("all", words="TASK"), [4]),
        (Filters("all", words="wg"), [1]),
        (Filters("all", words="3"), [3]),
        (Filters("all", words="कोई नहीं"), []),
        (Filters("approved", unused=True), [1, 3]),
        (Filters("all", conflicting=True), [1, 3, 4, 5]),
        (Filters("approved", conflicting=True), [1, 3]),
        (Filters("all", changed=True), [5, 4]),
    ],
)
def test_filters_choose(catalogue: Catalogue, chosen: Filters, numbers: list[int]) -> None:
    assert [term.id for term in catalogue.find(chosen)] == numbers


def test_the_catalogue_follows_the_store(catalogue: Catalogue, store: Store) -> None:
    assert catalogue.domains() == ["diplomacy", "economy"]
    store.edit(3, {"hindi": "अनुदेश", "domain": "law"}, "ravi")
    store.judge([4], "reject", "ravi")
    added = store.add(Term("नया", "new"), "ravi")
    assert [term.id for term in catalogue.find(Filters())] == [5, added.id]
    assert [term.id for term in catalogue.find(Filters("all", words="अनुदेश"))] == [3]
    assert catalogue.find(Filters("all", words="आदेश"))[0].id == 5
    assert catalogue.domains() == ["diplomacy", "economy", "law"]
    assert catalogue.conflicts() == []
    assert {term.id for term in catalogue.find(Filters("all", changed=True))} == {3, 4, 5, added.id}


def test_conflicts_are_those_of_the_glossary(catalogue: Catalogue) -> None:
    found = {(conflict.kind, conflict.one.id, conflict.other.id) for conflict in catalogue.conflicts()}
    assert found == {("same Hindi", 1, 4), ("forbidden and agreed", 5, 3)}
    group, other = catalogue.find(Filters("all", words="समूह"))
    assert [(conflict.one, conflict.other) for conflict in catalogue.conflicts_of(other)] == [(group, other)]
    new = Term("कार्य समूहों", "Panels", variants=("कार्य समूह",), domain="diplomacy")
    assert {conflict.one.id for conflict in catalogue.conflicts_of(new)} >= {1}
    assert catalogue.conflicts_of(replace(new, domain="health")) == []


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (Term("कार्य-समूह", "working group"), 1),
        (Term("कार्य समूह", "Working Group", domain="diplomacy"), 1),
        (Term("कार्य समूह", "Working Group", domain="health"), None),
        (Term("कार्य समूह", "Working Panel"), None),
        (Term("आदेश", "order", kind="name"), None),
    ],
)
def test_same_terms_are_known(catalogue: Catalogue, asked: Term, number: int | None) -> None:
    found = catalogue.same(asked)
    assert (found.id if found else None) == number


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ({}, Filters("draft")),
        ({"status": "nothing", "kind": "nothing"}, Filters("draft")),
        ({"status": "all", "domain": " law ", "kind": "name", "words": "x"}, Filters("all", "law", "name", "x")),
        ({"unused": "1"}, Filters("approved", unused=True)),
        ({"status": "all", "conflicting": "1", "changed": "1"}, Filters("all", conflicting=True, changed=True)),
    ],
)
def test_queries_say_filters(query: dict[str, str], chosen: Filters) -> None:
    assert filters(query) == chosen
    assert filters(chosen.asked) == chosen


@pytest.mark.parametrize(
    ("term", "sentence", "runs"),
    [
        (GROUP, "दो कार्य समूहों की बैठक", [("दो ", False), ("कार्य समूहों", True), (" की बैठक", False)]),
        (OTHER_GROUP, "कार्यसमूह की", [("कार्यसमूह", True), (" की", False)]),
        (FORBIDDEN, "आदेश दिया", [("आदेश", True), (" दिया", False)]),
        (BANK, "कुछ और", [("कुछ और", False)]),
    ],
)
def test_terms_are_marked_whatever_their_status(term: Term, sentence: str, runs: list[tuple[str, bool]]) -> None:
    assert marked(term, [sentence]) == [tuple(Run(*run) for run in runs)]


def test_sightings_have_the_english_of_the_newest_brief(catalogue: Catalogue, store: Store) -> None:
    sentence, unknown = "कार्य समूह की बैठक हुई।", "दूसरा कार्य समूह।"
    draft = Change(None, replace(GROUP, status="draft"), "suggested", (("note.txt", sentence), ("else.txt", unknown)))
    [term] = store.apply(lambda _: [draft], "asha")
    segment = {"source": sentence, "rung": "plain", "score": 0.0, "pins": [], "flags": [], "similar": []}
    with catalogue.engine.begin() as connection:
        connection.execute(insert(BriefRow).values(**brief(2, "other")))
        for number, english in ((1, "old"), (2, "The Working Group met.")):
            values = {"brief": number, "position": 0, "block": 0, "source": sentence, "version": 1}
            connection.execute(insert(SegmentRow).values(**values, segment={**segment, "target": english}))
    first, second = sightings(catalogue.engine, [term])[term.id]
    assert (first.document, first.english, first.brief_id) == ("note.txt", "The Working Group met.", "brief2")
    assert (second.sentence, second.english, second.brief_id) == (unknown, "", "")
    assert len(sightings(catalogue.engine, [term], 1)[term.id]) == 1


def test_field_changes_are_told_in_words() -> None:
    after = replace(GROUP, english="Panel", variants=("क", "ख"))
    assert field_changes(GROUP, after) == [FieldChange("english", "Working Group", "Panel"), FieldChange("variants", "", "क | ख")]
    assert FieldChange("acronym", "", "WG") in field_changes(None, GROUP)
