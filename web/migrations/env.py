"""Run by Alembic; connection and version table come from glossary.database, within its transaction."""

from __future__ import annotations

from alembic import context

from web.schema import Base

attributes = context.config.attributes
context.configure(connection=attributes["connection"], version_table=attributes["version_table"], target_metadata=Base.metadata)
context.run_migrations()
