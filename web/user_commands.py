"""`dwibhashi users …` and `dwibhashi keys …`: who may use the service. What they change is in the audit log, too."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import click

from translator.terminal import as_json_option, fail, print_rows
from translator.terminal import user as login_name
from web.accounts import ROLES, Accounts, Role, User
from web.audit import Audit

_HERE = "command line"
_role = click.option(
    "--role", type=click.Choice(ROLES), required=True, help="What the user may do; each may do what those before it may."
)
_password_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of asking twice."
)


@dataclass(frozen=True)
class _Opened:
    accounts: Accounts
    audit: Audit

    def note(self, action: str, subject: object) -> None:
        self.audit.note(login_name(), action, subject, _HERE)


def _open() -> _Opened:
    from web.database import connect
    from web.settings import from_environment

    engine = connect(from_environment().database_url)
    return _Opened(Accounts(engine), Audit(engine))


@click.group()
def users() -> None:
    """Say who may use the service. Without any user, whoever is at this machine may do everything."""


@users.command()
@click.argument("name")
@_role
@_password_stdin
def add(name: str, role: Role, password_stdin: bool) -> None:
    """Add a user; the first one must be an admin.

    \b
    dwibhashi users add asha --role admin
    """
    opened = _open()
    added = opened.accounts.add(name, _password(password_stdin), role)
    opened.note("user added", f"{added.name} as {added.role}")
    _say(added)


@users.command("list")
@as_json_option
def list_users(as_json: bool) -> None:
    """List all users."""
    rows = [(user.name, user.role, "locked" if user.locked else "", user.created) for user in _open().accounts.users()]
    print_rows(("name", "role", "locked", "created"), rows, as_json)


@users.command()
@click.argument("name")
@_password_stdin
def password(name: str, password_stdin: bool) -> None:
    """Give a user another password; all sessions of the user end."""
    opened = _open()
    opened.accounts.user(name)
    changed = opened.accounts.set_password(name, _password(password_stdin))
    opened.note("password changed", changed.name)
    _say(changed)


@users.command()
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
def role(name: str, role: Role) -> None:
    """Give a user another role."""
    opened = _open()
    changed = opened.accounts.set_role(name, role)
    opened.note("role changed", f"{changed.name} is {changed.role}")
    _say(changed)


@users.command()
@click.argument("name")
def lock(name: str) -> None:
    """Keep a user out, with all sessions and keys."""
    opened = _open()
    changed = opened.accounts.lock(name)
    opened.note("user locked", changed.name)
    _say(changed)


@users.command()
@click.argument("name")
def unlock(name: str) -> None:
    """Let a user in again."""
    opened = _open()
    changed = opened.accounts.unlock(name)
    opened.note("user unlocked", changed.name)
    _say(changed)


@click.group()
def keys() -> None:
    """Make and revoke the keys with which programs act for a user."""


@keys.command("add")
@click.argument("name", metavar="USER")
@click.argument("label")
def add_key(name: str, label: str) -> None:
    """Make a key for USER and print it; it cannot be had again.

    \b
    dwibhashi keys add asha "nightly import" > key.txt
    """
    opened = _open()
    key, secret = opened.accounts.make_key(name, label)
    opened.note("key made", f"{key.id} of {opened.accounts.user(name).name}")
    click.echo(secret)
    click.echo(f"Key {key.id} ({key.label}); it is shown only now.", err=True)


@keys.command("list")
@click.argument("name", metavar="USER")
@as_json_option
def list_keys(name: str, as_json: bool) -> None:
    """List the keys of USER, without their secrets."""
    rows = [
        (key.id, key.label, key.created, key.last_used, "revoked" if key.revoked else "") for key in _open().accounts.keys(name)
    ]
    print_rows(("id", "label", "created", "last_used", "revoked"), rows, as_json)


@keys.command()
@click.argument("name", metavar="USER")
@click.argument("number", type=int)
def revoke(name: str, number: int) -> None:
    """End key NUMBER of USER."""
    opened = _open()
    opened.accounts.revoke(name, number)
    opened.note("key revoked", f"{number} of {opened.accounts.user(name).name}")
    click.echo(f"Key {number} is revoked.", err=True)


def _password(from_stdin: bool) -> str:
    """The password: asked for twice without showing it, or the first line of standard input."""
    if not from_stdin:
        if not sys.stdin.isatty():
            fail("There is no terminal to ask for the password. Give it with --password-stdin.")
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        fail("The password on standard input is not UTF-8. Write it in UTF-8.")


def _say(user: User) -> None:
    click.echo(f"{user.name}: {user.role}{', locked' if user.locked else ''}", err=True)
