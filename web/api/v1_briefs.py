"""Briefs: notes that are kept, translated by the workers, approved row by row, and had as files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from flask import Response as Answer
from flask import url_for
from werkzeug.wrappers import Response

from translator.documents.brief_json import segment_as_json
from translator.documents.writing import WRITERS
from web.access import note, user
from web.api.asked import BriefForm, NewBrief, NewTarget, Paging, Search
from web.api.models import Brief, BriefPage, BriefState, Row, RowPage
from web.api.reading import chosen, read_file, read_text
from web.api.routes import JSON, Made, v1
from web.briefs import Accepted, Kept, NotFoundError
from web.briefs import Row as KeptRow
from web.options import options_as_json
from web.parts import parts

_TAG = "Briefs"
_KINDS = {"kind": {"type": "string", "enum": list(WRITERS)}}
_FILES: dict[str, dict[str, Any]] = {
    writer.media_type.partition(";")[0]: {"type": "string"} for writer in WRITERS.values() if writer.media_type != JSON
}


@v1.route("POST", "/briefs", _TAG, "translator", body=NewBrief, form=BriefForm, answer=BriefState, status=202)
def accept(asked: NewBrief | BriefForm) -> Made:
    """Give a note to be translated, as text or as a file.

    It is kept before this answers, so that a restart loses nothing. Ask for the brief until its `state` is done or failed.
    """
    if isinstance(asked, BriefForm):
        accepted = read_file(asked.file, chosen(asked.domains, asked.rules, asked.units), asked.name)
    else:
        options = chosen(asked.options.domains, asked.options.rules, asked.options.units)
        document = read_text(asked.text, asked.name, parts().settings.text_characters, "Give it as a file.")
        accepted = Accepted(document, asked.text.encode(), options)
    brief_id = parts().briefs.accept([accepted], user().name)[0]
    note("brief accepted", brief_id)
    return _made(brief_id)


@v1.route("GET", "/briefs", _TAG, "viewer", query=Search, answer=BriefPage)
def briefs(query: Search) -> BriefPage:
    """List all briefs, or those that have some words in their name, their Hindi or their English."""
    found = parts().briefs.search(query.query, query.size, query.after)
    count = parts().briefs.count(query.query)
    return BriefPage(page=query.page, size=query.size, count=count, briefs=[state_of(kept) for kept in found])


@v1.route("GET", "/briefs/<word:brief_id>", _TAG, "viewer", answer=BriefState)
def brief(brief_id: str) -> BriefState:
    """Say how far a brief is."""
    return state_of(parts().briefs.kept(brief_id))


@v1.route("DELETE", "/briefs/<word:brief_id>", _TAG, "translator", status=204)
def delete_brief(brief_id: str) -> None:
    """Delete a brief and its note. What was approved in it stays in the memory."""
    parts().briefs.delete(brief_id)
    note("brief deleted", brief_id)


@v1.route("POST", "/briefs/<word:brief_id>/again", _TAG, "translator", answer=BriefState, status=202)
def again(brief_id: str) -> Made:
    """Translate a note once more, with the glossary and the memory of now.

    A brief that is still under way stays as it is.
    """
    parts().briefs.again(brief_id)
    note("brief translated again", brief_id)
    return _made(brief_id)


@v1.route("GET", "/briefs/<word:brief_id>/files/<word:kind>", _TAG, "viewer", arguments=_KINDS, answer=Brief, content=_FILES)
def file(brief_id: str, kind: str) -> Response:
    """Get a brief as a file, once it is done."""
    writer = WRITERS.get(kind)
    if writer is None:
        raise NotFoundError(f"A brief can be had as {', '.join(WRITERS)}, not as {kind}.")
    found = parts().briefs.brief(brief_id)
    answer = Answer(writer.write(found, parts().briefs.original(brief_id)), content_type=writer.media_type)
    name = PurePath(" ".join(found.document.name.split())).stem + writer.suffix
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@v1.route("GET", "/briefs/<word:brief_id>/segments", _TAG, "viewer", query=Paging, answer=RowPage)
def rows(brief_id: str, query: Paging) -> RowPage:
    """List the rows of a brief, as far as they are translated."""
    found = parts().briefs.rows(brief_id)
    shown = [_row(row) for row in found[query.after : query.after + query.size]]
    return RowPage(page=query.page, size=query.size, count=len(found), rows=shown)


@v1.route(
    "PUT", "/briefs/<word:brief_id>/segments/<number:position>", _TAG, "translator", body=NewTarget, answer=Row, errors=(503,)
)
def approve(brief_id: str, position: int, asked: NewTarget) -> Row:
    """Approve the English of a row, as it is or as it was written anew. The memory has it from then on."""
    changed = parts().edits.save(brief_id, position, asked.target, user().name)
    note("row approved", f"{brief_id}/{position}")
    return _row(changed)


@v1.route("DELETE", "/briefs/<word:brief_id>/segments/<number:position>", _TAG, "translator", answer=Row)
def undo(brief_id: str, position: int) -> Row:
    """Take back the last approval of a row, in the brief and in the memory."""
    changed = parts().edits.undo(brief_id, position, user().name)
    note("row undone", f"{brief_id}/{position}")
    return _row(changed)


def state_of(kept: Kept) -> BriefState:
    """A brief as the API shows it."""
    values = asdict(kept)
    del values["number"]
    done = 1.0 if kept.state == "done" else kept.translated / max(kept.rows, 1)
    return BriefState.model_validate({**values, "options": options_as_json(kept.options), "progress": done})


def _made(brief_id: str) -> Made:
    return Made(state_of(parts().briefs.kept(brief_id)), url_for("api_v1.brief", brief_id=brief_id))


def _row(row: KeptRow) -> Row:
    segment = segment_as_json(row.segment) if row.segment else None
    return Row.model_validate(
        {"position": row.position, "block": row.block, "source": row.source, "segment": segment, "edits": row.edits}
    )
