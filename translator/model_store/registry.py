"""The models that can be pulled by name, as translator/models/registry.toml states them; nothing of what is on this machine."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from translator.errors import EngineError

REGISTRY = Path(__file__).parent.parent / "models" / "registry.toml"


@dataclass(frozen=True)
class Known:
    """A model and where it comes from; the fields are explained at the head of the registry."""

    name: str
    about: str
    layout: str
    licence: str
    repository: str
    revision: str
    kind: Literal["model", "dataset"] = "model"
    size: int | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    archive: str = ""
    members: Mapping[str, str] = field(default_factory=dict)
    terms: str = ""
    """The page where its terms must be accepted before it can be pulled."""

    @property
    def page(self) -> str:
        """Where a person finds it."""
        place = f"datasets/{self.repository}" if self.kind == "dataset" else self.repository
        return f"https://huggingface.co/{place}/tree/{self.revision}"

    @property
    def wanted(self) -> tuple[str, ...]:
        """The files of the repository that are downloaded."""
        return (self.archive,) if self.archive else tuple(self.files)


@cache
def registry() -> Mapping[str, Known]:
    """All models of the registry by their names, in its order."""
    entries = tomllib.loads(REGISTRY.read_text(encoding="utf-8"))["model"]
    return {entry["name"]: Known(**entry) for entry in entries}


def known(name: str) -> Known:
    """The model of this name. Raises EngineError with the names that there are."""
    try:
        return registry()[name]
    except KeyError as error:
        raise EngineError(f"{name}: no such model in the registry. It has {', '.join(registry())}.") from error
