"""`dwibhashi users …` and `dwibhashi keys …` as a user calls them, each call in its own process."""

from __future__ import annotations

import getpass
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from web.accounts import Accounts
from web.audit import Audit
from web.database import connect

Run = Callable[..., subprocess.CompletedProcess[str]]
PASSWORD = "correct horse battery"
COMMAND = [sys.executable, "-m", "web.commands"]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'service.sqlite'}"


@pytest.fixture
def run(database: str) -> Run:
    def run(*arguments: str, given: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, "DWIBHASHI_DATABASE_URL": database},
            encoding="utf-8",
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        assert PASSWORD not in done.stdout + done.stderr
        return done

    return run


def test_users_from_the_first_to_a_lock(run: Run, database: str) -> None:
    refused = run("users", "add", "ravi", "--role", "viewer", "--password-stdin", given=PASSWORD, code=3)
    assert "first user must be an admin" in refused.stderr
    run("users", "add", "Asha", "--role", "admin", "--password-stdin", given=f"{PASSWORD}\n")
    run("users", "add", "ravi", "--role", "viewer", "--password-stdin", given=f"{PASSWORD}\r\n")
    run("users", "role", "ravi", "reviewer")
    run("users", "lock", "ravi")
    listed = json.loads(run("users", "list", "--json").stdout)
    assert [(user["name"], user["role"], user["locked"]) for user in listed] == [
        ("asha", "admin", ""),
        ("ravi", "reviewer", "locked"),
    ]
    run("users", "unlock", "ravi")
    assert run("users", "list").stdout.splitlines()[1].split("\t")[:3] == ["ravi", "reviewer", ""]
    run("users", "password", "ravi", "--password-stdin", given="a different long one")
    assert "last admin" in run("users", "lock", "asha", code=3).stderr
    accounts = Accounts(connect(database))
    assert accounts.check("asha", PASSWORD)
    assert accounts.check("ravi", "a different long one")
    entries = Audit(connect(database)).last()
    assert {(entry.who, entry.address) for entry in entries} == {(getpass.getuser(), "command line")}
    assert [(entry.action, entry.subject) for entry in reversed(entries)] == [
        ("user added", "asha as admin"),
        ("user added", "ravi as viewer"),
        ("role changed", "ravi is reviewer"),
        ("user locked", "ravi"),
        ("user unlocked", "ravi"),
        ("password changed", "ravi"),
    ]


def test_a_key_is_printed_once_and_ends(run: Run, database: str) -> None:
    accounts = Accounts(connect(database))
    accounts.add("asha", PASSWORD, "admin")
    made = run("keys", "add", "asha", "nightly import")
    secret = made.stdout.strip()
    assert secret not in made.stderr
    assert accounts.of_key(secret)
    (listed,) = json.loads(run("keys", "list", "asha", "--json").stdout)
    assert (listed["label"], listed["revoked"]) == ("nightly import", "")
    assert secret not in run("keys", "list", "asha").stdout
    run("keys", "revoke", "asha", str(listed["id"]))
    assert accounts.of_key(secret) is None
    assert "has no key 99" in run("keys", "revoke", "asha", "99", code=3).stderr
    assert [entry.action for entry in Audit(connect(database)).last()] == ["key revoked", "key made"]


@pytest.mark.parametrize(
    ("arguments", "given", "code", "words"),
    [
        (("users", "add", "asha", "--role", "owner"), "", 2, "owner"),
        (("users", "add", "asha", "--role", "admin"), "", 3, "--password-stdin"),
        (("users", "add", "asha", "--role", "admin", "--password-stdin"), "", 3, "0 characters"),
        (("users", "add", "asha", "--role", "admin", "--password-stdin"), "short", 3, "at least 12"),
        (("users", "password", "meena", "--password-stdin"), PASSWORD, 3, "no user 'meena'"),
        (("keys", "add", "meena", "x"), "", 3, "no user 'meena'"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...], given: str, code: int, words: str) -> None:
    assert words in run(*arguments, given=given, code=code).stderr


def test_the_password_is_asked_for_twice_and_not_shown(database: str) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "users", "add", "asha", "--role", "admin"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "DWIBHASHI_DATABASE_URL": database},
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    for asked in (b"Password: ", b"Repeat for confirmation: "):
        while not shown.endswith(asked):
            shown += os.read(ours, 1)
        os.write(ours, PASSWORD.encode() + b"\n")
    try:
        while part := os.read(ours, 100):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(30) == 0, shown
    assert PASSWORD.encode() not in shown
    assert Accounts(connect(database)).check("asha", PASSWORD)
