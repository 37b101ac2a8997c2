"""A handful of notes into briefs: read, translated together, written. What goes wrong with one is kept from the others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translator.batch.ledger import FOLDER, Entry
from translator.batch.notes import Note
from translator.batch.places import Folder
from translator.batch.values import Order, Status, figures_of
from translator.documents.reading import read_content
from translator.documents.writing import WRITERS
from translator.errors import DocumentError, DwibhashiError
from translator.pipeline import Translator
from translator.values import Brief, Document


@dataclass(frozen=True)
class Task:
    """A note, the file where it is, the name of its brief, and what the ledger has of it."""

    note: Note
    file: Path
    name: str
    known: Entry | None

    @property
    def shown(self) -> str:
        """How messages name the note."""
        return str(self.file / self.note.inner)


@dataclass(frozen=True)
class Finished:
    """What is to stand in the ledger; nothing new if the note was unchanged."""

    entry: Entry
    status: Status


@dataclass(frozen=True)
class _Read:
    """A note that is to be translated, as a file and as its reader understood it."""

    entry: Entry
    content: bytes
    document: Document


@dataclass(frozen=True)
class Work:
    """Everything that turns tasks into briefs. Safe to share between threads."""

    order: Order
    translator: Translator
    made_with: str

    def __call__(self, tasks: Sequence[Task]) -> list[Finished]:
        """Finish tasks; the short ones among their notes fill the engine's batches together."""
        finished: list[Finished] = []
        read: list[_Read] = []
        for task in tasks:
            entry = Entry(task.note.name, task.name, "", self.made_with, self._outputs(task.name))
            try:
                content = task.note.taken_from(task.file, str(task.file))
                entry = replace(entry, sha256=hashlib.sha256(content).hexdigest())
                if task.known and self._is_done(task.known, entry):
                    finished.append(Finished(task.known, "unchanged"))
                else:
                    read.append(_Read(entry.beside(task.known), content, read_content(content, task.shown)))
            except Exception as error:
                finished.append(_failed(entry, task.shown, error))
        return finished + self._translated(read)

    def _translated(self, read: Sequence[_Read]) -> list[Finished]:
        finished = []
        self._prepare([note.document for note in read])
        for note in read:
            entry = note.entry
            try:
                brief = self.translator.brief(note.document)
                self._write(entry.name, brief, note.content)
                finished.append(Finished(replace(entry, figures=figures_of(brief)), "translated"))
            except Exception as error:
                finished.append(_failed(entry, str(self.order.folder / entry.note), error))
        return finished

    def _prepare(self, documents: Sequence[Document]) -> None:
        """Translate all sentences at once, for the translator to remember; what fails here fails again for its own document."""
        if len(documents) > 1:
            try:
                self.translator.brief(Document("", tuple(block for document in documents for block in document.blocks)))
            except Exception:
                return

    def _outputs(self, name: str) -> tuple[str, ...]:
        return tuple(name + WRITERS[kind].suffix for kind in self.order.formats)

    def _is_done(self, known: Entry, entry: Entry) -> bool:
        answered = self.order.resume and known.answers(entry.sha256, entry.made_with, entry.outputs)
        return answered and all((self.order.out / output).is_file() for output in entry.outputs)

    def _write(self, name: str, brief: Brief, content: bytes) -> None:
        for kind in self.order.formats:
            writer = WRITERS[kind]
            put(self.order.out, name + writer.suffix, writer.write(brief, content))


def put(out: Path, name: str, content: bytes) -> None:
    """Write a file of `out` whole or not at all. Raises DocumentError if the place cannot be written."""
    try:
        Folder(out).write(name, content)
    except OSError as error:
        raise DocumentError(f"{out / name}: {error.strerror}. Make room there, or choose another folder with --out.") from error


def clear_drafts(out: Path) -> None:
    """Take away what a run that was cut off had half written."""
    for draft in _drafts(out).glob("*.part"):
        draft.unlink()


def _drafts(out: Path) -> Path:
    return out / FOLDER / "drafts"


def _failed(entry: Entry, path: str, error: Exception) -> Finished:
    if isinstance(error, DwibhashiError):
        message = str(error)
    elif isinstance(error, OSError):
        message = f"{path}: {error.strerror}. Check your right to read it."
    else:  # a mistake of ours, in one note of a thousand: the others are wanted all the same
        message = f"{path}: it could not be translated ({type(error).__name__}: {error}). Tell us; the other notes go on."
    return Finished(replace(entry, outputs=(), error=message), "failed")
