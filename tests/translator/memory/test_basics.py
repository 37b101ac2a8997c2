from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from glossary.database import connect
from translator.memory.store import Memory
from translator.memory.values import Remembered, TranslationMemoryError

TRUE = Remembered("यह सच है।", "This is true.", "asha", "2026-01-02T03:04:05+00:00", ("पहला।", "तीसरा।"), "a.txt", "12")


def test_a_newer_approval_takes_the_place_of_an_older_one_and_both_are_history(memory: Memory) -> None:
    first = memory.remember("बैठक हुई।", "The meeting was held.", "asha")
    second = memory.remember("बैठक  हुई।", "A meeting took place.", "ravi")
    found = memory.exact("बैठक हुई।")
    assert found is not None
    assert (found.target, found.who, memory.count()) == ("A meeting took place.", "ravi", 1)
    assert [(event.action, event.segment.target) for event in memory.history(first.id)] == [
        ("remembered", "The meeting was held."),
        ("replaced", "A meeting took place."),
    ]
    memory.forget(second.id, "ravi")
    assert (memory.exact("बैठक हुई।"), memory.count()) == (None, 0)
    with pytest.raises(TranslationMemoryError, match=f"no segment {second.id}"):
        memory.forget(second.id, "ravi")


@pytest.mark.parametrize("other", ["बैठक 9 को हुई।", "बैठक ८ को हुई।", "बैठकें 8 को हुई।", "बैठक 8 को हुई"])
def test_another_number_or_spelling_is_another_sentence(memory: Memory, other: str) -> None:
    memory.remember("बैठक 8 को हुई।", "It was held on 8.", "asha")
    assert memory.exact(other) is None
    assert memory.exact("बैठक  8 को\nहुई।") is not None


def test_the_same_context_comes_before_the_newest(memory: Memory) -> None:
    memory.remember("हाँ।", "Yes.", "asha", context=("क।", ""))
    memory.remember("हाँ।", "Indeed.", "asha", context=("ख।", ""))
    found = memory.exact_many(["हाँ।", "हाँ।", "ना।"], [("क।", ""), ("ग।", ""), ("", "")])
    assert [one and one.target for one in found] == ["Yes.", "Indeed.", None]


def test_what_is_alike_is_found_with_what_differs(memory: Memory) -> None:
    memory.remember("बैठक 8 अप्रैल को अस्ताना में हुई।", "one", "asha")
    memory.remember("वर्षा हुई।", "two", "asha")
    (near,) = memory.fuzzy("बैठक 9 अप्रैल को अस्ताना में हुई।")
    assert near.segment.target == "one"
    assert 90 < near.score < 100
    assert ["बैठक 9 अप्रैल को अस्ताना में हुई।"[slice(*span)] for span in near.asked_spans] == ["9"]
    memory.forget(near.segment.id, "asha")
    assert memory.fuzzy("बैठक 9 अप्रैल को अस्ताना में हुई।") == ()


def test_the_history_cannot_be_changed(memory: Memory, url: str) -> None:
    memory.remember("क", "a", "asha")
    for change in ("UPDATE memory_events SET who = 'nobody'", "DELETE FROM memory_events"):
        with pytest.raises(DBAPIError), connect(url).begin() as connection:
            connection.execute(text(change))


def test_search_in_either_language(memory: Memory) -> None:
    memory.remember("हिन्दी में बैठक", "A meeting in Hindi", "asha")
    memory.remember("50% की छूट", "50% off", "asha")
    assert [found.id for found in memory.search("हिंदी")] == [found.id for found in memory.search("MEETING")] == [1]
    assert [found.id for found in memory.search("50%")] == [2]
    assert len(memory.search()) == 2


@pytest.mark.parametrize(("source", "target"), [("", "a"), ("क", " "), ("क\0", "a")])
def test_what_cannot_be_remembered_is_refused(memory: Memory, source: str, target: str) -> None:
    with pytest.raises(TranslationMemoryError):
        memory.remember(source, target, "asha")
    assert memory.version == 0
