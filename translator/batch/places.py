"""Where notes come from and briefs go to: a folder on a disk, or in an object store (fsspec). It knows names and bytes only."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from translator.batch.ledger import FOLDER
from translator.errors import DocumentError

# Stores in which an object is there whole or not at all, and appears only then; elsewhere a file is written aside and moved.
_WHOLE = {"abfs", "abfss", "adl", "az", "gcs", "gs", "memory", "oci", "oss", "s3", "s3a"}
_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs", "abfss": "adlfs"}


class Place(Protocol):
    """Files by their names: paths below the place, with slashes."""

    def __str__(self) -> str: ...

    def read(self, name: str) -> bytes:
        """The content of a file. Raises OSError, or an error of the store."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, in place of what was there. Raises OSError, or an error of the store."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""


@dataclass(frozen=True)
class Folder:
    """A folder on a disk of this machine, or on one that all machines share under the same path."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        path, draft = self.path / name, self.path / FOLDER / "drafts" / f"{uuid.uuid4().hex}.part"
        draft.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()


@dataclass(frozen=True)
class Store:
    """What lies below a URL of fsspec: s3://BUCKET/PREFIX, gs://…, az://….

    Raises DocumentError, when it is first used, if nothing here can speak to such a store.
    """

    url: str

    def __str__(self) -> str:
        return self.url

    def read(self, name: str) -> bytes:
        content: bytes = self._files.cat_file(self._path(name))
        return content

    def write(self, name: str, content: bytes) -> None:
        path = self._path(name)
        if self.url.split("://")[0] in _WHOLE:
            self._files.pipe_file(path, content)
            return
        draft = self._path(f"{FOLDER}/drafts/{uuid.uuid4().hex}.part")
        for inner in (draft, path):
            self._files.makedirs(inner.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(draft, content)
        self._files.mv(draft, path)

    def has(self, name: str) -> bool:
        return bool(self._files.isfile(self._path(name)))

    def names(self, below: str = "") -> list[str]:
        """All files, or those below a folder of the store, sorted. Raises DocumentError if it cannot be listed."""
        try:
            self._files.invalidate_cache()
            found = self._files.find(self._path(below) if below else self._root)
        except DocumentError:
            raise
        except Exception as error:  # each kind of store has errors of its own
            raise DocumentError(f"{self.url}: it cannot be listed ({error}). Check the address and your rights.") from error
        return sorted(path.removeprefix(f"{self._root}/") for path in found)

    @cached_property
    def _place(self) -> tuple[Any, str]:
        import fsspec.core

        protocol = self.url.split("://")[0]
        try:
            files, root = fsspec.core.url_to_fs(self.url)
        except ImportError as error:
            raise DocumentError(f"{self.url}: install {_PACKAGES.get(protocol, error)} on every machine to use it.") from error
        except ValueError as error:
            raise DocumentError(f"{self.url}: {protocol} is no kind of address that fsspec knows ({error}).") from error
        return files, root.rstrip("/")

    @property
    def _files(self) -> Any:
        return self._place[0]

    @property
    def _root(self) -> str:
        return self._place[1]

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def place_at(address: str) -> Folder | Store:
    """The place of a path or a URL.

    >>> place_at("file:///srv/notes"), place_at("s3://notes/2026/")
    (Folder(path=PosixPath('/srv/notes')), Store(url='s3://notes/2026'))
    """
    if "://" not in address or address.startswith("file://"):
        return Folder(Path(address.removeprefix("file://")).absolute())
    return Store(address.rstrip("/"))


def is_plain(name: str) -> bool:
    """Whether a name of a store leads below it as a path, and nowhere else.

    >>> is_plain("2026/a.txt"), is_plain("../a.txt"), is_plain("a//b.txt")
    (True, False, False)
    """
    return name == PurePosixPath(name).as_posix() and not name.startswith("/") and ".." not in name.split("/")


def shown(names: Sequence[str]) -> list[str]:
    """The names of which no part begins with a dot."""
    return [name for name in names if not any(part.startswith(".") for part in name.split("/"))]
