"""The whole service on a real PostgreSQL server: each part once, as the pages use it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Browser, made, until_done
from web.parts import attached


@pytest.fixture(scope="module")
def team(postgresql: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("team")
    app = made(folder, database_url=postgresql())
    yield app
    attached(app).workers.stop()


def test_a_note_is_pasted_read_edited_found_and_its_terms_reviewed(team: Flask) -> None:
    client = team.test_client()
    assert isinstance(client, Browser)
    pasted = client.form("/briefs", text="सूर्य योजना की बैठक हुई।\nसंयुक्त कार्य समूह मिला।")
    brief_id = pasted.headers["Location"].rpartition("/")[2]
    until_done(team, brief_id)
    assert "Joint Working Group" in client.get(f"/briefs/{brief_id}").get_data(as_text=True)
    assert client.form(f"/briefs/{brief_id}/rows/0", target="The Surya Scheme met.").status_code == 303
    assert client.form(f"/briefs/{brief_id}/rows/0/undo").status_code == 303
    proposed = client.form("/glossary/terms", hindi="सूर्य योजना", english="Surya Scheme", brief=brief_id, position="0")
    assert proposed.status_code == 303
    term = proposed.headers["Location"]
    assert "सूर्य योजना</mark> की बैठक" in client.get("/glossary").get_data(as_text=True)
    assert client.form(f"{term}/judge", verdict="approve").status_code == 303
    client.form(f"/briefs/{brief_id}/again")
    until_done(team, brief_id)
    assert "Surya Scheme</a>" in client.get(f"/briefs/{brief_id}").get_data(as_text=True)
    assert brief_id in client.get(term).get_data(as_text=True)
    for path in (
        "/",
        "/briefs?q=surya",
        "/glossary?status=all&words=surya&changed=1",
        "/glossary?unused=1",
        "/memory",
        "/settings",
    ):
        assert client.get(path).status_code == 200, path
    assert brief_id in client.get("/briefs?q=surya").get_data(as_text=True)


def test_a_batch_is_taken_translated_and_given_back(team: Flask) -> None:
    client = team.test_client()
    assert isinstance(client, Browser)
    files = [(io.BytesIO("वे मिले।".encode()), "a.txt"), (io.BytesIO(b"\xff"), "b.txt")]
    page = client.form("/batches", files=files).headers["Location"]
    for brief in attached(team).briefs.of_batch(page.rpartition("/")[2]):
        until_done(team, brief.id)
    text = client.get(page).get_data(as_text=True)
    assert "1 of 1 document done" in text
    assert "b.txt" in text
    assert len(client.get("/api/v1/briefs").json["briefs"]) == 2
