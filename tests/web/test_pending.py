"""Files between a dry run and its confirmation."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from web.briefs import NotFoundError
from web.pending import Pending


@pytest.fixture
def imports(tmp_path: Path) -> Pending:
    return Pending(tmp_path / "imports")


def test_a_file_is_kept_for_who_gave_it(imports: Pending) -> None:
    token = imports.keep(b"<tmx/>", ".tmx", "asha")
    file = imports.take(token, "asha")
    assert file.read_bytes() == b"<tmx/>"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token != imports.keep(b"<tmx/>", ".tmx", "asha")


@pytest.mark.parametrize("asked", ["", "x", "../../etc/passwd", "a" * 22 + ".tmx", "a" * 22 + "./../x"])
def test_no_other_token_leads_to_a_file(imports: Pending, asked: str) -> None:
    imports.keep(b"<tmx/>", ".tmx", "asha")
    with pytest.raises(NotFoundError):
        imports.take(asked, "asha")


def test_no_other_user_can_take_it(imports: Pending) -> None:
    token = imports.keep(b"<tmx/>", ".tmx", "asha")
    with pytest.raises(NotFoundError):
        imports.take(token, "ravi")


def test_it_is_gone_after_a_day(imports: Pending) -> None:
    token = imports.keep(b"old", ".tmx", "asha")
    file = imports.take(token, "asha")
    before = time.time() - 24 * 3600 - 5
    os.utime(file, (before, before))
    with pytest.raises(NotFoundError):
        imports.take(token, "asha")
    imports.keep(b"new", ".tmx", "asha")
    assert not file.exists()
