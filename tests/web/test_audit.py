"""The audit log, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from web.audit import Audit
from web.database import changing, connect
from web.schema import AuditRow


@pytest.fixture
def audit(url: str) -> Audit:
    return Audit(connect(url))


def test_the_newest_come_first_in_pages_and_by_user(audit: Audit) -> None:
    for number in range(5):
        audit.note("asha" if number % 2 else "ravi", "key made", number, "10.0.0.1")
    assert [entry.subject for entry in audit.last(2)] == ["4", "3"]
    assert [entry.subject for entry in audit.last(2, 2)] == ["2", "1"]
    assert [entry.subject for entry in audit.last(who="asha")] == ["3", "1"]
    assert (audit.count(), audit.count("ravi"), audit.count("ASHA")) == (5, 3, 0)
    assert audit.last(1)[0].address == "10.0.0.1"


def test_a_subject_is_a_name_not_a_text(audit: Audit) -> None:
    audit.note("asha", "user added", "x" * 1000)
    assert len(audit.last(1)[0].subject) == 200


@pytest.mark.parametrize("change", [update(AuditRow).values(who="nobody"), delete(AuditRow)])
def test_entries_stay(audit: Audit, change: object) -> None:
    audit.note("asha", "signed in")
    with pytest.raises(DBAPIError, match="only ever added"), changing(audit._engine) as connection:
        connection.execute(change)  # type: ignore[call-overload]
    assert audit.last(1)[0].who == "asha"
