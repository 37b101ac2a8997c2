"""Users and their keys, the audit log, and briefs with their segments, edits and terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "users",
        _number("id", primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        *_texts("role", "password_hash", "created"),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("locked", sa.Boolean, nullable=False),
    )
    op.create_table(
        "api_keys",
        _number("id", primary_key=True),
        _number("user_id", sa.ForeignKey("users.id"), index=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        *_texts("label", "created", "last_used"),
        sa.Column("revoked", sa.Boolean, nullable=False),
    )
    op.create_table("audit", _number("id", primary_key=True), *_texts("at", "who", "action", "subject", "address"))
    op.create_table(
        "batches",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("name", "who"),
        sa.Column("created", sa.Text, nullable=False, index=True),
        sa.Column("passed_over", sa.JSON, nullable=False),
    )
    op.create_table(
        "briefs",
        _number("number", primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("batch_id", sa.Text, sa.ForeignKey("batches.id"), index=True),
        sa.Column("state", sa.Text, nullable=False, index=True),
        *_texts("name", "who", "created", "worker", "error", "engine", "model", "glossary_version", "finished", "loose"),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("original", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "segments",
        _number("brief", sa.ForeignKey("briefs.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("block", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("segment", sa.JSON),
    )
    op.create_table(
        "edits",
        _number("id", primary_key=True),
        _number("brief", sa.ForeignKey("briefs.number"), index=True),
        sa.Column("position", sa.Integer, nullable=False),
        *_texts("who", "at"),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        _number("memory"),
        sa.Column("remembered", sa.Text),
        sa.Column("undone", sa.Boolean, nullable=False),
    )
    op.create_table(
        "used_terms",
        _number("brief", sa.ForeignKey("briefs.number"), primary_key=True),
        _number("term_id", primary_key=True, index=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    _forbid_changes_of_audit()


def _number(name: str, *constraints: sa.ForeignKey, primary_key: bool = False, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, *constraints, primary_key=primary_key, nullable=False, index=index)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _forbid_changes_of_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
    )
