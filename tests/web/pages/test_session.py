"""Signing in and out, as a browser does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.web.conftest import Browser, made
from tests.web.people import PASSWORD, signed_in, with_people
from web.pages.session import own_address
from web.parts import attached


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made_app = with_people(tmp_path_factory.mktemp("service"))
    yield made_app
    attached(made_app).workers.stop()


def test_a_page_leads_to_the_form_and_back(client: Browser) -> None:
    answer = client.get("/briefs?q=%E0%A4%AC%E0%A5%88%E0%A4%A0%E0%A4%95&page=2")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
    form = client.get(answer.location)
    assert 'autocomplete="current-password"' in form.text
    assert "Sign out" not in form.text
    assert "/memory" not in form.text
    back = "/briefs?q=%E0%A4%AC%E0%A5%88%E0%A4%A0%E0%A4%95&page=2"
    answer = client.form("/sign-in", page=answer.location, name="Viewer", password=PASSWORD, next=back)
    assert (answer.status_code, answer.location) == (303, back)
    shown = client.get(back)
    assert shown.status_code == 200
    assert "Sign out" in shown.text
    assert client.get("/sign-in?next=/memory").location == "/memory"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/briefs?q=a%20b", "/briefs?q=a%20b"),
        ("/", "/"),
        ("", "/"),
        ("briefs", "/"),
        ("//elsewhere.example", "/"),
        ("///elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("\\\\elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\n/elsewhere.example", "/"),
        (" //elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/briefs\n", "/"),
        ("/sign-out", "/"),
        ("/sign-in?next=/sign-in", "/"),
    ],
)
def test_no_link_leads_through_the_form_to_another_site(asked: str, given: str) -> None:
    assert own_address(asked) == given


def test_the_form_itself_does_not_lead_away(app: Flask, client: Browser) -> None:
    answer = client.form("/sign-in", page="/sign-in", name="viewer", password=PASSWORD, next="//elsewhere.example")
    assert answer.location == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("viewer", "wrong wrong wrong"), ("nobody", PASSWORD), ("", ""), ("locked", PASSWORD)]
)
def test_who_is_refused_learns_nothing_more(app: Flask, client: Browser, name: str, password: str) -> None:
    accounts = attached(app).accounts
    if "locked" not in {user.name for user in accounts.users()}:
        accounts.add("locked", PASSWORD, "viewer")
        accounts.lock("locked")
    answer = client.form("/sign-in", page="/sign-in", name=name, password=password)
    assert answer.status_code == 401
    assert "The name or the password is wrong, or the user is locked." in answer.text
    assert (password not in answer.text) or not password
    assert client.get("/").status_code == 303


def test_a_password_in_the_field_of_the_name_is_in_no_log(app: Flask, client: Browser) -> None:
    client.form("/sign-in", page="/sign-in", name="my secret password", password="")
    entry = attached(app).audit.last(1)[0]
    assert (entry.who, entry.action, entry.subject, entry.address) == ("unknown name", "sign-in refused", "", "127.0.0.1")
    client.form("/sign-in", page="/sign-in", name="viewer", password="wrong")
    assert attached(app).audit.last(1)[0].who == "viewer"


def test_signing_in_needs_a_token_so_that_no_one_is_signed_in_as_someone_else(app: Flask) -> None:
    browser = app.test_client()
    browser.get("/sign-in")
    fields = {"name": "viewer", "password": PASSWORD}
    assert browser.post("/sign-in", data=fields, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 403
    assert browser.post("/sign-in", data=fields, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.get("/").status_code == 303


def test_a_session_begins_anew(app: Flask) -> None:
    browser = app.test_client()
    browser.get("/sign-in")
    with browser.session_transaction() as before:
        before["planted"] = "x"
        token = before["csrf_token"]
    assert isinstance(browser, Browser)
    browser.form("/sign-in", page="/sign-in", name="viewer", password=PASSWORD)
    with browser.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != token
        assert after.permanent


def test_signing_out_ends_the_session_even_for_a_cookie_that_was_copied(app: Flask) -> None:
    browser = signed_in(app, "translator")
    thief = app.test_client()
    cookie = browser.get_cookie("dwibhashi")
    assert cookie is not None
    thief.set_cookie("dwibhashi", cookie.value)
    assert thief.get("/").status_code == 200
    answer = browser.form("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "You are signed out." in browser.get("/sign-in").text
    assert browser.get("/").status_code == 303
    assert thief.get("/").status_code == 303


def test_signing_out_twice_is_no_error(client: Browser) -> None:
    assert client.form("/sign-out", page="/sign-in").status_code == 303


def test_a_session_ends_after_its_time_and_cannot_be_dated_ahead(app: Flask) -> None:
    for moved in (-12 * 3600 - 60, 3600):
        browser = signed_in(app, "viewer")
        assert browser.get("/").status_code == 200
        with browser.session_transaction() as session:
            session["since"] += moved
        assert browser.get("/").status_code == 303


def test_htmx_is_led_to_the_form_and_back_to_the_page(client: Browser) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/briefs/abc?x=1"}
    answer = client.get("/briefs/abc/rows/1", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/briefs/abc?x%3D1"


def test_a_form_of_someone_whose_session_ended_leads_to_the_first_page(app: Flask, client: Browser) -> None:
    answer = client.form("/briefs", page="/sign-in", text="x")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/")


def test_the_body_of_a_stranger_is_not_read(client: Browser) -> None:
    assert client.form("/sign-in", page="/sign-in", name="x" * 20_000, password="y").status_code == 413
    answer = client.post("/briefs", data={"text": "x"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303


def test_without_accounts_no_one_signs_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = made(tmp_path_factory.mktemp("local"))
    try:
        local, far = app.test_client(), app.test_client()
        assert local.get("/sign-in").location == "/"
        assert "Sign out" not in local.get("/").text
        for environ, headers in (
            ({"REMOTE_ADDR": "10.0.0.9"}, {}),
            ({}, {"X-Forwarded-For": "10.0.0.9"}),
            ({}, {"Forwarded": "for=10.0.0.9"}),
        ):
            answer = far.get("/", environ_overrides=environ, headers=headers)
            assert answer.status_code == 303
            shown = far.get(answer.location, environ_overrides=environ, headers=headers)
            assert "dwibhashi users add NAME --role admin" in shown.text
    finally:
        attached(app).workers.stop()
