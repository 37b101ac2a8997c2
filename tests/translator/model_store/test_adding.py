"""Models that are brought by hand."""

from __future__ import annotations

import re
import shutil
import tarfile
from pathlib import Path

import pytest

from translator.engines.compact import EMBEDDED
from translator.errors import EngineError
from translator.model_store import shelf
from translator.model_store.adding import add
from translator.model_store.checksums import SUMS, differences, read_sums
from translator.model_store.registry import registry


def test_what_is_added_translates_and_stays_where_it_was(tmp_path: Path, models: Path) -> None:
    source = shutil.copytree(EMBEDDED, tmp_path / "Brought")
    (source / ".git").mkdir()
    assert add(source) == models / "brought"
    assert source.is_dir()
    assert not (models / "brought" / ".git").exists()
    assert differences(models / "brought", read_sums(models / "brought")) == []
    assert "India" in shelf.open_model("brought").translate(["भारत ने कहा।"])[0][0].text


def test_what_no_engine_reads_is_refused(tmp_path: Path, models: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source, message in ((tmp_path / "empty", "no model there"), (tmp_path / "none", "no such file or folder")):
        with pytest.raises(EngineError, match=message):
            add(source, "new")
    assert shelf.names() == ["compact"]


def test_what_is_not_the_model_of_its_name_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "nllb-600m"
    source.mkdir()
    for name in registry()["nllb-600m"].files:
        (source / name).write_bytes(b"{}")
    with pytest.raises(
        EngineError, match=r"this is not nllb-600m as the registry has it: config\.json: not the file that it was"
    ):
        add(source)


def test_the_archive_of_a_release_is_unpacked(tmp_path: Path, models: Path) -> None:
    model = registry()["indictrans2-200m"]
    with tarfile.open(tmp_path / "release.tar.gz", "w:gz") as archive:
        for inside in model.members:
            for file in EMBEDDED.iterdir():
                archive.add(file, f"{inside}/{file.name}")
    add(tmp_path / "release.tar.gz", "indictrans2-200m")
    found = {path.relative_to(models / "indictrans2-200m").as_posix() for path in (models / "indictrans2-200m").rglob("*.*")}
    assert {"model.bin", "vocab/model.bin"} <= found


def test_another_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "model.zip").write_bytes(b"PK")
    with pytest.raises(EngineError, match=re.escape("this is a file. Unpack it and add the folder")):
        add(tmp_path / "model.zip", "new")


def test_the_sums_tell_what_has_changed(tmp_path: Path) -> None:
    folder = add(shutil.copytree(EMBEDDED, tmp_path / "brought"))
    (folder / "vmap.txt").unlink()
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "more.txt").write_text("new files are no fault", encoding="utf-8")
    assert differences(folder, read_sums(folder)) == ["vmap.txt: missing", "config.json: not the file that it was"]
    (folder / SUMS).write_text("nonsense", encoding="utf-8")
    with pytest.raises(EngineError, match="no list of SHA-256 sums"):
        read_sums(folder)
