"""Segments in use, and the events that brought them about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_WORDS = "source_key context_key loose source target before after document glossary_version who at".split()


def upgrade() -> None:
    op.create_table(
        "memory_segments",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("version", _NUMBER, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _WORDS),
        sa.UniqueConstraint("source_key", "context_key"),
    )
    op.create_index("ix_memory_segments_version", "memory_segments", ["version"])
    op.create_table(
        "memory_events",
        sa.Column("version", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("segment_id", _NUMBER, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("action", "who", "at")),
        sa.Column("segment", sa.JSON, nullable=False),
    )
    op.create_index("ix_memory_events_segment_id", "memory_events", ["segment_id"])
    _forbid_changes_of_events()


def _forbid_changes_of_events() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER memory_events_no_{change.lower()} BEFORE {change} ON memory_events "
                "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION memory_events_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER memory_events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON memory_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION memory_events_stay()"
    )
