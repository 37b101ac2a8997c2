"""Pasting and uploading notes, as a browser without JavaScript does."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import Browser, made, until_done
from web.parts import attached

NOTE = "संयुक्त कार्य समूह की बैठक हुई।\n- वे मिले।"


def brief_of(answer: Any) -> str:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"]).rpartition("/")[2]


def test_a_pasted_note_becomes_a_brief_at_an_address_of_its_own(app: Flask, client: Browser) -> None:
    brief_id = brief_of(client.form("/briefs", text=NOTE, units="international", domain="diplomacy", headline="1"))
    until_done(app, brief_id)
    page = client.get(f"/briefs/{brief_id}").get_data(as_text=True)
    assert "Joint Working Group</a>" in page
    assert "संयुक्त कार्य समूह</mark>" in page
    assert 'http-equiv="refresh"' not in page
    kept = attached(app).briefs.kept(brief_id)
    assert (kept.name, kept.options.units, kept.options.domains) == (
        " ".join(NOTE.split()[:8]) + "…",
        "international",
        ("diplomacy",),
    )
    assert "headline" in kept.options.rules


def test_a_file_is_kept_as_it_came(app: Flask, client: Browser) -> None:
    content = ("# बैठक\n\n" + NOTE).encode()
    brief_id = brief_of(client.form("/briefs", file=(io.BytesIO(content), "बैठक.md")))
    until_done(app, brief_id)
    answer = client.get(f"/briefs/{brief_id}/original")
    assert answer.data == content
    assert "%E0%A4%AC%E0%A5%88%E0%A4%A0%E0%A4%95.md" in answer.headers["Content-Disposition"]
    assert attached(app).briefs.blocks(brief_id)[0].kind == "heading"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "There is no text"),
        ({"text": " \n "}, "There is no text"),
        ({"text": "क" * 500_001}, "500,001 characters"),
        ({"text": "a\0b"}, "NUL character"),
        ({"text": NOTE, "units": "miles"}, "indian or international"),
        ({"file": (io.BytesIO(b"x"), "note.exe")}, "type .exe"),
        ({"file": (io.BytesIO(b"\xff\xfe\xfa"), "note.txt")}, "note.txt"),
        ({"file": (io.BytesIO(b" \n"), "note.txt")}, "no text in it"),
    ],
)
def test_what_cannot_be_translated_is_refused_in_words(app: Flask, client: Browser, fields: dict[str, Any], words: str) -> None:
    before = attached(app).briefs.count()
    answer = client.form("/briefs", **fields)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert attached(app).briefs.count() == before


def test_the_page_fills_without_javascript(tmp_path: Any) -> None:
    app = made(tmp_path, workers=0)
    client = app.test_client()
    assert isinstance(client, Browser)
    brief_id = brief_of(client.form("/briefs", text=NOTE))
    page = client.get(f"/briefs/{brief_id}").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Waiting for its turn" in page
    assert "संयुक्त कार्य समूह की बैठक हुई।" in page
    assert page.count("not translated yet") == 2
