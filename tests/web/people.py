"""A service with a user of each role, each named by it, for the tests of what they may do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from tests.web.conftest import Browser, made
from web.accounts import ROLES
from web.parts import attached

PASSWORD = "correct horse battery"


def with_people(folder: Path, **settings: Any) -> Flask:
    """A service whose users are `admin`, `reviewer`, `translator` and `viewer`; passwords may be tried often."""
    app = made(folder, **{"sign_in_rate": "10000/minute", "rate": "100000/minute", **settings})
    for role in reversed(ROLES):
        attached(app).accounts.add(role, PASSWORD, role)
    return app


def signed_in(app: Flask, name: str, password: str = PASSWORD) -> Browser:
    """A browser in which a user has signed in."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    answer = browser.form("/sign-in", page="/sign-in", name=name, password=password)
    assert answer.status_code == 303, answer.text
    return browser
