"""How threads of one process hear that something has changed in the database, so that they need not look all the time."""

from __future__ import annotations

import threading


class News:
    """Tells all who wait. It says that there is something, never what: that is in the database."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._number = 0

    @property
    def number(self) -> int:
        """How often something was told; take it before looking, and wait with it after."""
        return self._number

    def tell(self) -> None:
        """Wake all who wait."""
        with self._condition:
            self._number += 1
            self._condition.notify_all()

    def wait(self, since: int, seconds: float) -> None:
        """Until there is more news than `since`, or the time is over: another process may have changed something."""
        with self._condition:
            self._condition.wait_for(lambda: self._number != since, seconds)
