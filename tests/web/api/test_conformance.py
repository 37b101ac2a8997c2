"""Requests generated from the document: every answer is one that the document describes."""

from __future__ import annotations

import io
import time
from collections import defaultdict
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.api.v1 import description

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_EXAMPLES = 3
_NOTE = "8 अप्रैल 2024 को संयुक्त कार्य समूह की बैठक हुई।"
_BRIEF, _TERM = "/api/v1/briefs/{brief_id}", "/api/v1/terms/{number}"


class _Served:
    """The service, which is not there yet when the document is read."""

    app: Flask

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)


service = _Served()
api = schemathesis.openapi.from_dict(description())
api.app = service
api.config.update(base_url="http://localhost")
api.config.generation.update(with_security_parameters=False)  # so is 401
api.config.phases.coverage.unexpected_methods = set()  # 405 is a test of its own


@pytest.fixture(scope="module", autouse=True)
def served(app: Flask) -> None:
    service.app = app


@pytest.fixture(scope="module")
def answered() -> dict[str, set[int]]:
    return defaultdict(set)


@pytest.fixture(scope="module")
def there(app: Flask, answered: dict[str, set[int]]) -> dict[str, Any]:
    """What the paths that are asked for can be of."""
    client = app.test_client()
    brief = client.post("/api/v1/briefs", json={"text": _NOTE}).json["id"]
    batch = client.post("/api/v1/batches", data={"files": [(io.BytesIO(_NOTE.encode()), "note.txt")]})
    answered["POST /api/v1/batches"].add(batch.status_code)  # names of files are not generated
    _until_done(client, brief)
    client.put(f"/api/v1/briefs/{brief}/segments/0", json={"target": "The Joint Working Group met on 8 April 2024."})
    return {"brief_id": brief, "batch_id": batch.json["id"], "position": 0, "kind": "json"}


def _until_done(client: FlaskClient, brief: str) -> None:
    end = time.monotonic() + 60
    while client.get(f"/api/v1/briefs/{brief}").json["state"] != "done":
        assert time.monotonic() < end
        time.sleep(0.05)


def _number(client: FlaskClient, path: str) -> int:
    """The number of a draft or of a segment, made where it is not there."""
    if path.startswith(_TERM):
        term = {"hindi": "परामर्श मंच", "english": "Consultative Forum"}
        return int(client.post("/api/v1/terms", json=term).json["id"])
    return int(client.post("/api/v1/memory", json={"source": "बैठक।", "target": "A meeting."}).json["id"])


def _existing(client: FlaskClient, method: str, path: str, there: dict[str, Any]) -> dict[str, Any]:
    """What the path can be of; something new for what is deleted or judged, and can be so once."""
    if (method, path) == ("DELETE", _BRIEF):
        return {"brief_id": client.post("/api/v1/briefs", json={"text": "बैठक।"}).json["id"]}
    if method == "DELETE" or path.endswith("/verdict") or path not in there:
        there[path] = _number(client, path) if "{number}" in path else 0
    return {**there, "number": there[path]}


@api.parametrize()
@settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described(
    case: schemathesis.Case, app: Flask, there: dict[str, Any], answered: dict[str, set[int]]
) -> None:
    name = f"{case.method} {case.path}"
    answered[name].add(case.call_and_validate(checks=_CHECKS).status_code)
    if case.path_parameters:
        existing = _existing(app.test_client(), case.method, case.path, there)
        case.path_parameters = {key: existing.get(key, value) for key, value in case.path_parameters.items()}
        answered[name].add(case.call_and_validate(checks=_CHECKS).status_code)


def test_every_operation_was_carried_out(answered: dict[str, set[int]]) -> None:
    names = {f"{operation.ok().method.upper()} {operation.ok().path}" for operation in api.get_all_operations()}
    assert set(answered) == names
    assert [name for name, statuses in answered.items() if not any(status < 300 for status in statuses)] == []
