"""Connecting to the user's database, and bringing the tables of one store in it up to date; it does not know what they hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, column, create_engine, event, inspect, make_url, select, table, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from glossary.errors import DwibhashiError, GlossaryError

URL_VARIABLE = "DWIBHASHI_DATABASE_URL"
_UPGRADE_LOCK = 0x44776962  # any number of our own: two processes must not create the tables at once
_PATIENCE = 30  # seconds to wait for another writer


@dataclass(frozen=True)
class History:
    """How the tables of one store came to be: several stores live in one database, each with a history of its own.

    `folder` holds its Alembic migrations, `newest` is the last of them, `version_table` is where the database says which of them
    it has; `holds` names the store in messages.
    """

    folder: Path
    newest: str
    version_table: str
    holds: str


TERMS = History(Path(__file__).with_name("migrations"), "0001", "alembic_version", "the glossary")


def default_url() -> str:
    """The database that the environment names, or a file of the user's own."""
    return os.environ.get(URL_VARIABLE) or f"sqlite:///{default_file()}"


def default_file() -> Path:
    """Where the glossary of this user is kept, unless the environment names a database."""
    from platformdirs import user_data_path

    return user_data_path("dwibhashi") / "glossary.sqlite"


def connect(url: str, history: History = TERMS) -> Engine:
    """An engine for the database at `url`, in which the tables of `history` are up to date.

    Raises GlossaryError if that cannot be had.
    """
    try:
        engine = _engine(url)
        with engine.connect() as connection:
            revision = _revision(connection, history)
        if revision != history.newest:
            with engine.execution_options(writes=True).begin() as connection:
                _upgrade(connection, history)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise GlossaryError(f"{URL_VARIABLE} must be like sqlite:///FILE or postgresql://USER@HOST/NAME: {error}") from error
    except (DBAPIError, OSError) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        shown = make_url(url).render_as_string(hide_password=True)
        raise GlossaryError(
            f"{shown}: {history.holds} cannot be opened: {reason}. Check {URL_VARIABLE} and your rights."
        ) from error
    return engine


@contextmanager
def writing(engine: Engine, events: str, history: History, failure: type[DwibhashiError]) -> Iterator[Connection]:
    """A transaction that no other writer of the table `events` is beside. Raises `failure` if it cannot be had."""
    try:
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"LOCK TABLE {events} IN EXCLUSIVE MODE"))
            yield connection
    except OperationalError as error:
        what = history.holds.capitalize()
        raise failure(f"{what} could not be written: {error.orig}. Nothing was changed; try again.") from error


@cache
def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite":
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, connect_args={"timeout": _PATIENCE}, hide_parameters=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(address, pool_pre_ping=True, hide_parameters=True)


def _set_up_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so: see _begin_sqlite
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once, so that what it reads is what it changes."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(connection: Connection, history: History) -> str | None:
    if not inspect(connection).has_table(history.version_table):
        return None
    return connection.scalar(select(column("version_num")).select_from(table(history.version_table)))


def _upgrade(connection: Connection, history: History) -> None:
    from alembic import command  # only when there is something to do: it is slow to import
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
    config = Config()
    config.set_main_option("script_location", str(history.folder))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = history.version_table
    command.upgrade(config, "head")
