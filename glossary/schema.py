"""The tables of the store. Changes to them go through glossary/migrations."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up INTEGER keys only


class Base(DeclarativeBase):
    """The metadata that migrations are compared with."""


class TermRow(Base):
    """The present state of a term, as its last event left it."""

    __tablename__ = "terms"

    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    uid: Mapped[str] = mapped_column(Text, unique=True)
    hindi: Mapped[str] = mapped_column(Text)
    english: Mapped[str] = mapped_column(Text)
    acronym: Mapped[str] = mapped_column(Text)
    acronym_hindi: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text, index=True)
    variants: Mapped[list[str]] = mapped_column(JSON)
    case: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(Text, index=True)
    preferred: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    example: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """One change of one term. Events are only ever added (triggers see to it); their number is the version of the glossary."""

    __tablename__ = "events"

    version: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    term_id: Mapped[int] = mapped_column(_Number, index=True)
    action: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)  # ISO 8601, UTC
    before: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, object]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text)


class SpellingRow(Base):
    """What an approved term pins. The key says that no two may pin the same Hindi in one domain."""

    __tablename__ = "spellings"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    domain: Mapped[str] = mapped_column(Text, primary_key=True)
    term_id: Mapped[int] = mapped_column(_Number, ForeignKey("terms.id"), index=True)


class EvidenceRow(Base):
    """A sentence in which a suggested term was seen."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    term_id: Mapped[int] = mapped_column(_Number, ForeignKey("terms.id"), index=True)
    document: Mapped[str] = mapped_column(Text)
    sentence: Mapped[str] = mapped_column(Text)
