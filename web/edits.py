"""Rows changed by hand: what a person writes is approved, goes into the memory, and can be taken back.

The memory is written first, then the row, then the record of the edit: what was accepted is not lost.
"""

from __future__ import annotations

from sqlalchemy import Engine, insert, select, update
from translator.documents.brief_json import segment_as_json, segment_from_json

from translator.memory.store import Memory
from translator.values import Segment
from web.briefs import Briefs, NotFoundError, Row
from web.database import changing, now
from web.schema import EditRow
from web.translators import Translators


class Edits:
    """Edits of the briefs in a database."""

    def __init__(self, engine: Engine, briefs: Briefs, memory: Memory, translators: Translators) -> None:
        self._engine = engine
        self._briefs = briefs
        self._memory = memory
        self._translators = translators

    def save(self, brief_id: str, position: int, target: str, who: str) -> Row:
        """Put `target` in the place of the English of a row, and remember it. Raises TranslationMemoryError if it is empty."""
        kept, context = self._briefs.kept(brief_id), self._briefs.context(brief_id, position)
        before = self._translated(brief_id, position)
        segment = self._translators.of(kept.options).edited(before.source, " ".join(target.split()))
        earlier = self._memory.exact(before.source, context)
        same_place = earlier if earlier and earlier.context == context else None
        remembered = self._memory.remember(before.source, segment.target, who, context, kept.name, kept.glossary_version)
        self._briefs.replace_row(brief_id, position, segment)
        with changing(self._engine) as connection:
            values = {
                "brief": kept.number,
                "position": position,
                "who": who,
                "at": now(),
                "before": segment_as_json(before),
                "after": segment_as_json(segment),
                "memory": remembered.id,
                "remembered": same_place.target if same_place else None,
                "undone": False,
            }
            connection.execute(insert(EditRow).values(values))
        return self._briefs.row(brief_id, position)

    def undo(self, brief_id: str, position: int, who: str) -> Row:
        """Take back the last edit of a row, in the brief and in the memory. Raises NotFoundError if there is none."""
        kept = self._briefs.kept(brief_id)
        mine = (EditRow.brief == kept.number) & (EditRow.position == position) & EditRow.undone.is_(False)
        with self._engine.connect() as connection:
            last = (
                connection.execute(select(EditRow.__table__).where(mine).order_by(EditRow.id.desc()).limit(1)).mappings().first()
            )
        if last is None:
            raise NotFoundError("This row has no edit that could be taken back.")
        before = segment_from_json(last["before"])
        if last["remembered"] is None:
            self._forget(last["memory"], segment_from_json(last["after"]).target, who)
        else:
            context = self._briefs.context(brief_id, position)
            self._memory.remember(before.source, last["remembered"], who, context, kept.name, kept.glossary_version)
        with changing(self._engine) as connection:
            connection.execute(update(EditRow).where(EditRow.id == last["id"]).values(undone=True))
        self._briefs.replace_row(brief_id, position, before)
        return self._briefs.row(brief_id, position)

    def _forget(self, number: int, target: str, who: str) -> None:
        """Forget what an edit has put into the memory, but not what someone has put in its place since."""
        last = self._memory.history(number)[-1]
        if last.action != "forgotten" and last.segment.target == target:
            self._memory.forget(number, who)

    def _translated(self, brief_id: str, position: int) -> Segment:
        segment = self._briefs.row(brief_id, position).segment
        if segment is None:
            raise NotFoundError("This row is not translated yet; wait until it is.")
        return segment
