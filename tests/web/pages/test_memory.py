"""The pages of the memory: search, history, forgetting, and TMX out and in."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.conftest import Browser
from translator.memory.store import Memory
from translator.memory.values import Remembered
from web.parts import attached

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
o-tmf="x" adminlang="en" srclang="hi" datatype="plaintext"/><body>{}</body></tmx>"""
UNIT = '<tu><tuv xml:lang="hi"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>{}</seg></tuv></tu>'


@pytest.fixture
def memory(app: Flask) -> Memory:
    return attached(app).memory


def tmx(*pairs: tuple[str, str]) -> bytes:
    return TMX.format("".join(UNIT.format(*pair) for pair in pairs)).encode()


def brought(client: Browser, content: bytes, name: str = "their <memory>.tmx") -> TestResponse:
    return client.form("/memory/import", file=(io.BytesIO(content), name))


def test_sentences_are_found_in_any_spelling(client: Browser, memory: Memory) -> None:
    kept = memory.remember("हिंदी में <बैठक> हुई।", "The meeting was in Hindi.", "asha", document="a.txt")
    for words in ("हिन्दी", "the MEETING", ""):
        page = client.get("/memory", query_string={"q": words}).get_data(as_text=True)
        assert f'href="/memory/{kept.id}"' in page, words
        assert "हिंदी में &lt;बैठक&gt; हुई।" in page
    assert "No approved sentence has “nowhere”" in client.get("/memory?q=nowhere").get_data(as_text=True)


def test_a_long_memory_comes_in_pages(client: Browser, memory: Memory) -> None:
    memory.remember_all([Remembered(f"पृष्ठ {number}", f"pagewise {number}.") for number in range(30)], "asha")
    first = client.get("/memory?q=pagewise").get_data(as_text=True)
    last = client.get("/memory?q=pagewise&page=2").get_data(as_text=True)
    assert "30 sentences" in first
    assert [("pagewise 29." in page, "pagewise 0." in page) for page in (first, last)] == [(True, False), (False, True)]
    assert "/memory?q=pagewise&amp;page=2" in first


def test_a_sentence_has_a_history_also_when_it_is_forgotten(client: Browser, memory: Memory) -> None:
    kept = memory.remember("वे मिले।", "They meet.", "asha", ("पहला।", "तीसरा।"))
    memory.remember("वे मिले।", "They met.", "ravi", ("पहला।", "तीसरा।"))
    page = client.get(f"/memory/{kept.id}").get_data(as_text=True)
    for words in ("They meet.", "They met.", "asha", "ravi", "पहला।", "तीसरा।", "Forget this sentence"):
        assert words in page
    assert client.form(f"/memory/{kept.id}/forget").status_code == 303
    page = client.get(f"/memory/{kept.id}").get_data(as_text=True)
    assert "was forgotten" in page
    assert "Forget this sentence" not in page
    assert memory.exact("वे मिले।") is None
    assert client.form(f"/memory/{kept.id}/forget").status_code == 400
    assert client.get("/memory/99999").status_code == 404


def test_what_is_exported_can_be_imported_and_changes_nothing(client: Browser, memory: Memory) -> None:
    memory.remember("निर्यात।", "Export.", "asha")
    with client.get("/memory/export") as answer:
        assert "memory.tmx" in answer.headers["Content-Disposition"]
        exported = answer.data
    assert b"Export." in exported
    before = memory.version
    page = client.get(brought(client, exported).location).get_data(as_text=True)
    assert "New: 0. With another English: 0." in page
    assert ">Import</button>" not in page
    assert memory.version == before


def test_an_import_says_what_it_would_change_and_does_it_once_confirmed(client: Browser, memory: Memory) -> None:
    memory.remember("पुराना वाक्य।", "An old sentence.", "asha")
    before = memory.version
    content = tmx(("पुराना वाक्य।", "A sentence of old."), ("नया वाक्य।", "A new sentence."), ("खाली।", " "))
    answer = brought(client, content)
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    for words in (
        "their &lt;memory&gt;.tmx",
        "New: 1. With another English: 1.",
        "A sentence of old.",
        "English is empty",
    ):
        assert words in page
    assert memory.version == before
    token = answer.location.partition("?")[0]
    assert client.form(token, name="x.tmx").status_code == 303
    assert memory.version == before + 2
    assert [found.target for found in memory.search("वाक्य")] == ["A new sentence.", "A sentence of old."]
    assert client.form(token).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"x", "a.csv: this is not TMX by its name"),
        ("a.tmx", b"x", "a.tmx: this is not well-formed XML"),
        ("a.tmx", b"<html/>", "a.tmx: this is not TMX; its outermost element is html"),
        ("", b"", "There is no file"),
    ],
)
def test_what_is_no_tmx_is_told_by_the_name_that_it_has(client: Browser, name: str, content: bytes, words: str) -> None:
    answer = brought(client, content, name)
    if answer.status_code == 303:
        answer = client.get(answer.location)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
