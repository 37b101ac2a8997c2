"""Files of terms: brought in after a dry run that says what they would change, and given out as the filters choose."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from glossary.errors import GlossaryError
from glossary.exchange.files import READERS, WRITERS, write_terms
from glossary.exchange.planning import Report
from glossary.model import Status
from web import imports
from web.access import needs, note, user
from web.briefs import NotFoundError
from web.pages.briefs import attachment
from web.parts import parts
from web.pending import Pending
from web.terms import KINDS, STATUSES, field_changes, filters

pages = Blueprint("pages_glossary_files", __name__)
_SHOWN = 200  # of each sort in a report
_LABELS = {
    "xlsx": lazy_gettext("Excel workbook"),
    "csv": "CSV",
    "tsv": lazy_gettext("TSV, parted by tabs"),
    "tbx": lazy_gettext("TBX version 3 (TBX-Basic)"),
    "tbx2": lazy_gettext("TBX version 2"),
}
_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "tbx": "application/x-tbx+xml",
    "tbx2": "application/x-tbx+xml",
}


@pages.get("/glossary/import")
@needs("reviewer")
def choose() -> str:
    """The form to choose a file."""
    return _chooser()


@pages.post("/glossary/import")
@needs("reviewer")
def dry_run() -> Response | str:
    """Keep the file, and say what it would change."""
    file = request.files.get("file")
    if not file or not file.filename:
        return Response(_chooser(gettext("There is no file. Choose one.")), 400, mimetype="text/html")
    name = PurePath(file.filename.replace("\\", "/")).name
    token = imports.keep(_pending(), user().name, name, file.stream.read())
    report = imports.dry_run(parts().terms, _pending(), user().name, token, name, _status())
    return _report(report, name, token)


@pages.post("/glossary/import/<token>")
@needs("reviewer")
def confirm(token: str) -> Response | str:
    """Bring the file in as the dry run has said, or drop it."""
    if request.form.get("decision") != "import":
        _pending().take(token, user().name).unlink()
        flash(gettext("Nothing was imported; the file was removed."))
        return redirect(url_for("pages_glossary_files.choose"), 303)
    name = request.form.get("name", "")[:200] or "a file"
    report = imports.confirm(parts().terms, _pending(), user().name, token, name, _status())
    note("terms imported", f"{len(report.added)} added, {len(report.changed)} changed")
    return _report(report, name)


@pages.get("/glossary/export")
@needs("viewer")
def export() -> Response | str:
    """The terms that the filters choose, as a file; without a format, the form to choose one."""
    chosen, kind = filters(request.args), request.args.get("format", "")
    if not kind:
        return render_template(
            "glossary_export.html",
            chosen=chosen,
            asked=chosen.asked,
            formats=_LABELS.items(),
            domains=parts().catalogue.domains(),
            statuses=STATUSES,
            kinds=KINDS,
        )
    if kind not in WRITERS:
        raise NotFoundError(f"Terms can be had as {', '.join(WRITERS)}, not as {kind}.")
    suffix = ".tbx" if kind == "tbx2" else f".{kind}"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"glossary{suffix}"
        write_terms(file, parts().catalogue.find(chosen), kind)
        return attachment(file.read_bytes(), f"glossary-{chosen.status}{suffix}", _MEDIA_TYPES[kind])


def _chooser(problem: str = "") -> str:
    return render_template("glossary_import.html", suffixes=list(READERS), problem=problem)


def _pending() -> Pending:
    return Pending(parts().settings.data_folder / "imports")


def _status() -> Status:
    status = request.form.get("status", "draft")
    if status not in ("draft", "approved"):
        raise GlossaryError(f"New terms come in as draft or approved, not {status!r}.")
    return "approved" if status == "approved" else "draft"


def _report(report: Report, name: str, token: str = "") -> str:
    """What would be changed, or with no token what was changed."""
    return render_template(
        "glossary_report.html",
        report=report,
        name=name,
        token=token,
        status=_status(),
        most=_SHOWN,
        field_changes=field_changes,
    )
