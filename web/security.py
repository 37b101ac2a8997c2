"""What stands between a browser and the service: whose requests are taken, how often, and what a page may do.

Cross-site requests are refused by what browsers say of them (Sec-Fetch-Site, Origin), and forms carry a token besides. A program
sends neither header, and has no cookies that another site could use.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from web.access import SESSION_SECONDS, by_key, find_user, refuse_strangers
from web.accounts import known_as
from web.assets import name_by_content
from web.errors import ForbiddenError
from web.parts import parts
from web.settings import ConfigurationError, Settings, variable

_View = TypeVar("_View", bound=Callable[..., Any])
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SMALL_FORM = 16 * 2**10  # bytes; whoever signs in has not been let in yet
_PORTS = {"http": 80, "https": 443}
_BYTES_OF_CHARACTER = 9  # of Devanagari in a form that is not multipart: %E0%A4%95
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

limiter = Limiter(
    lambda: _client(),
    storage_uri="memory://",
    headers_enabled=True,
    default_limits=[lambda: parts().settings.rate],  # asked for each request: every app has its own
)
_tokens = CSRFProtect()


def protect(app: Flask, settings: Settings) -> None:
    """Put all of it before and behind the views of `app`."""
    app.config.update(
        SECRET_KEY=settings.secret_key or _kept_secret(settings.data_folder),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_NAME="__Host-dwibhashi" if settings.https else "dwibhashi",  # no sister site can set it
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SESSION_SECONDS,
        MAX_CONTENT_LENGTH=settings.upload_mb * 2**20,
        MAX_FORM_MEMORY_SIZE=max(settings.text_characters * _BYTES_OF_CHARACTER, 500_000),
        MAX_FORM_PARTS=2_100,  # a batch has up to 2,000 files
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # asks for a Referer; Origin is better, and checked below
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_refuse_foreign_names)
    app.before_request(find_user)
    limiter.init_app(app)  # before the checks below: those who fail them are counted, too
    app.before_request(refuse_strangers)
    app.before_request(_refuse_foreign_sites)
    app.after_request(_with_headers)
    name_by_content(app)
    _tokens.init_app(app)


def limit_passwords(view: _View) -> _View:
    """A view that tries a password: counted by address and by name, together with all other such views."""
    by_address = limiter.shared_limit(_password_rate, scope="passwords by address", key_func=address)
    by_name = limiter.shared_limit(_password_rate, scope="passwords by name", key_func=_name_tried)
    return by_address(by_name(view))  # type: ignore[return-value]


def _password_rate() -> str:
    return parts().settings.sign_in_rate


def _name_tried() -> str:
    """The name whose password is tried, as a digest: some type their password where the name belongs."""
    name = g.user.name if g.user else request.form.get("name", "")
    return hashlib.sha256(known_as(name).encode()).hexdigest()


def address() -> str:
    """Where a request comes from, as it is counted: with IPv6 a whole network, for everyone has one."""
    given = request.remote_addr or "unknown"
    try:
        number = ipaddress.ip_address(given)
    except ValueError:
        return given
    return str(ipaddress.ip_network(f"{given}/64", strict=False)) if number.version == 6 else given


def _client() -> str:
    """Who is counted: a user, or an address."""
    user = g.get("user")
    return f"user {user.id}" if user and user.id else f"address {address()}"


def _refuse_foreign_names() -> None:
    """A page elsewhere must not reach the service by a name of its own (DNS rebinding)."""
    settings = parts().settings
    name, _ = _name_and_port(f"//{request.host}")
    known = (*LOCAL_NAMES, *settings.trusted_hosts) if settings.is_local or settings.trusted_hosts else (name,)
    if name not in known:
        raise BadRequest(f"The service is not known by this name. Whoever runs it can add it to {variable('trusted_hosts')}.")
    if request.blueprint == "pages_session":
        request.max_content_length = _SMALL_FORM


def _refuse_foreign_sites() -> None:
    """Raises ForbiddenError for a request that another site has a browser send."""
    if request.method in _SAFE or by_key():
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if not (site in ("same-origin", "none") if site else not origin or _is_own(origin)):
        raise ForbiddenError("Another site has sent this request; it was not carried out.")
    if request.blueprint and request.blueprint.startswith("pages"):
        try:
            _tokens.protect()
        except CSRFError as error:
            raise ForbiddenError("This form is too old, or its page was loaded before you signed in. Load it again.") from error


def _is_own(origin: str) -> bool:
    """Whether a page of `origin` is one of ours. A proxy may speak HTTPS for us and not say so: with its port, then."""
    name, port = _name_and_port(origin)
    own_name, own_port = _name_and_port(f"//{request.host}")
    scheme = origin.partition(":")[0].lower()
    usual = _PORTS.get(scheme)
    if usual is None or not name or (request.is_secure and scheme != "https"):
        return False
    return (name, port or usual) == (own_name, own_port or usual)


def _name_and_port(address: str) -> tuple[str, int | None]:
    """The name, in small letters and without brackets, and the port of `SCHEME://NAME:PORT`; no name if it is not one."""
    try:
        parsed = urlsplit(address)
        return (parsed.hostname or "").rstrip("."), parsed.port
    except ValueError:
        return "", None


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.headers.setdefault("Cache-Control", "no-store")
    if request.endpoint != "static":
        response.vary.update(("Cookie", "Authorization", "HX-Request"))
    return response


def _kept_secret(folder: Path) -> str:
    """The secret of this user's service, made when it is first needed; no one else can read it."""
    file = folder / "service_secret"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        new = folder / f"service_secret.{secrets.token_hex(4)}"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(32))
        try:
            os.link(new, file)  # whole or not at all, and never over that of a service that was quicker
        except FileExistsError:
            pass
        finally:
            new.unlink()
    secret = file.read_text(encoding="ascii").strip()
    if len(secret) < 32:
        raise ConfigurationError(f"{file} is damaged. Delete it; a new one is made, and everyone must sign in again.")
    return secret
