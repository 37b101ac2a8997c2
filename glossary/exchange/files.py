"""Which file is read and written how."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from glossary.errors import GlossaryError
from glossary.exchange.entries import Entry
from glossary.exchange.tables import read_separated, read_workbook, write_separated, write_workbook
from glossary.exchange.tbx import V2, V3, read_tbx, write_tbx
from glossary.model import Term

READERS: dict[str, Callable[[Path], Iterator[Entry]]] = {
    ".csv": read_separated,
    ".tsv": read_separated,
    ".tab": read_separated,
    ".txt": read_separated,
    ".xlsx": read_workbook,
    ".tbx": read_tbx,
    ".xml": read_tbx,
}
WRITERS: dict[str, Callable[[Path, Iterable[Term]], None]] = {
    "csv": write_separated,
    "tsv": write_separated,
    "xlsx": write_workbook,
    "tbx": partial(write_tbx, dialect=V3),
    "tbx2": partial(write_tbx, dialect=V2),
}


def read_entries(path: Path) -> Iterator[Entry]:
    """What a glossary file says, term by term. Raises GlossaryError, naming the file, if it cannot be read at all."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise GlossaryError(
            f"{path}: a glossary is read from {', '.join(READERS)}, not {path.suffix or 'a file without suffix'}."
        )
    try:
        yield from reader(path)
    except OSError as error:
        raise GlossaryError(f"{path}: {error.strerror}. Check the name and your right to read it.") from error


def write_terms(path: Path, terms: Iterable[Term], kind: str = "") -> None:
    """Write a glossary file of the kind given, or told by the name of the file. It appears whole or not at all."""
    kind = kind or path.suffix.lower().removeprefix(".")
    writer = WRITERS.get(kind)
    if writer is None:
        raise GlossaryError(f"{path}: a glossary is written as {', '.join(WRITERS)}, not {kind or 'a file without suffix'}.")
    try:
        with replacing(path) as beside:
            writer(beside, terms)
    except OSError as error:
        raise GlossaryError(f"{path}: {error.strerror}. Check the name and your right to write there.") from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write beside `path`, which takes its place at the end; if anything fails, what was there stays."""
    with tempfile.TemporaryDirectory(prefix=".dwibhashi-", dir=path.parent) as folder:
        beside = Path(folder) / path.name
        yield beside
        beside.replace(path)
