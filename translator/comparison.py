"""One note through several engines, with the same glossary and the same checks, side by side on one page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from translator.documents.runs import source_runs, target_runs
from translator.pages import template
from translator.pipeline import Translator
from translator.values import Block, Brief, Document, Flag, Segment


@dataclass(frozen=True)
class Column:
    """What one engine has made of the note."""

    name: str
    brief: Brief
    seconds: float

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for segment in self.brief.segments for flag in segment.flags)

    @property
    def errors(self) -> int:
        """Flags that say that something is wrong."""
        return sum(flag.severity == "error" for flag in self.flags)

    @property
    def pinned(self) -> int:
        """Terms and tokens that stand in the English as they must."""
        return sum(len(segment.placements) for segment in self.brief.segments)


@dataclass(frozen=True)
class Row:
    """A sentence and what each engine has made of it; `first` if its block begins with it."""

    block: Block
    segments: tuple[Segment, ...]
    first: bool

    @property
    def alike(self) -> bool:
        """Whether all engines say the same."""
        return len({segment.target for segment in self.segments}) == 1


@dataclass(frozen=True)
class Comparison:
    """A note and a column for each engine, in the order in which they were named."""

    document: Document
    columns: tuple[Column, ...]

    def rows(self) -> Iterator[Row]:
        """The sentences in their order. All engines are given the same ones."""
        for blocks in zip(*(column.brief.blocks for column in self.columns), strict=True):
            for at, segments in enumerate(zip(*(block.segments for block in blocks), strict=True)):
                yield Row(blocks[0].block, segments, at == 0)


def compare(
    document: Document, translators: Mapping[str, Translator], done: Callable[[str], None] = lambda name: None
) -> Comparison:
    """Translate `document` with each of `translators`, one after another; `done` hears of each."""
    columns = []
    for name, translator in translators.items():
        began = time.monotonic()
        brief = translator.brief(document)
        columns.append(Column(name, brief, time.monotonic() - began))
        done(name)
    return Comparison(document, tuple(columns))


def write_comparison(comparison: Comparison) -> str:
    """One self-contained page: the Hindi, and a column for each engine with its pins and flags."""
    rows = list(comparison.rows())
    return template("comparison.html").render(
        comparison=comparison,
        rows=rows,
        alike=sum(row.alike for row in rows),
        source_runs=source_runs,
        target_runs=target_runs,
    )
