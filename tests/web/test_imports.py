from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from glossary.errors import DwibhashiError
from glossary.store import Store
from web.briefs import NotFoundError
from web.imports import confirm, dry_run, forget, keep

TABLE = "hindi,english\nकार्य समूह,Working Group\nआदेश,आदेश\n".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'terms.sqlite'}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "imports"


def test_a_file_is_tried_then_brought_in_and_gone(store: Store, folder: Path) -> None:
    token = keep(folder, 7, "Agreed.CSV", TABLE)
    tried = dry_run(store, folder, 7, token, "Agreed.CSV", "draft")
    assert ([change.after.english for change in tried.added], len(tried.rejected)) == (["Working Group"], 1)
    assert store.version == 0
    done = confirm(store, folder, 7, token, "Agreed.CSV", "approved", "asha")
    assert len(done.added) == 1
    [event] = store.events(5)
    assert (event.who, event.why, event.after.status) == ("asha", "imported from Agreed.CSV", "approved")
    assert not list(folder.iterdir())
    with pytest.raises(NotFoundError):
        confirm(store, folder, 7, token, "Agreed.CSV", "approved", "asha")


@pytest.mark.parametrize(("owner", "token"), [(8, ""), (7, "x"), (7, "../../../../etc/passwd"), (7, "a" * 22)])
def test_others_cannot_have_it_imported(store: Store, folder: Path, owner: int, token: str) -> None:
    kept = keep(folder, 7, "agreed.csv", TABLE)
    with pytest.raises(NotFoundError):
        confirm(store, folder, owner, token or kept, "agreed.csv", "draft", "ravi")
    assert store.version == 0
    assert len(list(folder.iterdir())) == 1


def test_a_file_can_be_forgotten(folder: Path) -> None:
    forget(folder, 7, keep(folder, 7, "agreed.csv", TABLE))
    assert not list(folder.iterdir())


def test_old_files_go_when_the_next_comes(folder: Path) -> None:
    keep(folder, 7, "old.csv", TABLE)
    [old] = folder.iterdir()
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    keep(folder, 7, "new.csv", TABLE)
    assert old not in list(folder.iterdir())
    assert len(list(folder.iterdir())) == 1


def test_no_one_else_on_the_machine_can_read_it(folder: Path) -> None:
    keep(folder, 7, "agreed.csv", TABLE)
    [file] = folder.iterdir()
    assert (file.stat().st_mode & 0o077, folder.stat().st_mode & 0o077) == (0, 0)


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
def test_what_cannot_be_a_glossary_is_not_kept(folder: Path, name: str, content: bytes, words: str) -> None:
    with pytest.raises(DwibhashiError, match=words):
        keep(folder, 7, name, content)
    assert not folder.exists()


@pytest.mark.parametrize(("name", "content"), [("terms.xlsx", b"no workbook"), ("terms.csv", b""), ("terms.tbx", b"<a/>")])
def test_what_cannot_be_read_is_named_as_people_know_it_and_removed(
    store: Store, folder: Path, name: str, content: bytes
) -> None:
    token = keep(folder, 7, name, content)
    with pytest.raises(DwibhashiError, match=f"^{name}") as told:
        dry_run(store, folder, 7, token, name, "draft")
    assert str(folder) not in str(told.value)
    assert not list(folder.iterdir())
