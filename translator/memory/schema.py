"""The tables of the memory. Changes to them go through translator/memory/migrations."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Integer, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The metadata that migrations are compared with."""


class SegmentRow(Base):
    """A segment in use: the newest approval of its source in its context, made by event `version`."""

    __tablename__ = "memory_segments"
    __table_args__ = (UniqueConstraint("source_key", "context_key"),)  # its index answers exact look-ups

    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)  # the number of the event that added it
    version: Mapped[int] = mapped_column(_Number, index=True)
    source_key: Mapped[str] = mapped_column(Text)
    context_key: Mapped[str] = mapped_column(Text)
    loose: Mapped[str] = mapped_column(Text)  # the source as fuzzy reuse compares it
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    glossary_version: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)  # ISO 8601, UTC


class EventRow(Base):
    """One change of the memory. Events are only ever added (triggers see to it); their number is the version of the memory."""

    __tablename__ = "memory_events"

    version: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    segment_id: Mapped[int] = mapped_column(_Number, index=True)
    action: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)  # ISO 8601, UTC
    segment: Mapped[dict[str, str]] = mapped_column(JSON)
