"""The ledger of briefs in an object store, where nothing can be added to a file: a few hundred lines make a file of their own.

`OUT/.dwibhashi/ledger/` has them, named so that their order is that of time. The lines are those of translator.batch.ledger.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from types import TracebackType

from translator.batch.ledger import FOLDER, Entry, entry_of, line_of
from translator.batch.places import Store
from translator.errors import DocumentError

_PARTS = f"{FOLDER}/ledger"
_LINES = 500  # a file for so many notes, or for so many seconds: what a driver that dies takes with it, and is done again
_SECONDS = 10.0


class StoreLedger:
    """What has been finished below a URL. Two runs at once see each other's lines only in the end; both then do all the work."""

    def __init__(self, out: Store) -> None:
        """Raises DocumentError if what is there cannot be read."""
        self._out = out
        self._latest: dict[str, Entry] = {}
        self._waiting: list[bytes] = []
        self._written = 0
        self._since = time.monotonic()
        self._run = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{uuid.uuid4().hex[:8]}"
        for part in out.names(_PARTS):
            self._latest |= {entry.note: entry for line in self._lines(part) if (entry := entry_of(line))}

    def __enter__(self) -> StoreLedger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._write()

    def find(self, note: str) -> Entry | None:
        """The newest entry of a note."""
        return self._latest.get(note)

    def latest(self) -> tuple[Entry, ...]:
        """The newest entry of every note, in the order of their names."""
        return tuple(self._latest[note] for note in sorted(self._latest))

    def record(self, entry: Entry) -> None:
        """Add an entry; it is in the store within some seconds. Raises DocumentError if it cannot be written."""
        self._latest[entry.note] = entry
        self._waiting.append(line_of(entry))
        if len(self._waiting) >= _LINES or time.monotonic() - self._since > _SECONDS:
            self._write()

    def _lines(self, part: str) -> list[bytes]:
        try:
            return self._out.read(part).splitlines()
        except Exception as error:  # each kind of store has errors of its own
            raise DocumentError(f"{self._out}/{part}: it cannot be read ({error}). Check your rights.") from error

    def _write(self) -> None:
        if not self._waiting:
            return
        name = f"{_PARTS}/{self._run}-{self._written:06}.jsonl"
        try:
            self._out.write(name, b"".join(self._waiting))
        except Exception as error:  # each kind of store has errors of its own
            raise DocumentError(f"{self._out}/{name}: {error}. Check your rights, and run it again to go on.") from error
        self._written += 1
        self._waiting = []
        self._since = time.monotonic()
