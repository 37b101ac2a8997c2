"""Terms, their events, what they pin, and the evidence for suggestions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_WORDS = "uid hindi english acronym acronym_hindi kind status case domain preferred note example source".split()


def upgrade() -> None:
    op.create_table(
        "terms",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _WORDS),
        sa.Column("variants", sa.JSON, nullable=False),
        sa.UniqueConstraint("uid"),
    )
    op.create_index("ix_terms_status", "terms", ["status"])
    op.create_index("ix_terms_domain", "terms", ["domain"])
    op.create_table(
        "events",
        sa.Column("version", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("term_id", _NUMBER, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("action", "who", "at")),
        sa.Column("before", sa.JSON, nullable=True),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("ix_events_term_id", "events", ["term_id"])
    op.create_table(
        "spellings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("domain", sa.Text, primary_key=True),
        sa.Column("term_id", _NUMBER, sa.ForeignKey("terms.id"), nullable=False),
    )
    op.create_index("ix_spellings_term_id", "spellings", ["term_id"])
    op.create_table(
        "evidence",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("term_id", _NUMBER, sa.ForeignKey("terms.id"), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
    )
    op.create_index("ix_evidence_term_id", "evidence", ["term_id"])
    _forbid_changes_of_events()


def _forbid_changes_of_events() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_stay()"
    )
