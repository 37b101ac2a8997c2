"""What stands between a browser and the service: whose requests are taken, how often, and what a page may do.

Cross-site requests are refused by what browsers say of them (Sec-Fetch-Site, Origin), and forms carry a token besides. A program
sends neither header, and has no cookies that another site could use.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web.access import by_key, find_user
from web.errors import ForbiddenError
from web.settings import Settings

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

limiter = Limiter(lambda: _client(), storage_uri="memory://", headers_enabled=True)
_tokens = CSRFProtect()


def protect(app: Flask, settings: Settings) -> None:
    """Put all of it before and behind the views of `app`."""
    app.config.update(
        SECRET_KEY=settings.secret_key or _kept_secret(settings.data_folder),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_NAME="dwibhashi",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        MAX_CONTENT_LENGTH=settings.upload_mb * 2**20,
        MAX_FORM_MEMORY_SIZE=max(settings.text_characters * 4, 500_000),
        TRUSTED_HOSTS=_trusted(settings),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_DEFAULT=settings.rate,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(find_user)
    app.before_request(_refuse_foreign)
    app.after_request(_with_headers)
    _tokens.init_app(app)
    limiter.init_app(app)


def _refuse_foreign() -> None:
    """Raises ForbiddenError for a request that another site has a browser send."""
    if request.method in _SAFE or by_key():
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in ("same-origin", "none") if site else not origin or urlsplit(origin).netloc == request.host
    if not own:
        raise ForbiddenError("Another site has sent this request; it was not carried out.")
    if request.blueprint and request.blueprint.startswith("pages"):
        try:
            _tokens.protect()
        except CSRFError as error:
            raise ForbiddenError("This form is too old, or its page was loaded before you signed in. Load it again.") from error


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _client() -> str:
    """Who is counted: a user, or an address."""
    user = g.get("user")
    return f"user {user.id}" if user and user.id else f"address {request.remote_addr}"


def _trusted(settings: Settings) -> list[str] | None:
    """The names under which the service may be called: no page elsewhere must reach it by a name of its own (DNS rebinding)."""
    if settings.is_local or settings.trusted_hosts:
        return [*LOCAL_NAMES, *settings.trusted_hosts]
    return None


def _kept_secret(folder: Path) -> str:
    """The secret of this user's service, made when it is first needed; no one else can read it."""
    file = folder / "service_secret"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(32))
    return file.read_text(encoding="ascii")
