"""The files of a model out of the archive in which it was released; everything else in the archive stays there."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from translator.errors import EngineError


def unpack(archive: Path, members: Mapping[str, str], folder: Path) -> None:
    """Put the files below each folder of `members` where `folder` is to have them.

    Raises EngineError if it is no archive, if one of the folders is not in it, or if a name leads out of `folder`.
    """
    missing = set(members)
    try:
        for name, content in _files(archive):
            for inside, place in members.items():
                if not name.is_relative_to(inside):
                    continue
                below = PurePosixPath(place) / name.relative_to(inside)
                if ".." in below.parts or below.is_absolute():
                    raise EngineError(f"{archive}: {name} leads out of the archive. Do not trust it; get it from its source.")
                missing.discard(inside)
                target = folder / below
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    shutil.copyfileobj(content, file)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise EngineError(f"{archive}: cannot be unpacked ({error}). Download it again.") from error
    if missing:
        raise EngineError(f"{archive}: there is no {', '.join(sorted(missing))} in it. Is it the archive of this model?")


def _files(archive: Path) -> Iterator[tuple[PurePosixPath, IO[bytes]]]:
    """The regular files of an archive, with what is in them."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                if not entry.is_dir():
                    with packed.open(entry) as content:
                        yield PurePosixPath(entry.filename), content
        return
    with tarfile.open(archive, "r:*") as packed_tar:
        for member in packed_tar:
            extracted = packed_tar.extractfile(member) if member.isreg() else None
            if extracted:
                with extracted:
                    yield PurePosixPath(member.name.removeprefix("./")), extracted
