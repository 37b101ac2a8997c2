from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from glossary.errors import DwibhashiError
from glossary.store import Store
from web.briefs import NotFoundError
from web.imports import confirm, dry_run, keep
from web.pending import Pending

TABLE = "hindi,english\nकार्य समूह,Working Group\nआदेश,आदेश\n".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'terms.sqlite'}")


@pytest.fixture
def pending(tmp_path: Path) -> Pending:
    return Pending(tmp_path / "imports")


def test_a_file_is_tried_then_brought_in(store: Store, pending: Pending) -> None:
    token = keep(pending, "asha", "Agreed.CSV", TABLE)
    tried = dry_run(store, pending, "asha", token, "Agreed.CSV", "draft")
    assert ([change.after.english for change in tried.added], len(tried.rejected)) == (["Working Group"], 1)
    assert store.version == 0
    done = confirm(store, pending, "asha", token, "Agreed.CSV", "approved")
    assert len(done.added) == 1
    [event] = store.events(5)
    assert (event.who, event.why, event.after.status) == ("asha", "imported from Agreed.CSV", "approved")
    with pytest.raises(NotFoundError):
        confirm(store, pending, "asha", token, "Agreed.CSV", "approved")


def test_others_cannot_have_it_imported(store: Store, pending: Pending) -> None:
    token = keep(pending, "asha", "agreed.csv", TABLE)
    with pytest.raises(NotFoundError):
        confirm(store, pending, "ravi", token, "agreed.csv", "draft")
    assert store.version == 0


def workbook(megabytes: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(megabytes * 2**20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("terms.pdf", TABLE, "terms.pdf: a glossary is read from"),
        ("terms", TABLE, "a glossary is read from"),
        ("bomb.xlsx", workbook(4), "bomb.xlsx: xl/worksheets/sheet1.xml is more than 500 times larger"),
    ],
)
def test_what_cannot_be_a_glossary_is_not_kept(tmp_path: Path, pending: Pending, name: str, content: bytes, words: str) -> None:
    with pytest.raises(DwibhashiError, match=words):
        keep(pending, "asha", name, content)
    assert not (tmp_path / "imports").exists()


@pytest.mark.parametrize(("name", "content"), [("terms.xlsx", b"no workbook"), ("terms.csv", b""), ("terms.tbx", b"<a/>")])
def test_what_cannot_be_read_is_named_as_people_know_it_and_removed(
    store: Store, tmp_path: Path, pending: Pending, name: str, content: bytes
) -> None:
    token = keep(pending, "asha", name, content)
    with pytest.raises(DwibhashiError, match=f"^{name}") as told:
        dry_run(store, pending, "asha", token, name, "draft")
    assert str(tmp_path) not in str(told.value)
    assert not list((tmp_path / "imports").iterdir())
