"""The service as it runs: the real engine, workers and a fresh database, one for each test module."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.app import create_app
from web.parts import attached
from web.settings import Settings

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Browser(FlaskClient):
    """A client that fills in forms: it fetches the token of the page that it is on."""

    def form(self, path: str, page: str = "/", **fields: Any) -> TestResponse:
        """Post a form as a page of the service does."""
        found = _TOKEN.search(self.get(page).get_data(as_text=True))
        token = {"csrf_token": found[1]} if found else {}
        return self.post(path, data={**token, **fields}, headers={"Sec-Fetch-Site": "same-origin"})


def made(folder: Path, **settings: Any) -> Flask:
    """A service on a database of its own, with its workers running."""
    app = create_app(Settings(**{"database_url": f"sqlite:///{folder / 'service.sqlite'}", **settings}))
    app.test_client_class = Browser
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made_app = made(tmp_path_factory.mktemp("service"))
    yield made_app
    attached(made_app).workers.stop()


@pytest.fixture
def client(app: Flask) -> Browser:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


def until_done(app: Flask, brief_id: str, seconds: float = 60) -> None:
    """Wait for the workers; a brief that fails is an error."""
    end = time.monotonic() + seconds
    while (kept := attached(app).briefs.kept(brief_id)).is_open:
        assert time.monotonic() < end, f"{kept.name} is not done after {seconds} s"
        time.sleep(0.05)
    assert kept.state == "done", kept.error
