"""The threads that translate what waits in the queue."""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from collections.abc import Sequence

from translator.errors import DwibhashiError
from translator.values import Segment
from web.news import QUEUE, News
from web.queue import Queue, Work
from web.tally import Tally
from web.translators import Translators

_LOG = logging.getLogger("dwibhashi")
_LOOK = 2.0  # seconds until a worker looks without having been told


class Workers:
    """Worker threads of this process: started once, stopped at the end."""

    def __init__(self, queue: Queue, news: News, translators: Translators, tally: Tally, count: int) -> None:
        self._queue = queue
        self._news = news
        self._translators = translators
        self._tally = tally
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(count > 1 and at == 0,), name=f"worker-{at}", daemon=True)
            for at in range(count)
        ]

    def start(self) -> None:
        """Let documents whose worker is gone wait again, and begin."""
        for brief_id, worker in self._queue.running().items():
            if _is_gone(worker):
                self._queue.give_back(brief_id)
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = 5) -> None:
        """End after the portions at hand; what is not finished waits for the next start."""
        self._ending.set()
        self._news.tell(QUEUE)
        for thread in self._threads:
            thread.join(patience)

    def _work(self, pasted_only: bool) -> None:
        while not self._ending.is_set():
            try:
                news = self._news.number(QUEUE)
                work = self._queue.take(_name(), pasted_only)
                if work is None:
                    self._news.wait(QUEUE, news, _LOOK)
                else:
                    self._translate(work)
            except _Ending:
                return
            except Exception as error:  # the database is away, for one; the thread must live on
                log_failure("a worker", error)
                self._ending.wait(_LOOK)

    def _translate(self, work: Work) -> None:
        def ready(start: int, segments: Sequence[Segment]) -> None:
            if self._ending.is_set():
                self._queue.give_back(work.id)
                raise _Ending
            self._queue.put(work.number, start, segments)

        try:
            brief = self._translators.of(work.options).brief(work.document, ready)
            self._queue.finish(work.number, brief)
            self._tally.add(brief.segments)
        except DwibhashiError as error:
            self._queue.fail(work.number, str(error))
        except _Ending:
            raise
        except Exception as error:
            log_failure(f"brief {work.id}", error)
            self._queue.fail(work.number, "The program failed here. The note is kept; try again, or report it.")


class _Ending(Exception):
    """The process ends in the midst of a document."""


def log_failure(what: str, error: Exception) -> None:
    """Say in the log where a program error came from; not its message, which may hold what people wrote."""
    _LOG.error("%s failed: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


def _name() -> str:
    """This process, as the queue names it."""
    return f"{socket.gethostname()} {os.getpid()}"


def _is_gone(worker: str) -> bool:
    """Whether the process of a worker has ended: it was on this machine, and is there no more (or had the number of this one)."""
    host, _, process = worker.rpartition(" ")
    if host != socket.gethostname():
        return False
    if int(process) == os.getpid():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
