"""Batches: files, a ZIP of them or a folder on the server, accepted together, followed, and had again as a ZIP."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from translator.documents.reading import READERS
from translator.documents.writing import WRITERS
from translator.errors import DocumentError
from web.access import needs, note, user
from web.briefs import NotFoundError
from web.folders import files_in, subfolders
from web.incoming import Given, clean_name, incoming
from web.pages.briefs import LABELS
from web.pages.translate import chosen_options
from web.parts import parts
from web.results import STATES, archive_names, write_results
from web.sending import made_file
from web.views import asks_for_part, pager

pages = Blueprint("pages_batches", __name__)
_SHOWN = 100  # documents on a page of a batch
_LONGEST_NAME = 120


@pages.get("/batches")
@needs("viewer")
def all() -> str:
    """The form, and all batches."""
    root = parts().settings.folder_root
    shown = pager(parts().batches.count())
    return render_template(
        "batches.html",
        batches=parts().batches.all(shown.size, shown.after),
        pager=shown,
        suffixes=[*sorted(filter(None, READERS)), ".zip"],
        domains=parts().translators.domains(),
        has_folders=root is not None,
        folders=subfolders(root) if root else [],
    )


@pages.post("/batches")
@needs("translator")
def accept() -> Response:
    """Keep the files and show how far they are."""
    folder, uploaded = request.form.get("folder", "").strip(), [file for file in request.files.getlist("files") if file.filename]
    if folder and uploaded:
        raise DocumentError(gettext("There are files and a folder. Give the one or the other."))
    given = _from_folder(folder) if folder else _uploaded()
    named = request.form.get("name", "").strip() or folder or (clean_name(str(uploaded[0].filename)) if uploaded else "")
    files = incoming(given, chosen_options(), _most_bytes())
    batch_id = parts().batches.accept(clean_name(named)[:_LONGEST_NAME], files, user().name)
    note("batch accepted", batch_id)
    return redirect(url_for("pages_batches.page", batch_id=batch_id), 303)


@pages.get("/batches/<batch_id>")
@needs("viewer")
def page(batch_id: str) -> str:
    """The documents and how far each is; for htmx, that part alone."""
    batch = parts().batches.batch(batch_id)
    shown = pager(batch.documents, _SHOWN)
    briefs = parts().briefs.of_batch(batch_id, shown.size, shown.after)
    return render_template(
        "_batch.html" if asks_for_part() else "batch.html",
        batch=batch,
        briefs=briefs,
        flags=parts().batches.flags([brief for brief in briefs if brief.state == "done"]),
        states=STATES,
        pager=shown,
        formats=[(kind, LABELS[kind]) for kind in LABELS if kind in WRITERS],
    )


@pages.get("/batches/<batch_id>/results")
@needs("viewer")
def results(batch_id: str) -> Response:
    """The briefs that are done, as a ZIP."""
    batch = parts().batches.batch(batch_id)
    kinds = request.args.getlist("kind")
    for kind in kinds:
        if kind not in WRITERS:
            raise NotFoundError(f"Results can be had as {', '.join(WRITERS)}, not as {kind}.")
    if not kinds:
        raise DocumentError(gettext("Choose at least one format for the results."))
    name = f"{_file_name(batch.name)}.zip"
    return made_file(lambda file: write_results(file, parts().briefs, batch, kinds), "application/zip", name)


@pages.post("/batches/<batch_id>/again")
@needs("translator")
def again(batch_id: str) -> Response:
    """Translate what failed once more."""
    parts().batches.again(batch_id)
    note("batch tried again", batch_id)
    return redirect(url_for("pages_batches.page", batch_id=batch_id), 303)


@pages.post("/batches/<batch_id>/delete")
@needs("translator")
def delete(batch_id: str) -> Response:
    """Delete the batch with its notes and their briefs."""
    parts().batches.delete(batch_id)
    note("batch deleted", batch_id)
    flash(gettext("The batch was deleted."))
    return redirect(url_for("pages_batches.all"), 303)


def _uploaded() -> Iterator[Given]:
    for file in request.files.getlist("files"):
        if file.filename:
            name = file.filename.replace("\\", "/").rpartition("/")[2]
            yield Given(name, file.stream.read)


def _from_folder(relative: str) -> Iterator[Given]:
    root = parts().settings.folder_root
    if root is None:
        raise DocumentError(gettext("No folder on the server may be named here. Send the files, or a ZIP of them."))
    return files_in(root, relative, _most_bytes())


def _most_bytes() -> int:
    """What is unpacked may not have more bytes than could be sent unpacked."""
    return parts().settings.upload_mb * 2**20


def _file_name(name: str) -> str:
    """The name of a batch as one of a file. It has no ending of its own, whatever dots are in it."""
    return archive_names([f"{name.replace('/', '-')}.zip"])[0]
