from __future__ import annotations

from pathlib import Path

import pytest

from glossary import termbase
from glossary.agreed import built_in
from glossary.model import Term
from glossary.store import Store
from glossary.termbase import EDITORS, current, exists, open_store, update_built_in

FIRST = [
    Term("भारत", "India", kind="name"),
    Term("समिति", "committee"),
    Term("बैठक", "meeting", variants=("सभा",)),
    Term("दल", "team"),
]


@pytest.fixture
def small(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    done = update_built_in(store, FIRST)
    assert (done.added, done.changed, done.retired, done.kept) == (4, 0, 0, ())
    return store


def english(store: Store) -> dict[str, str]:
    return {term.hindi: term.english for term in store.glossary().terms}


def test_a_new_termbase_begins_with_the_built_in_terms(url: str) -> None:
    store = open_store(url)
    assert len(store.glossary().terms) == len(built_in().terms)
    version = store.version
    assert open_store(url).version == version
    assert store.changed_by_others_than(EDITORS) == frozenset()


def test_the_same_release_again_changes_nothing(small: Store) -> None:
    version = small.version
    done = update_built_in(small, FIRST)
    assert (done.added, done.changed, done.retired, done.kept, small.version) == (0, 0, 0, (), version)


def test_a_later_release_adds_changes_and_retires_what_is_its_own(small: Store) -> None:
    later = [FIRST[0], Term("समिति", "Committee"), FIRST[2], Term("संधि", "treaty")]
    done = update_built_in(small, later)
    assert (done.added, done.changed, done.retired, done.kept) == (1, 1, 1, ())
    assert english(small) == {"भारत": "India", "समिति": "Committee", "बैठक": "meeting", "संधि": "treaty"}
    assert small.term("दल").status == "obsolete"
    again = update_built_in(small, later)
    assert (again.added, again.changed, again.retired) == (0, 0, 0)


def test_what_people_decided_stays(small: Store) -> None:
    small.edit(small.term("समिति").id, {"english": "panel"}, "asha")
    small.judge([small.term("भारत").id], "retire", "asha")
    small.judge([small.term("दल").id], "retire", "asha")
    small.add(Term("दल", "party"), "asha", approve=True)
    small.add(Term("संधि", "pact"), "asha", approve=True)
    later = [*FIRST[:3], Term("दल", "group"), Term("संधि", "treaty", variants=("सन्धि पत्र",))]
    done = update_built_in(small, later)
    assert english(small) == {"समिति": "panel", "बैठक": "meeting", "दल": "party", "संधि": "pact", "सन्धि पत्र": "treaty"}
    assert [term.hindi for term in done.kept] == ["भारत", "समिति", "दल"]
    assert (done.added, done.changed, done.retired) == (1, 0, 0)
    assert update_built_in(small, later).added == 0


def test_a_spelling_that_people_pinned_is_left_to_them(small: Store) -> None:
    small.edit(small.term("बैठक").id, {"variants": ()}, EDITORS)
    small.add(Term("सभा", "assembly"), "asha", approve=True)
    update_built_in(small, FIRST)
    assert english(small)["सभा"] == "assembly"
    assert small.term("बैठक").variants == ()


def test_without_a_termbase_the_built_in_terms_are_current(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert not exists()
    assert current() == built_in()
    assert not exists()
    open_store().add(Term("सूर्य योजना", "Surya Scheme"), "asha", approve=True)
    assert exists()
    assert current().version == str(len(built_in().terms) + 1)
    assert current().terms[-1].english == "Surya Scheme"


def test_the_environment_names_another_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DWIBHASHI_DATABASE_URL", f"sqlite:///{tmp_path / 'deep' / 'own.sqlite'}")
    assert exists()
    assert len(current().terms) == len(built_in().terms)
    assert (tmp_path / "deep" / "own.sqlite").exists()
    assert termbase.open_store().version == len(built_in().terms)
