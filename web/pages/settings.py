"""What the service is and runs with, the account of who is signed in, and for admins the users and the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlalchemy import make_url
from werkzeug.wrappers import Response

from web import access
from web.access import needs, note, user
from web.accounts import ROLES, AccountError, Role, known_as
from web.errors import ForbiddenError
from web.language import word
from web.parts import parts
from web.security import limit_passwords
from web.views import pager

pages = Blueprint("pages_settings", __name__)
_ENTRIES = 50  # on a page of the audit log


@dataclass(frozen=True)
class Vendored:
    """A file of others that the pages use; `licence_file` is its licence among the static files."""

    name: str
    licence: str
    licence_file: str


VENDORED = (
    Vendored("htmx.org 2.0.11", "BSD Zero Clause", "vendor/htmx.LICENSE"),
    Vendored("Noto Sans Devanagari 5.3.0", "SIL Open Font License 1.1", "fonts/noto-sans-devanagari.LICENSE"),
)


@pages.get("/settings")
@needs("viewer")
def about() -> str:
    """The service, and the account."""
    return _about()


@pages.post("/settings/password")
@limit_passwords
@needs("viewer")
def change_password() -> Response:
    """Another password for who is signed in; all other sessions end, this one goes on."""
    name = _person()
    if parts().accounts.check(name, request.form.get("current", "")) is None:
        raise ForbiddenError(gettext("The current password is wrong. Nothing was changed."))
    changed = parts().accounts.set_password(name, _new_password())
    access.sign_in(changed)
    note("password changed", name)
    flash(gettext("Your password was changed. You were signed out everywhere else."))
    return redirect(url_for("pages_settings.about"), 303)


@pages.post("/settings/keys")
@needs("viewer")
def make_key() -> str:
    """A new key; this answer is the only one that shows it."""
    key, secret = parts().accounts.make_key(_person(), request.form.get("label", ""))
    note("key made", key.id)
    return _about(secret)


@pages.post("/settings/keys/<int:number>/revoke")
@needs("viewer")
def revoke_key(number: int) -> Response:
    """End a key."""
    parts().accounts.revoke(_person(), number)
    note("key revoked", number)
    flash(gettext("The key was revoked; programs that use it are refused from now on."))
    return redirect(url_for("pages_settings.about"), 303)


@pages.get("/settings/users")
@needs("admin")
def users() -> str:
    """All users."""
    return render_template("users.html", users=parts().accounts.users(), roles=ROLES)


@pages.post("/settings/users")
@needs("admin")
def add_user() -> Response:
    """A new user."""
    _not_by_key()
    added = parts().accounts.add(request.form.get("name", ""), _new_password(), _role())
    note("user added", f"{added.name} as {added.role}")
    return _changed(gettext("%(name)s was added.", name=added.name))


@pages.post("/settings/users/<name>/role")
@needs("admin")
def change_role(name: str) -> Response:
    """Another role for a user."""
    _not_by_key()
    changed = parts().accounts.set_role(name, _role())
    note("role changed", f"{changed.name} is {changed.role}")
    return _changed(gettext("%(name)s is %(role)s now, and must sign in again.", name=changed.name, role=word(changed.role)))


@pages.post("/settings/users/<name>/lock")
@needs("admin")
def lock(name: str) -> Response:
    """Keep a user out."""
    _not_by_key()
    note("user locked", parts().accounts.lock(name).name)
    return _changed(gettext("%(name)s is locked.", name=known_as(name)))


@pages.post("/settings/users/<name>/unlock")
@needs("admin")
def unlock(name: str) -> Response:
    """Let a user in again."""
    _not_by_key()
    note("user unlocked", parts().accounts.unlock(name).name)
    return _changed(gettext("%(name)s may sign in again.", name=known_as(name)))


@pages.post("/settings/users/<name>/password")
@needs("admin")
def reset_password(name: str) -> Response:
    """Another password for another user; one's own is changed with the current one at hand."""
    _not_by_key()
    if known_as(name) == user().name:
        raise ForbiddenError(gettext("Change your own password on the page of your account; it asks for the current one."))
    note("password changed", parts().accounts.set_password(name, _new_password()).name)
    return _changed(gettext("%(name)s has another password now, and must sign in again.", name=known_as(name)))


@pages.get("/settings/audit")
@needs("admin")
def audit() -> str:
    """The audit log, all of it or of one user."""
    who = request.args.get("who", "").strip()
    count = parts().audit.count(who)
    shown = pager(count, _ENTRIES)
    entries = parts().audit.last(shown.size, shown.after, who)
    return render_template("audit.html", who=who, count=count, pager=shown, entries=entries)


def _about(secret: str = "") -> str:
    asking = user()
    engine = parts().translators.engine
    facts = (
        (gettext("Dwibhashi"), version("dwibhashi")),
        (gettext("Engine"), f"{engine.name}, {engine.model}"),
        (gettext("Glossary"), _glossary()),
        (gettext("Memory"), _memory()),
        (gettext("Database"), _database()),
    )
    keys = parts().accounts.keys(asking.name) if asking.id else []
    return render_template("settings.html", facts=facts, asking=asking, keys=keys, secret=secret, vendored=VENDORED)


def _glossary() -> str:
    agreed = len(parts().terms.terms(status="approved"))
    return str(
        ngettext(
            "version %(version)s, %(count)s agreed term",
            "version %(version)s, %(count)s agreed terms",
            agreed,
            version=parts().terms.version,
            count=f"{agreed:,}",
        )
    )


def _memory() -> str:
    count = parts().memory.count()
    return str(ngettext("%(count)s approved sentence", "%(count)s approved sentences", count, count=f"{count:,}"))


def _database() -> str:
    """The kind of the database; admins see where it is, but no password."""
    url = make_url(parts().settings.database_url)
    kind = "SQLite" if url.get_backend_name() == "sqlite" else "PostgreSQL"
    host = str(url.host or url.query.get("host") or gettext("this machine"))
    place = (url.database or "") if kind == "SQLite" else gettext("%(database)s at %(host)s", database=url.database, host=host)
    return f"{kind}, {place}" if access.may("admin") else kind


def _person() -> str:
    """The name of who is signed in with an account."""
    _not_by_key()
    if not user().id:
        raise AccountError(gettext("There are no accounts yet, so there is nothing to change. Add the first user, an admin."))
    return user().name


def _not_by_key() -> None:
    """Raises ForbiddenError for a program: a key that was stolen must not make others, or users."""
    if access.by_key():
        raise ForbiddenError(gettext("Accounts and keys are changed by people who are signed in, not with a key."))


def _new_password() -> str:
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        raise AccountError(gettext("The two passwords differ. Nothing was changed; write the same one twice."))
    return password


def _role() -> Role:
    return request.form.get("role", "")  # type: ignore[return-value]  # Accounts refuses what is none


def _changed(words: str) -> Response:
    flash(words)
    return redirect(url_for("pages_settings.users"), 303)
