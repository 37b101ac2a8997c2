"""The notes below a folder and the names of their briefs. It looks at names only, never into a file."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path, PurePosixPath

from translator.batch.values import EVERYTHING, Selection
from translator.documents.reading import READERS, readable
from translator.errors import DocumentError

INDEX = "index"  # the name of the report beside the briefs


def notes_in(folder: Path, out: Path, selection: Selection = EVERYTHING) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The notes below `folder` in the order of their names, and the files that are none; hidden ones and `out` are left out.

    Raises DocumentError if there is no such folder, or if `out` holds it.
    """
    if not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder.")
    if folder.resolve().is_relative_to(out.resolve()):
        raise DocumentError(f"{out}: the notes are in there. Choose another folder with --out.")
    files = sorted(path for path in _files(folder, out.resolve()) if selected(path.relative_to(folder).as_posix(), selection))
    notes = tuple(path for path in files if readable(path.name))
    return notes, tuple(path for path in files if not readable(path.name))


def no_notes(folder: object) -> DocumentError:
    """The error for a folder in which there is nothing to translate."""
    return DocumentError(f"{folder}: no notes there. Notes are files of type {', '.join(filter(None, READERS))}.")


def names_of(notes: Sequence[str], held: Mapping[str, str]) -> dict[str, str]:
    """For each note the name of its brief, without the ending of the format.

    That is the name of the note, with its own ending only where two would be the same. `held` are the names that notes got
    before; they keep them.

    >>> names_of(["a.md", "a.txt", "b.txt", "index.md"], {})
    {'a.md': 'a.md', 'a.txt': 'a.txt', 'b.txt': 'b', 'index.md': 'index.md'}
    >>> names_of(["a.md", "a.txt"], {"a.txt": "a"})
    {'a.txt': 'a', 'a.md': 'a.md'}
    """
    names = {note: held[note] for note in notes if note in held}
    new = [note for note in notes if note not in held]
    count = Counter(_stem(note).casefold() for note in new)
    whole = {note.casefold() for note in new}
    taken = {name.casefold() for name in (INDEX, *held.values())}
    for note in new:
        stem = _stem(note)
        alone = count[stem.casefold()] == 1 and stem.casefold() not in whole - {note.casefold()}
        wanted = chain([stem] if alone else [], [note], (f"{note}-{number}" for number in itertools.count(2)))
        names[note] = next(name for name in wanted if name.casefold() not in taken)
        taken.add(names[note].casefold())
    return names


def _stem(note: str) -> str:
    return PurePosixPath(note).with_suffix("").as_posix()


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """The files below `folder` that are not hidden, without going into `out`. What goes away meanwhile is not there."""
    for place, inner, names in os.walk(folder):
        here = Path(place)
        inner[:] = [name for name in inner if not name.startswith(".") and (here / name).resolve() != out]
        yield from (here / name for name in names if not name.startswith(".") and (here / name).is_file())


def selected(path: str, selection: Selection) -> bool:
    """Whether a file counts; `path` is the one below the folder of the notes."""
    if any(_fits(path, pattern) for pattern in selection.exclude):
        return False
    return not selection.include or any(_fits(path, pattern) for pattern in selection.include)


def _fits(path: str, pattern: str) -> bool:
    if "/" not in pattern.rstrip("/"):
        return any(fnmatchcase(part, pattern.rstrip("/")) for part in path.split("/"))
    whole = pattern.removeprefix("./").strip("/")
    return fnmatchcase(path, whole) or fnmatchcase(path, f"{whole}/*")
