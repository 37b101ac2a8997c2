"""Folders on the server: which there are below the root of the settings, and the files in one. Nothing outside is ever given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from translator.errors import DocumentError
from web.incoming import Given

_LISTED = 200  # folders that a list shows


def subfolders(root: Path) -> list[str]:
    """The folders below `root` by their paths, for people to choose from: `.` for itself, then the first in order."""
    shown = (_relative(Path(folder), root) for folder, _, _ in _walk(root))
    return [folder for folder in islice(shown, _LISTED) if _is_text(folder)]


def files_in(root: Path, relative: str, largest: int) -> Iterator[Given]:
    """The files in the folder `relative` below `root` and in its folders, in order, as they are read; hidden ones are left out.

    Raises DocumentError if there is no such folder below `root`. What leads out of `root`, is no ordinary file or has more than
    `largest` bytes is given, and raises DocumentError when it is read.
    """
    folder = _below(root, relative)
    return _files(root.resolve(), folder, largest)


def _files(root: Path, folder: Path, largest: int) -> Iterator[Given]:
    for place, folders, files in _walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in sorted([*files, *links]):
            path = Path(place, name)
            yield Given(_relative(path, folder), partial(_content, path, root, largest))


def _below(root: Path, relative: str) -> Path:
    """The folder that is meant. Raises DocumentError if it is not below `root`, or not there."""
    asked = PurePosixPath(relative)
    if asked.is_absolute() or ".." in asked.parts or "\\" in relative or "\0" in relative:
        raise DocumentError(f"{relative!r} leads out of the folder for batches. Name a folder in it by its path from there.")
    folder = root.joinpath(*asked.parts)
    try:
        real = folder.resolve(strict=True)
    except (OSError, RuntimeError):
        real = None
    if real and not real.is_relative_to(root.resolve()):
        raise DocumentError(f"{relative!r} is a link that leads out of the folder for batches. Copy what it stands for there.")
    if real is None or not real.is_dir() or any(part.startswith(".") for part in asked.parts):
        raise DocumentError(f"{relative!r}: there is no such folder in the folder for batches. Choose one from the list.")
    return folder


def _content(path: Path, root: Path, largest: int) -> bytes:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            raise DocumentError("It is a link that leads out of the folder for batches. Copy the file there.")
        if not real.is_file():
            raise DocumentError("It is a link to a folder, or no ordinary file. Put the files themselves there.")
        with real.open("rb") as file:
            content = file.read(largest + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself
        reason = error.strerror if isinstance(error, OSError) else "a link to itself"
        raise DocumentError(f"It cannot be read: {reason}. Check that it is there and may be read.") from error
    if len(content) > largest:
        raise DocumentError(f"It has more than {largest // 2**20} MiB. Divide it.")
    return content


def _walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """`folder` and those below it, in order, with what is not hidden in them; links to folders are named but not followed."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield place, folders, [name for name in files if not name.startswith(".")]


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_text(name: str) -> bool:
    """Whether a name is one that a page can show and a form send back."""
    return not any("\ud800" <= char <= "\udfff" for char in name)
