"""A model that was brought here by hand, from a folder or from the archive of its release, onto the shelf."""

from __future__ import annotations

import shutil
from pathlib import Path

from translator.engines.opening import layout_of
from translator.errors import EngineError
from translator.model_store.archives import unpack
from translator.model_store.checksums import differences, write_sums
from translator.model_store.registry import registry
from translator.model_store.shelf import models_folder, new_folder


def add(source: Path, name: str = "") -> Path:
    """Copy a model under `name`, or that of its folder, and return where it is now. What is added stays where it was as well.

    An archive is unpacked if the registry knows `name` and its archive; files that the registry has sums of must be those.
    Raises EngineError if it is no model that an engine can read, is not what its name promises, or if the name is taken.
    """
    name = name or source.name.lower()
    known = registry().get(name)
    if not source.exists():
        raise EngineError(f"{source}: no such file or folder. Name the folder of a model.")
    with new_folder(name) as folder:
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        elif known and known.archive:
            unpack(source, known.members, folder)
        else:
            raise EngineError(
                f"{source}: this is a file. Unpack it and add the folder, or give the --name of a model of the registry."
            )
        if known and (wrong := differences(folder, known.files)):
            raise EngineError(
                f"{source}: this is not {name} as the registry has it: {'; '.join(wrong)}. Give another --name to add it."
            )
        if known is None or known.layout != "transformers":
            layout_of(folder)
        write_sums(folder)
    return models_folder() / name
