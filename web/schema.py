"""The tables of the service. Changes to them go through web/migrations. Texts of notes are in briefs, segments and edits only."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up INTEGER keys only
_OptionalJson = JSON(none_as_null=True)


class Base(DeclarativeBase):
    """The metadata that migrations are compared with."""


class UserRow(Base):
    """Someone who signs in. `epoch` goes up where all sessions are to end: a new password, another role, a lock."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    epoch: Mapped[int] = mapped_column(Integer)
    locked: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[str] = mapped_column(Text)


class KeyRow(Base):
    """A key with which a program acts for a user; only its digest is kept."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    user_id: Mapped[int] = mapped_column(_Number, ForeignKey("users.id"), index=True)
    label: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    created: Mapped[str] = mapped_column(Text)
    last_used: Mapped[str] = mapped_column(Text)
    revoked: Mapped[bool] = mapped_column(Boolean)


class AuditRow(Base):
    """Who did what to which thing, and from where; never a text. Rows are only ever added (triggers see to it)."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)


class BatchRow(Base):
    """Documents that came together."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    created: Mapped[str] = mapped_column(Text, index=True)
    passed_over: Mapped[list[dict[str, str]]] = mapped_column(JSON)  # name and reason


class BriefRow(Base):
    """A document that was accepted, and how far it is: the table is the queue, too.

    `state` is queued, running, done or failed; `worker` is who runs it. `loose` is what search compares.
    """

    __tablename__ = "briefs"
    __table_args__ = ({"sqlite_autoincrement": True},)  # no number is given twice: a worker may still hold a deleted brief's

    number: Mapped[int] = mapped_column(_Number, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    batch_id: Mapped[str | None] = mapped_column(Text, ForeignKey("batches.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    created: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, index=True)
    worker: Mapped[str] = mapped_column(Text)
    error: Mapped[str] = mapped_column(Text)
    options: Mapped[dict[str, object]] = mapped_column(JSON)
    document: Mapped[dict[str, object]] = mapped_column(JSON)
    original: Mapped[bytes] = mapped_column(LargeBinary)
    engine: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text)
    glossary_version: Mapped[str] = mapped_column(Text)
    finished: Mapped[str] = mapped_column(Text)
    loose: Mapped[str] = mapped_column(Text)


class SegmentRow(Base):
    """One row of a brief; `segment` is its JSON form, null until it is translated."""

    __tablename__ = "segments"

    brief: Mapped[int] = mapped_column(_Number, ForeignKey("briefs.number"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    block: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)  # goes up with every change
    segment: Mapped[dict[str, object] | None] = mapped_column(_OptionalJson)


class EditRow(Base):
    """A row that was changed by hand. `memory` is the number that it has in the memory, `remembered` what was there before."""

    __tablename__ = "edits"

    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    brief: Mapped[int] = mapped_column(_Number, ForeignKey("briefs.number"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, object]] = mapped_column(JSON)
    after: Mapped[dict[str, object]] = mapped_column(JSON)
    memory: Mapped[int] = mapped_column(_Number)
    remembered: Mapped[str | None] = mapped_column(Text)
    undone: Mapped[bool] = mapped_column(Boolean)


class UsedTermRow(Base):
    """How often a term was pinned in a brief."""

    __tablename__ = "used_terms"

    brief: Mapped[int] = mapped_column(_Number, ForeignKey("briefs.number"), primary_key=True)
    term_id: Mapped[int] = mapped_column(_Number, primary_key=True, index=True)
    count: Mapped[int] = mapped_column(Integer)
