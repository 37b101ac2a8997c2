"""Which models are on this machine, and which is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from translator.engines.compact import EMBEDDED
from translator.errors import EngineError
from translator.model_store import shelf
from translator.pipeline import default_translator
from translator.values import Document


def test_at_first_there_is_the_embedded_model_alone(models: Path) -> None:
    assert shelf.names() == ["compact"]
    assert shelf.in_use() == "compact"
    assert shelf.folder_of("compact") == EMBEDDED
    assert not models.exists()


def test_the_model_in_use_is_the_one_that_translates(models: Path) -> None:
    shutil.copytree(EMBEDDED, models / "other")
    config = models / "other" / "model.bin"
    config.write_bytes(config.read_bytes() + b"\0")
    usual = default_translator().brief(Document("", ())).model
    shelf.use("other")
    assert shelf.names() == ["compact", "other"]
    assert shelf.in_use() == "other"
    other = default_translator().brief(Document("", ())).model
    assert other != usual
    assert default_translator(model="compact").brief(Document("", ())).model == usual
    assert default_translator(model=str(models / "other")).brief(Document("", ())).model == other
    shelf.use("compact")
    assert default_translator().brief(Document("", ())).model == usual


def test_a_model_that_is_gone_is_named_with_the_way_back(models: Path) -> None:
    shutil.copytree(EMBEDDED, models / "other")
    shelf.use("other")
    shutil.rmtree(models / "other")
    with pytest.raises(EngineError, match=r"other: this model is in use, but it is gone.*dwibhashi models use compact"):
        shelf.open_model()


@pytest.mark.parametrize(
    ("name", "remedy"), [("none", "dwibhashi models add DIR"), ("nllb-600m", "dwibhashi models pull nllb-600m")]
)
def test_a_model_that_is_not_there_is_named(name: str, remedy: str) -> None:
    with pytest.raises(EngineError, match=rf"{name}: no such model on this machine.*{remedy}"):
        shelf.use(name)
    with pytest.raises(EngineError, match=rf"{name}: no such model on this machine.*{remedy}"):
        shelf.open_model(name)


@pytest.mark.parametrize("name", ["", "../up", "Big", ".hidden", "a/b", "ए", "compact", "a" * 65])
def test_a_name_that_no_model_can_have_is_refused(models: Path, name: str) -> None:
    with pytest.raises(EngineError, match="--name"), shelf.new_folder(name):
        pass
    assert not list(models.parent.rglob("*up*"))


def test_a_folder_that_was_not_finished_is_no_model(models: Path) -> None:
    def broken_off() -> None:
        with shelf.new_folder("half") as folder:
            (folder / "model.bin").write_bytes(b"x")
            assert shelf.names() == ["compact"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert list(models.iterdir()) == []
