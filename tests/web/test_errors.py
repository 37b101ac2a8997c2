"""Every error in the shape that who asks can read, and nothing of a note in any log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.conftest import Browser, until_done
from tests.web.people import PASSWORD, signed_in, with_people
from web.logs import WithoutMessages
from web.parts import attached
from web.schema import AuditRow

HINDI = "गोपनीयशब्द की बैठक में 4321 निर्णय लिए गए।"
EDITED = "Zanzibar was decided upon."
WRONG = "not the right password"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made_app = with_people(tmp_path_factory.mktemp("service"))
    yield made_app
    attached(made_app).workers.stop()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any logger of the process writes, down to the smallest, as the service writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutMessages("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("path", "accept", "status", "kind"),
    [
        ("/nowhere", "text/html", 404, "text/html"),
        ("/nowhere", "application/json", 404, "application/problem+json"),
        ("/briefs/none", "text/html,*/*;q=0.8", 404, "text/html"),
        ("/briefs/none", "*/*", 404, "text/html"),
        ("/briefs/none", "", 404, "text/html"),
        ("/briefs/none/events", "text/event-stream", 404, "application/problem+json"),
        ("/api/v1/nowhere", "text/html", 404, "application/problem+json"),
        ("/suggest", "text/html", 404, "application/json"),
        ("/settings/users", "text/html", 403, "text/html"),
        ("/settings/users", "application/json", 403, "application/problem+json"),
    ],
)
def test_errors_have_the_shape_of_who_asks(app: Flask, path: str, accept: str, status: int, kind: str) -> None:
    browser = signed_in(app, "viewer")
    answer = browser.get(path, headers={"Accept": accept} if accept else {})
    if path == "/suggest" and answer.status_code == 405:
        status = 405
    assert (answer.status_code, answer.mimetype) == (status, kind)
    assert "Accept" in answer.headers["Vary"]
    if kind == "application/problem+json":
        problem: Any = answer.json
        assert {"type", "title", "status", "detail", "instance"} <= set(problem)
        assert (problem["status"], problem["instance"]) == (status, path)
    elif kind == "application/json":
        assert set(answer.json or {}) == {"error"}
    else:
        assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/briefs", "text/html", 303),
        ("/briefs", "*/*", 303),
        ("/briefs", "application/json", 401),
        ("/briefs/x/events", "text/event-stream", 401),
    ],
)
def test_strangers_are_led_to_the_form_or_told(app: Flask, path: str, accept: str, status: int) -> None:
    answer = app.test_client().get(path, headers={"Accept": accept})
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="dwibhashi"'
        assert answer.mimetype == "application/problem+json"


def test_a_wrong_method_names_the_right_ones(app: Flask) -> None:
    answer = signed_in(app, "viewer").delete("/settings")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_what_people_wrote_is_shown_as_text(app: Flask) -> None:
    answer = signed_in(app, "admin").form("/settings/users", name="<script>/", password=PASSWORD, again=PASSWORD, role="viewer")
    assert answer.status_code == 400
    assert "<script>/" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_no_log_holds_a_note_a_password_or_a_key(app: Flask, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = app.test_client()
    assert isinstance(stranger, Browser)
    stranger.form("/sign-in", page="/sign-in", name=WRONG, password=WRONG)
    browser = signed_in(app, "translator")
    brief_id = browser.form("/briefs", text=HINDI).location.rpartition("/")[2]
    until_done(app, brief_id)
    assert browser.form(f"/briefs/{brief_id}/rows/0", target=EDITED).status_code == 303
    assert browser.get(f"/briefs?q={HINDI}").status_code == 200
    secret = browser.form("/settings/keys", label="x").text.partition('class="secret">')[2].partition("<")[0]
    assert secret.startswith("dwi_")
    program = {"Authorization": f"Bearer {secret}"}
    assert app.test_client().get("/briefs", headers=program).status_code == 200
    assert app.test_client().get("/briefs", headers={"Authorization": f"Bearer {secret}x"}).status_code == 401
    assert browser.form("/briefs", text="").status_code == 400

    def broken(*_: object) -> object:
        try:
            raise ValueError(HINDI)
        except ValueError as error:
            raise RuntimeError(f"{EDITED} {secret} {PASSWORD}") from error

    with monkeypatch.context() as patch:
        patch.setattr(type(attached(app).briefs), "search", broken)
        for headers in ({}, {"Accept": "application/json"}):
            failed = browser.get(f"/briefs?q={HINDI}", headers=headers)
            assert failed.status_code == 500
            assert EDITED not in failed.text
            assert "report it" in failed.text
        patch.setattr(type(attached(app).translators), "of", broken)
        worked = browser.form("/briefs", text=HINDI).location.rpartition("/")[2]
        with pytest.raises(AssertionError):
            until_done(app, worked)
    try:
        broken()
    except RuntimeError:
        logging.getLogger("waitress").exception("Exception while serving /briefs")
    browser.form("/sign-out")

    written = log.getvalue()
    assert "GET /briefs failed: RuntimeError" in written
    assert f"brief {worked} failed: RuntimeError" in written
    assert "Exception while serving /briefs" in written
    audit = attached(app).audit.last(1000)
    assert {"sign-in refused", "signed in", "brief accepted", "row approved", "key made", "signed out"} <= {
        e.action for e in audit
    }
    with attached(app).audit._engine.connect() as connection:
        kept = str(connection.execute(select(AuditRow.__table__)).all())
    for name, secret_text in (
        ("note", "गोपनीयशब्द"),
        ("edit", "Zanzibar"),
        ("password", PASSWORD),
        ("wrong", WRONG),
        ("key", secret),
    ):
        assert secret_text not in written, name
        assert secret_text not in kept, name
    assert "%E0%A4%97%E0%A5%8B" not in written
