"""Who asks, and what they may do. Where there are no accounts, whoever reaches the service is the user of this machine."""

from __future__ import annotations

import functools
import ipaddress
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import g, request, session
from werkzeug.exceptions import BadRequest

from translator.terminal import user as login_name
from web.accounts import Role, User
from web.errors import LIBRETRANSLATE, ForbiddenError, UnknownUserError
from web.parts import parts

_View = TypeVar("_View", bound=Callable[..., Any])
_USER, _EPOCH, _SINCE = "user", "epoch", "since"
SESSION_SECONDS = 12 * 3600  # after signing in, whatever was done since


def find_user() -> None:
    """Before each request: g.user, by the key, by the session, or because there are no accounts; else None."""
    g.key = ""
    if request.endpoint == "static":
        g.user = None  # files of the pages are the same for all
    elif key := _key():
        g.key, g.user = key, parts().accounts.of_key(key)
    else:
        g.user = _by_session()


def refuse_strangers() -> None:
    """Raises UnknownUserError for a key that is not known, and for pages where someone must sign in first.

    It runs before anything of the body is read (but for LibreTranslate's routes, whose keys stand there), and lets no page be
    forgotten.
    """
    if g.user is not None:
        return
    if g.key and request.path.startswith(LIBRETRANSLATE):
        raise ForbiddenError("Invalid API key. It is not known, or it was revoked; make a new one.")
    if g.key:
        raise UnknownUserError("This key is not known, or it was revoked. Make a new one.")
    blueprint = request.blueprint or ""
    if blueprint.startswith("pages") and blueprint != "pages_session":
        raise UnknownUserError("Sign in first.")


def user() -> User:
    """Who asks. Raises UnknownUserError if someone must sign in first."""
    if g.user is None:
        raise UnknownUserError("Sign in first.")
    asking: User = g.user
    return asking


def needs(role: Role) -> Callable[[_View], _View]:
    """A view that only users with `role`, or more, may ask for."""

    def wrapped(view: _View) -> _View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            require(role)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return wrapped


def require(role: Role) -> None:
    """Raises ForbiddenError if the user has not got `role`, or more."""
    if not user().may(role):
        raise ForbiddenError(f"This needs the role {role}; {user().name} is {user().role}. Ask an admin.")


def may(role: Role) -> bool:
    """Whether the user may do what `role` may; for templates."""
    return g.get("user") is not None and user().may(role)


def by_key() -> bool:
    """Whether a program asks, with a key: then no browser can have been tricked into asking."""
    return bool(g.get("key")) and g.get("user") is not None


def sign_in(signed_in: User) -> None:
    """Begin a session; nothing of the one before is taken over."""
    session.clear()
    session[_USER], session[_EPOCH], session[_SINCE] = signed_in.id, signed_in.epoch, int(time.time())
    session.permanent = True


def sign_out() -> None:
    """End the session here, and wherever else the user is signed in: a cookie that was copied is worth nothing then."""
    if g.user is not None and g.user.id and not by_key():
        parts().accounts.end_sessions(g.user.name)
    session.clear()


def note(action: str, subject: object = "") -> None:
    """Add to the audit log what the user has done."""
    parts().audit.note(user().name, action, subject, request.remote_addr or "")


def _key() -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    return _key_in_fields() if request.path.startswith(LIBRETRANSLATE) else ""


def _key_in_fields() -> str:
    """The key as LibreTranslate's clients send it. Where there are no accounts it says nothing, as with LibreTranslate."""
    try:
        fields = request.get_json(silent=True) if request.is_json else request.values
    except RecursionError:
        raise BadRequest("The JSON has too many lists within each other. Send less at once.") from None
    key = fields.get("api_key") if isinstance(fields, Mapping) else None
    return key.strip() if isinstance(key, str) and parts().accounts.exist() else ""


def _by_session() -> User | None:
    accounts = parts().accounts
    if not accounts.exist():
        return User(0, login_name(), "admin") if _at_this_machine() else None
    if _USER not in session or not 0 <= time.time() - session.get(_SINCE, 0) <= SESSION_SECONDS:
        return None
    return accounts.of_session(session[_USER], session[_EPOCH])


def _at_this_machine() -> bool:
    """Whether the request comes from this machine, and no proxy brought it from another."""
    if parts().settings.needs_accounts or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
