"""Run by Alembic; the connection comes from glossary.store, within its transaction."""

from __future__ import annotations

from alembic import context

from glossary.schema import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
