"""The translation memory: searched, with the history of each sentence, and exchanged as TMX."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from translator.memory.importing import import_tmx, plan_import
from translator.memory.tmx import write_tmx
from translator.memory.values import TranslationMemoryError
from web.access import needs, note, user
from web.briefs import NotFoundError
from web.incoming import clean_name
from web.parts import parts
from web.pending import Pending
from web.sending import made_file
from web.views import pager

pages = Blueprint("pages_memory", __name__)
_SHOWN = 100  # changes that a dry run shows of each kind


@pages.get("/memory")
@needs("viewer")
def search() -> str:
    """All that is remembered, or what has the words looked for."""
    words = request.args.get("q", "").strip()
    count = parts().memory.count(words)
    shown = pager(count)
    return render_template(
        "memory.html", words=words, count=count, pager=shown, segments=parts().memory.search(words, shown.size, shown.after)
    )


@pages.get("/memory/<int:number>")
@needs("viewer")
def segment(number: int) -> str:
    """What was approved for a sentence, and what became of it."""
    events = parts().memory.history(number)
    if not events:
        raise NotFoundError(gettext("There was never a sentence %(number)s in the memory. Search for its words.", number=number))
    return render_template("memory_segment.html", number=number, events=events, now=events[-1])


@pages.post("/memory/<int:number>/forget")
@needs("reviewer")
def forget(number: int) -> Response:
    """Take a sentence out of use."""
    parts().memory.forget(number, user().name)
    note("sentence forgotten", number)
    flash(gettext("The sentence was forgotten; its history stays."))
    return redirect(url_for("pages_memory.segment", number=number), 303)


@pages.get("/memory/export")
@needs("viewer")
def export() -> Response:
    """All that is in use, as TMX."""
    return made_file(_write_all, "application/x-tmx+xml", "memory.tmx")


@pages.post("/memory/import")
@needs("reviewer")
def bring() -> Response:
    """Keep a TMX file until it is confirmed, and show what it would change."""
    file = request.files.get("file")
    if not file or not file.filename:
        raise TranslationMemoryError(gettext("There is no file. Choose a TMX file."))
    name = clean_name(PurePath(file.filename).name)
    if PurePath(name).suffix.lower() != ".tmx":
        raise TranslationMemoryError(
            gettext("%(file)s: this is not TMX by its name. Export the memory of the other tool as .tmx.", file=name)
        )
    token = _imports().keep(file.stream.read(), ".tmx", user().name)
    return redirect(url_for("pages_memory.plan", token=token, name=name), 303)


@pages.get("/memory/import/<token>")
@needs("reviewer")
def plan(token: str) -> str:
    """What the file would change; nothing is changed."""
    name = request.args.get("name", "the file")
    with _named(_imports().take(token, user().name), name) as path:
        report = plan_import(parts().memory, path)
    return render_template("memory_import.html", report=report, token=token, name=name, most=_SHOWN)


@pages.post("/memory/import/<token>")
@needs("reviewer")
def confirm(token: str) -> Response:
    """Bring the file in."""
    name = request.form.get("name", "the file")
    with _named(_imports().take(token, user().name), name) as path:
        report = import_tmx(parts().memory, path, user().name)
        path.unlink(missing_ok=True)
    note("memory imported", f"{report.added} added, {len(report.replaced)} replaced")
    flash(
        gettext(
            "%(added)s added, %(replaced)s replaced, %(unchanged)s unchanged.",
            added=f"{report.added:,}",
            replaced=f"{len(report.replaced):,}",
            unchanged=f"{report.unchanged:,}",
        )
    )
    return redirect(url_for("pages_memory.search"), 303)


def _write_all(file: IO[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "memory.tmx")
        write_tmx(whole, parts().memory.all())
        with whole.open("rb") as written:
            shutil.copyfileobj(written, file)


def _imports() -> Pending:
    return Pending(parts().settings.data_folder / "imports")


@contextmanager
def _named(path: Path, name: str) -> Iterator[Path]:
    """Errors name the file as the user knows it, and not where it is kept here."""
    try:
        yield path
    except TranslationMemoryError as error:
        raise TranslationMemoryError(str(error).replace(str(path), name)) from error
