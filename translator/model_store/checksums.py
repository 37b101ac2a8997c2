"""The SHA-256 of every file of a model, in a file `SHA256SUMS` beside them that `sha256sum -c` reads as well."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from translator.engines.profile import PROFILE
from translator.errors import EngineError

SUMS = "SHA256SUMS"
_OURS = (SUMS, PROFILE)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> dict[str, Path]:
    """The files of a model by their paths in `folder`; those that dwibhashi writes and hidden ones are none of them."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path for name, path in named.items() if name not in _OURS and not name.startswith(".") and "/." not in name}


def write_sums(folder: Path) -> None:
    """Note what the files of `folder` are now."""
    lines = [f"{sum_of(path)}  {name}\n" for name, path in files_of(folder).items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def read_sums(folder: Path) -> Mapping[str, str]:
    """What the files of `folder` were when they came; nothing where no one has noted it. Raises EngineError for another file."""
    path = folder / SUMS
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if not all(name and len(digest) == 64 for name, digest in sums.items()):
        raise EngineError(f"{path}: this is no list of SHA-256 sums. Pull or add the model again.")
    return sums


def differences(folder: Path, sums: Mapping[str, str]) -> list[str]:
    """What is not as `sums` has it, a line for each file, in words. An empty sum stands for any content."""
    found = files_of(folder)
    lines = [f"{name}: missing" for name in sums if name not in found]
    for name, path in found.items():
        if sums.get(name) and sum_of(path) != sums[name]:
            lines.append(f"{name}: not the file that it was")
    return lines
