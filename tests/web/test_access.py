"""Who may ask for which page: every endpoint of the pages is in the table, and refuses those below its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.conftest import Browser
from tests.web.people import signed_in, with_people
from web.accounts import ROLES
from web.parts import attached

# The least role that may ask; "" where no one need be signed in.
LEAST = {
    "pages_translate.form": "viewer",
    "pages_translate.accept": "translator",
    "pages_briefs.history": "viewer",
    "pages_briefs.page": "viewer",
    "pages_briefs.events": "viewer",
    "pages_briefs.row": "viewer",
    "pages_briefs.save": "translator",
    "pages_briefs.undo": "translator",
    "pages_briefs.download": "viewer",
    "pages_briefs.original": "viewer",
    "pages_briefs.again": "translator",
    "pages_briefs.delete": "translator",
    "pages_batches.all": "viewer",
    "pages_batches.accept": "translator",
    "pages_batches.page": "viewer",
    "pages_batches.results": "viewer",
    "pages_batches.again": "translator",
    "pages_batches.delete": "translator",
    "pages_glossary.review": "viewer",
    "pages_glossary.term": "viewer",
    "pages_glossary.edit": "reviewer",
    "pages_glossary.judge": "reviewer",
    "pages_glossary.judge_many": "reviewer",
    "pages_glossary.new": "translator",
    "pages_glossary.propose": "translator",
    "pages_glossary.conflicting": "viewer",
    "pages_glossary_files.choose": "reviewer",
    "pages_glossary_files.dry_run": "reviewer",
    "pages_glossary_files.confirm": "reviewer",
    "pages_glossary_files.export": "viewer",
    "pages_memory.search": "viewer",
    "pages_memory.segment": "viewer",
    "pages_memory.forget": "reviewer",
    "pages_memory.export": "viewer",
    "pages_memory.bring": "reviewer",
    "pages_memory.plan": "reviewer",
    "pages_memory.confirm": "reviewer",
    "pages_settings.about": "viewer",
    "pages_settings.change_password": "viewer",
    "pages_settings.make_key": "viewer",
    "pages_settings.revoke_key": "viewer",
    "pages_settings.users": "admin",
    "pages_settings.add_user": "admin",
    "pages_settings.change_role": "admin",
    "pages_settings.lock": "admin",
    "pages_settings.unlock": "admin",
    "pages_settings.reset_password": "admin",
    "pages_settings.audit": "admin",
    "pages_session.form": "",
    "pages_session.sign_in": "",
    "pages_session.sign_out": "",
}
_CLOSED = sorted(endpoint for endpoint, role in LEAST.items() if role)
_VALUES: dict[str, Any] = {"position": 0, "number": 999_999}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made_app = with_people(tmp_path_factory.mktemp("service"))
    yield made_app
    attached(made_app).workers.stop()


@pytest.fixture(scope="module")
def browsers(app: Flask) -> dict[str, Browser]:
    """A browser for each role, and one in which no one is signed in."""
    stranger = app.test_client()
    assert isinstance(stranger, Browser)
    return {"": stranger, **{role: signed_in(app, role) for role in ROLES}}


def ask(app: Flask, browser: Browser, endpoint: str) -> int:
    """The status of the answer to a request that has everything but perhaps the role."""
    (rule,) = app.url_map.iter_rules(endpoint)
    values = {name: _VALUES.get(name, "none") for name in rule.arguments}
    with app.test_request_context():
        path = app.url_for(endpoint, **values)
    if _is_post(rule):
        return browser.form(path, page="/sign-in" if browser.get("/").status_code == 303 else "/").status_code
    with browser.get(path) as answer:
        answer.get_data()
        return answer.status_code


def _is_post(rule: Rule) -> bool:
    return "POST" in (rule.methods or ())


def test_every_page_is_in_the_table(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages")} == set(LEAST)


@pytest.mark.parametrize("endpoint", _CLOSED)
def test_a_page_refuses_strangers_and_the_roles_below_its_own(app: Flask, browsers: dict[str, Browser], endpoint: str) -> None:
    least = ROLES.index(LEAST[endpoint])  # type: ignore[arg-type]
    assert ask(app, browsers[""], endpoint) == 303
    for role in ROLES[:least]:
        assert ask(app, browsers[role], endpoint) == 403, role


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in _CLOSED if endpoint != "pages_settings.change_password"])
def test_a_page_takes_its_role(app: Flask, browsers: dict[str, Browser], endpoint: str) -> None:
    assert ask(app, browsers[LEAST[endpoint]], endpoint) not in (401, 403, 405, 500)


def test_a_page_that_was_forgotten_is_closed_to_strangers(app: Flask, browsers: dict[str, Browser]) -> None:
    view = app.view_functions["pages_briefs.history"]
    app.view_functions["pages_briefs.history"] = lambda: "open to all"
    try:
        assert ask(app, browsers[""], "pages_briefs.history") == 303
    finally:
        app.view_functions["pages_briefs.history"] = view


@pytest.mark.parametrize("key", ["dwi_wrong", "x" * 5000, "dwi_é"])
def test_a_wrong_key_is_refused_whatever_the_page(app: Flask, key: str) -> None:
    for accept in ("text/html", "application/json", "*/*"):
        answer = app.test_client().get("/briefs", headers={"Authorization": f"Bearer {key}", "Accept": accept})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="dwibhashi"')


def test_a_wrong_key_does_not_fall_back_to_the_session(app: Flask, browsers: dict[str, Browser]) -> None:
    assert browsers["admin"].get("/", headers={"Authorization": "Bearer dwi_wrong"}).status_code == 401
    assert browsers["admin"].get("/", headers={"Authorization": "Basic YTpi"}).status_code == 200


def test_a_locked_user_is_out_at_once(app: Flask) -> None:
    accounts = attached(app).accounts
    accounts.add("meena", "correct horse battery", "translator")
    browser, (_, secret) = signed_in(app, "meena"), accounts.make_key("meena", "x")
    program = {"Authorization": f"Bearer {secret}"}
    assert (browser.get("/").status_code, app.test_client().get("/", headers=program).status_code) == (200, 200)
    accounts.lock("meena")
    assert (browser.get("/").status_code, app.test_client().get("/", headers=program).status_code) == (303, 401)


def test_a_cookie_that_someone_made_is_no_session(app: Flask) -> None:
    browser = app.test_client()
    browser.set_cookie("dwibhashi", "eyJ1c2VyIjoxLCJlcG9jaCI6MX0.aAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert browser.get("/").status_code == 303


def test_the_menu_shows_who_is_signed_in(browsers: dict[str, Browser]) -> None:
    for role in ROLES:
        assert re.search(rf"<span class=\"soft\">{role}</span>\s*<button type=\"submit\">Sign out", browsers[role].get("/").text)
