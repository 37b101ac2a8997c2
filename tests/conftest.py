"""What several test modules use: the real embedded model with the built-in glossary, loaded once, and the seed's brief."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from translator.documents.reading import read_document
from translator.engines.compact import CompactEngine
from translator.pipeline import Translator, default_translator
from translator.values import Brief

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the termbase of the user who runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        patch.delenv("DWIBHASHI_DATABASE_URL", raising=False)
        yield folder


@pytest.fixture(scope="session")
def translator() -> Translator:
    return default_translator()


@pytest.fixture(scope="session")
def engine() -> CompactEngine:
    return CompactEngine()


@pytest.fixture(scope="session")
def seed_brief(translator: Translator) -> Brief:
    return translator.brief(read_document(ROOT / "seeds" / "000_fd72bbba517746b4.txt"))
