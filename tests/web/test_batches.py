"""Batches on both kinds of database, and a service that is ended in the midst of one: by a stop, and by kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.conftest import made
from translator.documents.plain import read_plain
from translator.errors import DocumentError
from translator.values import Brief, Flag, Segment, TranslatedBlock
from web.batches import MOST, Batches, PassedOver
from web.briefs import Accepted, Briefs, Kept, NotFoundError
from web.database import connect, now
from web.news import News
from web.parts import attached
from web.queue import Queue

SEED = (ROOT / "seeds" / "000_fd72bbba517746b4.txt").read_text(encoding="utf-8")


def note(number: int, text: str = "बैठक समाप्त हुई।") -> Accepted:
    return Accepted(read_plain(text, f"{number}.txt"), text.encode())


class Service:
    """What the tests need of one database."""

    def __init__(self, url: str) -> None:
        engine, news = connect(url), News()
        self.briefs, self.queue = Briefs(engine, news), Queue(engine, news)
        self.batches = Batches(engine, self.briefs)

    def translate(self, flags: tuple[Flag, ...] = ()) -> None:
        """Finish the next document."""
        work = self.queue.take("here 1")
        assert work
        segment = Segment(work.document.blocks[0].text, "The meeting ended.", flags=flags)
        self.queue.put(work.number, 0, [segment])
        blocks = (TranslatedBlock(work.document.blocks[0], (segment,)),)
        brief = Brief(work.document, blocks, "compact", "compact-1", "12", datetime.fromisoformat(now()))
        self.queue.finish(work.number, brief)


@pytest.fixture
def service(url: str) -> Service:
    return Service(url)


def test_a_batch_counts_what_becomes_of_its_documents(service: Service) -> None:
    passed = PassedOver("photo.jpg", "Files of type .jpg cannot be read.")
    batch_id = service.batches.accept("April", [note(1), passed, note(2), note(3)], "asha")
    batch = service.batches.batch(batch_id)
    assert (batch.name, batch.who, batch.passed_over) == ("April", "asha", (passed,))
    assert (batch.documents, batch.done, batch.failed, batch.is_open) == (3, 0, 0, True)
    service.translate((Flag("numbers", "Look."), Flag("dates", "Look.")))
    service.translate()
    work = service.queue.take("here 1")
    assert work
    service.queue.fail(work.number, "No engine.")
    batch = service.batches.batch(batch_id)
    assert (batch.documents, batch.done, batch.failed, batch.is_open) == (3, 2, 1, False)
    first, second, third = service.briefs.of_batch(batch_id)
    assert service.batches.flags([first, second, third]) == {first.number: 2}
    assert service.batches.flags([]) == {}
    assert service.briefs.of_batch(batch_id, 1, 1) == [second]
    assert service.batches.again(batch_id) == 1
    assert [brief.state for brief in service.briefs.of_batch(batch_id)] == ["done", "done", "queued"]
    assert service.batches.again(batch_id) == 0


def test_batches_are_listed_the_newest_first(service: Service) -> None:
    ids = [service.batches.accept(str(number), [note(number)], "asha") for number in range(3)]
    assert [batch.id for batch in service.batches.all()] == ids[::-1]
    assert [batch.id for batch in service.batches.all(1, 1)] == [ids[1]]
    assert service.batches.count() == 3


def test_all_or_nothing_is_accepted(service: Service) -> None:
    def broken() -> Iterator[Accepted]:
        yield note(1)
        raise DocumentError("broken")

    with pytest.raises(DocumentError, match="broken"):
        service.batches.accept("x", broken(), "asha")
    with pytest.raises(DocumentError, match="no file"):
        service.batches.accept("x", [], "asha")
    with pytest.raises(DocumentError, match=r"a0.jpg: A photo. .* a2.jpg: A photo. So it is with 2 more"):
        service.batches.accept("x", [PassedOver(f"a{number}.jpg", "A photo.") for number in range(5)], "asha")
    with pytest.raises(DocumentError, match="more than 2,000"):
        service.batches.accept("x", (note(number) for number in range(MOST + 1)), "asha")
    assert service.batches.count() == 0
    assert service.briefs.count() == 0


def test_a_deleted_batch_takes_its_briefs_along_and_no_others(service: Service) -> None:
    batch_id = service.batches.accept("x", [note(1), note(2)], "asha")
    other = service.batches.accept("y", [note(3)], "asha")
    service.translate()
    first = service.briefs.of_batch(batch_id)[0]
    service.batches.delete(batch_id)
    assert [batch.id for batch in service.batches.all()] == [other]
    assert [brief.name for brief in service.briefs.search()] == ["3.txt"]
    for ask in (lambda: service.batches.batch(batch_id), lambda: service.batches.delete(batch_id)):
        with pytest.raises(NotFoundError):
            ask()
    with pytest.raises(NotFoundError):
        service.briefs.rows(first.id)


def test_a_batch_goes_on_after_a_restart_and_repeats_nothing(tmp_path: Path) -> None:
    first = made(tmp_path)
    parts = attached(first)
    batch_id = parts.batches.accept("x", [note(number, SEED[:300]) for number in range(20)], "asha")
    wait_until(lambda: parts.batches.batch(batch_id).done >= 2)
    parts.workers.stop()
    before = {brief.id: brief for brief in parts.briefs.of_batch(batch_id)}
    assert parts.batches.batch(batch_id).is_open
    assert "running" not in {brief.state for brief in before.values()}
    second = made(tmp_path)
    wait_until(lambda: not attached(second).batches.batch(batch_id).is_open)
    attached(second).workers.stop()
    assert_each_once(attached(second).briefs, batch_id, list(before.values()))


def test_a_batch_goes_on_after_kill_9_and_repeats_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'service.sqlite'}"
    service = Service(url)
    batch_id = service.batches.accept("x", [note(number, SEED[:300]) for number in range(20)], "asha")
    with served(url, tmp_path) as process:
        wait_until(lambda: service.batches.batch(batch_id).done >= 2)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    before = service.briefs.of_batch(batch_id)
    assert {"done"} < {brief.state for brief in before}
    with served(url, tmp_path):
        wait_until(lambda: not service.batches.batch(batch_id).is_open)
    assert_each_once(service.briefs, batch_id, before)


def assert_each_once(briefs: Briefs, batch_id: str, before: list[Kept]) -> None:
    """All documents are done with all their rows; those that were done before have not been touched."""
    after = briefs.of_batch(batch_id)
    assert [brief.id for brief in after] == [brief.id for brief in before]
    assert {brief.state for brief in after} == {"done"}
    for brief in after:
        assert brief.rows == brief.translated > 0
        assert [row.position for row in briefs.rows(brief.id)] == list(range(brief.rows))
        assert all(row.segment and row.segment.source == row.source for row in briefs.rows(brief.id))
    done = {brief.id: brief for brief in before if brief.state == "done"}
    assert done
    assert [brief for brief in after if brief.id in done] == list(done.values())


def wait_until(met: Callable[[], bool], seconds: float = 90) -> None:
    """Look until it is so; to wait for ever is an error."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)


@contextmanager
def served(url: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`dwibhashi serve` in a process of its own."""
    environment = {**os.environ, "DWIBHASHI_DATABASE_URL": url, "XDG_DATA_HOME": str(home)}
    command = [sys.executable, "-m", "web.commands", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)
