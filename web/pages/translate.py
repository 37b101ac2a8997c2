"""The first page: a note is pasted or dropped here, and accepted."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from translator.documents.plain import read_plain
from translator.documents.reading import READERS, read_content, require_text
from translator.errors import DocumentError
from translator.house_style import HEADING_RULES, USUAL
from translator.values import Document
from web.access import needs, note, user
from web.briefs import Accepted
from web.options import Options, options
from web.parts import parts

pages = Blueprint("pages_translate", __name__)
_RECENT = 10
_NAME_WORDS = 8


@pages.get("/")
@needs("viewer")
def form() -> str:
    """Paste, and the newest briefs."""
    return render_template(
        "translate.html",
        briefs=parts().briefs.search(most=_RECENT),
        suffixes=sorted(filter(None, READERS)),
        text_characters=parts().settings.text_characters,
        domains=parts().translators.domains(),
    )


@pages.post("/briefs")
@needs("translator")
def accept() -> Response:
    """Keep the note and show its brief, which fills while it is translated."""
    file, text = request.files.get("file"), request.form.get("text", "")
    accepted = _from_file(file) if file and file.filename else _from_text(text)
    brief_id = parts().briefs.accept([accepted], user().name)[0]
    note("brief accepted", brief_id)
    return redirect(url_for("pages_briefs.page", brief_id=brief_id), 303)


def chosen_options() -> Options:
    """The options of the form."""
    rules = USUAL | (frozenset(HEADING_RULES) if request.form.get("headline") else frozenset())
    return options([request.form.get("domain", "")], sorted(rules), request.form.get("units", ""))


def _from_text(text: str) -> Accepted:
    longest = parts().settings.text_characters
    if not text.strip():
        raise DocumentError(gettext("There is no text. Paste a note, or choose a file."))
    if len(text) > longest:
        raise DocumentError(
            gettext(
                "The text has %(count)s characters, more than %(most)s. Give it as a file.",
                count=f"{len(text):,}",
                most=f"{longest:,}",
            )
        )
    require_text(text, "the text")
    name = request.form.get("name", "").strip() or _first_words(text)
    document = read_plain(text, name)
    return Accepted(document, text.encode(), chosen_options())


def _from_file(file: FileStorage) -> Accepted:
    name, content = str(file.filename), file.stream.read()
    document = read_content(content, name)
    if not document.blocks:
        raise DocumentError(gettext("%(file)s: there is no text in it. Choose another file.", file=name))
    named = request.form.get("name", "").strip()
    return Accepted(Document(named or name, document.blocks, document.metadata), content, chosen_options())


def _first_words(text: str) -> str:
    """What a brief without a name is called: how its text begins."""
    words = text.split()
    return " ".join(words[:_NAME_WORDS])[:100] + ("…" if len(words) > _NAME_WORDS else "")
