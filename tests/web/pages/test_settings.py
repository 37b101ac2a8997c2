"""The pages for the service, the account, the users and the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Browser, made
from tests.web.people import PASSWORD, signed_in, with_people
from translator.pages import FONTS
from web.pages.settings import VENDORED
from web.parts import attached

STATIC = Path(__file__).parents[3] / "web" / "static"
NEW = "a different long one"
_SECRET = re.compile(r"dwi_[\w-]{40,}")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made_app = with_people(tmp_path_factory.mktemp("service"))
    yield made_app
    attached(made_app).workers.stop()


@pytest.fixture(scope="module")
def admin(app: Flask) -> Browser:
    return signed_in(app, "admin")


@pytest.fixture(scope="module")
def viewer(app: Flask) -> Browser:
    return signed_in(app, "viewer")


def test_the_page_says_what_runs(app: Flask, admin: Browser, viewer: Browser) -> None:
    shown = admin.get("/settings").text
    for words in ("compact", "agreed terms", "approved sentences", "service.sqlite", "Users", "Audit log"):
        assert words in shown, words
    seen = viewer.get("/settings").text
    assert "SQLite" in seen
    assert "service.sqlite" not in seen
    assert "Audit log" not in seen


def test_the_licences_of_others_are_linked_and_complete(viewer: Browser) -> None:
    shown = viewer.get("/settings").text
    folders = (STATIC / "vendor", FONTS)
    there = {f"{folder.name}/{path.name}" for folder in folders for path in folder.glob("*.LICENSE")}
    assert {file.licence_file for file in VENDORED} == there
    readme = "".join((folder / "README.md").read_text(encoding="utf-8") for folder in folders)
    for file in VENDORED:
        (link,) = re.findall(rf'href="([^"]+{re.escape(file.licence_file)}[^"]*)"', shown)
        with viewer.get(link) as answer:
            assert answer.status_code == 200
        assert file.name.rpartition(" ")[2] in readme
        assert file.licence in readme


def test_a_key_is_shown_once_works_and_ends(app: Flask, viewer: Browser) -> None:
    answer = viewer.form("/settings/keys", label="<b>import</b>")
    assert answer.status_code == 200
    (secret,) = _SECRET.findall(answer.text)
    assert "<b>import" not in answer.text
    assert not _SECRET.search(viewer.get("/settings").text)
    program = app.test_client()
    headers = {"Authorization": f"Bearer {secret}"}
    assert program.get("/briefs", headers=headers).status_code == 200
    assert program.get("/settings/users", headers=headers).status_code == 403
    key = attached(app).accounts.keys("viewer")[0]
    assert viewer.form(f"/settings/keys/{key.id}/revoke").status_code == 303
    assert "revoked" in viewer.get("/settings").text
    assert program.get("/briefs", headers=headers).status_code == 401
    assert viewer.form(f"/settings/keys/{key.id + 99}/revoke").status_code == 400


def test_no_one_ends_the_key_of_another(app: Flask, viewer: Browser) -> None:
    key, secret = attached(app).accounts.make_key("admin", "x")
    assert viewer.form(f"/settings/keys/{key.id}/revoke").status_code == 400
    assert attached(app).accounts.of_key(secret)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/settings/keys", {"label": "another"}),
        ("/settings/password", {"current": PASSWORD, "password": NEW, "again": NEW}),
        ("/settings/users", {"name": "mallory", "password": NEW, "again": NEW, "role": "admin"}),
        ("/settings/users/viewer/role", {"role": "admin"}),
        ("/settings/users/viewer/password", {"password": NEW, "again": NEW}),
        ("/settings/users/viewer/lock", {}),
    ],
)
def test_a_stolen_key_makes_no_keys_and_no_users(app: Flask, path: str, fields: dict[str, str]) -> None:
    _, secret = attached(app).accounts.make_key("admin", "stolen")
    before = attached(app).accounts.users(), len(attached(app).accounts.keys("admin"))
    answer = app.test_client().post(path, data=fields, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403
    assert (attached(app).accounts.users(), len(attached(app).accounts.keys("admin"))) == before


def test_ones_own_password_is_changed_with_the_current_one(app: Flask) -> None:
    here, elsewhere = signed_in(app, "translator"), signed_in(app, "translator")
    wrong = here.form("/settings/password", current="wrong", password=NEW, again=NEW)
    assert (wrong.status_code, here.get("/").status_code) == (403, 200)
    differing = here.form("/settings/password", current=PASSWORD, password=NEW, again=NEW + "x")
    assert differing.status_code == 400
    assert here.form("/settings/password", current=PASSWORD, password=NEW, again=NEW).status_code == 303
    assert "signed out everywhere else" in here.get("/settings").text
    assert elsewhere.get("/").status_code == 303
    assert signed_in(app, "translator", NEW).get("/").status_code == 200


def test_an_admin_adds_and_changes_users(app: Flask, admin: Browser) -> None:
    accounts = attached(app).accounts
    fields = {"name": "Meena", "role": "viewer", "password": PASSWORD, "again": PASSWORD}
    assert admin.form("/settings/users", **fields).status_code == 303
    meena = signed_in(app, "meena")
    assert "meena was added." in admin.get("/settings/users").text
    assert admin.form("/settings/users", **fields).status_code == 400
    assert admin.form("/settings/users", **{**fields, "name": "x", "role": "owner"}).status_code == 400
    assert admin.form("/settings/users/meena/role", role="reviewer").status_code == 303
    assert accounts.user("meena").role == "reviewer"
    assert meena.get("/").status_code == 303
    assert admin.form("/settings/users/meena/password", password=NEW, again=NEW).status_code == 303
    meena = signed_in(app, "meena", NEW)
    assert admin.form("/settings/users/meena/lock").status_code == 303
    assert meena.get("/").status_code == 303
    assert ">Unlock<" in admin.get("/settings/users").text
    assert admin.form("/settings/users/meena/unlock").status_code == 303
    assert signed_in(app, "meena", NEW).get("/").status_code == 200
    assert admin.form("/settings/users/nobody/lock").status_code == 400
    entries = [(entry.who, entry.action, entry.subject) for entry in attached(app).audit.last(20, who="admin")]
    for action, subject in (("user added", "meena as viewer"), ("role changed", "meena is reviewer"), ("user locked", "meena")):
        assert ("admin", action, subject) in entries


def test_an_admin_cannot_be_the_last_to_go(app: Flask, admin: Browser) -> None:
    assert "last admin" in admin.form("/settings/users/admin/lock").text
    assert "last admin" in admin.form("/settings/users/admin/role", role="viewer").text
    assert admin.form("/settings/users/admin/password", password=NEW, again=NEW).status_code == 403
    assert admin.get("/settings/users").status_code == 200


def test_the_audit_log_in_pages_and_by_user(app: Flask, admin: Browser) -> None:
    for number in range(120):
        attached(app).audit.note("ravi", "key made", f"number {number}")
    first = admin.get("/settings/audit?who=ravi").text
    assert "120 entries" in first
    assert "number 119" in first
    assert "number 69<" not in first
    second = admin.get("/settings/audit?who=ravi&page=2").text
    assert "number 69<" in second
    assert "who=ravi" in second
    assert "Nothing by nobody yet." in admin.get("/settings/audit?who=nobody").text
    assert admin.get("/settings/audit?page=999999999999").status_code == 200
    assert "ravi" in admin.get("/settings/audit").text


def test_the_first_user_ends_the_time_without_accounts(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = made(tmp_path_factory.mktemp("local"))
    try:
        browser = app.test_client()
        assert isinstance(browser, Browser)
        assert "There are no accounts" in browser.get("/settings").text
        assert browser.form("/settings/keys", label="x").status_code == 400
        assert browser.form("/settings/password", current="x", password=NEW, again=NEW).status_code == 400
        fields = {"name": "ravi", "password": NEW, "again": NEW}
        refused = browser.form("/settings/users", **fields, role="viewer")
        assert "first user must be an admin" in refused.text
        assert browser.form("/settings/users", **fields, role="admin").status_code == 303
        assert browser.get("/settings/users").status_code == 303
        assert signed_in(app, "ravi", NEW).get("/settings/users").status_code == 200
    finally:
        attached(app).workers.stop()
