from __future__ import annotations

import os
from pathlib import Path

import pytest

from web.briefs import NotFoundError
from web.downloads import KEPT, keep, kept_content, remove_old


@pytest.mark.parametrize(
    ("name", "download"),
    [
        ("note_en.txt", "note_en.txt"),
        ("नोट 1.md", "नोट_1.md"),
        ("../../etc/passwd.txt", "_etc_passwd.txt"),
        ("..\\a\0b.txt", "_a_b.txt"),
        (".txt", "file.txt"),
        (f"{'क' * 300}.txt", f"{'क' * 40}.txt"),
    ],
)
def test_a_file_is_found_by_the_name_that_it_got(name: str, download: str, tmp_path: Path) -> None:
    kept = keep(tmp_path / "files", name, b"text")
    assert kept_content(tmp_path / "files", kept) == (download, b"text")
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "files" / kept).stat().st_mode & 0o777 == 0o600


def test_files_are_kept_for_an_hour(tmp_path: Path) -> None:
    new, old = keep(tmp_path, "new.txt", b"new"), keep(tmp_path, "old.txt", b"old")
    before = (tmp_path / old).stat().st_mtime - KEPT - 1
    os.utime(tmp_path / old, (before, before))
    with pytest.raises(NotFoundError, match="an hour"):
        kept_content(tmp_path, old)
    assert [file.name for file in tmp_path.iterdir()] == [new]
    remove_old(tmp_path / "not there")


@pytest.mark.parametrize("name", ["", "secret", "../secret.txt", f"{'a' * 32}.txt", f"{'a' * 32}.a/b", f"{'a' * 32}.\0"])
def test_other_names_lead_nowhere(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(NotFoundError):
        kept_content(tmp_path, name)
