"""Every error in one shape: a page for people, a problem (RFC 9457) for programs, LibreTranslate's own on its routes."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Flask, current_app, jsonify, redirect, render_template, request, url_for
from flask import Response as Answer
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from glossary.errors import ConflictError
from translator.errors import DwibhashiError, EngineError
from web.briefs import NotFoundError
from web.workers import log_failure

LIBRETRANSLATE = ("/translate", "/translate_file", "/detect", "/languages", "/frontend/", "/suggest", "/download_file/")
_STATUS: tuple[tuple[type[DwibhashiError], int], ...] = ((NotFoundError, 404), (ConflictError, 409), (EngineError, 503))


class ForbiddenError(DwibhashiError):
    """Something that this user may not do, or that this request may not ask for."""


class UnknownUserError(DwibhashiError):
    """Someone must sign in first, or gave a wrong name, password or key."""


def show_errors(app: Flask) -> None:
    """Let `app` answer every error in its shape; the message of a DwibhashiError is shown as it is."""
    app.register_error_handler(DwibhashiError, lambda error: failure(_status(error), str(error)))
    app.register_error_handler(UnknownUserError, _of_unknown_user)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_program)


def failure(status: int, detail: str, **members: object) -> Response:
    """An answer that says what went wrong, in the shape that who asks can read; `members` are further ones of a problem."""
    if request.path.startswith(LIBRETRANSLATE):
        response = jsonify(error=detail)
    elif _wants_page():
        response = Answer(render_template("error.html", title=HTTPStatus(status).phrase, detail=detail), mimetype="text/html")
    else:
        title = HTTPStatus(status).phrase
        response = jsonify(type="about:blank", title=title, status=status, detail=detail, instance=request.path, **members)
        response.mimetype = "application/problem+json"
    response.status_code = status
    response.vary.add("Accept")
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="dwibhashi"'
    return response


def _of_unknown_user(error: UnknownUserError) -> Response:
    """Pages lead to the form for signing in, and from there back."""
    page = request.blueprint and request.blueprint.startswith("pages") and _wants_page()
    if not page or "Authorization" in request.headers:
        return failure(401, str(error))
    if request.headers.get("HX-Request") == "true":
        seen = urlsplit(request.headers.get("HX-Current-URL", ""))
        response = failure(401, str(error))
        response.headers["HX-Redirect"] = url_for("pages_session.form", next=_address(seen.path, seen.query))
        return response
    query = request.query_string.decode("ascii", "replace")
    back = _address(quote(request.path), query) if request.method in ("GET", "HEAD") else "/"
    return redirect(url_for("pages_session.form", next=back), 303)


def _address(path: str, query: str) -> str:
    return f"{path or '/'}?{query}" if query else path or "/"


def _status(error: DwibhashiError) -> int:
    own = {ForbiddenError: 403, UnknownUserError: 401}
    return own.get(type(error)) or next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def _of_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    response = failure(error.code, _said(error))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _said(error: HTTPException) -> str:
    """What people can do about it, where the words of the library do not say so."""
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        most = current_app.config["MAX_CONTENT_LENGTH"] // 2**20
        return f"This is more than the service takes at once ({most} MiB). Give it in smaller parts, or ask an admin."
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        return f"Too many requests; {error.description} are taken. Wait a little, then try again."
    return error.description or HTTPStatus(error.code or 500).phrase


def _of_program(error: Exception) -> Response:
    log_failure(f"{request.method} {request.url_rule}", error)
    return failure(500, "The program failed here. Nothing that was accepted is lost; try again, or report it.")


def _wants_page() -> bool:
    if request.path.startswith(("/api/", "/metrics", "/health")):
        return False
    if not request.accept_mimetypes:
        return bool(request.blueprint and request.blueprint.startswith("pages"))
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "text/html"
