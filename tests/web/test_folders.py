"""Folders on the server: what is listed, what is given, and what leads out of the root."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from translator.errors import DocumentError
from web.folders import files_in, subfolders

LARGEST = 100


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with notes, and beside it something that is no one's business."""
    root = tmp_path / "root"
    for name in ("b.txt", "a.txt", "नोट/बैठक.txt", "नोट/भीतर/c.md", ".hidden/x.txt", "नोट/.x.txt"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("key")
    (root / "out").symlink_to(tmp_path / "secret")
    (root / "key.txt").symlink_to(tmp_path / "secret" / "key.txt")
    (root / "again.txt").symlink_to(root / "a.txt")
    return root


def read(root: Path, relative: str) -> dict[str, str]:
    """What each file says, or why it cannot be read."""
    found = {}
    for file in files_in(root, relative, LARGEST):
        try:
            found[file.name] = file.read().decode()
        except DocumentError as error:
            found[file.name] = f"! {error}"
    return found


def test_folders_are_listed_without_hidden_ones_and_links(root: Path) -> None:
    assert subfolders(root) == [".", "नोट", "नोट/भीतर"]


def test_files_come_in_order_with_their_folders(root: Path) -> None:
    assert list(read(root, "नोट")) == ["बैठक.txt", "भीतर/c.md"]
    assert list(read(root, ".")) == ["a.txt", "again.txt", "b.txt", "key.txt", "out", "नोट/बैठक.txt", "नोट/भीतर/c.md"]


def test_links_are_followed_to_files_within_the_root_only(root: Path) -> None:
    found = read(root, ".")
    assert found["again.txt"] == "a.txt"
    for name in ("key.txt", "out"):
        assert found[name].startswith("! It is a link that leads out"), found[name]
    (root / "inner").symlink_to(root / "नोट")
    assert read(root, ".")["inner"].startswith("! It is a link to a folder")


@pytest.mark.parametrize(
    ("relative", "reason"),
    [
        ("..", "leads out"),
        ("../secret", "leads out"),
        ("नोट/../../secret", "leads out"),
        ("/etc", "leads out"),
        ("..\\secret", "leads out"),
        ("नोट\0", "leads out"),
        ("out", "is a link that leads out"),
        (".hidden", "no such folder"),
        ("nowhere", "no such folder"),
        ("a.txt", "no such folder"),
    ],
)
def test_what_is_no_folder_below_the_root_is_refused(root: Path, relative: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as refused:
        files_in(root, relative, LARGEST)
    assert str(root) not in str(refused.value)


def test_what_cannot_be_read_says_why(root: Path) -> None:
    (root / "large.txt").write_bytes(b"x" * (LARGEST + 1))
    (root / "exact.txt").write_bytes(b"x" * LARGEST)
    (root / "loop.txt").symlink_to(root / "loop.txt")
    (root / "gone.txt").symlink_to(root / "nothing")
    os.mkfifo(root / "pipe.txt")
    found = read(root, ".")
    assert found["exact.txt"] == "x" * LARGEST
    assert found["large.txt"].startswith("! It has more than")
    assert found["pipe.txt"].endswith("Put the files themselves there.")
    assert found["gone.txt"].startswith("! It cannot be read: No such file")
    assert found["loop.txt"].startswith("! It ")
