"""The briefs of the service: every document that was accepted, and its rows as they are translated and edited.

It knows no engine and no page. A document is in the database before anyone is told that it was accepted.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, select, update

from translator.documents.brief_json import segment_as_json, segment_from_json
from translator.documents.left_out import notice
from translator.errors import DwibhashiError
from translator.memory.values import Context, loose
from translator.pipeline import texts_of
from translator.values import Block, Brief, Document, Segment, TranslatedBlock
from web.database import changing, now
from web.news import QUEUE, News
from web.options import Options, options_as_json, options_from_json
from web.schema import Base, BriefRow, EditRow, SegmentRow, UsedTermRow

State = Literal["queued", "running", "done", "failed"]
_MANY = 200  # rows in one INSERT
_MOST_WORDS = 50  # that a search looks for


class NotFoundError(DwibhashiError):
    """Something that is not there, or not any more."""


@dataclass(frozen=True)
class Accepted:
    """A document that someone gave, as it was, and what it was understood as."""

    document: Document
    original: bytes
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Kept:
    """What is known of a brief without its rows. `created` and `finished` are ISO 8601, UTC."""

    id: str
    number: int
    name: str
    who: str
    created: str
    state: State
    error: str
    options: Options
    batch_id: str | None
    engine: str
    model: str
    glossary_version: str
    finished: str
    rows: int = 0
    translated: int = 0

    @property
    def is_open(self) -> bool:
        """Whether rows may still come."""
        return self.state in ("queued", "running")


@dataclass(frozen=True)
class Row:
    """One row of a brief; `segment` is None until it is translated. `version` goes up with every change in the brief."""

    position: int
    block: int
    source: str
    version: int
    segment: Segment | None
    edits: int = 0


class Briefs:
    """The briefs in a database. Safe to share between threads."""

    def __init__(self, engine: Engine, news: News) -> None:
        self._engine = engine
        self._news = news

    def accept(self, documents: Iterable[Accepted], who: str, batch_id: str | None = None) -> list[str]:
        """Keep documents and let them wait for a worker: all or none. Returns their ids."""
        ids: list[str] = []
        with changing(self._engine) as connection:
            for accepted in documents:
                ids.append(keep(connection, accepted, who, batch_id))
        self.tell()
        return ids

    def tell(self) -> None:
        """Let workers know that briefs wait."""
        self._news.tell(QUEUE)

    def kept(self, brief_id: str) -> Kept:
        """Raises NotFoundError if there is no such brief."""
        with self._engine.connect() as connection:
            return _kept(connection, brief_id)

    def of_batch(self, batch_id: str, most: int | None = None, after: int = 0) -> list[Kept]:
        """The briefs of a batch, in the order of their documents: all, or `most` of them from place `after` on."""
        chosen = _HEADS.where(BriefRow.batch_id == batch_id).order_by(BriefRow.number).limit(most).offset(after)
        with self._engine.connect() as connection:
            return _list(connection, chosen)

    def search(self, words: str = "", most: int = 25, after: int = 0) -> list[Kept]:
        """Briefs that have `words` in their name, their Hindi in any spelling, or their English; the newest first."""
        chosen = _HEADS.where(*_having(words)).order_by(BriefRow.number.desc()).limit(most).offset(after)
        with self._engine.connect() as connection:
            return _list(connection, chosen)

    def count(self, words: str = "") -> int:
        """How many briefs `search` finds in all."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(BriefRow).where(*_having(words))) or 0

    def waiting(self) -> int:
        """How many briefs are not done yet."""
        chosen = select(func.count()).select_from(BriefRow).where(BriefRow.state.in_(("queued", "running")))
        with self._engine.connect() as connection:
            return connection.scalar(chosen) or 0

    def blocks(self, brief_id: str) -> tuple[Block, ...]:
        """The blocks of the document."""
        with self._engine.connect() as connection:
            return document_of(_one(connection, select(BriefRow.document).where(BriefRow.id == brief_id)), brief_id).blocks

    def notice(self, brief_id: str) -> str:
        """What is said of the document where it could not be read whole, or ""."""
        with self._engine.connect() as connection:
            values = _one(connection, select(BriefRow.document).where(BriefRow.id == brief_id))
        return notice(values["metadata"])

    def original(self, brief_id: str) -> bytes:
        """The bytes that were given."""
        with self._engine.connect() as connection:
            return bytes(_one(connection, select(BriefRow.original).where(BriefRow.id == brief_id)))

    def rows(self, brief_id: str, newer_than: int = -1) -> list[Row]:
        """The rows that have changed after version `newer_than`, in order."""
        with self._engine.connect() as connection:
            number = _number(connection, brief_id)
            edits = edits_of(connection, number)
            chosen = select(SegmentRow.__table__).where(SegmentRow.brief == number, SegmentRow.version > newer_than)
            found = connection.execute(chosen.order_by(SegmentRow.position)).mappings()
            return [_row(row, edits[row["position"]]) for row in found]

    def row(self, brief_id: str, position: int) -> Row:
        """Raises NotFoundError if the brief has no such row."""
        with self._engine.connect() as connection:
            return _one_row(connection, _number(connection, brief_id), position)

    def context(self, brief_id: str, position: int) -> Context:
        """The sentences before and after a row, as the memory knows them."""
        with self._engine.connect() as connection:
            mine = (SegmentRow.brief == _number(connection, brief_id)) & SegmentRow.position.in_((position - 1, position + 1))
            around = {row[0]: row[1] for row in connection.execute(select(SegmentRow.position, SegmentRow.source).where(mine))}
        return around.get(position - 1, ""), around.get(position + 1, "")

    def brief(self, brief_id: str) -> Brief:
        """The brief as it stands, edits and all. Raises NotFoundError as long as it is not done."""
        with self._engine.connect() as connection:
            kept = _kept(connection, brief_id)
            document = document_of(_one(connection, select(BriefRow.document).where(BriefRow.id == brief_id)), kept.name)
        if kept.state != "done":
            raise NotFoundError(f"The brief of {kept.name} is not done yet; open its page to see how far it is.")
        segments = iter([row.segment for row in self.rows(brief_id) if row.segment])
        blocks = tuple(TranslatedBlock(block, tuple(next(segments) for _ in texts_of(block))) for block in document.blocks)
        return Brief(document, blocks, kept.engine, kept.model, kept.glossary_version, datetime.fromisoformat(kept.finished))

    def again(self, brief_id: str) -> None:
        """Let a brief that is done or failed be translated once more, with the glossary as it is now."""
        with changing(self._engine) as connection:
            number = _number(connection, brief_id)
            over = (BriefRow.number == number) & BriefRow.state.in_(("done", "failed"))
            if connection.execute(update(BriefRow).where(over).values(state="queued", error="")).rowcount:
                connection.execute(delete(EditRow).where(EditRow.brief == number))
                connection.execute(update(SegmentRow).where(SegmentRow.brief == number).values(segment=None))
        self._news.tell(QUEUE)

    def replace_row(self, brief_id: str, position: int, segment: Segment) -> Row:
        """Put a segment in the place of another; returns the row as it was."""
        with changing(self._engine) as connection:
            number = _number(connection, brief_id)
            before = _one_row(connection, number, position)
            set_segment(connection, number, position, newest_version(connection, number) + 1, segment)
        self._news.tell(number)
        return before

    def delete(self, brief_id: str) -> None:
        """Delete a brief with its document and all its rows; what was approved in it stays in the memory."""
        with changing(self._engine) as connection:
            number = _number(connection, brief_id)
            for table in (SegmentRow, EditRow, UsedTermRow):
                connection.execute(delete(table).where(table.brief == number))
            connection.execute(delete(BriefRow).where(BriefRow.number == number))
        self._news.tell(number)

    def used(self, term_id: int, most: int = 50) -> list[tuple[Kept, int]]:
        """The briefs in which a term was pinned, and how often; the newest first."""
        chosen = select(UsedTermRow.brief, UsedTermRow.count).where(UsedTermRow.term_id == term_id)
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(UsedTermRow.brief.desc()).limit(most))
            count = {row[0]: row[1] for row in rows}
            kept = _list(connection, _HEADS.where(BriefRow.number.in_(count)).order_by(BriefRow.number.desc()))
            return [(brief, count[brief.number]) for brief in kept]

    def used_terms(self) -> frozenset[int]:
        """The numbers of all terms that were pinned in any brief."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(UsedTermRow.term_id).distinct()))


_HEADS = select(
    *(column for column in BriefRow.__table__.columns if column.name not in ("document", "original", "loose", "worker")),
    select(func.count()).where(SegmentRow.brief == BriefRow.number).scalar_subquery().label("rows"),
    select(func.count(SegmentRow.segment)).where(SegmentRow.brief == BriefRow.number).scalar_subquery().label("translated"),
)


def keep(connection: Connection, accepted: Accepted, who: str, batch_id: str | None = None) -> str:
    """Write one document and its rows. Returns its id, which cannot be guessed."""
    document = accepted.document
    brief_id = secrets.token_urlsafe(9)
    values = {
        "id": brief_id,
        "batch_id": batch_id,
        "state": "queued",
        "name": document.name,
        "who": who,
        "created": now(),
        "options": options_as_json(accepted.options),
        "document": {"blocks": [asdict(block) for block in document.blocks], "metadata": dict(document.metadata)},
        "original": accepted.original,
        "loose": searched(document.name, ()),
        **dict.fromkeys(("worker", "error", "engine", "model", "glossary_version", "finished"), ""),
    }
    number = connection.scalar(insert(BriefRow).values(values).returning(BriefRow.number))
    sources = [(at, text) for at, block in enumerate(document.blocks) for text in texts_of(block)]
    insert_many(
        connection,
        SegmentRow,
        [
            {"brief": number, "position": position, "block": block, "source": text, "version": 0, "segment": None}
            for position, (block, text) in enumerate(sources)
        ],
    )
    return brief_id


def insert_many(connection: Connection, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Write many rows of a table."""
    for start in range(0, len(rows), _MANY):
        connection.execute(insert(table), rows[start : start + _MANY])


def set_segment(connection: Connection, number: int, position: int, version: int, segment: Segment) -> None:
    """Write one segment."""
    place = (SegmentRow.brief == number) & (SegmentRow.position == position)
    connection.execute(update(SegmentRow).where(place).values(segment=segment_as_json(segment), version=version))


def newest_version(connection: Connection, number: int) -> int:
    """The highest version of any row of a brief."""
    return connection.scalar(select(func.max(SegmentRow.version)).where(SegmentRow.brief == number)) or 0


def _one(connection: Connection, chosen: Select[Any]) -> Any:
    found = connection.execute(chosen).first()
    if found is None:
        raise NotFoundError("There is no such brief. It may have been deleted; look for it in the history.")
    return found[0]


def _number(connection: Connection, brief_id: str) -> int:
    number: int = _one(connection, select(BriefRow.number).where(BriefRow.id == brief_id))
    return number


def _list(connection: Connection, chosen: Select[Any]) -> list[Kept]:
    return [
        Kept(**{name: value for name, value in row.items() if name != "options"}, options=options_from_json(row["options"]))
        for row in connection.execute(chosen).mappings()
    ]


def _kept(connection: Connection, brief_id: str) -> Kept:
    _number(connection, brief_id)
    return _list(connection, _HEADS.where(BriefRow.id == brief_id))[0]


def document_of(values: Mapping[str, Any], name: str) -> Document:
    """A document as it was kept."""
    return Document(name, tuple(Block(**block) for block in values["blocks"]), values["metadata"])


def edits_of(connection: Connection, number: int) -> Counter[int]:
    """How many edits of each row can be undone."""
    chosen = select(EditRow.position).where(EditRow.brief == number, EditRow.undone.is_(False))
    return Counter(connection.scalars(chosen))


def _row(row: Mapping[Any, Any], edits: int) -> Row:
    segment = None if row["segment"] is None else segment_from_json(row["segment"])
    return Row(row["position"], row["block"], row["source"], row["version"], segment, edits)


def _one_row(connection: Connection, number: int, position: int) -> Row:
    chosen = select(SegmentRow.__table__).where(SegmentRow.brief == number, SegmentRow.position == position)
    found = connection.execute(chosen).mappings().first()
    if found is None:
        raise NotFoundError(f"The brief has no row {position}.")
    return _row(found, edits_of(connection, number)[position])


def searched(name: str, segments: Iterable[Segment]) -> str:
    """What search compares: the name, the Hindi and the English in one spelling."""
    return loose("\n".join([name, *(f"{segment.source} {segment.target}" for segment in segments)])).lower()


def _having(words: str) -> list[ColumnElement[bool]]:
    """Every word must be there, in any order."""
    return [BriefRow.loose.contains(word, autoescape=True) for word in loose(words).lower().split()[:_MOST_WORDS]]
