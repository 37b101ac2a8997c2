"""The files of the pages: browsers may keep them for long, because their address changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory

from translator.pages import FONTS

_ENDPOINT = "static"
_FONTS = "fonts/"
_FOR_EVER = "public, max-age=31536000, immutable"


def name_by_content(app: Flask) -> None:
    """Let `url_for("static", …)` give addresses with a digest of the content; `fonts/…` are those of the printed briefs."""

    def _file(filename: str) -> Response:
        folder, name = _place(app, filename)
        return send_from_directory(folder, name)

    app.view_functions[_ENDPOINT] = _file

    @app.url_defaults
    def _with_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == _ENDPOINT and (digest := _digest_of(app, str(values.get("filename")))):
            values["v"] = digest

    @app.after_request
    def _for_long(response: Response) -> Response:
        if request.endpoint == _ENDPOINT and response.status_code in (200, 304):
            digest = _digest_of(app, str((request.view_args or {}).get("filename")))
            if digest and request.args.get("v") == digest:
                response.headers["Cache-Control"] = _FOR_EVER
        return response


def _place(app: Flask, name: str) -> tuple[Path, str]:
    """The folder of a file, and its name there."""
    if name.startswith(_FONTS):
        return FONTS, name.removeprefix(_FONTS)
    return Path(str(app.static_folder)), name


def _digest_of(app: Flask, name: str) -> str:
    """The digest of a file; empty if there is none."""
    path = Path(*_place(app, name))
    try:
        return _digest(path, path.stat().st_mtime_ns)
    except OSError:
        return ""


@cache
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
