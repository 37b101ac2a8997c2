"""The values that travel from stage to stage. All positions are counted in characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from glossary.model import Term
from translator.memory.values import Similar

BlockKind = Literal["heading", "paragraph", "list-item", "table-cell", "footnote", "header", "verbatim"]
Rung = Literal["untouched", "plain", "tagged", "inline", "placeholder", "aligned", "divided", "missing", "memory", "edited"]
RUNGS: tuple[Rung, ...] = get_args(Rung)  # the ways of an engine from the best to the worst; memory and edited need none
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item, table cell, footnote, header or footer of pages, or verbatim passage.

    `marker` is what stands before its text (`- `, `## `).
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""


@dataclass(frozen=True)
class Document:
    """A note as its reader understood it."""

    name: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pin:
    """`source[start:end]` must come out as `target`. `term` is None for what is protected as it stands: URLs, Latin words."""

    start: int
    end: int
    target: str
    term: Term | None = None


@dataclass(frozen=True)
class Placement:
    """Where a pin stands in the English."""

    pin: Pin
    start: int
    end: int


@dataclass(frozen=True)
class Flag:
    """Something a reader must look at. The spans say where, where that is known."""

    kind: str
    message: str
    severity: Severity = "error"
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Segment:
    """One sentence and its English; pins are placed in `source` and `target`. `score` is the mean log probability of a piece.

    `similar` is what was approved for sentences like this one, for the reader to compare.
    """

    source: str
    target: str
    placements: tuple[Placement, ...] = ()
    flags: tuple[Flag, ...] = ()
    rung: Rung = "plain"
    score: float = 0.0
    similar: tuple[Similar, ...] = ()


@dataclass(frozen=True)
class TranslatedBlock:
    """A block and the segments of its text, in order."""

    block: Block
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Brief:
    """A translated document and what it was made with."""

    document: Document
    blocks: tuple[TranslatedBlock, ...]
    engine: str
    model: str
    glossary_version: str
    created: datetime

    @property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for block in self.blocks for segment in block.segments)
