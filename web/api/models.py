"""What programs are answered, as the OpenAPI document describes it. Positions in texts are counted in characters."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from glossary.model import Case, Kind, Status
from translator.pipeline import Units
from translator.values import BlockKind, Rung, Severity
from web.briefs import State

LONGEST_ROW = 20_000  # characters
_BRIEF = "Ht6Zq0yV1c3A"
_AT = "2024-04-08T10:30:00+00:00"


def _writable(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("nul", "This holds a NUL character; take it out.")
    return text


Text = Annotated[str, AfterValidator(_writable), Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})]
Span = Annotated[tuple[int, int], Field(description="From which character to before which.")]
Moment = Annotated[str, Field(description="ISO 8601, UTC; empty if it has not come yet.", examples=[_AT])]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Context(BaseModel):
    """The sentences around a sentence; empty where there is none."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)
    before: Text = Field(default="", max_length=LONGEST_ROW)
    after: Text = Field(default="", max_length=LONGEST_ROW)


class Fault(_Answer):
    """One thing that is wrong in a request: in its body (`pointer`, RFC 6901, as a fragment), or in its query (`parameter`)."""

    detail: str = Field(examples=["Field required"])
    pointer: str | None = Field(default=None, examples=["#/options/units"])
    parameter: str | None = Field(default=None, examples=["page"])


class Problem(_Answer):
    """What went wrong, as RFC 9457 has it."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(ge=400, le=599, examples=[404])
    detail: str = Field(description="What happened, and what to do.", examples=["There is no such brief."])
    instance: str = Field(description="The path that was asked for.", examples=["/api/v1/briefs/Ht6Zq0yV1c3A"])
    errors: list[Fault] = Field(default=[], description="With status 422: all that is wrong in the request.")


class Pin(_Answer):
    """An agreed term, or a text that stays as it is, where it stands on both sides."""

    source: Span
    target: Span
    english: str = Field(description="What must stand there.")
    term: str | None = Field(description="The Hindi of the term; null for what stays as it is.")
    term_id: int | None = Field(description="The number of the term.")
    term_english: str | None = Field(description="The agreed English as the glossary has it.")


class Flag(_Answer):
    """Something a reader must look at; docs/flags.md describes the kinds."""

    kind: str = Field(examples=["number-changed"])
    severity: Severity
    message: str
    source: Span | None
    target: Span | None


class Similar(_Answer):
    """What was approved for a sentence like this one; `score` is 0 to 100."""

    source: str
    target: str
    score: float
    id: int


class Segment(_Answer):
    """A sentence and its English; `score` is the mean log probability of a piece."""

    source: str = Field(examples=["बैठक समाप्त हुई।"])
    target: str = Field(examples=["The meeting ended."])
    rung: Rung = Field(description="How the English came about.")
    score: float
    similar: list[Similar]
    pins: list[Pin]
    flags: list[Flag]


class Segments(_Answer):
    """The sentences that were asked for, in order."""

    segments: list[Segment]


class Block(_Answer):
    """A paragraph, heading, list item, table cell, footnote or header, and the segments of its text."""

    kind: BlockKind
    level: int
    marker: str = Field(description="What stands before its text.")
    segments: list[Segment]


class Brief(_Answer):
    """A translated note: the JSON of a brief."""

    format: Literal["dwibhashi-brief"]
    version: Literal[1]
    document: str
    left_out: str = Field(description="What of the document could not be read, in words; empty where it was read whole.")
    engine: str
    model: str
    glossary_version: str
    created: str = Field(examples=[_AT])
    blocks: list[Block]


class ChosenOptions(_Answer):
    """The options that a brief was made with."""

    domains: list[str]
    rules: list[str]
    units: Units


class BriefState(_Answer):
    """What is known of a brief, and how far it is."""

    id: str = Field(examples=[_BRIEF])
    name: str
    who: str = Field(description="Who gave the note.")
    state: State
    rows: int = Field(description="How many rows it has.")
    translated: int = Field(description="How many of them are translated.")
    progress: float = Field(ge=0, le=1, description="How much of it is translated.")
    error: str = Field(description="Why it failed.")
    options: ChosenOptions
    batch_id: str | None
    engine: str
    model: str
    glossary_version: str
    created: Moment
    finished: Moment


class Row(_Answer):
    """One row of a brief."""

    position: int = Field(description="Which row it is; the first is 0.")
    block: int = Field(description="Which block it belongs to.")
    source: str
    segment: Segment | None = Field(description="Null until it is translated.")
    edits: int = Field(description="How many approvals can be taken back.")


class Term(_Answer):
    """A term of the glossary."""

    id: int = Field(description="Its number here.")
    uid: str = Field(description="Its name in every copy of the glossary.")
    hindi: str
    english: str
    acronym: str
    acronym_hindi: str
    kind: Kind
    status: Status
    variants: list[str]
    case: Case
    domain: str
    preferred: str
    note: str
    example: str
    source: str


class TermEvent(_Answer):
    """A change of a term; `version` is that of the glossary after it."""

    version: int
    action: str
    who: str
    at: Moment
    why: str
    before: Term | None
    after: Term


class TermHistory(_Answer):
    """All that was done to a term, the oldest first."""

    events: list[TermEvent]


class GlossaryVersion(_Answer):
    """The number of the last change of the glossary."""

    version: str = Field(examples=["3290"])


class FoundTerm(_Answer):
    """A term in a text."""

    start: int
    end: int
    form: str = Field(description="How it stands there.")
    english: str = Field(description="The agreed English, in the number that the form has.")
    term: Term


class FoundTerms(_Answer):
    """The agreed terms in a text, in order, none overlapping."""

    matches: list[FoundTerm]


class Remembered(_Answer):
    """A sentence and its approved English in the memory."""

    id: int
    source: str
    target: str
    who: str
    at: Moment
    context: Context
    document: str
    glossary_version: str


class PassedOver(_Answer):
    """A file that could not be read."""

    name: str
    reason: str


class Batch(_Answer):
    """Documents that came together, and how many of them are done."""

    id: str
    name: str
    who: str
    created: Moment
    documents: int
    done: int
    failed: int
    passed_over: list[PassedOver]


class _Page(_Answer):
    page: int
    size: int
    count: int = Field(description="How many there are on all pages.")


class BriefPage(_Page):
    """Briefs, the newest first."""

    briefs: list[BriefState]


class RowPage(_Page):
    """Rows of a brief, in order."""

    rows: list[Row]


class TermPage(_Page):
    """Terms, in the order of their numbers."""

    terms: list[Term]


class MemoryPage(_Page):
    """Approved sentences, the newest first."""

    segments: list[Remembered]


class BatchPage(_Page):
    """Batches, the newest first."""

    batches: list[Batch]


class BatchWithBriefs(Batch, _Page):
    """A batch, and a page of its briefs in the order of their documents."""

    briefs: list[BriefState]
