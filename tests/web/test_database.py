"""The tables of the service beside those of the glossary and the memory, on both kinds of database."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from glossary.store import Store
from translator.memory.store import Memory
from web.audit import Audit
from web.database import SERVICE, changing, connect
from web.schema import Base


def test_the_migrations_make_the_tables_that_the_code_knows(url: str) -> None:
    Store(url), Memory(url)

    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or name in Base.metadata.tables

    with connect(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": SERVICE.version_table, "include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("change", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_the_audit_log_is_only_ever_added_to(url: str, change: str) -> None:
    engine = connect(url)
    Audit(engine).note("asha", "brief deleted", "b1", "127.0.0.1")
    with pytest.raises(DBAPIError, match="only ever added"), changing(engine) as connection:
        connection.execute(text(change))
    assert [(entry.who, entry.action, entry.subject) for entry in Audit(engine).last()] == [("asha", "brief deleted", "b1")]
