"""Who asks, and what they may do. Where there are no accounts, whoever reaches the service is the user of this machine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request, session

from translator.terminal import user as login_name
from web.accounts import Role, User
from web.errors import ForbiddenError, UnknownUserError
from web.parts import parts

_View = TypeVar("_View", bound=Callable[..., Any])
_USER, _EPOCH = "user", "epoch"


def find_user() -> None:
    """Before each request: g.user, by the key, by the session, or because there are no accounts; else None."""
    g.user = _by_key() if _key() else _by_session()


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
    return bool(_key()) and g.get("user") is not None


def sign_in(signed_in: User) -> None:
    """Begin a session."""
    session.clear()
    session[_USER], session[_EPOCH] = signed_in.id, signed_in.epoch
    session.permanent = True


def sign_out() -> None:
    """End the session."""
    session.clear()


def note(action: str, subject: object = "") -> None:
    """Add to the audit log what the user has done."""
    parts().audit.note(user().name, action, subject, request.remote_addr or "")


def _key() -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


def _by_key() -> User | None:
    found = parts().accounts.of_key(_key())
    if found is None:
        raise UnknownUserError("This key is not known, or it was revoked. Make a new one.")
    return found


def _by_session() -> User | None:
    accounts = parts().accounts
    if _USER in session:
        return accounts.of_session(session[_USER], session[_EPOCH])
    if not accounts.exist():
        return User(0, login_name(), "admin")
    return None
