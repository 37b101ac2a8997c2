"""The audit log: who did what to which thing, and from where. It never holds a text of a note."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, insert, select

from web.database import changing, now
from web.schema import AuditRow


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
        values = {"at": now(), "who": who, "action": action, "subject": str(subject), "address": address}
        with changing(self._engine) as connection:
            connection.execute(insert(AuditRow).values(values))

    def last(self, most: int = 100) -> list[Entry]:
        """The newest entries, the newest first."""
        chosen = select(AuditRow.at, AuditRow.who, AuditRow.action, AuditRow.subject, AuditRow.address)
        with self._engine.connect() as connection:
            return [Entry(*row) for row in connection.execute(chosen.order_by(AuditRow.id.desc()).limit(most))]
