"""What comes out of an archive, and what must not."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from translator.errors import EngineError
from translator.model_store.archives import unpack

MEMBERS = {"model/ct2": "", "model/fairseq/vocab": "vocab"}
WHOLE = {
    "model/ct2/model.bin": b"weights",
    "model/ct2/deep/er.txt": b"deep",
    "model/fairseq/vocab/model.SRC": b"pieces",
    "model/fairseq/model.pt": b"large",
    "model/ct2.txt": b"beside",
}
UNPACKED = {"model.bin": b"weights", "deep/er.txt": b"deep", "vocab/model.SRC": b"pieces"}


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    """An archive of `files`, of the kind that its name says."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        link = tarfile.TarInfo("model/ct2/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return path


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("before", ["", "./"])
def test_the_members_come_out_and_nothing_else(tmp_path: Path, name: str, before: str) -> None:
    archive = packed(tmp_path / name, {before + path: content for path, content in WHOLE.items()})
    folder = tmp_path / "out"
    unpack(archive, MEMBERS, folder)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == UNPACKED


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path / name, {"model/ct2/../../../evil": b"x", **WHOLE})
    with pytest.raises(EngineError, match="leads out of the archive"):
        unpack(archive, MEMBERS, tmp_path / "out")
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize("content", [b"no archive", b"", None], ids=["text", "empty", "absent"])
def test_what_is_no_archive_is_named(tmp_path: Path, content: bytes | None) -> None:
    archive = tmp_path / "a.tar.gz"
    if content is not None:
        archive.write_bytes(content)
    with pytest.raises(EngineError, match=r"a\.tar\.gz: cannot be unpacked"):
        unpack(archive, MEMBERS, tmp_path / "out")


def test_a_folder_that_is_not_in_it_is_named(tmp_path: Path) -> None:
    archive = packed(tmp_path / "a.tar", {"model/ct2/model.bin": b"x"})
    with pytest.raises(EngineError, match="there is no model/fairseq/vocab in it"):
        unpack(archive, MEMBERS, tmp_path / "out")


def test_a_cut_archive_is_named(tmp_path: Path) -> None:
    archive = packed(tmp_path / "a.tar.gz", {**WHOLE, "model/ct2/model.bin": bytes(range(256)) * 4000})
    archive.write_bytes(archive.read_bytes()[:300])
    with pytest.raises(EngineError, match="cannot be unpacked"):
        unpack(archive, MEMBERS, tmp_path / "out")
