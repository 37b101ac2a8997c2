"""The memory in a database of each kind."""

from __future__ import annotations

import pytest

from translator.memory.store import Memory


@pytest.fixture
def memory(url: str) -> Memory:
    return Memory(url)
