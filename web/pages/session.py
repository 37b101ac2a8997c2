"""Signing in and out. What is tried here is counted, by address and by name, and written to the audit log."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as Answer
from flask_babel import gettext
from werkzeug.wrappers import Response

from web import access
from web.accounts import AccountError
from web.parts import parts
from web.security import limit_passwords

pages = Blueprint("pages_session", __name__)
_OWN_ADDRESS = re.compile(r"/(?!/)[!-\[\]-~]*")  # printable ASCII without a backslash, which browsers read as a slash
_UNKNOWN = "unknown name"


@pages.get("/sign-in")
def form() -> Response | str:
    """The form; who is signed in already, or need not be, is sent on."""
    back = own_address(request.args.get("next", ""))
    return redirect(back, 303) if access.may("viewer") else _form(back)


@pages.post("/sign-in")
@limit_passwords
def sign_in() -> Response:
    """Begin a session, and go where the user wanted to go."""
    name, password, back = (
        request.form.get("name", ""),
        request.form.get("password", ""),
        own_address(request.form.get("next", "")),
    )
    found = parts().accounts.check(name, password)
    origin = request.remote_addr or ""
    if found is None:
        parts().audit.note(_known_name(name), "sign-in refused", "", origin)
        return Answer(_form(back, gettext("The name or the password is wrong, or the user is locked.")), 401)
    access.sign_in(found)
    parts().audit.note(found.name, "signed in", "", origin)
    return redirect(back, 303)


@pages.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    if access.may("viewer"):
        access.note("signed out")
    access.sign_out()
    flash(gettext("You are signed out."))
    return redirect(url_for("pages_session.form"), 303)


def own_address(asked: str) -> str:
    """`asked` if it is an address of this service; else the first page: no link may lead through the form to another site.

    >>> own_address("/briefs?q=1"), own_address("//elsewhere.example"), own_address("https://elsewhere.example")
    ('/briefs?q=1', '/', '/')
    """
    return asked if _OWN_ADDRESS.fullmatch(asked) and not asked.startswith(("/sign-in", "/sign-out")) else "/"


def _form(back: str, wrong: str = "") -> str:
    return render_template("sign_in.html", back=back, wrong=wrong, exist=parts().accounts.exist())


def _known_name(name: str) -> str:
    """The name if it is a user's; another may be a password in the wrong field, which no log may hold."""
    try:
        return parts().accounts.user(name).name
    except AccountError:
        return _UNKNOWN
