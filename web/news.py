"""How threads of one process hear that something has changed in the database, so that they need not look all the time."""

from __future__ import annotations

import threading

QUEUE = 0  # the topic of what waits to be translated; that of a brief is its number
_LISTS = 61  # of those who wait; topics share one now and then, which wakes someone for nothing


class News:
    """Tells those who wait for a topic. It says that there is something, never what: that is in the database."""

    def __init__(self) -> None:
        self._conditions = tuple(threading.Condition() for _ in range(_LISTS))
        self._numbers = [0] * _LISTS

    def number(self, topic: int) -> int:
        """How often something was told of `topic`; take it before looking, and wait with it after."""
        return self._numbers[topic % _LISTS]

    def tell(self, topic: int) -> None:
        """Wake those who wait for `topic`."""
        place = topic % _LISTS
        with self._conditions[place]:
            self._numbers[place] += 1
            self._conditions[place].notify_all()

    def wait(self, topic: int, since: int, seconds: float) -> None:
        """Until there is more news than `since`, or the time is over: another process may have changed something."""
        place = topic % _LISTS
        with self._conditions[place]:
            self._conditions[place].wait_for(lambda: self._numbers[place] != since, seconds)
