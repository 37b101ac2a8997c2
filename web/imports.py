"""Glossary files between the dry run and its confirmation: what is in them, not where they wait (web.pending)."""

from __future__ import annotations

import io
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
from web.pending import Pending

_MIB = 2**20
_WORKBOOK = Limits(files=500, file_bytes=128 * _MIB, total_bytes=256 * _MIB, ratio=500)


def keep(pending: Pending, who: str, name: str, content: bytes) -> str:
    """Keep a file that `who` brought; returns the token that names it. Raises GlossaryError if it can be no glossary."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        raise GlossaryError(f"{name}: a glossary is read from {', '.join(READERS)}. Save it as one of these.")
    if suffix == ".xlsx":
        _refuse_bomb(content, name)
    return pending.keep(content, suffix, who)


def dry_run(store: Store, pending: Pending, who: str, token: str, name: str, status: Status) -> Report:
    """What the file would change; a file that cannot be read is removed."""
    path = pending.take(token, who)
    try:
        with _named(path, name):
            return plan(store.terms(), read_entries(path), status)
    except GlossaryError:
        path.unlink(missing_ok=True)
        raise


def confirm(store: Store, pending: Pending, who: str, token: str, name: str, status: Status) -> Report:
    """Bring the file in and remove it. Returns what was changed: the termbase may have changed since the dry run."""
    path = pending.take(token, who)
    with _named(path, name):
        report = import_file(store, path, who, f"imported from {name}", status)
    path.unlink(missing_ok=True)
    return report


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
