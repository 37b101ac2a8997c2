from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from tests.web.conftest import made, until_done
from translator.documents.plain import read_plain
from web.briefs import Accepted
from web.parts import attached

HINDI = "गोपनीय बैठक में 50 निर्णय लिए गए।"
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "libretranslate.md"
ELSEWHERE = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = made(tmp_path_factory.mktemp("guarded"))
    for name, role in (("admin", "admin"), ("viewer", "viewer")):
        attached(app).accounts.add(name, "correct horse battery", role)  # type: ignore[arg-type]
    yield app
    attached(app).workers.stop()


def numbers(client: FlaskClient) -> dict[str, float]:
    """What Prometheus reads: `name{label="value"}` → number."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        f"{sample.name}{sorted(sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_requests_are_counted_by_rule_and_status(client: FlaskClient) -> None:
    before = numbers(client)
    client.get("/languages")
    client.get("/download_file/a-name-with-an-id.txt")
    client.get("/nowhere/at/all")
    client.open("/languages", method="DELETE")
    after = numbers(client)

    def more(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("dwibhashi_requests_total['/languages', '200', 'GET']") == 1
    assert more("dwibhashi_requests_total['/download_file/<name>', '404', 'GET']") == 1
    assert more("dwibhashi_requests_total['404', 'none', 'none']") == 1
    assert more("dwibhashi_requests_total['405', 'none', 'none']") == 1
    assert more("dwibhashi_request_seconds_count['/languages']") == 1


def test_sentences_and_flags_are_counted_and_no_text_is_told(app: Flask, client: FlaskClient) -> None:
    before = numbers(client)
    client.post("/translate", json={"q": f"{HINDI}\nEnglish.", "source": "hi", "target": "en"})
    brief_id = attached(app).briefs.accept([Accepted(read_plain(HINDI, "a secret name"), HINDI.encode())], "someone")[0]
    until_done(app, brief_id)
    client.get(f"/briefs/{brief_id}")
    after = numbers(client)
    assert after["dwibhashi_sentences_total[]"] - before["dwibhashi_sentences_total[]"] == 3
    not_hindi = "dwibhashi_flags_total['not-hindi']"
    assert after[not_hindi] - before.get(not_hindi, 0) == 1
    assert after["dwibhashi_briefs_waiting[]"] == 0
    written = client.get("/metrics").get_data(as_text=True)
    assert not [told for told in ("secret", "someone", brief_id, *HINDI.split()) if told in written and not told.isdecimal()]


def test_each_app_has_numbers_of_its_own(app: Flask, guarded: Flask, client: FlaskClient) -> None:
    client.get("/languages")
    assert "dwibhashi_requests_total['/languages', '200', 'GET']" in numbers(client)
    assert "dwibhashi_requests_total['/languages', '200', 'GET']" not in numbers(guarded.test_client())


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"environ_base": {"REMOTE_ADDR": "::1"}}, 200),
        (ELSEWHERE, 403),
        ({**ELSEWHERE, "headers": {"X-Forwarded-For": "127.0.0.1"}}, 403),
        ({"headers": {"X-Forwarded-For": "192.0.2.7"}}, 403),
        ({"headers": {"Forwarded": "for=192.0.2.7"}}, 403),
        ({"environ_base": {"REMOTE_ADDR": ""}}, 403),
    ],
)
def test_metrics_are_for_this_machine(asked: dict[str, Any], status: int, guarded: Flask) -> None:
    answer = guarded.test_client().get("/metrics", **asked)
    assert answer.status_code == status
    assert (answer.mimetype == "text/plain") == (status == 200)


@pytest.mark.parametrize(("name", "status"), [("admin", 200), ("viewer", 403)])
def test_metrics_are_for_admins_elsewhere(name: str, status: int, guarded: Flask) -> None:
    key = attached(guarded).accounts.make_key(name, "test")[1]
    answer = guarded.test_client().get("/metrics", headers={"Authorization": f"Bearer {key}"}, **ELSEWHERE)
    assert answer.status_code == status


def test_health_is_for_everyone(guarded: Flask) -> None:
    answer = guarded.test_client().get("/health", **ELSEWHERE)
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_health_says_when_the_database_does_not_answer(tmp_path: Path) -> None:
    app = made(tmp_path)
    attached(app).workers.stop()
    with closing(sqlite3.connect(tmp_path / "service.sqlite")) as database:
        database.execute("ALTER TABLE briefs RENAME TO gone")
    answer = app.test_client().get("/health")
    assert answer.status_code == 503
    assert (answer.json or {})["status"] == "error"


def test_the_documentation_names_every_metric(client: FlaskClient) -> None:
    client.post("/translate", json={"q": "English.", "source": "hi", "target": "en"})
    documented = set(re.findall(r"^\| (dwibhashi_\w+)", DOCUMENTATION.read_text(encoding="utf-8"), re.MULTILINE))
    served = set(re.findall(r"^# TYPE (dwibhashi_\w+)", client.get("/metrics").get_data(as_text=True), re.MULTILINE))
    served = {name for name in served if not name.endswith("_created")}
    assert served == documented
