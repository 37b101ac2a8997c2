"""Files that were looked at and wait to be brought in: kept between the dry run of an import and its confirmation.

It does not read them. A file can be taken by the user who gave it, for a day.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from pathlib import Path, PurePath

from web.briefs import NotFoundError

_KEPT = 24 * 3600  # seconds
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}\.[a-z0-9]{1,8}")


class Pending:
    """The files in a folder that only the user of the service can read; it is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, suffix: str, who: str) -> str:
        """Keep a file for `who`; `suffix` is like `.tmx`. Returns the token with which it can be taken."""
        self.tidy()
        token = secrets.token_urlsafe(16) + suffix
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._file(token, who), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        return token

    def take(self, token: str, who: str) -> Path:
        """The file that `who` has kept under `token`. Raises NotFoundError if there is none, or not any more."""
        file = self._file(token, who)
        if not _TOKEN.fullmatch(token) or not file.is_file() or _is_old(file):
            raise NotFoundError("The file is not here any more; files wait for a day. Choose it again.")
        return file

    def tidy(self) -> None:
        """Remove the files that are more than a day old."""
        for file in self._folder.glob("*"):
            if file.is_file() and _is_old(file):
                file.unlink(missing_ok=True)

    def _file(self, token: str, who: str) -> Path:
        """Its name is a digest of both, so the token of another user leads nowhere, and what is no token leads nowhere else."""
        suffix = PurePath(token).suffix if _TOKEN.fullmatch(token) else ""
        return self._folder / (hashlib.sha256(f"{who}\n{token}".encode()).hexdigest() + suffix)


def _is_old(file: Path) -> bool:
    try:
        return time.time() - file.stat().st_mtime > _KEPT
    except FileNotFoundError:  # another request has removed it
        return True
