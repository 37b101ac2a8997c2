"""The page of a brief: its rows as events, edits, downloads, and the history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask

from tests.conftest import ROOT
from tests.web.conftest import Browser, until_done
from translator.documents.plain import read_plain
from translator.documents.reading import read_content
from translator.documents.writing import WRITERS
from web.briefs import Accepted
from web.parts import attached

NOTE = "संयुक्त कार्य समूह की बैठक हुई। वे 5 मिनट मिले।\nवे <b>गए</b>।"
HTMX = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def brief_id(app: Flask) -> str:
    made = attached(app).briefs.accept([Accepted(read_plain(NOTE, "नोट <1>"), NOTE.encode())], "asha")[0]
    until_done(app, made)
    return made


def events(text: str) -> Iterator[tuple[str, dict[str, str], int]]:
    for event in filter(None, text.split("\n\n")):
        fields = dict(line.split(": ", 1) for line in event.split("\n"))
        if "event" in fields:
            yield fields["event"], json.loads(fields["data"]), int(fields["id"])


def test_every_row_comes_as_an_event_and_then_the_end(client: Browser, brief_id: str) -> None:
    answer = client.get(f"/briefs/{brief_id}/events")
    assert answer.mimetype == "text/event-stream"
    told = list(events(answer.get_data(as_text=True)))
    assert [name for name, _, _ in told] == ["row", "row", "row", "end"]
    assert [data.get("id") for _, data, _ in told] == ["row-0", "row-1", "row-2", None]
    assert "Joint Working Group" in told[0][1]["html"]
    assert told[-1][1]["state"] == "done"


def test_a_browser_that_comes_back_gets_only_what_it_has_not_seen(client: Browser, brief_id: str) -> None:
    versions = [
        number for name, _, number in events(client.get(f"/briefs/{brief_id}/events").get_data(as_text=True)) if name == "row"
    ]
    again = client.get(f"/briefs/{brief_id}/events", headers={"Last-Event-ID": str(versions[1])})
    assert [data.get("id") for _, data, _ in events(again.get_data(as_text=True))] == ["row-2", None]


def test_what_stands_in_a_note_is_text_and_never_markup(client: Browser, brief_id: str) -> None:
    for path in (f"/briefs/{brief_id}", f"/briefs/{brief_id}/events", "/briefs", "/"):
        page = client.get(path).get_data(as_text=True)
        assert "<b>" not in page.replace("\\u003c", "<")
        assert "<1>" not in page


def test_a_row_is_edited_approved_and_undone_in_place(client: Browser, brief_id: str) -> None:
    row = f"/briefs/{brief_id}/rows/0"
    assert "<textarea" in client.get(f"{row}?edit=1", headers=HTMX).get_data(as_text=True)
    token = {"csrf_token": client.get("/").get_data(as_text=True).partition('csrf-token" content="')[2].partition('"')[0]}
    saved = client.post(row, data={**token, "target": "The Joint Working Group met."}, headers=HTMX).get_data(as_text=True)
    assert saved.lstrip().startswith('<tr id="row-0"')
    assert "Approved by hand" in saved
    assert 'data-do="undo"' in saved
    undone = client.post(f"{row}/undo", data=token, headers=HTMX).get_data(as_text=True)
    assert "Approved by hand" not in undone


def test_without_javascript_a_row_is_edited_on_the_page(client: Browser, brief_id: str) -> None:
    assert '<textarea name="target"' in client.get(f"/briefs/{brief_id}?edit=1").get_data(as_text=True)
    saved = client.form(f"/briefs/{brief_id}/rows/1", target="They met for 5 minutes.")
    assert saved.headers["Location"].endswith(f"/briefs/{brief_id}#row-1")
    client.form(f"/briefs/{brief_id}/rows/1/undo")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_brief_is_downloaded_in_every_format(client: Browser, brief_id: str, kind: str) -> None:
    answer = client.get(f"/briefs/{brief_id}/download/{kind}")
    assert answer.status_code == 200
    assert answer.mimetype == WRITERS[kind].media_type.partition(";")[0]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(answer.data) > 50


def test_a_word_document_comes_back_in_english(app: Flask, client: Browser) -> None:
    content = (ROOT / "tests" / "data" / "documents" / "libreoffice.docx").read_bytes()
    other = client.form("/briefs", file=(BytesIO(content), "नोट.docx")).headers["Location"].rpartition("/")[2]
    until_done(app, other)
    page = client.get(f"/briefs/{other}").get_data(as_text=True)
    assert f"/briefs/{other}/download/docx-en" in page
    assert "Not in this brief" in page
    answer = client.get(f"/briefs/{other}/download/docx-en")
    blocks = read_content(answer.data, "english.docx").blocks
    assert [block.kind for block in blocks] == [block.kind for block in attached(app).briefs.blocks(other)]
    assert not any("\u0904" <= letter <= "\u0939" for block in blocks for letter in block.text)


@pytest.mark.parametrize(
    "path",
    [
        "/briefs/none",
        "/briefs/none/events",
        "/briefs/none/rows/0",
        "/briefs/{}/rows/99",
        "/briefs/{}/download/exe",
        "/briefs/none/original",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(client: Browser, brief_id: str, path: str) -> None:
    answer = client.get(path.format(brief_id), headers={"HX-Request": "true", "Accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>Not Found</h1>" in answer.get_data(as_text=True)


def test_the_history_is_searched_in_any_spelling(client: Browser, brief_id: str) -> None:
    assert brief_id in client.get("/briefs?q=सँयुक्त+working").get_data(as_text=True)
    assert "No brief has" in client.get("/briefs?q=hippopotamus").get_data(as_text=True)


def test_a_deleted_brief_leaves_the_history(app: Flask, client: Browser) -> None:
    other = attached(app).briefs.accept([Accepted(read_plain("वे गए।", "weg"), b"x")], "asha")[0]
    until_done(app, other)
    assert client.form(f"/briefs/{other}/delete").status_code == 303
    assert client.get(f"/briefs/{other}").status_code == 404
    assert [entry.subject for entry in attached(app).audit.last() if entry.action == "brief deleted"] == [other]
