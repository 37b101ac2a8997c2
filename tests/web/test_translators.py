"""Which engine the service translates with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from glossary.termbase import open_store
from translator.engines.compact import EMBEDDED
from translator.errors import EngineError
from translator.memory.store import Memory
from translator.model_store import shelf
from web.settings import ConfigurationError, from_environment
from web.translators import Translators


def engine_of(folder: Path, model: str) -> str:
    """The model of a service with this setting."""
    url = f"sqlite:///{folder / 'service.sqlite'}"
    return Translators(open_store(url), Memory(url), model).engine.model


def test_the_setting_goes_before_the_model_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path / "models"))
    shutil.copytree(EMBEDDED, tmp_path / "models" / "other")
    with (tmp_path / "models" / "other" / "model.bin").open("ab") as file:
        file.write(b"\0")
    usual = engine_of(tmp_path, "")
    other = engine_of(tmp_path, "other")
    assert usual != other
    shelf.use("other")
    assert engine_of(tmp_path, "") == other
    assert engine_of(tmp_path, "compact") == usual
    with pytest.raises(EngineError, match="none: no such model on this machine"):
        engine_of(tmp_path, "none")


def test_a_model_that_is_not_there_is_refused_at_the_start() -> None:
    assert from_environment({"DWIBHASHI_MODEL": "compact"}).model == "compact"
    with pytest.raises(ConfigurationError, match="DWIBHASHI_MODEL: none: no such model on this machine"):
        from_environment({"DWIBHASHI_MODEL": "none"})
