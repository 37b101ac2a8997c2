"""Rows changed by hand: in the brief, in the memory, and back, with the real engine."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.conftest import until_done
from translator.documents.plain import read_plain
from translator.memory.values import TranslationMemoryError
from web.briefs import Accepted, NotFoundError
from web.parts import Parts, attached

NOTE = "संयुक्त कार्य समूह की बैठक 8 अप्रैल 2024 को हुई।\nवे मिले।"


@pytest.fixture
def service(app: Flask) -> Parts:
    return attached(app)


@pytest.fixture
def brief_id(app: Flask, service: Parts) -> str:
    made = service.briefs.accept([Accepted(read_plain(NOTE, "note"), NOTE.encode())], "asha")[0]
    until_done(app, made)
    return made


def test_an_edit_is_in_the_brief_and_in_the_memory_with_its_pins_placed(service: Parts, brief_id: str) -> None:
    row = service.edits.save(brief_id, 0, "The Joint Working  Group met on 8 April 2024.\n", "asha")
    assert row.segment is not None
    assert (row.segment.target, row.segment.rung, row.edits) == ("The Joint Working Group met on 8 April 2024.", "edited", 1)
    assert {place.pin.target for place in row.segment.placements} == {"Joint Working Group", "8 April 2024"}
    assert row.segment.flags == ()
    remembered = service.memory.exact(row.source, service.briefs.context(brief_id, 0))
    assert remembered is not None
    assert (remembered.target, remembered.who, remembered.document) == (row.segment.target, "asha", "note")
    assert service.briefs.brief(brief_id).segments[0] == row.segment
    service.edits.undo(brief_id, 0, "asha")


def test_an_edit_that_loses_a_term_or_a_number_is_kept_and_flagged(service: Parts, brief_id: str) -> None:
    row = service.edits.save(brief_id, 0, "The group met on 9 April 2024.", "asha")
    assert row.segment is not None
    assert {flag.kind for flag in row.segment.flags} >= {"term-missing", "date"}
    service.edits.undo(brief_id, 0, "asha")


def test_undo_brings_back_what_was_there_step_by_step(service: Parts, brief_id: str) -> None:
    before = service.briefs.row(brief_id, 1).segment
    assert before is not None
    service.edits.save(brief_id, 1, "They met.", "asha")
    service.edits.save(brief_id, 1, "They met there.", "ravi")
    once = service.edits.undo(brief_id, 1, "ravi")
    assert once.segment is not None
    assert (once.segment.target, once.edits) == ("They met.", 1)
    remembered = service.memory.exact("वे मिले।", service.briefs.context(brief_id, 1))
    assert remembered is not None
    assert remembered.target == "They met."
    assert service.edits.undo(brief_id, 1, "asha").segment == before
    assert service.memory.exact("वे मिले।") is None
    with pytest.raises(NotFoundError, match="no edit"):
        service.edits.undo(brief_id, 1, "asha")


def test_undo_does_not_take_from_the_memory_what_someone_has_approved_since(service: Parts, brief_id: str) -> None:
    service.edits.save(brief_id, 1, "They met.", "asha")
    service.memory.remember("वे मिले।", "They have met.", "ravi", service.briefs.context(brief_id, 1))
    service.edits.undo(brief_id, 1, "asha")
    remembered = service.memory.exact("वे मिले।")
    assert remembered is not None
    assert remembered.target == "They have met."
    service.memory.forget(remembered.id, "ravi")


def test_an_empty_edit_is_refused_and_changes_nothing(service: Parts, brief_id: str) -> None:
    before = service.briefs.row(brief_id, 1)
    with pytest.raises(TranslationMemoryError, match="empty"):
        service.edits.save(brief_id, 1, " \n", "asha")
    assert service.briefs.row(brief_id, 1) == before


def test_a_note_translated_again_takes_what_was_approved_in_it(app: Flask, service: Parts, brief_id: str) -> None:
    service.edits.save(brief_id, 1, "They all met.", "asha")
    service.briefs.again(brief_id)
    until_done(app, brief_id)
    row = service.briefs.row(brief_id, 1)
    assert row.segment is not None
    assert (row.segment.target, row.segment.rung, row.edits) == ("They all met.", "memory", 0)
    remembered = service.memory.exact("वे मिले।")
    assert remembered is not None
    service.memory.forget(remembered.id, "asha")


def test_a_row_edited_while_the_note_is_translated_stays(service: Parts) -> None:
    from web.database import connect
    from web.queue import Queue

    text = "\n".join([NOTE] * 3)
    brief_id = service.briefs.accept([Accepted(read_plain(text, "long"), text.encode())], "asha", None)[0]
    queue = Queue(connect(service.settings.database_url), service.news)
    number = service.briefs.kept(brief_id).number
    segment = service.translators.of(service.briefs.kept(brief_id).options).edited("वे मिले।", "They met.")
    queue.put(number, 1, [segment])
    service.edits.save(brief_id, 1, "They met by hand.", "asha")
    queue.put(number, 1, [segment])
    row = service.briefs.row(brief_id, 1)
    assert row.segment is not None
    assert row.segment.target == "They met by hand."
