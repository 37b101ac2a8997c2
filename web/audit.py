"""The audit log: who did what to which thing, and from where. It never holds a text of a note."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, func, insert, select

from web.database import changing, now
from web.schema import AuditRow

_LONGEST_SUBJECT = 200  # characters


@dataclass(frozen=True)
class Entry:
    """One thing that was done. `subject` names it: a brief's id, a term's number, a user's name."""

    at: str
    who: str
    action: str
    subject: str
    address: str


class Audit:
    """The log in a database; rows are only ever added."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, who: str, action: str, subject: object = "", address: str = "") -> None:
        """Add an entry."""
        values = {"at": now(), "who": who, "action": action, "subject": str(subject)[:_LONGEST_SUBJECT], "address": address}
        with changing(self._engine) as connection:
            connection.execute(insert(AuditRow).values(values))

    def last(self, most: int = 100, after: int = 0, who: str = "") -> list[Entry]:
        """The newest entries, or those of one user, the newest first."""
        chosen = select(AuditRow.at, AuditRow.who, AuditRow.action, AuditRow.subject, AuditRow.address).where(*_of(who))
        with self._engine.connect() as connection:
            return [Entry(*row) for row in connection.execute(chosen.order_by(AuditRow.id.desc()).limit(most).offset(after))]

    def count(self, who: str = "") -> int:
        """How many entries there are in all, or of one user."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(AuditRow).where(*_of(who))) or 0


def _of(who: str) -> list[ColumnElement[bool]]:
    return [AuditRow.who == who] if who else []
