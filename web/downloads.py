"""Files that are kept for an hour under names that no one can guess. It does not know what is in them."""

from __future__ import annotations

import os
import secrets
import threading
import time
from pathlib import Path

import regex

from web.briefs import NotFoundError

KEPT = 3600  # seconds
_NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N}_-]+")
_LONGEST_NAME = 40  # characters; a file system counts up to 255 bytes
_NAME = regex.compile(r"[\w-]{32}\.[^/\\\0]+", regex.ASCII)


def keep(folder: Path, name: str, content: bytes) -> str:
    """Keep a file; returns its name with what makes it unguessable before it: `SECRET.NAME`."""
    remove_old(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem, _, suffix = name.rpartition(".")
    kept = f"{secrets.token_urlsafe(24)}.{_NOT_IN_NAMES.sub('_', stem)[:_LONGEST_NAME] or 'file'}.{suffix}"
    descriptor = os.open(folder / kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
    timer = threading.Timer(KEPT + 1, remove_old, (folder,))
    timer.daemon = True
    timer.start()
    return kept


def kept_content(folder: Path, kept: str) -> tuple[str, bytes]:
    """The name and content of a file that `keep` has kept. Raises NotFoundError if it is not there, or not any more."""
    remove_old(folder)
    try:
        if not _NAME.fullmatch(kept):
            raise FileNotFoundError(kept)
        return kept.partition(".")[2], (folder / kept).read_bytes()
    except FileNotFoundError:
        raise NotFoundError("There is no such file, or not any more: files are kept for an hour. Translate it again.") from None


def remove_old(folder: Path) -> None:
    """Remove what was kept long enough."""
    for file in folder.glob("*.*"):
        try:
            if file.stat().st_mtime < time.time() - KEPT:
                file.unlink()
        except FileNotFoundError:
            pass  # another thread was faster
