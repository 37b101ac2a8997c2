"""Batches: documents that came together. Their briefs wait in the same queue as all others."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, true, update

from translator.errors import DocumentError
from web.briefs import Accepted, Briefs, Kept, NotFoundError, keep
from web.database import changing, now
from web.schema import BatchRow, BriefRow, EditRow, SegmentRow, UsedTermRow

MOST = 2000  # documents in one batch
_SHOWN_REASONS = 3


@dataclass(frozen=True)
class PassedOver:
    """A file that came in a batch and could not be read."""

    name: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """What is known of a batch without its briefs.."""

    id: str
    name: str
    who: str
    created: str
    passed_over: tuple[PassedOver, ...]
    documents: int
    done: int
    failed: int

    @property
    def is_open(self) -> bool:
        """Whether documents still wait."""
        return self.done + self.failed < self.documents


class Batches:
    """The batches in a database. Safe to share between threads."""

    def __init__(self, engine: Engine, briefs: Briefs) -> None:
        self._engine = engine
        self._briefs = briefs

    def accept(self, name: str, files: Iterable[Accepted | PassedOver], who: str) -> str:
        """Keep the documents among files that came together, and let them wait: all or none. Returns the id of the batch.

        Files are taken one by one and kept by none but the database. Raises DocumentError if no file could be read, and says why,
        or if there are too many.
        """
        batch_id = secrets.token_urlsafe(9)
        passed_over: list[PassedOver] = []
        documents = 0
        with changing(self._engine) as connection:
            values = {"id": batch_id, "name": name, "who": who, "created": now(), "passed_over": []}
            connection.execute(insert(BatchRow).values(values))
            for file in files:
                if isinstance(file, PassedOver):
                    passed_over.append(file)
                    continue
                if documents == MOST:
                    raise DocumentError(f"There are more than {MOST:,} documents. Send them in parts.")
                keep(connection, file, who, batch_id)
                documents += 1
            if not documents:
                raise _nothing(passed_over)
            reasons = [asdict(file) for file in passed_over]
            connection.execute(update(BatchRow).where(BatchRow.id == batch_id).values(passed_over=reasons))
        self._briefs.tell()
        return batch_id

    def batch(self, batch_id: str) -> Batch:
        """Raises NotFoundError if there is no such batch."""
        found = self._list(BatchRow.id == batch_id)
        if not found:
            raise NotFoundError("There is no such batch. Look for it in the list of batches.")
        return found[0]

    def all(self, most: int = 50, after: int = 0) -> list[Batch]:
        """The batches, the newest first."""
        return self._list(true(), most, after)

    def count(self) -> int:
        """How many batches there are."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(BatchRow)) or 0

    def flags(self, briefs: Sequence[Kept]) -> dict[int, int]:
        """How many flags there are in each brief, by its number; those that have none are left out."""
        flags = func.sum(func.json_array_length(SegmentRow.segment["flags"]))
        mine = SegmentRow.brief.in_([brief.number for brief in briefs]) & SegmentRow.segment.is_not(None)
        with self._engine.connect() as connection:
            rows = connection.execute(select(SegmentRow.brief, flags).where(mine).group_by(SegmentRow.brief))
            return {number: int(count) for number, count in rows if count}

    def again(self, batch_id: str) -> int:
        """Let the briefs of a batch that failed be translated once more. Returns how many those are."""
        failed = [brief for brief in self._briefs.of_batch(batch_id) if brief.state == "failed"]
        for brief in failed:
            self._briefs.again(brief.id)
        return len(failed)

    def delete(self, batch_id: str) -> None:
        """Delete a batch with all its briefs; what was approved in them stays in the memory."""
        self.batch(batch_id)
        with changing(self._engine) as connection:
            _delete_briefs(connection, batch_id)
            connection.execute(delete(BatchRow).where(BatchRow.id == batch_id))
        self._briefs.tell()

    def _list(self, having: ColumnElement[bool], most: int = 1, after: int = 0) -> list[Batch]:
        def count(*states: str) -> Any:
            mine = select(func.count()).select_from(BriefRow).where(BriefRow.batch_id == BatchRow.id)
            return (mine.where(BriefRow.state.in_(states)) if states else mine).scalar_subquery()

        columns = (BatchRow.id, BatchRow.name, BatchRow.who, BatchRow.created, BatchRow.passed_over)
        chosen = select(*columns, count(), count("done"), count("failed")).where(having)
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(BatchRow.created.desc(), BatchRow.id).limit(most).offset(after))
            return [
                Batch(row.id, row.name, row.who, row.created, tuple(PassedOver(**file) for file in row.passed_over), *row[-3:])
                for row in rows
            ]


def _nothing(passed_over: Sequence[PassedOver]) -> DocumentError:
    """Why there is no document in a batch."""
    if not passed_over:
        return DocumentError("There is no file to translate. Choose files, a ZIP of them, or a folder that holds some.")
    reasons = [f"{file.name}: {file.reason}" for file in passed_over[:_SHOWN_REASONS]]
    if len(passed_over) > _SHOWN_REASONS:
        reasons.append(f"So it is with {len(passed_over) - _SHOWN_REASONS:,} more.")
    return DocumentError(" ".join(["None of the files can be read.", *reasons]))


def _delete_briefs(connection: Connection, batch_id: str) -> None:
    mine = select(BriefRow.number).where(BriefRow.batch_id == batch_id)
    for table in (SegmentRow, EditRow, UsedTermRow):
        connection.execute(delete(table).where(table.brief.in_(mine)))
    connection.execute(delete(BriefRow).where(BriefRow.batch_id == batch_id))
