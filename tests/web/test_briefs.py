"""Briefs, their queue and their edits, on both kinds of database; segments are made by hand, the engine has its own tests."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from glossary.model import Term
from translator.values import Block, Brief, Document, Flag, Pin, Placement, Segment, TranslatedBlock
from web.briefs import Accepted, Briefs, NotFoundError
from web.database import connect, now
from web.news import News
from web.options import Options
from web.queue import Queue, Work

NOTE = Document(
    "note.txt",
    (Block("heading", "भारत और नेपाल", 1), Block("paragraph", "बैठक हिंदी में हुई। वे मिले।"), Block("verbatim", "x = 1")),
)
TERM = Term("नेपाल", "Nepal", id=7)
SEGMENTS = (
    Segment("भारत और नेपाल", "India and Nepal", (Placement(Pin(8, 13, "Nepal", TERM), 10, 15),), rung="tagged", score=-0.25),
    Segment("बैठक हिंदी में हुई।", "The meeting was in Hindi.", flags=(Flag("numbers", "Look.", "error", (0, 4), (0, 3)),)),
    Segment("वे मिले।", "They met."),
    Segment("x = 1", "x = 1", rung="untouched"),
)


class Service:
    """What the tests need of one database."""

    def __init__(self, url: str) -> None:
        engine, news = connect(url), News()
        self.briefs, self.queue = Briefs(engine, news), Queue(engine, news)

    def done(self, brief_id: str = "", document: Document = NOTE) -> str:
        """A brief that is translated."""
        brief_id = brief_id or self.briefs.accept([Accepted(document, b"note")], "asha")[0]
        work = self.queue.take("here 1")
        assert work
        self.queue.put(work.number, 0, SEGMENTS)
        self.queue.finish(work.number, made(document))
        return brief_id


def made(document: Document = NOTE) -> Brief:
    blocks = (
        TranslatedBlock(document.blocks[0], SEGMENTS[:1]),
        TranslatedBlock(document.blocks[1], SEGMENTS[1:3]),
        TranslatedBlock(document.blocks[2], SEGMENTS[3:]),
    )
    return Brief(document, blocks, "compact", "compact-1", "12", datetime.fromisoformat(now()))


@pytest.fixture
def service(url: str) -> Service:
    return Service(url)


def test_an_accepted_note_is_kept_as_it_came_with_a_row_for_each_sentence(service: Service) -> None:
    options = Options(("defence",), frozenset({"dates"}), "international")
    brief_id = service.briefs.accept([Accepted(NOTE, "नोट".encode(), options)], "asha")[0]
    kept = service.briefs.kept(brief_id)
    assert (kept.name, kept.who, kept.state, kept.options, kept.rows, kept.translated) == (
        "note.txt", "asha", "queued", options, 4, 0,
    )  # fmt: skip
    assert service.briefs.original(brief_id) == "नोट".encode()
    assert service.briefs.blocks(brief_id) == NOTE.blocks
    assert [(row.block, row.source, row.segment) for row in service.briefs.rows(brief_id)] == [
        (0, "भारत और नेपाल", None), (1, "बैठक हिंदी में हुई।", None), (1, "वे मिले।", None), (2, "x = 1", None),
    ]  # fmt: skip


def test_rows_are_there_as_soon_as_they_are_put_and_newer_ones_are_told_apart(service: Service) -> None:
    brief_id = service.briefs.accept([Accepted(NOTE, b"")], "asha")[0]
    work = service.queue.take("here 1")
    assert work == Work(work.number if work else 0, brief_id, NOTE, Options())
    service.queue.put(work.number, 0, SEGMENTS[:2])
    first = service.briefs.rows(brief_id, newer_than=0)
    assert [row.segment for row in first] == list(SEGMENTS[:2])
    service.queue.put(work.number, 1, [SEGMENTS[1]])
    assert [row.position for row in service.briefs.rows(brief_id, newer_than=max(row.version for row in first))] == [1]


def test_a_finished_brief_is_the_brief_that_was_made(service: Service) -> None:
    brief_id = service.done()
    kept = service.briefs.kept(brief_id)
    assert (kept.state, kept.model, kept.glossary_version) == ("done", "compact-1", "12")
    found = service.briefs.brief(brief_id)
    assert found == replace(made(), created=found.created)
    assert [(brief.id, count) for brief, count in service.briefs.used(7)] == [(brief_id, 1)]
    assert service.briefs.used_terms() == {7}


def test_no_brief_is_given_out_before_it_is_done(service: Service) -> None:
    brief_id = service.briefs.accept([Accepted(NOTE, b"")], "asha")[0]
    with pytest.raises(NotFoundError, match="not done yet"):
        service.briefs.brief(brief_id)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("हिन्दी", True),  # another spelling of हिंदी
        ("MEETING hindi", True),
        ("note.txt", True),
        ("Nepal बैठक", True),
        ("Pakistan", False),
        ("100%", False),
        ("_", False),  # no wildcard
    ],
)
def test_briefs_are_found_by_their_words_in_either_language(service: Service, words: str, found: bool) -> None:
    brief_id = service.done()
    assert [brief.id for brief in service.briefs.search(words)] == ([brief_id] if found else [])
    assert service.briefs.count(words) == int(found)


def test_pasted_notes_go_before_batches_and_one_worker_takes_no_others(service: Service) -> None:
    names = ["a", "b"]
    ids = service.briefs.accept([Accepted(replace(NOTE, name=name), b"") for name in names], "asha")
    assert [work.id for work in (service.queue.take("w 1"), service.queue.take("w 2")) if work] == ids
    assert service.queue.take("w 3") is None


def test_two_workers_never_take_the_same_note(service: Service) -> None:
    ids = service.briefs.accept([Accepted(NOTE, b"") for _ in range(20)], "asha")
    taken: list[str] = []

    def work() -> None:
        while found := service.queue.take("w 1"):
            taken.append(found.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(taken) == Counter(ids)


def test_what_a_dead_worker_had_waits_again(service: Service) -> None:
    brief_id = service.briefs.accept([Accepted(NOTE, b"")], "asha")[0]
    service.queue.take("gone 1")
    assert service.queue.running() == {brief_id: "gone 1"}
    service.queue.give_back(brief_id)
    again = service.queue.take("here 2")
    assert again is not None
    assert again.id == brief_id


def test_a_failure_is_told_and_the_note_stays(service: Service) -> None:
    brief_id = service.briefs.accept([Accepted(NOTE, b"note")], "asha")[0]
    work = service.queue.take("here 1")
    assert work
    service.queue.fail(work.number, "no model")
    assert (service.briefs.kept(brief_id).state, service.briefs.kept(brief_id).error) == ("failed", "no model")
    assert service.briefs.original(brief_id) == b"note"
    service.briefs.again(brief_id)
    assert service.done(brief_id) == brief_id


def test_a_deleted_brief_is_gone_even_while_it_is_translated(service: Service) -> None:
    brief_id = service.briefs.accept([Accepted(NOTE, b"")], "asha")[0]
    work = service.queue.take("here 1")
    assert work
    service.briefs.delete(brief_id)
    service.queue.put(work.number, 0, SEGMENTS)
    service.queue.finish(work.number, made())
    assert service.briefs.search() == []
    for ask in (service.briefs.kept, service.briefs.rows, service.briefs.blocks, service.briefs.original, service.briefs.brief):
        with pytest.raises(NotFoundError, match="no such brief"):
            ask(brief_id)


def test_a_row_has_its_neighbours_as_context(service: Service) -> None:
    brief_id = service.done()
    assert service.briefs.context(brief_id, 0) == ("", "बैठक हिंदी में हुई।")
    assert service.briefs.context(brief_id, 2) == ("बैठक हिंदी में हुई।", "x = 1")


def test_the_number_of_a_deleted_brief_is_never_given_again(service: Service) -> None:
    first = service.briefs.accept([Accepted(NOTE, b"")], "asha")[0]
    number = service.briefs.kept(first).number
    service.briefs.delete(first)
    assert service.briefs.kept(service.briefs.accept([Accepted(NOTE, b"")], "asha")[0]).number > number
