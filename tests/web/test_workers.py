"""Workers with the real engine: notes are translated, failures told, and nothing is lost when a process ends."""

from __future__ import annotations

import logging
import os
import socket
import time
from pathlib import Path

import pytest

from tests.web.conftest import made, until_done
from translator.documents.plain import read_plain
from web.briefs import Accepted
from web.database import connect
from web.parts import attached
from web.queue import Queue

NOTE = "भारत और नेपाल की बैठक हुई।\nवे मिले।"


def accepted(text: str = NOTE) -> Accepted:
    return Accepted(read_plain(text, "note"), text.encode())


@pytest.mark.parametrize("worker", [f"{socket.gethostname()} {os.getpid()}", f"{socket.gethostname()} 4194304"])
def test_a_note_that_was_in_the_hands_of_a_process_that_ended_is_taken_up_again(tmp_path: Path, worker: str) -> None:
    first = made(tmp_path, workers=0)
    service = attached(first)
    brief_id = service.briefs.accept([accepted()], "asha")[0]
    queue = Queue(connect(service.settings.database_url), service.news)
    assert queue.take(worker)
    second = made(tmp_path)
    until_done(second, brief_id)
    attached(second).workers.stop()


def test_a_note_in_the_hands_of_another_machine_is_left_to_it(tmp_path: Path) -> None:
    app = made(tmp_path, workers=0)
    service = attached(app)
    brief_id = service.briefs.accept([accepted()], "asha")[0]
    Queue(connect(service.settings.database_url), service.news).take("elsewhere 1")
    service.workers.start()
    assert service.briefs.kept(brief_id).state == "running"


def test_stopping_in_the_midst_of_a_note_lets_it_wait_for_the_next_start(tmp_path: Path) -> None:
    first = made(tmp_path)
    service = attached(first)
    brief_id = service.briefs.accept([accepted("\n".join([NOTE] * 150))], "asha")[0]
    while not service.briefs.kept(brief_id).translated:
        time.sleep(0.01)
    service.workers.stop(patience=60)
    kept = service.briefs.kept(brief_id)
    assert kept.state == "queued"
    assert 0 < kept.translated < kept.rows
    second = made(tmp_path)
    until_done(second, brief_id, 120)
    attached(second).workers.stop()


def test_a_program_error_is_told_without_the_text_of_the_note(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = made(tmp_path, workers=0)
    service = attached(app)

    def broken(*_: object) -> None:
        raise ValueError(f"wrong: {NOTE}")

    monkeypatch.setattr("web.workers.Translators.of", broken)
    other = made(tmp_path, workers=1)
    brief_id = service.briefs.accept([accepted()], "asha")[0]
    with caplog.at_level(logging.DEBUG), pytest.raises(AssertionError, match="note is kept"):
        until_done(other, brief_id)
    attached(other).workers.stop()
    assert service.briefs.original(brief_id) == NOTE.encode()
    assert "ValueError" in caplog.text
    assert "नेपाल" not in caplog.text
