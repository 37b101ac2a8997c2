from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glossary.exchange.entries import Entry
from glossary.exchange.importing import import_file
from glossary.exchange.planning import plan
from glossary.model import Term
from glossary.store import Store

GROUP = Term("संयुक्त कार्य समूह", "Joint Working Group", domain="diplomacy", note="annual", id=1, uid="t" + "0" * 16)
INDIA = Term("भारत", "India", kind="name", id=2)


def entry(line: int = 2, **fields: object) -> Entry:
    return Entry(f"line {line}", fields)


def test_what_is_known_is_unchanged_changed_or_added() -> None:
    report = plan(
        [GROUP, INDIA],
        [
            entry(hindi="संयुक्त कार्यसमूह", english="Joint Working Group", domain="diplomacy"),  # another spelling of the Hindi
            entry(hindi="भारत", english="Bharat"),
            entry(hindi="नेपाल", english="Nepal", kind="name"),
        ],
    )
    assert [(change.before, change.after.english) for change in report.changed] == [
        (GROUP, "Joint Working Group"),
        (INDIA, "Bharat"),
    ]
    assert [change.after for change in report.added] == [Term("नेपाल", "Nepal", kind="name", status="draft")]


def test_columns_that_a_file_has_not_leave_their_fields() -> None:
    report = plan([GROUP], [entry(hindi=GROUP.hindi, english="joint working group", domain="diplomacy")])
    assert report.changed[0].after == replace(GROUP, english="joint working group")


def test_a_uid_of_ours_finds_a_term_whose_hindi_has_changed() -> None:
    report = plan([GROUP], [entry(hindi="साझा कार्य समूह", english=GROUP.english, uid=GROUP.uid)])
    assert report.changed[0].after == replace(GROUP, hindi="साझा कार्य समूह")


def test_the_id_of_another_tool_means_nothing_here() -> None:
    (change,) = plan([GROUP], [entry(hindi="नेपाल", english="Nepal", uid="c1")]).added
    assert change.after.uid == ""


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([entry(hindi="रेल", english="")], "english must hold the English of रेल"),
        ([entry(hindi="रेल", english="rail"), entry(3, hindi="रेल", english="train")], "रेल stands already on line 2"),
        ([entry(hindi="भारत", english="India", status="draft")], "is approved; it cannot become draft"),
        (
            [entry(hindi="इंडिया", english="India", variants=("भारत",), status="approved")],
            "is the same Hindi as भारत",
        ),
        ([entry(hindi="भारत", english="Hindustan", kind="forbidden", domain="law")], ""),
        ([entry(hindi="रेल", english="train", kind="forbidden")], "a forbidden english needs the preferred one"),
        ([Entry("line 2", problem="the row has more columns than line 1")], "the row has more columns"),
    ],
)
def test_what_cannot_come_in_is_rejected_with_its_place(entries: list[Entry], reason: str) -> None:
    report = plan([INDIA], entries)
    if not reason:
        assert report.added[0].after.preferred == "India"
        return
    (rejection,) = report.rejected
    assert reason in rejection.reason
    assert rejection.place == entries[-1].place


def test_the_same_row_twice_is_one_term() -> None:
    report = plan([], [entry(hindi="रेल", english="rail"), entry(3, hindi="रेल", english="rail")])
    assert (len(report.added), report.unchanged, report.rejected) == (1, 1, [])


def test_what_was_rejected_once_does_not_come_back_by_itself() -> None:
    rejected = replace(INDIA, status="rejected")
    assert plan([rejected], [entry(hindi="भारत", english="India")]).unchanged == 1
    (change,) = plan([rejected], [entry(hindi="भारत", english="Bharat")]).added
    assert change.after.status == "draft"


def test_an_import_is_one_change_and_idempotent(store: Store, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("hindi,english,domain\nभारत,India,place\nरेल,,\nनेपाल,Nepal,place\n", encoding="utf-8")
    report = import_file(store, table, "asha", status="approved")
    assert (len(report.added), [rejection.place for rejection in report.rejected]) == (2, ["line 3"])
    assert [term.hindi for term in store.glossary().terms] == ["भारत", "नेपाल"]
    assert {event.why for event in store.events(9)} == {"imported from own.csv"}
    again = import_file(store, table, "asha", status="approved")
    assert (again.added, again.changed, again.unchanged, store.version) == ([], [], 2, 2)
    table.write_text("hindi,english,domain,status\nभारत,Bharat,place,obsolete\n", encoding="utf-8")
    import_file(store, table, "ravi", "renamed")
    assert (store.term(1).english, store.term(1).status, store.version) == ("Bharat", "obsolete", 3)
