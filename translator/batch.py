"""A folder of notes into a folder of briefs. One note that fails does not stop the others, and none is passed over in silence."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from translator.documents.reading import READERS, read_document, readable
from translator.documents.writing import WRITERS
from translator.errors import DocumentError
from translator.pipeline import Translator
from translator.values import Brief


@dataclass(frozen=True)
class Outcome:
    """What became of one note."""

    path: Path
    sentences: int = 0
    terms: int = 0
    flags: int = 0
    errors: int = 0
    error: str = ""


@dataclass(frozen=True)
class Report:
    """What became of all notes. `passed_over` are files of types that cannot be read."""

    outcomes: tuple[Outcome, ...]
    passed_over: tuple[Path, ...]
    seconds: float

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.error)

    @property
    def sentences(self) -> int:
        return sum(outcome.sentences for outcome in self.outcomes)

    @property
    def terms(self) -> int:
        return sum(outcome.terms for outcome in self.outcomes)

    @property
    def flags(self) -> int:
        return sum(outcome.flags for outcome in self.outcomes)

    @property
    def errors(self) -> int:
        """Flags that say that something is wrong, not only that it should be looked at."""
        return sum(outcome.errors for outcome in self.outcomes)


def run(
    folder: Path,
    out: Path,
    formats: Sequence[str],
    translator: Translator,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> Report:
    """Translate every note below `folder` into `out`, under the same names; `done` hears of each as it is finished.

    Raises DocumentError if `folder` holds no note or `out` cannot be written.
    """
    notes, passed_over = notes_in(folder, out)
    if not notes:
        raise DocumentError(f"{folder}: no notes there. Notes are files of type {', '.join(filter(None, READERS))}.")
    began = time.monotonic()
    names = _names([note.relative_to(folder) for note in notes])
    outcomes = []
    for note, name in zip(notes, names, strict=True):
        outcomes.append(_translate(note, out / name, formats, translator))
        done(outcomes[-1])
    return Report(tuple(outcomes), passed_over, time.monotonic() - began)


def notes_in(folder: Path, out: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The notes below `folder` in the order of their names, and the files that are none; hidden ones and `out` are left out."""
    if not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder.")
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not path.resolve().is_relative_to(out.resolve())
    ]
    notes = tuple(path for path in files if readable(path.name))
    return notes, tuple(path for path in files if not readable(path.name))


def _translate(note: Path, target: Path, formats: Iterable[str], translator: Translator) -> Outcome:
    try:
        brief = translator.brief(read_document(note))
    except DocumentError as error:
        return Outcome(note, error=str(error))
    for kind in formats:
        writer = WRITERS[kind]
        _write(target.with_name(target.name + writer.suffix), writer.write(brief))
    return _outcome(note, brief)


def _outcome(note: Path, brief: Brief) -> Outcome:
    segments = brief.segments
    terms = sum(place.pin.term is not None for segment in segments for place in segment.placements)
    flags = [flag for segment in segments for flag in segment.flags]
    return Outcome(note, len(segments), terms, len(flags), sum(flag.severity == "error" for flag in flags))


def _names(notes: Sequence[Path]) -> list[Path]:
    """The name of each brief without its ending: that of its note, with the note's own ending where two would be the same."""
    count = Counter(note.with_suffix("") for note in notes)
    return [note.with_suffix("") if count[note.with_suffix("")] == 1 else note for note in notes]


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all. Raises DocumentError if the place cannot be written."""
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}. Choose another folder with --out.") from error
