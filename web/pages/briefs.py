"""A brief beside its Hindi: filling while it is translated, edited row by row, downloaded, found again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate, takewhile
from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, send_file, stream_with_context, url_for
from flask import Response as Answer
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from translator.documents.runs import source_runs, target_runs
from translator.documents.writing import WRITERS
from translator.pipeline import texts_of
from translator.values import Block, Placement, Segment
from web.access import needs, note, user
from web.briefs import Kept, NotFoundError, Row
from web.parts import parts
from web.security import limiter
from web.views import asks_for_part, pager

pages = Blueprint("pages_briefs", __name__)
_LOOK = 3.0  # seconds until a stream looks without having been told
_NOTHING_NEW = ": nothing new\n\n"  # a comment: where it cannot be sent, the browser is gone
LABELS = {
    "docx": lazy_gettext("Word, side by side"),
    "docx-en": lazy_gettext("Word, English alone"),
    "html": lazy_gettext("Web page"),
    "md": "Markdown",
    "txt": lazy_gettext("English alone"),
    "tmx": lazy_gettext("TMX, translation memory"),
    "xliff": lazy_gettext("XLIFF, for CAT tools"),
    "csv": lazy_gettext("CSV, for spreadsheets"),
    "pdf": "PDF",
    "json": "JSON",
}


@pages.get("/briefs")
@needs("viewer")
def history() -> str:
    """All briefs, or those that have the words looked for."""
    words = request.args.get("q", "").strip()
    count = parts().briefs.count(words)
    shown = pager(count)
    return render_template(
        "history.html", words=words, count=count, pager=shown, briefs=parts().briefs.search(words, shown.size, shown.after)
    )


@pages.get("/briefs/<brief_id>")
@needs("viewer")
def page(brief_id: str) -> str:
    """The brief as far as it is; with `edit=ROW` that row is a form, for browsers without JavaScript."""
    brief, rows, blocks = parts().briefs.kept(brief_id), parts().briefs.rows(brief_id), parts().briefs.blocks(brief_id)
    return render_template(
        "brief.html",
        **_known(brief, rows),
        rows=rows,
        blocks=blocks,
        firsts=_first_rows(blocks),
        notice=parts().briefs.notice(brief_id),
        editing=request.args.get("edit", type=int),
        formats=[(kind, LABELS[kind]) for kind in LABELS if kind in WRITERS],
        pin_numbers=_pin_numbers,
        source_runs=source_runs,
        target_runs=target_runs,
    )


@pages.get("/briefs/<brief_id>/events")
@limiter.exempt
@needs("viewer")
def events(brief_id: str) -> Response:
    """Rows as they are ready, as server-sent events; the last one is named `end`."""
    parts().briefs.kept(brief_id)
    seen = request.headers.get("Last-Event-ID", request.args.get("after", "0"))
    stream = stream_with_context(_stream(brief_id, int(seen) if seen.isascii() and seen.isdecimal() else 0))
    return Answer(stream, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@pages.get("/briefs/<brief_id>/rows/<int:position>")
@needs("viewer")
def row(brief_id: str, position: int) -> Response | str:
    """One row, or with `edit=1` its form."""
    if not asks_for_part():
        return redirect(url_for("pages_briefs.page", brief_id=brief_id, _anchor=f"row-{position}"))
    return _row(brief_id, parts().briefs.row(brief_id, position), editing=bool(request.args.get("edit")))


@pages.post("/briefs/<brief_id>/rows/<int:position>")
@needs("translator")
def save(brief_id: str, position: int) -> Response | str:
    """Approve the English of a row, as it is or as it was written anew."""
    changed = parts().edits.save(brief_id, position, request.form.get("target", ""), user().name)
    note("row approved", f"{brief_id}/{position}")
    return _changed(brief_id, changed)


@pages.post("/briefs/<brief_id>/rows/<int:position>/undo")
@needs("translator")
def undo(brief_id: str, position: int) -> Response | str:
    """Take back the last approval of a row."""
    changed = parts().edits.undo(brief_id, position, user().name)
    note("row undone", f"{brief_id}/{position}")
    return _changed(brief_id, changed)


@pages.get("/briefs/<brief_id>/download/<kind>")
@needs("viewer")
def download(brief_id: str, kind: str) -> Response:
    """The brief as a file."""
    writer = WRITERS.get(kind)
    if writer is None:
        raise NotFoundError(f"A brief can be had as {', '.join(WRITERS)}, not as {kind}.")
    brief, given = parts().briefs.brief(brief_id), parts().briefs.original(brief_id)
    return attachment(writer.write(brief, given), PurePath(brief.document.name).stem + writer.suffix, writer.media_type)


@pages.get("/briefs/<brief_id>/original")
@needs("viewer")
def original(brief_id: str) -> Response:
    """The note as it was given."""
    name = parts().briefs.kept(brief_id).name
    shown = name if PurePath(name).suffix else f"{name}.txt"
    return attachment(parts().briefs.original(brief_id), shown, "application/octet-stream")


@pages.post("/briefs/<brief_id>/again")
@needs("translator")
def again(brief_id: str) -> Response:
    """Translate the note once more, with the glossary and the memory of now."""
    parts().briefs.again(brief_id)
    note("brief translated again", brief_id)
    return redirect(url_for("pages_briefs.page", brief_id=brief_id), 303)


@pages.post("/briefs/<brief_id>/delete")
@needs("translator")
def delete(brief_id: str) -> Response:
    """Delete the brief and the note."""
    parts().briefs.delete(brief_id)
    note("brief deleted", brief_id)
    flash(gettext("The brief was deleted."))
    return redirect(url_for("pages_briefs.history"), 303)


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """A file to be saved; its name may be in Hindi."""
    shown = " ".join(name.replace("/", "-").split())
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=shown)


def _known(brief: Kept, rows: list[Row]) -> dict[str, object]:
    """What the line above the rows says."""
    segments = [(row.position, row.segment) for row in rows if row.segment]
    flagged = [position for position, segment in segments if segment.flags]
    return {
        "brief": brief,
        "pinned": sum(len(segment.placements) for _, segment in segments),
        "flags": sum(len(segment.flags) for _, segment in segments),
        "first_flag": f"{flagged[0]}-0" if flagged else "",
        "newest": str(parts().terms.version),
    }


def _changed(brief_id: str, changed: Row) -> Response | str:
    if asks_for_part():
        return _row(brief_id, changed)
    return redirect(url_for("pages_briefs.page", brief_id=brief_id, _anchor=f"row-{changed.position}"), 303)


def _row(brief_id: str, shown: Row, editing: bool = False) -> str:
    brief, blocks = parts().briefs.kept(brief_id), parts().briefs.blocks(brief_id)
    return _rendered(brief, shown, blocks[shown.block], shown.position in _first_rows(blocks), editing)


def _rendered(brief: Kept, shown: Row, block: Block, first: bool, editing: bool = False) -> str:
    return render_template(
        "row.html",
        brief=brief,
        row=shown,
        block=block,
        first=first,
        editing=editing,
        pin_numbers=_pin_numbers,
        source_runs=source_runs,
        target_runs=target_runs,
    )


def _stream(brief_id: str, seen: int) -> Iterator[str]:
    """The events of a brief; where too many streams are open already, those of now only: the browser soon asks again."""
    streams = parts().streams
    stays = streams.acquire(blocking=False)
    try:
        yield "retry: 1000\n\n"
        yield from _events(brief_id, seen) if stays else takewhile(lambda told: told != _NOTHING_NEW, _events(brief_id, seen))
    finally:
        if stays:
            streams.release()


def _events(brief_id: str, seen: int) -> Iterator[str]:
    """Every change of the brief after version `seen`, until it is done or deleted."""
    briefs, news, number = parts().briefs, parts().news, parts().briefs.kept(brief_id).number
    blocks = briefs.blocks(brief_id)
    firsts = _first_rows(blocks)
    while True:
        heard = news.number(number)
        brief = briefs.kept(brief_id)
        new = briefs.rows(brief_id, newer_than=seen)
        for shown in sorted(new, key=lambda row: row.version):
            seen = shown.version
            html = _rendered(brief, shown, blocks[shown.block], shown.position in firsts)
            yield _event("row", {"id": f"row-{shown.position}", "html": html}, seen)
        if new or not brief.is_open:
            html = render_template("_about.html", **_known(brief, [] if brief.is_open else briefs.rows(brief_id)))
            yield _event("about" if brief.is_open else "end", {"html": html, "state": brief.state}, seen)
        if not brief.is_open:
            return
        yield _NOTHING_NEW
        news.wait(number, heard, _LOOK)


def _first_rows(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the rows with which a block begins."""
    return frozenset(accumulate((len(texts_of(block)) for block in blocks), initial=0))


def _event(name: str, data: Mapping[str, str], number: int) -> str:
    return f"event: {name}\nid: {number}\ndata: {json.dumps(data)}\n\n"


def _pin_numbers(segment: Segment) -> dict[Placement, int]:
    """A number for each pin, the same on both sides."""
    return {placement: number for number, placement in enumerate(segment.placements)}
