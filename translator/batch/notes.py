"""The notes below a folder, those in ZIPs among them, and the names of their briefs. It never looks into a note."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path, PurePosixPath

from translator.batch.values import EVERYTHING, Selection
from translator.documents.archives import is_archive, parts_in, sizes_in
from translator.documents.reading import READERS, readable
from translator.errors import DocumentError

INDEX = "index"  # the name of the report beside the briefs


@dataclass(frozen=True, order=True)
class Note:
    """A note by its name, the path below the folder: `a/b.txt`, or `a/b.zip/c.txt` for `inner` c.txt of the ZIP `file` a/b.zip.

    `size` is that of what is packed, in bytes. A ZIP that cannot be opened is a note with a `problem`.
    """

    name: str
    file: str
    inner: str = ""
    size: int = 0
    problem: str = ""

    def taken_from(self, file: Path | bytes, shown: str) -> bytes:
        """The content of the note; `file` is where it is, or what is there, and `shown` how messages name that.

        Raises DocumentError if the ZIP is not whole, and OSError if there is no file.
        """
        if self.problem:
            raise DocumentError(self.problem)
        if not self.inner:
            return file if isinstance(file, bytes) else file.read_bytes()
        for _, content in parts_in(file, shown, wanted=self.inner.__eq__):
            return content
        raise DocumentError(f"{shown}: {self.inner} is not in there any more. Run it again.")


def notes_in(folder: Path, out: Path, selection: Selection = EVERYTHING) -> tuple[tuple[Note, ...], tuple[Path, ...]]:
    """The notes below `folder` in the order of their names, and the files that are none; hidden ones and `out` are left out.

    A ZIP is like a folder, and `folder` may be one. Raises DocumentError if there is no such folder, or if `out` holds it.
    """
    found: Iterable[Note]
    if is_archive(folder.name) and folder.is_file():
        found = notes_of_archive("", folder, str(folder))
    elif not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder.")
    else:
        found = chain.from_iterable(
            notes_of_file(path.relative_to(folder).as_posix(), path, str(path)) for path in _files(folder, out.resolve())
        )
    if folder.resolve().is_relative_to(out.resolve()):
        raise DocumentError(f"{out}: the notes are in there. Choose another folder with --out.")
    notes = sorted(note for note in found if selected(note.name, selection))
    return (
        tuple(note for note in notes if is_note(note)),
        tuple(folder / note.name for note in notes if not is_note(note)),
    )


def notes_of_file(name: str, file: Path | bytes, shown: str) -> Iterable[Note]:
    """The note that a file is, or those in it if it is a ZIP."""
    return notes_of_archive(name, file, shown) if is_archive(name) else [Note(name, name)]


def notes_of_archive(name: str, archive: Path | bytes, shown: str) -> list[Note]:
    """The files of a ZIP, below its own name. One that cannot be opened is one note, which tells why."""
    try:
        sizes = sizes_in(archive, shown)
    except DocumentError as error:
        return [Note(name, name, problem=str(error))]
    return [
        Note(f"{name}/{path}" if name else path, name, path, size)
        for path, size in sizes.items()
        if not any(part.startswith(".") for part in path.split("/"))
    ]


def is_note(note: Note) -> bool:
    """Whether it can be read, or someone must hear why not."""
    return bool(note.problem) or readable(note.name)


def no_notes(folder: object) -> DocumentError:
    """The error for a folder in which there is nothing to translate."""
    return DocumentError(
        f"{folder}: no notes there. Notes are files of type {', '.join(filter(None, READERS))}, and .zip of these."
    )


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
