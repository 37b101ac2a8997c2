"""Every error of every route has one shape, and a status that the document gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.accounts import ROLES
from web.api.models import Problem
from web.api.routes import Operation
from web.api.v1 import OPERATIONS
from web.app import create_app
from web.parts import attached
from web.settings import Settings

_MEMBERS = {"type", "title", "status", "detail", "instance"}
_LONG = "क" * 500_001
_GLOSSARY, _TRANSLATIONS = "/api/v1/glossary/version", "/api/v1/translations"


def _path(operation: Operation) -> str:
    return re.sub(r"<word:\w+>", "nothing", re.sub(r"<number:\w+>", "999999", operation.rule))


def _ids(operation: Operation) -> str:
    return f"{operation.method} {operation.rule}"


def _sending(operation: Operation) -> dict[str, Any]:
    """A body that can be read, but says nothing."""
    if operation.body:
        return {"json": {}}
    return {"data": {}, "content_type": "multipart/form-data"} if operation.form else {}


def _is_problem(response: TestResponse, status: int, path: str) -> None:
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    problem = Problem.model_validate_json(response.get_data())
    assert set(response.json) - {"errors"} == _MEMBERS
    assert (problem.status, problem.instance) == (status, path)
    assert problem.detail


every = pytest.mark.parametrize("operation", OPERATIONS, ids=_ids)
with_body = pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.body or each.form], ids=_ids)
with_query = pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.query], ids=_ids)
with_thing = pytest.mark.parametrize("operation", [each for each in OPERATIONS if "<" in each.rule and not each.body], ids=_ids)


@every
def test_unknown_key(client: FlaskClient, operation: Operation) -> None:
    answer = client.open(_path(operation), method=operation.method, headers={"Authorization": "Bearer dwi_unknown"})
    _is_problem(answer, 401, _path(operation))


@every
def test_other_method(client: FlaskClient, operation: Operation) -> None:
    _is_problem(client.open(_path(operation), method="QUERY"), 405, _path(operation))


@every
def test_other_site(client: FlaskClient, operation: Operation) -> None:
    if operation.method == "GET":
        assert client.get(_path(operation), headers={"Sec-Fetch-Site": "cross-site"}).status_code != 403
        return
    answer = client.open(_path(operation), method=operation.method, headers={"Sec-Fetch-Site": "cross-site"})
    _is_problem(answer, 403, _path(operation))


@with_thing
def test_nothing_there(client: FlaskClient, operation: Operation) -> None:
    _is_problem(client.open(_path(operation), method=operation.method, **_sending(operation)), 404, _path(operation))


@with_body
def test_other_content_type(client: FlaskClient, operation: Operation) -> None:
    answer = client.open(_path(operation), method=operation.method, data=b"{}", content_type="text/plain")
    _is_problem(answer, 415, _path(operation))


@with_body
@pytest.mark.parametrize("body", [b"", b"{", b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"[" * 10_000], ids=range(5))
def test_no_json(client: FlaskClient, operation: Operation, body: bytes) -> None:
    if operation.body:
        answer = client.open(_path(operation), method=operation.method, data=body, content_type="application/json")
        _is_problem(answer, 400, _path(operation))


@with_body
@pytest.mark.parametrize("body", ['{"no/such": 1}', "[]", "null", '"text"', "1"])
def test_not_as_described(client: FlaskClient, operation: Operation, body: str) -> None:
    sent: dict[str, Any] = {"data": body, "content_type": "application/json"}
    if not operation.body:
        sent = {"data": {"no/such": "1"}, "content_type": "multipart/form-data"}
    answer = client.open(_path(operation), method=operation.method, **sent)
    _is_problem(answer, 422, _path(operation))
    pointers = {fault["pointer"] for fault in answer.json["errors"]}
    assert ("#/no~1such" if "such" in body or not operation.body else "#") in pointers


def test_not_every_fault_is_told(client: FlaskClient) -> None:
    answer = client.post(_TRANSLATIONS, json={"sentences": [1] * 1000})
    _is_problem(answer, 422, _TRANSLATIONS)
    assert len(answer.json["errors"]) == 50


@with_query
@pytest.mark.parametrize(
    "query", ["no_such=1", "page=0", "page=-1", "page=x", "page=1e3", "size=0", "size=1000000", "page=" + "9" * 5000]
)
def test_query_not_as_described(client: FlaskClient, operation: Operation, query: str) -> None:
    answer = client.get(f"{_path(operation)}?{query}")
    _is_problem(answer, 422, _path(operation))
    assert [fault["parameter"] for fault in answer.json["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1",
        "/api/v1/nothing",
        "/api/v2/terms",
        "/api/v1/terms/x",
        "/api/v1/terms/-1",
        "/api/v1/terms/9223372036854775808",
        f"/api/v1/terms/{'9' * 5000}",
        "/api/v1/terms/१",
        "/api/v1/memory/9223372036854775807",
        "/api/v1/briefs/%00",
        "/api/v1/briefs/%ED%A0%80",
        "/api/v1/briefs/..%2f..",
        f"/api/v1/briefs/{'x' * 5000}",
        "/api/v1/briefs/x/segments/1.5",
        "/api/v1/briefs/x/files/%00",
    ],
)
def test_junk_in_paths(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (_TRANSLATIONS, {"text": _LONG}),
        (_TRANSLATIONS, {"sentences": [_LONG[:50_000], "क"]}),
        ("/api/v1/briefs", {"text": _LONG}),
        ("/api/v1/terms/find", {"text": _LONG}),
    ],
)
def test_too_large(client: FlaskClient, path: str, body: dict[str, object]) -> None:
    _is_problem(client.post(path, json=body), 413, path)


def test_more_bytes_than_are_taken(client: FlaskClient) -> None:
    answer = client.post(
        _TRANSLATIONS, data=b"{}", content_type="application/json", environ_overrides={"CONTENT_LENGTH": str(10**12)}
    )
    _is_problem(answer, 413, _TRANSLATIONS)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A service with a user of each role, called by its name, and few requests a minute for all who are none of them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('guarded') / 'service.sqlite'}"
    app = create_app(Settings(database_url=url, rate="100/minute"))
    for role in reversed(ROLES):
        attached(app).accounts.add(role, "correct horse battery", role)
    yield app
    attached(app).workers.stop()


@pytest.fixture(scope="module")
def keys(guarded: Flask) -> dict[str, str]:
    return {role: attached(guarded).accounts.make_key(role, "test")[1] for role in ROLES}


@every
def test_roles(guarded: Flask, keys: dict[str, str], operation: Operation) -> None:
    client = guarded.test_client()
    for role in ROLES:
        headers = {"Authorization": f"Bearer {keys[role]}"}
        answer = client.open(_path(operation), method=operation.method, headers=headers, **_sending(operation))
        allowed = operation.role is None or ROLES.index(role) >= ROLES.index(operation.role)
        assert (answer.status_code != 403) == allowed, role
        if not allowed:
            _is_problem(answer, 403, _path(operation))


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.role], ids=_ids)
def test_key_is_needed(guarded: Flask, operation: Operation) -> None:
    answer = guarded.test_client().open(_path(operation), method=operation.method, **_sending(operation))
    _is_problem(answer, 401, _path(operation))
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_only_reviewers_approve_at_once(guarded: Flask, keys: dict[str, str]) -> None:
    client, term = guarded.test_client(), {"hindi": "परामर्श मंच", "english": "Consultative Forum", "approve": True}
    statuses = [
        client.post("/api/v1/terms", json=term, headers={"Authorization": f"Bearer {keys[role]}"}).status_code
        for role in ("translator", "reviewer")
    ]
    assert statuses == [403, 201]


def test_too_many_requests(guarded: Flask) -> None:
    client = guarded.test_client()
    answers = [client.get(_GLOSSARY, environ_base={"REMOTE_ADDR": "127.0.0.9"}) for _ in range(101)]
    assert {answer.status_code for answer in answers[:-1]} == {401}
    _is_problem(answers[-1], 429, _GLOSSARY)
    assert int(answers[-1].headers["Retry-After"]) > 0
