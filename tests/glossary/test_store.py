from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from glossary.database import connect
from glossary.errors import ConflictError, GlossaryError
from glossary.model import Change, Term
from glossary.schema import Base
from glossary.store import Store

GROUP = Term("संयुक्त कार्य समूह", "Joint Working Group", acronym="JWG", domain="diplomacy")


def test_a_term_lives_from_draft_to_obsolete(store: Store) -> None:
    draft = store.add(GROUP, "asha", "from the ministry's list")
    assert (draft.status, draft.id, store.version) == ("draft", 1, 1)
    assert store.glossary().terms == ()
    (approved,) = store.judge([draft.id], "approve", "ravi")
    assert store.glossary().terms == (approved,)
    (gone,) = store.judge([draft.id], "retire", "ravi", "renamed")
    assert (gone.status, store.glossary().terms) == ("obsolete", ())
    assert [(event.version, event.who, event.action, event.why) for event in store.history(draft.id)] == [
        (1, "asha", "added", "from the ministry's list"),
        (2, "ravi", "approved", ""),
        (3, "ravi", "obsolete", "renamed"),
    ]
    assert [event.before and event.before.status for event in store.history(1)] == [None, "draft", "approved"]
    assert all(event.at.endswith("+00:00") for event in store.history(1))


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        (["approve"], "approve"),
        (["approve"], "reject"),
        ([], "retire"),
        (["reject"], "approve"),
        (["reject"], "retire"),
        (["approve", "retire"], "approve"),
        (["approve", "retire"], "reject"),
    ],
)
def test_other_ways_of_life_are_refused(tmp_path: Path, before: list[str], verdict: str) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    number = store.add(GROUP, "asha").id
    for step in before:
        store.judge([number], step, "asha")  # type: ignore[arg-type]
    version = store.version
    with pytest.raises(GlossaryError, match=f"one can {verdict} only what is"):
        store.judge([number], verdict, "asha")  # type: ignore[arg-type]
    assert store.version == version


def test_two_approved_terms_of_the_same_hindi_conflict(store: Store) -> None:
    one = store.add(GROUP, "asha", approve=True)
    other = store.add(Term("सन्युक्त कार्यदल", "joint task force", variants=("संयुक्त कार्य-समूह",), domain="diplomacy"), "ravi")
    with pytest.raises(ConflictError) as error:
        store.judge([other.id], "approve", "ravi")
    assert str(one) in str(error.value)
    assert str(other) in str(error.value)
    assert store.term(other.id).status == "draft"
    store.edit(other.id, {"domain": "defence"}, "ravi", "another use")
    store.judge([other.id], "approve", "ravi")
    with pytest.raises(ConflictError):
        store.edit(other.id, {"domain": "diplomacy"}, "ravi")
    store.judge([one.id], "retire", "asha")
    assert store.edit(other.id, {"domain": "diplomacy"}, "ravi").domain == "diplomacy"


def test_all_are_judged_or_none(store: Store) -> None:
    ids = [store.add(replace(GROUP, english=english), "asha").id for english in ("Joint Working Group", "joint task force")]
    with pytest.raises(ConflictError):
        store.judge(ids, "approve", "asha")
    assert {term.status for term in store.terms()} == {"draft"}
    assert store.version == 2


def test_edits_are_recorded_and_idle_ones_are_not(store: Store) -> None:
    number = store.add(GROUP, "asha").id
    assert store.edit(number, {"note": "annual"}, "ravi", "asked").note == "annual"
    assert store.edit(number, {"note": " annual "}, "ravi").note == "annual"
    assert store.version == 2
    for name in ("status", "uid", "nonsense"):
        with pytest.raises(GlossaryError, match=f"{name} cannot be edited"):
            store.edit(number, {name: "x"}, "ravi")
    store.judge([number], "reject", "ravi")
    with pytest.raises(GlossaryError, match="is rejected; add a new term"):
        store.edit(number, {"note": "x"}, "ravi")


def test_events_cannot_be_changed_or_removed(store: Store, url: str) -> None:
    store.add(GROUP, "asha")
    for change in ("UPDATE events SET who = 'nobody'", "DELETE FROM events"):
        with pytest.raises(DBAPIError, match="only ever added"), connect(url).begin() as connection:
            connection.execute(text(change))
    assert store.history(1)[0].who == "asha"


def test_versions_can_be_compared(store: Store) -> None:
    number = store.add(GROUP, "asha", approve=True).id
    store.add(Term("भारत", "India", kind="name"), "asha")
    store.edit(number, {"note": "annual"}, "ravi")
    store.edit(number, {"note": ""}, "ravi")
    store.judge([number], "retire", "ravi")
    assert [change.after.hindi for change in store.diff(0, 2)] == [GROUP.hindi, "भारत"]
    assert store.diff(2, 4) == ()
    (change,) = store.diff(1, 5)[1:]
    assert (change.before and change.before.status, change.after.status) == ("approved", "obsolete")
    for wrong in (6, -1):
        with pytest.raises(GlossaryError, match="the versions are 0 to 5"):
            store.at(wrong)


def test_terms_are_found_by_number_uid_and_hindi(store: Store) -> None:
    term = store.add(GROUP, "asha")
    assert store.term(1) == store.term("1") == store.term(term.uid) == store.term("संयुक्त कार्यसमूह") == term
    with pytest.raises(GlossaryError, match="There is no term 'रेल'"):
        store.term("रेल")
    store.add(GROUP, "asha")
    with pytest.raises(GlossaryError, match=r"1 \(Joint Working Group\), 2 \(Joint Working Group\)"):
        store.term(GROUP.hindi)


def test_evidence_stays_with_its_term(store: Store) -> None:
    seen = (("a.txt", "पहला वाक्य।"), ("b.txt", "दूसरा वाक्य।"))
    store.apply(lambda terms: [Change(None, replace(GROUP, status="draft"), "suggested", seen)], "asha")
    assert store.evidence(1) == seen


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    good, bad = Change(None, GROUP, "added"), Change(None, Term("शब्द", ""), "added")
    with pytest.raises(GlossaryError, match="english must hold"):
        store.apply(lambda terms: [good, bad], "asha")
    assert (store.version, store.terms()) == (0, ())


def test_writers_wait_for_each_other(store: Store, url: str) -> None:
    def write(name: str) -> None:
        mine = Store(url)
        for number in range(10):
            mine.add(Term(f"शब्द {name} {number}", f"word {name} {number}"), name)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.version == len(store.terms()) == 40
    assert [event.version for event in store.events(40)] == list(range(1, 41))


def test_opening_a_new_store_from_many_sides_makes_it_once(url: str) -> None:
    errors: list[BaseException] = []

    def opened() -> None:
        try:
            Store(url)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=opened) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_the_migrations_make_the_tables_of_the_schema(url: str) -> None:
    Store(url)
    with connect(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from("add approve reject retire edit domain".split()), st.integers(1, 6)), max_size=14)
)
def test_the_terms_are_what_the_events_add_up_to(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]) -> None:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('s') / 'a.sqlite'}")
    states: list[tuple[Term, ...]] = [()]
    for step, number in steps:
        try:
            if step == "add":
                store.add(Term(f"शब्द {'कखगघ'[number % 4]}", "word"), "asha")
            elif step in ("edit", "domain"):
                store.edit(number, {"note" if step == "edit" else "domain": f"n{number}"}, "asha")
            else:
                store.judge([number], step, "asha")  # type: ignore[arg-type]
        except GlossaryError:
            continue
        if store.version == len(states):
            states.append(store.terms())
    assert store.version == len(states) - 1
    assert [store.at(version) for version in range(len(states))] == states


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "must be like sqlite:///FILE"),
        ("nosuch://host/x", "must be like sqlite:///FILE"),
        ("sqlite:////proc/none/glossary.sqlite", "cannot be opened"),
        ("postgresql://me:secret@/none?host=/nonexistent", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_had_is_named_without_its_password(url: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message) as error:
        Store(url)
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "glossary.sqlite"
    file.write_text("a letter, not a database" * 100, encoding="utf-8")
    with pytest.raises(GlossaryError, match="cannot be opened"):
        Store(f"sqlite:///{file}")
    assert file.read_text(encoding="utf-8").startswith("a letter")
