"""The switch between Hindi and English, for everyone: who reads the form for signing in has not signed in yet."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request
from werkzeug.wrappers import Response

from translator.errors import DwibhashiError
from web.language import COOKIE, LANGUAGES
from web.pages.session import own_address

pages = Blueprint("language", __name__)
_KEPT = 365 * 24 * 3600  # seconds


class LanguageError(DwibhashiError):
    """A language that the pages are not in."""


@pages.post("/language")
def choose() -> Response:
    """Keep the language in a cookie, and go back to the page."""
    asked = request.form.get("language", "")
    if asked not in LANGUAGES:
        raise LanguageError(f"The pages are not in {asked!r}; the languages are: {', '.join(LANGUAGES)}.")
    response = redirect(own_address(request.form.get("back", "")), 303)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, asked, max_age=_KEPT, secure=secure, httponly=True, samesite="Lax")
    return response
