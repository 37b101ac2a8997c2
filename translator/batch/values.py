"""What a batch is told to do, and what became of each note."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from translator.values import Brief

Status = Literal["translated", "unchanged", "failed"]


@dataclass(frozen=True)
class Selection:
    """Which files count. A pattern without a slash is for the names of files and folders, another for the whole path.

    In a pattern, * stands for any letters, ? for one, [ab] for one of them. With no `include`, all are in; `exclude` goes first.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


EVERYTHING = Selection()


@dataclass(frozen=True)
class Order:
    """Which notes are to become which briefs.

    `style` names what decides the English besides the note, the model and the glossary. What was made with another is made again,
    and so is everything without `resume`. `jobs` notes are worked on at once.
    """

    folder: Path
    out: Path
    formats: tuple[str, ...] = ("html",)
    selection: Selection = EVERYTHING
    style: str = ""
    resume: bool = True
    jobs: int = 1


@dataclass(frozen=True)
class Figures:
    """What is in one brief, or in several. `errors` are the flags that say that something is wrong."""

    sentences: int = 0
    terms: int = 0
    flags: int = 0
    errors: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.sentences + other.sentences, self.terms + other.terms, self.flags + other.flags, self.errors + other.errors
        )


NONE = Figures()


@dataclass(frozen=True)
class Outcome:
    """What became of one note. `note` is its path below the folder, `outputs` are those of its briefs below `out`."""

    note: str
    status: Status
    figures: Figures = NONE
    outputs: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Report:
    """What became of all notes, in the order of their names. `passed_over` are files of types that cannot be read."""

    outcomes: tuple[Outcome, ...]
    passed_over: tuple[Path, ...]
    seconds: float

    def having(self, status: Status) -> tuple[Outcome, ...]:
        """The outcomes of this status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)

    @property
    def figures(self) -> Figures:
        """Of all briefs, those of earlier runs among them."""
        return sum((outcome.figures for outcome in self.outcomes), NONE)

    @property
    def rate(self) -> float:
        """Sentences a second, of the notes that this run has translated."""
        return sum(outcome.figures.sentences for outcome in self.having("translated")) / max(self.seconds, 1e-9)

    def __str__(self) -> str:
        counts = ((len(self.having(status)), status) for status in ("translated", "unchanged", "failed"))
        return ", ".join(f"{count} {status}" for count, status in counts)


def figures_of(brief: Brief) -> Figures:
    """The figures of one brief."""
    segments = brief.segments
    terms = sum(place.pin.term is not None for segment in segments for place in segment.placements)
    flags = [flag for segment in segments for flag in segment.flags]
    return Figures(len(segments), terms, len(flags), sum(flag.severity == "error" for flag in flags))
