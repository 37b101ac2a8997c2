from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from translator.batch.places import Folder, Place, Store, place_at
from translator.errors import DocumentError

fsspec = pytest.importorskip("fsspec", reason="fsspec is not here; the extra dwibhashi[ray] brings it")


@pytest.fixture
def store() -> Store:
    return Store(f"memory://{uuid.uuid4().hex}/notes")


@pytest.fixture(params=["folder", "object store", "store with files"])
def place(request: pytest.FixtureRequest, tmp_path: Path, store: Store) -> Iterator[Place]:
    """A place of each kind: a folder, a store in which objects are whole, and one in which files are written bit by bit."""
    kinds: dict[str, Place] = {
        "folder": Folder(tmp_path),
        "object store": store,
        "store with files": Store(f"local://{tmp_path}"),
    }
    return kinds[request.param]


@pytest.mark.parametrize("name", ["a.txt", "inner/बैठक.txt"])
def test_what_is_written_is_read_and_there_is_nothing_beside_it(place: Folder | Store, name: str) -> None:
    assert not place.has(name)
    place.write(name, b"first")
    place.write(name, b"second")
    assert (place.has(name), place.read(name)) == (True, b"second")
    if isinstance(place, Store):
        assert place.names() == [name]
    else:
        assert [path for path in place.path.rglob("*") if path.is_file()] == [place.path / name]


@pytest.mark.parametrize("name", ["none.txt", "inner/none.txt"])
def test_what_is_not_there_is_an_error(place: Place, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        place.read(name)


def test_a_store_that_cannot_be_used_says_why() -> None:
    with pytest.raises(DocumentError, match="no kind of address"):
        Store("nowhere://notes").names()


def test_paths_and_file_urls_are_folders(tmp_path: Path) -> None:
    assert place_at(str(tmp_path)) == place_at(tmp_path.as_uri()) == Folder(tmp_path)
    assert str(place_at("s3://bucket/notes/")) == "s3://bucket/notes"
