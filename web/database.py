"""The database of the service: its tables live beside those of the glossary and the memory, with a history of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from glossary import database
from glossary.database import History

SERVICE = History(Path(__file__).with_name("migrations"), "0001", "service_alembic_version", "the service's data")


def connect(url: str) -> Engine:
    """An engine for the database at `url`, in which the tables of the service are up to date."""
    return database.connect(url, SERVICE)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; on SQLite it has the lock from its first statement."""
    with engine.execution_options(writes=True).begin() as connection:
        yield connection


def now() -> str:
    """The time as it is kept: ISO 8601, UTC, so that texts sort as times do."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
