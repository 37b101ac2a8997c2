"""Every error in one shape: a page for people, a problem (RFC 9457) for programs, LibreTranslate's own on its routes."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

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
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_program)


def failure(status: int, detail: str) -> Response:
    """An answer that says what went wrong, in the shape that who asks can read."""
    if request.path.startswith(LIBRETRANSLATE):
        response = jsonify(error=detail)
    elif _wants_page():
        response = Response(render_template("error.html", title=HTTPStatus(status).phrase, detail=detail), mimetype="text/html")
    else:
        title = HTTPStatus(status).phrase
        response = jsonify(type="about:blank", title=title, status=status, detail=detail, instance=request.path)
        response.mimetype = "application/problem+json"
    response.status_code = status
    return response


def _status(error: DwibhashiError) -> int:
    own = {ForbiddenError: 403, UnknownUserError: 401}
    return own.get(type(error)) or next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def _of_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = failure(error.code, error.description or HTTPStatus(error.code).phrase)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _of_program(error: Exception) -> Response:
    log_failure(f"{request.method} {request.url_rule}", error)
    return failure(500, "The program failed here. Nothing that was accepted is lost; try again, or report it.")


def _wants_page() -> bool:
    if request.path.startswith(("/api/", "/metrics", "/health")):
        return False
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "text/html"
