"""Whether this installation can do what it should: the model, the terms, the database, and what the extras bring.

Each finding says what is wrong and how to mend it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from sqlalchemy import make_url

from glossary.database import connect, default_file, default_url
from translator.documents.plain import read_plain
from translator.pipeline import default_translator

State = Literal["fine", "missing", "wrong"]

_SENTENCE = "भारत और नेपाल के संयुक्त कार्य समूह की बैठक 5 मई 2024 को हुई।"
_EXPECTED = ("India", "Nepal", "Joint Working Group", "5 May 2024")
_ROOM = 200 * 2**20  # bytes that briefs, the database and the index of a day may need
# What an extra is for, the module that shows that it is there, and its name.
_EXTRAS = (
    ("pdf", "weasyprint", "briefs as PDF"),
    ("postgresql", "psycopg", "a database for several machines"),
    ("transformers", "transformers", "Marian models through torch, and converting models"),
    ("hub", "huggingface_hub", "pulling other models"),
    ("ray", "ray", "batches on a cluster"),
)


@dataclass(frozen=True)
class Finding:
    """What was looked at and how it is. `missing` is what one may do without; `remedy` is empty where all is fine."""

    what: str
    state: State
    found: str
    remedy: str = ""


def findings() -> Iterator[Finding]:
    """All findings, the important ones first."""
    for look in (_program, _translation, _database, _room):
        yield _looked(look)
    yield from map(_extra, _EXTRAS)


def _looked(look: Callable[[], Finding]) -> Finding:
    """A finding even of what could not be looked at."""
    try:
        return look()
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        return Finding(look.__name__.strip("_"), "wrong", reason, "Mend what it says, or install dwibhashi again.")


def _program() -> Finding:
    try:
        release = version("dwibhashi")
    except PackageNotFoundError:
        return Finding("program", "wrong", "not installed as a package", "pip install dwibhashi")
    return Finding("program", "fine", f"dwibhashi {release}, Python {sys.version.split()[0]}")


def _translation() -> Finding:
    """The model in use and the glossary, by a sentence of which every term, number and date is known."""
    brief = default_translator(memory=False).brief(read_plain(_SENTENCE, "doctor"))
    english = " ".join(segment.target for segment in brief.segments)
    if missing := [word for word in _EXPECTED if word not in english]:
        how = f"{brief.model} lost {', '.join(missing)}"
        return Finding("translation", "wrong", how, "See `dwibhashi glossary list` and `dwibhashi models verify`.")
    return Finding("translation", "fine", f"{brief.model}, glossary {brief.glossary_version}")


def _database() -> Finding:
    """The database opens; one that is not there yet is made when it is first needed."""
    url = make_url(default_url())
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return Finding("database", "fine", f"{shown}, made when it is first needed")
    connect(default_url())
    return Finding("database", "fine", shown)


def _room() -> Finding:
    folder = next(parent for parent in default_file().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        return Finding("room", "wrong", f"{free // 2**20} MiB free at {folder}", f"Make room: {_ROOM // 2**20} MiB or more.")
    return Finding("room", "fine", f"{free // 2**30} GiB free at {folder}")


def _extra(extra: tuple[str, str, str]) -> Finding:
    name, module, purpose = extra
    if find_spec(module) is None:
        return Finding(name, "missing", f"for {purpose}", f"pip install 'dwibhashi[{name}]'")
    return Finding(name, "fine", f"for {purpose}")
