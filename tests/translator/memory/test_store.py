from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.database import connect
from glossary.errors import GlossaryError
from glossary.store import Store
from translator.memory.schema import Base
from translator.memory.store import SEGMENTS, Memory
from translator.memory.values import Outcome, Remembered, TranslationMemoryError

OLD, NEW = "2024-01-01T00:00:00+00:00", "2025-01-01T00:00:00+00:00"
YES = Remembered("हाँ।", "Yes.", "asha", NEW, ("क्या?", ""), "a.txt", "7")


def test_the_migrations_make_the_tables_of_the_schema(url: str) -> None:
    Memory(url)
    with connect(url, SEGMENTS).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": SEGMENTS.version_table})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("order", [(Memory, Store), (Store, Memory)])
def test_each_store_makes_its_own_tables_whichever_comes_first(url: str, order: tuple[type[Memory | Store], ...]) -> None:
    for store in (*order, *order):
        store(url)
    Memory(url).remember("क", "a", "asha")
    assert (Store(url).version, Store(url).terms(), Memory(url).version) == (0, (), 1)


def test_a_database_that_cannot_be_had_is_named() -> None:
    with pytest.raises(GlossaryError, match="the translation memory cannot be opened") as error:
        Memory("postgresql://me:secret@/none?host=/nonexistent")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("brought", "kind"),
    [
        (YES, "unchanged"),
        (replace(YES, who="ravi", at=OLD), "unchanged"),
        (replace(YES, source="हाँ।\n", document="", glossary_version=""), "unchanged"),
        (replace(YES, target="Indeed.", at=OLD), "older"),
        (replace(YES, target="Indeed."), "replaced"),
        (replace(YES, target="Indeed.", at=""), "replaced"),
        (replace(YES, glossary_version="8", at=""), "replaced"),
        (replace(YES, context=("कौन?", "")), "added"),
        (replace(YES, source="हां।"), "added"),
    ],
)
def test_what_becomes_of_a_segment(memory: Memory, brought: Remembered, kind: str) -> None:
    memory.remember_all([YES], "asha")
    version = memory.version
    (outcome,) = memory.outcomes([brought])
    assert (outcome.kind, memory.version) == (kind, version)
    assert memory.remember_all([brought], "ravi") == [outcome]
    assert memory.version == version + (kind in ("added", "replaced"))
    if kind == "older":
        assert (outcome.before and outcome.before.target, outcome.after) == ("Yes.", brought)


def test_who_approved_is_told_from_who_brought_it(memory: Memory) -> None:
    memory.remember_all([YES, replace(YES, source="ना।", who="", at="")], "ravi")
    assert [(event.who, event.segment.who, event.segment.at == NEW) for n in (1, 2) for event in memory.history(n)] == [
        ("ravi", "asha", True),
        ("ravi", "ravi", False),
    ]


def test_all_are_kept_or_none(memory: Memory) -> None:
    with pytest.raises(TranslationMemoryError, match="Its English is empty"):
        memory.remember_all([*(replace(YES, source=f"वाक्य {n}") for n in range(700)), replace(YES, target="")], "asha")
    assert (memory.version, memory.count()) == (0, 0)


def test_many_of_one_sentence_in_one_go_are_all_history(memory: Memory) -> None:
    outcomes = memory.remember_all([replace(YES, target=str(n)) for n in range(3)], "asha")
    assert [outcome.kind for outcome in outcomes] == ["added", "replaced", "replaced"]
    assert [event.segment.target for event in memory.history(1)] == ["0", "1", "2"]
    assert [found.target for found in memory.all()] == ["2"]


def test_the_number_of_a_forgotten_segment_is_not_given_again(memory: Memory) -> None:
    first = memory.remember("क", "a", "asha")
    memory.forget(first.id, "ravi")
    again = memory.remember("क", "a", "asha")
    assert again.id != first.id
    assert [event.action for event in memory.history(first.id)] == ["remembered", "forgotten"]


def test_fuzzy_sees_what_others_change(memory: Memory, url: str) -> None:
    other, asked = Memory(url), "मंत्री ने 9 अप्रैल को भाषण दिया।"
    assert memory.fuzzy(asked) == ()
    added = other.remember("मंत्री ने 8 अप्रैल को भाषण दिया।", "one", "asha")
    assert [near.segment for near in memory.fuzzy(asked)] == [added]
    changed = other.remember("मंत्री ने 8 अप्रैल को भाषण दिया।", "two", "asha")
    assert [near.segment.target for near in memory.fuzzy(asked)] == ["two"]
    other.forget(changed.id, "asha")
    assert memory.fuzzy(asked) == ()


def test_one_translation_in_many_contexts_is_shown_once(memory: Memory) -> None:
    segments = [replace(YES, source="बैठक कल हुई।", context=(f"{n}", ""), target="abc"[n % 3]) for n in range(9)]
    memory.remember_all(segments, "asha")
    near = memory.fuzzy("बैठक आज हुई।", at_least=60)
    assert [one.segment.target for one in near] == ["c", "b", "a"]
    assert len(memory.fuzzy("बैठक आज हुई।", at_least=60, most=2)) == 2
    assert memory.fuzzy("बैठक आज हुई।", at_least=99) == ()


def test_many_sentences_are_looked_up_in_one_call(memory: Memory) -> None:
    sources = [f"वाक्य {n}" for n in range(1200)]
    memory.remember_all([Remembered(source, source.replace("वाक्य", "sentence")) for source in sources], "asha")
    found = memory.exact_many([*sources, "और", sources[0]])
    assert [one and one.source for one in found] == [*sources, None, sources[0]]


def test_search_goes_through_pages_and_counts(memory: Memory) -> None:
    memory.remember_all([Remembered(f"हिन्दी {n}", f"Hindi_{n}%") for n in range(7)], "asha")
    pages = [found.target for after in (0, 3, 6) for found in memory.search("हिंदी", most=3, after=after)]
    assert pages == [f"Hindi_{n}%" for n in reversed(range(7))]
    for words, count in (("hindi", 7), ("i_3%", 1), ("i%3", 0), ("x", 0), ("", 7)):
        assert (memory.count(words), len(memory.search(words))) == (count, count)


def test_writers_wait_for_each_other(memory: Memory, url: str) -> None:
    def write(name: str) -> None:
        mine = Memory(url)
        for number in range(8):
            mine.remember(f"शब्द {number}", f"word {name}", name)
            mine.fuzzy(f"शब्द {number}")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (memory.count(), memory.version) == (8, 32)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.sampled_from("12-")), max_size=14))
def test_what_is_in_use_is_the_last_of_each_sentence_in_each_context(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    memory = Memory(f"sqlite:///{tmp_path_factory.mktemp('m') / 'a.sqlite'}")
    expected: dict[tuple[str, str], str] = {}
    changes = 0
    for source, before, target in steps:
        found = memory.exact(source, (before, ""))
        if target != "-":
            changes += expected.get((source, before)) != target
            expected[source, before] = target
            memory.remember(source, target, "asha", (before, ""))
        elif (source, before) in expected:
            assert found is not None
            memory.forget(found.id, "asha")
            del expected[source, before]
            changes += 1
        assert {(one.source, one.context[0]): one.target for one in memory.all()} == expected
    assert memory.version == changes
    assert memory.outcomes(memory.all()) == [Outcome("unchanged")] * len(expected)
