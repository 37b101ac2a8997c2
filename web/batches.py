"""Batches: documents that came together. Their briefs wait in the same queue as all others."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete, func, insert, select

from web.briefs import Accepted, Briefs, NotFoundError
from web.database import changing, now
from web.schema import BatchRow, BriefRow


@dataclass(frozen=True)
class PassedOver:
    """A file that came in a batch and could not be read."""

    name: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """What is known of a batch without its briefs."""

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
    """The batches in a database."""

    def __init__(self, engine: Engine, briefs: Briefs) -> None:
        self._engine = engine
        self._briefs = briefs

    def accept(self, name: str, documents: Iterable[Accepted], passed_over: Sequence[PassedOver], who: str) -> str:
        """Keep documents that came together, and let them wait. Returns the id of the batch."""
        batch_id = secrets.token_urlsafe(9)
        values = {
            "id": batch_id,
            "name": name,
            "who": who,
            "created": now(),
            "passed_over": [{"name": file.name, "reason": file.reason} for file in passed_over],
        }
        with changing(self._engine) as connection:
            connection.execute(insert(BatchRow).values(values))
        try:
            self._briefs.accept(documents, who, batch_id)
        except BaseException:
            with changing(self._engine) as connection:
                connection.execute(delete(BatchRow).where(BatchRow.id == batch_id))
            raise
        return batch_id

    def batch(self, batch_id: str) -> Batch:
        """Raises NotFoundError if there is no such batch."""
        found = self._list(BatchRow.id == batch_id)
        if not found:
            raise NotFoundError("There is no such batch. Look for it in the list of batches.")
        return found[0]

    def all(self, most: int = 50, after: int = 0) -> list[Batch]:
        """The batches, the newest first."""
        return self._list(BatchRow.id != "", most, after)

    def _list(self, having: object, most: int = 1, after: int = 0) -> list[Batch]:
        def count(*states: str) -> object:
            mine = select(func.count()).select_from(BriefRow).where(BriefRow.batch_id == BatchRow.id)
            return (mine.where(BriefRow.state.in_(states)) if states else mine).scalar_subquery()

        chosen = select(BatchRow, count(), count("done"), count("failed")).where(having)  # type: ignore[call-overload]
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(BatchRow.created.desc()).limit(most).offset(after))
            return [
                Batch(
                    row.id,
                    row.name,
                    row.who,
                    row.created,
                    tuple(PassedOver(**file) for file in row.passed_over),
                    *row[-3:],
                )
                for row in rows
            ]
