"""The language of the pages: Hindi or English, by the cookie of the switch, else by what the browser asks for.

It translates the words of the pages; briefs, flags, and the messages of the engine and of the command line it never sees.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response, request
from flask_babel import Babel, gettext

LANGUAGES = {"en": "English", "hi": "हिन्दी"}  # each as it calls itself; the first is that of whoever asks for none of them
COOKIE = "dwibhashi-language"
_USUAL = next(iter(LANGUAGES))
_TRANSLATED = frozenset({"text/html", "text/event-stream"})


def N_(text: str) -> str:
    """`text` as it is. The name is gettext's: what it is called with is extracted for the catalogue.

    >>> N_("draft")
    'draft'
    """
    return text


_WORDS = frozenset(
    {
        # Pages, as the navigation calls them.
        N_("Translate"), N_("Briefs"), N_("Batches"), N_("Glossary"), N_("Memory"), N_("Settings"),
        # Roles.
        N_("viewer"), N_("translator"), N_("reviewer"), N_("admin"),
        # States of a document.
        N_("waiting"), N_("being translated"), N_("done"), N_("failed"),
        # Terms: statuses, kinds, capitals, fields, and what the history says.
        N_("draft"), N_("approved"), N_("rejected"), N_("obsolete"), N_("all"),
        N_("term"), N_("name"), N_("do-not-translate"), N_("forbidden"),
        N_("adapt"), N_("keep"),
        N_("hindi"), N_("english"), N_("acronym"), N_("acronym hindi"), N_("kind"), N_("status"), N_("variants"), N_("case"),
        N_("domain"), N_("preferred"), N_("note"), N_("example"), N_("source"),
        N_("added"), N_("edited"), N_("imported"), N_("suggested"),
        # What can be done about conflicts.
        N_("Reject or retire one of them, or give them different domains."),
        N_("Retire one of them, or change its English."),
        # The memory.
        N_("remembered"), N_("replaced"), N_("forgotten"),
        # The audit log.
        N_("batch accepted"), N_("batch deleted"), N_("batch tried again"),
        N_("brief accepted"), N_("brief deleted"), N_("brief translated again"),
        N_("key made"), N_("key revoked"), N_("memory imported"), N_("password changed"), N_("role changed"),
        N_("row approved"), N_("row undone"), N_("segment forgotten"), N_("segment remembered"), N_("sentence forgotten"),
        N_("sign-in refused"), N_("signed in"), N_("signed out"), N_("suggestion remembered"),
        N_("term added"), N_("term approved"), N_("term edited"), N_("term obsolete"), N_("term proposed"),
        N_("term rejected"), N_("terms imported"), N_("user added"), N_("user locked"), N_("user unlocked"),
        # Headings of errors, as HTTP calls them.
        N_("Bad Request"), N_("Unauthorized"), N_("Forbidden"), N_("Not Found"), N_("Method Not Allowed"), N_("Conflict"),
        N_("Request Entity Too Large"), N_("Content Too Large"), N_("Too Many Requests"), N_("Internal Server Error"),
        N_("Service Unavailable"),
    }
)  # fmt: skip


def speak(app: Flask) -> None:
    """Let the pages of `app` be in the language of who asks."""
    Babel(app, default_locale=_USUAL, locale_selector=language)
    app.jinja_env.globals.update(language=language, other_language=_other_language, this_address=_this_address, word=word)

    @app.after_request
    def _differs_by_language(response: Response) -> Response:
        if response.mimetype in _TRANSLATED:
            response.vary.add("Accept-Language")
        return response


def language() -> str:
    """The language of the answer, as its code: the one that was chosen, else the one that the browser likes best."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    liked = sorted(request.accept_languages, key=lambda each: each[1], reverse=True)
    codes = (tag.replace("_", "-").partition("-")[0].lower() for tag, quality in liked if quality > 0)
    return next((code for code in codes if code in LANGUAGES), _USUAL)


def word(text: str) -> str:
    """`text` in the language of the page if it is a word of the service's own, as statuses and roles are; else as it is.

    Templates take it for words that are in a variable. Their `_` would take what a user has written for markup.
    """
    return str(gettext(text)) if text in _WORDS else text


def _other_language() -> tuple[str, str]:
    """The code and the name of the language that the page is not in."""
    here = language()
    return next(each for each in LANGUAGES.items() if each[0] != here)


def _this_address() -> str:
    """Where the page at hand can be had again; "" for the answer to a form, which cannot."""
    if request.method not in ("GET", "HEAD"):
        return ""
    query = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{query}" if query else "")
