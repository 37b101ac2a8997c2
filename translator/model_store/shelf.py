"""The models on this machine: a folder for each in the user's folder of models, the embedded one, and the one in use.

What a model says is the business of the engines; which engine reads it is told by translator.engines.opening.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import regex

from translator.engines.base import Engine
from translator.engines.compact import EMBEDDED, CompactEngine
from translator.engines.opening import open_engine
from translator.errors import EngineError
from translator.model_store.registry import registry

VARIABLE = "DWIBHASHI_MODELS"
EMBEDDED_NAME = "compact"
_CHOICE = "in-use"
_NAME = regex.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def models_folder() -> Path:
    """The user's folder of models; the environment may name another."""
    from platformdirs import user_data_path

    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_data_path("dwibhashi") / "models"


def names() -> list[str]:
    """The models that lie in the folder, and the embedded one first."""
    folder = models_folder()
    there = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return [EMBEDDED_NAME, *sorted(name for name in there if _NAME.fullmatch(name))]


def folder_of(name: str) -> Path:
    """Where a model lies, by its name or by the path of its folder. Raises EngineError if there is none."""
    if name == EMBEDDED_NAME:
        return EMBEDDED
    if _NAME.fullmatch(name) and (models_folder() / name).is_dir():
        return models_folder() / name
    if Path(name).expanduser().is_dir():
        return Path(name).expanduser()
    raise _absent(name)


def require_name(name: str) -> str:
    """`name`, if a model may have it and none has. Raises EngineError else."""
    if not _NAME.fullmatch(name):
        raise EngineError(f"{name}: a model is named with a-z, 0-9, '.', '_' and '-', 64 at most. Give another name with --name.")
    if name in names():
        raise EngineError(f"{name}: there is a model of that name. Give another with --name, or delete {folder_of(name)} first.")
    return name


@contextmanager
def new_folder(name: str) -> Iterator[Path]:
    """An empty folder that becomes the model `name` if all goes well, else is deleted. Raises EngineError as `require_name`."""
    require_name(name)
    unfinished = models_folder() / f".{name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        yield unfinished
        unfinished.replace(models_folder() / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def in_use() -> str:
    """The model that is used where none is named: the embedded one until another is chosen."""
    try:
        return (models_folder() / _CHOICE).read_text(encoding="utf-8").strip() or EMBEDDED_NAME
    except FileNotFoundError:
        return EMBEDDED_NAME


def use(name: str) -> None:
    """Use the model `name` from now on. Raises EngineError if it is not on this machine."""
    if name not in names():
        raise _absent(name)
    models_folder().mkdir(parents=True, exist_ok=True)
    (models_folder() / _CHOICE).write_text(name + "\n", encoding="utf-8")


def open_model(name: str = "", threads: int | None = None) -> Engine:
    """The engine of a model by its name or folder, or of the one in use. Raises EngineError if it cannot be had."""
    chosen = name or in_use()
    if chosen == EMBEDDED_NAME:
        return CompactEngine(threads=threads)
    if not name and chosen not in names():
        raise EngineError(f"{chosen}: this model is in use, but it is gone. Add it again, or say `dwibhashi models use compact`.")
    return open_engine(folder_of(chosen), threads)


def _absent(name: str) -> EngineError:
    if name in registry():
        return EngineError(f"{name}: no such model on this machine. `dwibhashi models pull {name}` brings it.")
    return EngineError(
        f"{name}: no such model on this machine, and no such folder. "
        "`dwibhashi models list` says which there are, `dwibhashi models add DIR` adds one."
    )
