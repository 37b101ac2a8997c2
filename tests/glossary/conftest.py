"""The termbase in a database of each kind."""

from __future__ import annotations

import pytest

from glossary.store import Store


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)
