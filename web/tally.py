"""How many sentences this process has translated, and how many flags of each kind they had; never a sentence itself."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable

from translator.values import Segment


class Tally:
    """Counts since the start of the process. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sentences = 0
        self._flags: Counter[str] = Counter()

    @property
    def sentences(self) -> int:
        """The sentences that were translated."""
        return self._sentences

    def flags(self) -> dict[str, int]:
        """The flags on them, by kind."""
        with self._lock:
            return dict(self._flags)

    def add(self, segments: Iterable[Segment]) -> None:
        """Count what has been translated."""
        segments = tuple(segments)
        with self._lock:
            self._sentences += len(segments)
            self._flags.update(flag.kind for segment in segments for flag in segment.flags)
