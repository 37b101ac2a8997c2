"""What has been finished in an output folder, so that a run that was cut off goes on where it was.

`OUT/.dwibhashi/ledger.jsonl` has a line for each note that was finished, written when its briefs are in their places. Lines are
only ever added; the newest of a note counts. It knows nothing of how a note is translated.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from translator.batch.values import NONE, Figures
from translator.errors import DocumentError

if sys.platform != "win32":
    import fcntl

FOLDER = ".dwibhashi"


@dataclass(frozen=True)
class Entry:
    """A line of the ledger: a note with the digest of its content, and what its briefs were made with."""

    note: str
    name: str
    sha256: str
    made_with: str
    outputs: tuple[str, ...] = ()
    figures: Figures = NONE
    error: str = ""

    def answers(self, sha256: str, made_with: str, outputs: tuple[str, ...]) -> bool:
        """Whether this very content has been finished so, with at least these outputs. What failed is tried again."""
        same = (self.sha256, self.made_with) == (sha256, made_with)
        return same and not self.error and set(outputs) <= set(self.outputs)

    def beside(self, known: Entry | None) -> Entry:
        """This entry, with the outputs in other formats that the same content has already."""
        if known is None or not known.answers(self.sha256, self.made_with, ()):
            return self
        return replace(self, outputs=tuple(dict.fromkeys((*known.outputs, *self.outputs))))


class Ledger:
    """The ledger of one output folder, held by one run at a time; the lock goes with the process, however that ends."""

    def __init__(self, out: Path) -> None:
        """Open the ledger of `out`, or begin one. Raises DocumentError if that cannot be, or if another run holds it."""
        path = out / FOLDER / "ledger.jsonl"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b", buffering=0)
        except OSError as error:
            raise DocumentError(f"{out}: {error.strerror}. Choose another folder with --out.") from error
        self._path = path
        try:
            self._lock(out)
            self._latest = {entry.note: entry for entry in self._read()}
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def find(self, note: str) -> Entry | None:
        """The newest entry of a note."""
        return self._latest.get(note)

    def latest(self) -> tuple[Entry, ...]:
        """The newest entry of every note, in the order of their names."""
        return tuple(self._latest[note] for note in sorted(self._latest))

    def record(self, entry: Entry) -> None:
        """Add an entry; it is on the disk when this returns. Raises DocumentError if it cannot be written."""
        line = line_of(entry)
        try:
            if self._file.write(line) != len(line):
                raise OSError(None, "no space left")
            os.fsync(self._file.fileno())
        except OSError as error:
            raise DocumentError(f"{self._path}: {error.strerror}. Make room, and run it again to go on.") from error
        self._latest[entry.note] = entry

    def _lock(self, out: Path) -> None:
        if sys.platform == "win32":
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DocumentError(f"{out}: another run is writing there. Wait for its end, or choose another --out.") from error

    def _read(self) -> list[Entry]:
        """All entries. What was being written when a run was cut off, a line without its end, is cut away."""
        self._file.seek(0)
        content = self._file.readall() or b""
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            self._file.truncate(whole)
        return [entry for line in content[:whole].splitlines() if (entry := entry_of(line))]


def line_of(entry: Entry) -> bytes:
    """A line of the ledger, with its end. In ASCII: a file's name may hold what UTF-8 does not (PEP 383)."""
    return json.dumps(asdict(entry)).encode("ascii") + b"\n"


def entry_of(line: bytes) -> Entry | None:
    """A line read back; None where it is damaged or of another version: its note is done again."""
    try:
        fields: dict[str, Any] = json.loads(line)
        figures = Figures(**fields.pop("figures"))
        return Entry(**{**fields, "outputs": tuple(fields["outputs"]), "figures": figures})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
