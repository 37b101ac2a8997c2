from __future__ import annotations

import contextlib
import uuid

import pytest

from translator.batch.ledger import Entry
from translator.batch.places import Store
from translator.batch.store_ledger import StoreLedger

pytest.importorskip("fsspec", reason="fsspec is not here; the extra dwibhashi[ray] brings it")


@pytest.fixture
def store() -> Store:
    return Store(f"memory://{uuid.uuid4().hex}/briefs")


def test_a_ledger_in_a_store_has_what_earlier_runs_finished(store: Store) -> None:
    first, second = Entry("a.txt", "a", "1", "m"), Entry("b.txt", "b", "2", "m")
    changed = Entry("a.txt", "a", "3", "m", ("a.html",))
    with StoreLedger(store) as ledger:
        ledger.record(first)
        ledger.record(second)
    with StoreLedger(store) as ledger:
        assert ledger.latest() == (first, second)
        ledger.record(changed)
    with StoreLedger(store) as ledger:
        assert ledger.find("a.txt") == changed
        assert ledger.latest() == (changed, second)
    assert len(store.names(".dwibhashi/ledger")) == 2


def test_a_run_that_is_cut_off_keeps_what_it_has_finished(store: Store) -> None:
    with contextlib.suppress(KeyboardInterrupt), StoreLedger(store) as ledger:
        ledger.record(Entry("a.txt", "a", "1", "m"))
        raise KeyboardInterrupt
    assert StoreLedger(store).find("a.txt")
