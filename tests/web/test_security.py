"""What stands between a browser and the service, seen from outside."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Browser, made
from tests.web.people import PASSWORD, signed_in, with_people
from web.parts import attached
from web.security import _HEADERS, _kept_secret
from web.settings import ConfigurationError

ALL = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made_app = with_people(tmp_path_factory.mktemp("service"), upload_mb=1, text_characters=1000)
    yield made_app
    attached(made_app).workers.stop()


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Behind a proxy that speaks HTTPS."""
    settings = {
        "https": True,
        "trusted_proxies": 1,
        "trusted_hosts": ("brief.example",),
        "sign_in_rate": "4/minute",
        "rate": "60/minute",
    }
    made_app = with_people(tmp_path_factory.mktemp("proxied"), **settings)
    yield made_app
    attached(made_app).workers.stop()


@pytest.fixture(scope="module")
def viewer(app: Flask) -> Browser:
    return signed_in(app, "viewer")


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/", {}, 200),
        ("/sign-in", {}, 303),
        ("/settings", {"method": "HEAD"}, 200),
        ("/settings", {"method": "OPTIONS"}, 200),
        ("/settings", {"method": "DELETE"}, 405),
        ("/settings", {"method": "TRACE"}, 405),
        ("/settings/users", {}, 403),
        ("/nowhere", {}, 404),
        ("/nowhere", {"headers": {"Accept": "application/json"}}, 404),
        ("/", {"headers": {"Host": "elsewhere.example"}}, 400),
        ("/", {"headers": {"Host": "a b"}}, 400),
        ("/", {"headers": {"Authorization": "Bearer x"}}, 401),
        ("/briefs", {"method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("/static/style.css", {}, 200),
        ("/static/nothing.css", {}, 404),
    ],
)
def test_every_answer_has_every_header(viewer: Browser, path: str, given: dict[str, Any], status: int) -> None:
    with viewer.open(path, **given) as answer:
        answer.get_data()
        assert answer.status_code == status
        assert set(_HEADERS) == ALL
        assert {name: answer.headers.get(name) for name in ALL} == _HEADERS
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if not path.startswith("/static/style"):
            assert answer.headers["Cache-Control"] == "no-store"


def test_files_of_pages_are_kept_for_long_only_by_their_content(viewer: Browser, app: Flask) -> None:
    with app.test_request_context():
        named = app.url_for("static", filename="style.css")
    assert "?v=" in named
    for path, expected in (
        (named, "immutable"),
        ("/static/style.css", "no-cache"),
        ("/static/style.css?v=0123456789abcdef", "no-cache"),
    ):
        with viewer.get(path) as answer:
            assert expected in answer.headers["Cache-Control"], path
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")
            etag = answer.headers["ETag"]
        with viewer.get(path, headers={"If-None-Match": etag}) as answer:
            assert (answer.status_code, expected in answer.headers["Cache-Control"]) == (304, True)


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "x"}, False),
        ({}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://LOCALHOST:80"}, True),
        ({"Origin": "http://localhost:8000"}, False),
        ({"Origin": "http://localhost:8000", "Host": "localhost:8000"}, True),
        ({"Origin": "http://localhost:3000", "Host": "localhost:8000"}, False),
        ({"Origin": "http://127.0.0.1:8000", "Host": "localhost:8000"}, False),
        ({"Origin": "http://[::1]:8000", "Host": "[::1]:8000"}, True),
        ({"Origin": "http://[::1]", "Host": "[::1]:8000"}, False),
        ({"Origin": "https://localhost", "Host": "localhost"}, True),  # a proxy speaks HTTPS for us
        ({"Origin": "null"}, False),
        ({"Origin": ""}, True),
        ({"Origin": "http://["}, False),
        ({"Origin": "http://localhost:port"}, False),
        ({"Origin": "http://localhost.elsewhere.example"}, False),
        ({"Origin": "http://localhost@elsewhere.example"}, False),
        ({"Origin": "chrome-extension://localhost"}, False),
        ({"Origin": "file://"}, False),
    ],
)
def test_requests_of_other_sites_are_refused(app: Flask, headers: dict[str, str], taken: bool) -> None:
    answer = app.test_client().post("/sign-in", data={"name": "x"}, headers=headers)
    assert answer.status_code == 403  # there is no token; the words tell which check refused it
    assert ("Another site" in answer.text) is not taken
    assert ("This form is too old" in answer.text) is taken


def test_a_form_needs_the_token_of_this_session(app: Flask, viewer: Browser) -> None:
    stranger = app.test_client()
    stranger.get("/sign-in")
    with stranger.session_transaction() as session:
        session["csrf_token"] = "of another session"
    headers = {"Sec-Fetch-Site": "same-origin"}
    for token in ("", "x", "IjEyMyI.aaaa.bbbb"):
        assert viewer.post("/briefs", data={"csrf_token": token, "text": "x"}, headers=headers).status_code == 403
    assert attached(app).briefs.count() == 0


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("[::1]", 200),
        ("localhost.", 200),
        ("elsewhere.example", 400),
        ("elsewhere.example:8000", 400),
        ("localhost.elsewhere.example", 400),
        ("127.0.0.1.elsewhere.example", 400),
        ("127.0.0.1@elsewhere.example", 400),
        ("[::1", 400),
        ("", 400),
        ("a/b", 400),
    ],
)
def test_the_service_answers_to_its_own_names_only(app: Flask, host: str, status: int) -> None:
    answer = app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == status
    assert "elsewhere" not in answer.text


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_what_is_too_large_is_refused_with_a_remedy(app: Flask, kind: str) -> None:
    browser, headers = signed_in(app, "translator"), {"Sec-Fetch-Site": "same-origin"}
    page = browser.post("/briefs", data=b"x" * (2**20 + 1), content_type=kind, headers=headers)
    assert page.status_code == 413
    assert "1 MiB" in page.text
    long = browser.form("/briefs", text="क" * 1001)
    assert long.status_code == 400
    assert "more than 1,000" in long.text


def https(app: Flask, address: str = "192.0.2.1", name: str = "brief.example") -> dict[str, Any]:
    """What a proxy in front passes on; what a client says of itself stands before it."""
    forwarded = {"X-Forwarded-For": f"127.0.0.1, {address}", "X-Forwarded-Proto": "https", "X-Forwarded-Host": name}
    return {"headers": forwarded, "base_url": "http://localhost"}


def test_behind_https_cookies_travel_by_nothing_else(proxied: Flask) -> None:
    answer = proxied.test_client().get("/sign-in", **https(proxied))
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-dwibhashi=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert proxied.test_client().get("/sign-in", **https(proxied, name="elsewhere.example")).status_code == 400


def test_the_address_is_the_one_that_the_proxy_saw(proxied: Flask) -> None:
    post(proxied, "203.0.113.5", "nobody at all")
    assert attached(proxied).audit.last(1)[0].address == "203.0.113.5"


def post(app: Flask, address: str, name: str, password: str = "wrong") -> int:
    """Try to sign in from an address, as a program that reads the form first."""
    client = app.test_client()
    given = https(app, address)
    page = client.get("/sign-in", **{**given, "base_url": "https://brief.example"})
    token = page.text.split('name="csrf-token" content="')[1].split('"')[0]
    fields = {"name": name, "password": password, "csrf_token": token}
    return client.post("/sign-in", data=fields, **{**given, "base_url": "https://brief.example"}).status_code


def test_tries_are_counted_by_address_whatever_the_name(proxied: Flask) -> None:
    statuses = [post(proxied, "198.51.100.7", f"name {number}") for number in range(6)]
    assert statuses == [401] * 4 + [429] * 2
    assert post(proxied, "198.51.100.8", "viewer", PASSWORD) == 303


def test_tries_are_counted_by_name_whatever_the_address(proxied: Flask) -> None:
    names = ("translator", "TRANSLATOR", " translator", "ｔranslator", "translator", "translator")
    assert [post(proxied, f"198.51.100.{20 + at}", name) for at, name in enumerate(names)] == [401] * 4 + [429] * 2
    assert post(proxied, "198.51.100.30", "reviewer", PASSWORD) == 303


def test_a_network_of_ipv6_is_one_address(proxied: Flask) -> None:
    statuses = [post(proxied, f"2001:db8::{number}", f"v6 {number}") for number in range(1, 6)]
    assert statuses == [401] * 4 + [429]
    assert post(proxied, "2001:db8:0:1::1", "v6 other") == 401


def test_passwords_tried_while_signed_in_are_counted_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = with_people(tmp_path_factory.mktemp("counted"), sign_in_rate="3/minute")
    try:
        browser = signed_in(app, "viewer")
        tries = [browser.form("/settings/password", current=f"wrong {number}").status_code for number in range(4)]
        assert tries == [403, 403, 429, 429]
    finally:
        attached(app).workers.stop()


def test_requests_are_counted_and_the_answer_says_when_to_come_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = made(tmp_path_factory.mktemp("slow"), rate="5/hour")
    try:
        client = app.test_client()
        assert [client.get("/settings").status_code for _ in range(6)] == [200] * 5 + [429]
        answer = client.get("/settings")
        assert 0 < int(answer.headers["Retry-After"]) <= 3600
        assert "5 per 1 hour" in answer.text
        assert client.get("/settings", headers={"Accept": "application/json"}).json["status"] == 429  # type: ignore[index]
        with client.get("/static/style.css") as file:
            assert file.status_code == 200
    finally:
        attached(app).workers.stop()


def test_wrong_keys_are_counted(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = made(tmp_path_factory.mktemp("keys"), rate="3/hour")
    try:
        statuses = [
            app.test_client().get("/settings", headers={"Authorization": f"Bearer dwi_{n}"}).status_code for n in range(5)
        ]
        assert statuses == [401] * 3 + [429] * 2
    finally:
        attached(app).workers.stop()


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    found: set[str] = set()
    threads = [threading.Thread(target=lambda: found.add(_kept_secret(tmp_path / "new"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (secret,) = found
    assert len(secret) == 64
    (file,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("", encoding="ascii")
    with pytest.raises(ConfigurationError, match="damaged"):
        _kept_secret(tmp_path / "new")


def test_a_client_sees_no_version_of_the_server(client: FlaskClient) -> None:
    assert "Server" not in client.get("/sign-in").headers
