"""Glossary files between the dry run and its confirmation. Only who brought a file can have it imported."""

from __future__ import annotations

import io
import re
import secrets
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from glossary.errors import GlossaryError
from glossary.exchange.files import READERS, read_entries
from glossary.exchange.importing import import_file
from glossary.exchange.planning import Report, plan
from glossary.model import Status
from glossary.store import Store
from translator.documents.archives import Limits, documents_in
from web.briefs import NotFoundError

_MIB = 2**20
_WORKBOOK = Limits(files=500, file_bytes=128 * _MIB, total_bytes=256 * _MIB, ratio=500)
_KEPT = 24 * 3600  # seconds
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def keep(folder: Path, owner: int, name: str, content: bytes) -> str:
    """Keep a file that user `owner` brought; returns the token that names it. Raises GlossaryError if it can be no glossary."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        raise GlossaryError(f"{name}: a glossary is read from {', '.join(READERS)}. Save it as one of these.")
    if suffix == ".xlsx":
        _refuse_bomb(content, name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_old(folder)
    token = secrets.token_urlsafe(16)
    file = folder / f"{owner}-{token}{suffix}"
    file.touch(mode=0o600)
    file.write_bytes(content)
    return token


def dry_run(store: Store, folder: Path, owner: int, token: str, name: str, status: Status) -> Report:
    """What the file would change; a file that cannot be read is removed."""
    path = _kept(folder, owner, token)
    try:
        with _named(path, name):
            return plan(store.terms(), read_entries(path), status)
    except GlossaryError:
        path.unlink(missing_ok=True)
        raise


def confirm(store: Store, folder: Path, owner: int, token: str, name: str, status: Status, who: str) -> Report:
    """Bring the file in and remove it. Returns what was changed: the termbase may have changed since the dry run."""
    path = _kept(folder, owner, token)
    with _named(path, name):
        report = import_file(store, path, who, f"imported from {name}", status)
    path.unlink(missing_ok=True)
    return report


def forget(folder: Path, owner: int, token: str) -> None:
    """Remove a file that is not to be imported after all."""
    _kept(folder, owner, token).unlink(missing_ok=True)


def _kept(folder: Path, owner: int, token: str) -> Path:
    """The file of a token. Raises NotFoundError if it is gone, or of someone else."""
    if _TOKEN.fullmatch(token):
        for suffix in READERS:
            if (path := folder / f"{owner}-{token}{suffix}").is_file():
                return path
    raise NotFoundError(
        "The file of this import is not there any more; it was imported, or is older than a day. Choose it again."
    )


@contextmanager
def _named(path: Path, name: str) -> Iterator[None]:
    """Messages say the name that people know the file by."""
    try:
        yield
    except GlossaryError as error:
        raise type(error)(str(error).replace(str(path), name)) from error


def _refuse_bomb(content: bytes, name: str) -> None:
    """Unpack each part once within limits. What is no archive at all is left to the reader of workbooks, which says so."""
    if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        for _ in documents_in(content, name, _WORKBOOK):
            pass


def _remove_old(folder: Path) -> None:
    for file in folder.iterdir():
        if file.stat().st_mtime < time.time() - _KEPT:
            file.unlink(missing_ok=True)
