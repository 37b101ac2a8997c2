"""What programs do with the API, from the first request to the last."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from translator.documents.writing import WRITERS
from web.parts import attached

_NOTE = "8 अप्रैल 2024 को संयुक्त कार्य समूह की बैठक हुई।"
_GROUP = "Joint Working Group"


def _file(text: str, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


def _until_done(client: FlaskClient, location: str) -> dict[str, Any]:
    end = time.monotonic() + 60
    while (state := client.get(location).json)["state"] != "done":
        assert time.monotonic() < end, state
        time.sleep(0.05)
    return dict(state)


@pytest.fixture
def brief(client: FlaskClient) -> str:
    """The path of a brief that is done."""
    location = client.post("/api/v1/briefs", json={"text": f"{_NOTE} बैठक समाप्त हुई।"}).headers["Location"]
    _until_done(client, location)
    return location


def test_text_is_answered_with_a_brief(client: FlaskClient) -> None:
    answer = client.post("/api/v1/translations", json={"text": f"{_NOTE}\n\nबैठक समाप्त हुई।"}).json
    assert (answer["format"], answer["version"], len(answer["blocks"])) == ("dwibhashi-brief", 1, 2)
    segment = answer["blocks"][0]["segments"][0]
    pin = next(pin for pin in segment["pins"] if pin["english"] == _GROUP)
    assert segment["target"][slice(*pin["target"])] == _GROUP
    assert client.get(f"/api/v1/terms/{pin['term_id']}").json["hindi"] == pin["term"] == segment["source"][slice(*pin["source"])]


def test_sentences_are_answered_in_order(client: FlaskClient) -> None:
    sentences = ["बैठक समाप्त हुई।", "", "Delhi", "बैठक समाप्त हुई।"]
    segments = client.post("/api/v1/translations", json={"sentences": sentences}).json["segments"]
    assert [segment["source"] for segment in segments] == sentences
    assert segments[0]["target"] == segments[3]["target"] != segments[2]["target"] == "Delhi"


def test_units_are_chosen(client: FlaskClient) -> None:
    targets = [
        client.post("/api/v1/translations", json={"sentences": ["लागत 25 करोड़ रुपये है।"], "options": {"units": units}}).json
        for units in ("indian", "international")
    ]
    assert [("crore" in str(each), "million" in str(each)) for each in targets] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "one of the two"),
        ({"text": "क", "sentences": ["क"]}, "one of the two"),
        ({"text": " \n"}, "There is no text in it"),
        ({"text": "क\0"}, "NUL character"),
        ({"sentences": []}, "at least 1"),
        ({"text": "क", "options": {"domains": ["no such"]}}, "no domain of the glossary; these are: "),
        ({"text": "क", "options": {"rules": ["no such"]}}, "no rule of the house style; these are: "),
        ({"text": "क", "options": {"units": "metric"}}, "'indian' or 'international'"),
        ({"text": 1}, "valid string"),
    ],
)
def test_what_cannot_be_translated(client: FlaskClient, body: dict[str, object], said: str) -> None:
    answer = client.post("/api/v1/translations", json=body)
    assert answer.status_code == 422
    assert said in answer.json["detail"]


def test_a_brief_from_text(client: FlaskClient) -> None:
    answer = client.post("/api/v1/briefs", json={"text": _NOTE, "options": {"units": "international", "rules": []}})
    assert answer.status_code == 202
    state = _until_done(client, answer.headers["Location"])
    assert state["id"] == answer.json["id"]
    assert (state["rows"], state["translated"], state["progress"]) == (1, 1, 1.0)
    assert state["options"] == {"domains": [], "rules": [], "units": "international"}
    assert state["name"].startswith("8 अप्रैल 2024")


def test_a_brief_from_a_file(client: FlaskClient) -> None:
    form = {"file": _file(f"# {_NOTE}", "बैठक.md"), "domains": ["diplomacy"], "rules": ["dates", "spacing"], "units": "indian"}
    answer = client.post("/api/v1/briefs", data=form)
    assert answer.status_code == 202
    assert answer.json["name"] == "बैठक.md"
    assert answer.json["options"] == {"domains": ["diplomacy"], "rules": ["dates", "spacing"], "units": "indian"}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (_NOTE.encode(), "note.exe", "files of type .exe cannot be read"),
        (b"\xff\xfe\xff", "note.txt", "note.txt: "),
        (b" \n", "note.txt", "no text in it"),
        (b"a\0b", "note.txt", "NUL"),
    ],
)
def test_a_file_that_cannot_be_read(client: FlaskClient, content: bytes, name: str, said: str) -> None:
    answer = client.post("/api/v1/briefs", data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == 422
    assert said in answer.json["detail"]


@pytest.mark.parametrize("kind", WRITERS)
def test_files_of_a_brief(client: FlaskClient, brief: str, kind: str) -> None:
    answer = client.get(f"{brief}/files/{kind}")
    assert (answer.status_code, answer.content_type) == (200, WRITERS[kind].media_type)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.get_data()


def test_the_file_in_json_is_the_brief(client: FlaskClient, brief: str) -> None:
    blocks = client.get(f"{brief}/files/json").json["blocks"]
    rows = client.get(f"{brief}/segments").json["rows"]
    assert [segment for block in blocks for segment in block["segments"]] == [row["segment"] for row in rows]


def test_no_such_kind_of_file(client: FlaskClient, brief: str) -> None:
    answer = client.get(f"{brief}/files/exe")
    assert answer.status_code == 404
    assert "html, md, json" in answer.json["detail"]


def test_a_row_is_approved_and_taken_back(client: FlaskClient, brief: str) -> None:
    row = f"{brief}/segments/1"
    before = client.get(f"{brief}/segments?page=2&size=1").json["rows"][0]
    approved = client.put(row, json={"target": "The meeting  is over."}).json
    assert (approved["segment"]["target"], approved["segment"]["rung"], approved["edits"]) == (
        "The meeting is over.",
        "edited",
        1,
    )
    assert client.get("/api/v1/memory?query=is over").json["count"] == 1
    assert client.delete(row).json == before
    assert client.get("/api/v1/memory?query=is over").json["count"] == 0
    assert client.delete(row).status_code == 404
    assert client.put(f"{brief}/segments/2", json={"target": "No such row."}).status_code == 404


def test_a_brief_is_found_translated_again_and_deleted(client: FlaskClient) -> None:
    location = client.post("/api/v1/briefs", json={"text": "बैठक समाप्त हुई।", "name": "Unmistakable"}).headers["Location"]
    _until_done(client, location)
    assert [found["name"] for found in client.get("/api/v1/briefs?query=unmistakable").json["briefs"]] == ["Unmistakable"]
    again = client.post(f"{location}/again")
    assert (again.status_code, again.headers["Location"]) == (202, location)
    _until_done(client, location)
    assert client.delete(location).status_code == 204
    assert client.get(location).status_code == 404
    assert client.get("/api/v1/briefs?query=unmistakable").json["count"] == 0


def test_a_batch(client: FlaskClient) -> None:
    files = [_file("बैठक समाप्त हुई।", "one.txt"), _file("x", "two.exe"), _file("बैठक।", "three.md")]
    answer = client.post("/api/v1/batches", data={"files": files, "name": "April"})
    assert answer.status_code == 202
    batch = client.get(answer.headers["Location"]).json
    assert (batch["name"], batch["documents"], batch["count"]) == ("April", 2, 2)
    assert [brief["name"] for brief in batch["briefs"]] == ["one.txt", "three.md"]
    assert [file["name"] for file in batch["passed_over"]] == ["two.exe"]
    assert client.get(f"{answer.headers['Location']}?page=2&size=1").json["briefs"][0]["name"] == "three.md"
    assert client.get("/api/v1/batches").json["batches"][0]["id"] == batch["id"]


def test_a_batch_of_nothing(client: FlaskClient) -> None:
    answer = client.post("/api/v1/batches", data={"files": [_file("x", "two.exe")]})
    assert answer.status_code == 422
    assert "two.exe" in answer.json["detail"]


def test_the_life_of_a_term(client: FlaskClient) -> None:
    text = "परामर्श मंच की बैठक हुई।"
    before = int(client.get("/api/v1/glossary/version").json["version"])
    made = client.post("/api/v1/terms", json={"hindi": "परामर्श मंच", "english": "Consultative Forum", "domain": "diplomacy"})
    location = made.headers["Location"]
    assert (made.status_code, made.json["status"], client.get(location).json) == (201, "draft", made.json)
    assert client.post("/api/v1/terms/find", json={"text": text}).json["matches"] == []
    assert client.post(f"{location}/verdict", json={"verdict": "approve", "why": "agreed"}).json["status"] == "approved"
    match = client.post("/api/v1/terms/find", json={"text": text, "domains": ["diplomacy"]}).json["matches"][0]
    assert (text[match["start"] : match["end"]], match["english"]) == ("परामर्श मंच", "Consultative Forum")
    assert client.patch(location, json={"note": "annual", "variants": ["परामर्शी मंच"]}).json["variants"] == ["परामर्शी मंच"]
    same = {"hindi": "परामर्श मंच", "english": "Advisory Forum", "domain": "diplomacy", "approve": True}
    assert client.post("/api/v1/terms", json=same).status_code == 409
    assert client.post(f"{location}/verdict", json={"verdict": "retire"}).json["status"] == "obsolete"
    assert client.post(f"{location}/verdict", json={"verdict": "retire"}).status_code == 409
    assert client.patch(location, json={"note": "never"}).status_code == 409
    events = client.get(f"{location}/history").json["events"]
    assert [event["action"] for event in events] == ["added", "approved", "edited", "obsolete"]
    assert events[1]["why"] == "agreed"
    assert int(client.get("/api/v1/glossary/version").json["version"]) == before + 4


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"hindi": "मंच", "english": ""}, "english must hold"),
        ({"hindi": "Forum", "english": "Forum"}, "hindi must hold"),
        ({"hindi": "मंच", "english": "मंच"}, "english must hold"),
        ({"hindi": "मं\0च", "english": "Forum"}, "NUL character"),
        ({"hindi": "मं\u0001च", "english": "Forum"}, "control character"),
        ({"hindi": "मंच", "english": "Forum", "status": "approved"}, "#/status: Extra"),
        ({"hindi": "म" * 301, "english": "Forum"}, "at most 300"),
    ],
)
def test_what_is_no_term(client: FlaskClient, term: dict[str, object], said: str) -> None:
    answer = client.post("/api/v1/terms", json=term)
    assert answer.status_code == 422
    assert said in answer.json["detail"]


def test_terms_are_found(client: FlaskClient) -> None:
    found = client.get(
        "/api/v1/terms", query_string={"query": "joint working group", "status": "approved", "domain": "diplomacy"}
    )
    assert "संयुक्त कार्य समूह" in [term["hindi"] for term in found.json["terms"]]
    assert client.get("/api/v1/terms?kind=forbidden&status=rejected").json["terms"] == []


def test_what_is_remembered_is_used_and_forgotten(client: FlaskClient) -> None:
    made = client.post(
        "/api/v1/memory", json={"source": "सभा विसर्जित हुई।", "target": "The House rose.", "context": {"before": "क"}}
    )
    location = made.headers["Location"]
    assert (made.status_code, made.json["context"]) == (201, {"before": "क", "after": ""})
    assert client.get(location).json == made.json
    brief = client.post("/api/v1/translations", json={"text": "सभा विसर्जित हुई।"}).json
    assert [(segment["target"], segment["rung"]) for segment in brief["blocks"][0]["segments"]] == [("The House rose.", "memory")]
    assert client.delete(location).status_code == 204
    assert client.get(location).status_code == client.delete(location).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/briefs", "/api/v1/batches", "/api/v1/terms", "/api/v1/memory"])
def test_a_page_beyond_the_end_is_empty(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?page=1000000&size=200").json
    assert answer[path.rpartition("/")[2].replace("memory", "segments")] == []


@pytest.mark.parametrize("path", ["/api/v1/briefs", "/api/v1/terms", "/api/v1/memory"])
@pytest.mark.parametrize("query", ["%", "_", "'", '"', "\\", "a " * 150, "क" * 300])
def test_odd_words_are_looked_for(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(path, query_string={"query": query}).status_code == 200
    assert client.get(path, query_string={"query": query + "\0" + "x" * 300}).status_code == 422


def test_what_is_done_is_in_the_audit_log_without_texts(app: Flask, client: FlaskClient) -> None:
    location = client.post("/api/v1/briefs", json={"text": "गोपनीय बैठक।", "name": "secret"}).headers["Location"]
    client.delete(location)
    done = [(entry.action, entry.subject) for entry in attached(app).audit.last(2)]
    number = location.rpartition("/")[2]
    assert done == [("brief deleted", number), ("brief accepted", number)]


def test_the_document_is_served(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert json.loads(answer.get_data())["openapi"] == "3.1.0"
