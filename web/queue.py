"""The queue of documents that wait: the table of briefs itself, so what was accepted survives a restart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, case, delete, select, update

from translator.values import Brief, Document, Segment
from web.briefs import document_of, edits_of, insert_many, newest_version, searched, set_segment
from web.database import changing, now
from web.news import QUEUE, News
from web.options import Options, options_from_json
from web.schema import BriefRow, UsedTermRow


@dataclass(frozen=True)
class Work:
    """A brief that a worker has taken."""

    number: int
    id: str
    document: Document
    options: Options


class Queue:
    """What workers do with the briefs in a database. Safe to share between threads and processes."""

    def __init__(self, engine: Engine, news: News) -> None:
        self._engine = engine
        self._news = news

    def take(self, worker: str, pasted_only: bool = False) -> Work | None:
        """The next document that waits, now this worker's; what was pasted goes before what came in a batch."""
        waiting = select(BriefRow.number, BriefRow.id, BriefRow.name, BriefRow.document, BriefRow.options)
        waiting = waiting.where(BriefRow.state == "queued", *([BriefRow.batch_id.is_(None)] if pasted_only else []))
        waiting = waiting.order_by(case((BriefRow.batch_id.is_(None), 0), else_=1), BriefRow.number).limit(1)
        with self._engine.connect() as connection:
            if connection.scalar(waiting.with_only_columns(BriefRow.number)) is None:
                return None  # the lock of a writer is not worth taking
        with changing(self._engine) as connection:
            found = connection.execute(waiting.with_for_update(skip_locked=True)).mappings().first()
            if found is None:
                return None
            connection.execute(update(BriefRow).where(BriefRow.number == found["number"]).values(state="running", worker=worker))
        document = document_of(found["document"], found["name"])
        return Work(found["number"], found["id"], document, options_from_json(found["options"]))

    def running(self) -> dict[str, str]:
        """The briefs that workers have taken: id → worker."""
        with self._engine.connect() as connection:
            chosen = select(BriefRow.id, BriefRow.worker).where(BriefRow.state == "running")
            return {row[0]: row[1] for row in connection.execute(chosen)}

    def give_back(self, brief_id: str) -> None:
        """Let a brief wait again whose worker is gone."""
        with changing(self._engine) as connection:
            mine = (BriefRow.id == brief_id) & (BriefRow.state == "running")
            connection.execute(update(BriefRow).where(mine).values(state="queued", worker=""))
        self._news.tell(QUEUE)

    def put(self, number: int, start: int, segments: Sequence[Segment]) -> None:
        """Keep segments of a brief that is being translated, from place `start` on; what a person has written meanwhile stays."""
        with changing(self._engine) as connection:
            by_hand = edits_of(connection, number)
            version = newest_version(connection, number)
            for position, segment in enumerate(segments, start):
                if not by_hand[position]:
                    version += 1
                    set_segment(connection, number, position, version, segment)
        self._news.tell(number)

    def finish(self, number: int, brief: Brief) -> None:
        """Keep what is known when all rows are there."""
        used = Counter(place.pin.term.id for segment in brief.segments for place in segment.placements if place.pin.term)
        values = {
            "state": "done",
            "worker": "",
            "error": "",
            "engine": brief.engine,
            "model": brief.model,
            "glossary_version": brief.glossary_version,
            "finished": now(),
            "loose": searched(brief.document.name, brief.segments),
        }
        rows = [{"brief": number, "term_id": term_id, "count": count} for term_id, count in used.items() if term_id]
        with changing(self._engine) as connection:
            if connection.execute(update(BriefRow).where(BriefRow.number == number).values(values)).rowcount:
                connection.execute(delete(UsedTermRow).where(UsedTermRow.brief == number))
                insert_many(connection, UsedTermRow, rows)
        self._news.tell(number)

    def fail(self, number: int, error: str) -> None:
        """Say why a brief could not be made; the document stays."""
        with changing(self._engine) as connection:
            chosen = update(BriefRow).where(BriefRow.number == number)
            connection.execute(chosen.values(state="failed", worker="", error=error, finished=now()))
        self._news.tell(number)
