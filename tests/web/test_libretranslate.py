from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib import parse, request
from urllib.error import HTTPError
from zipfile import ZipFile

import pytest
import requests
from deep_translator import LibreTranslator
from deep_translator.exceptions import AuthorizationException
from flask import Flask
from flask.testing import FlaskClient
from libretranslatepy import LibreTranslateAPI
from waitress.server import create_server

from tests.translator.word_files import docx, p
from tests.web.conftest import made
from translator.documents.reading import read_content
from web.parts import attached

HINDI, ENGLISH = "बैठक समाप्त हुई।", "The meeting ended."
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    yield from _served(app)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A service with users, of whom `key_of` gives the keys."""
    app = made(tmp_path_factory.mktemp("guarded"), text_characters=200, upload_mb=1, rate="10000/minute")
    for name, role in (("admin", "admin"), ("reviewer", "reviewer"), ("translator", "translator"), ("viewer", "viewer")):
        attached(app).accounts.add(name, PASSWORD, role)  # type: ignore[arg-type]
    yield app
    attached(app).workers.stop()


@pytest.fixture(scope="module")
def guarded_address(guarded: Flask) -> Iterator[str]:
    yield from _served(guarded)


def _served(app: Flask) -> Iterator[str]:
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(30)  # a client that a failed test has left may still be there


def key_of(app: Flask, name: str) -> str:
    return attached(app).accounts.make_key(name, "test")[1]


# --- Clients as they are ----------------------------------------------------------------------------------------------------


def test_libretranslatepy(address: str) -> None:
    client = LibreTranslateAPI(address)
    assert client.translate(HINDI, "hi", "en") == ENGLISH
    assert client.translate(f"- {HINDI}\n\n  {HINDI}", "auto", "en") == f"- {ENGLISH}\n\n  {ENGLISH}"
    assert client.detect(HINDI) == [{"confidence": 100.0, "language": "hi"}]
    assert client.languages() == [
        {"code": "hi", "name": "Hindi", "targets": ["en", "hi"]},
        {"code": "en", "name": "English", "targets": ["en"]},
    ]


def test_libretranslatepy_with_a_key(guarded: Flask, guarded_address: str) -> None:
    client = LibreTranslateAPI(guarded_address, key_of(guarded, "viewer"))
    assert client.translate(HINDI, "hi", "en") == ENGLISH
    assert client.detect(HINDI)[0]["language"] == "hi"
    assert len(client.languages()) == 2
    for key, status in ((None, 400), ("dwi_wrong", 403)):
        with pytest.raises(HTTPError) as caught:
            LibreTranslateAPI(guarded_address, key).translate(HINDI, "hi", "en")
        with caught.value as error:
            assert error.code == status
            assert list(json.load(error)) == ["error"]


def test_deep_translator(address: str, guarded: Flask, guarded_address: str) -> None:
    """It sends all in the query of a POST, and never without a key."""
    for where, key in ((address, "none is needed"), (guarded_address, key_of(guarded, "viewer"))):
        client = LibreTranslator(source="hi", target="en", api_key=key, custom_url=f"{where}/")
        assert client.translate(HINDI) == ENGLISH
        assert client.translate_batch([HINDI, "बैठक"]) == [ENGLISH, "Meeting"]
    with pytest.raises(AuthorizationException):
        LibreTranslator(source="hi", target="en", api_key="wrong", custom_url=f"{guarded_address}/").translate(HINDI)


@pytest.mark.parametrize(
    ("path", "fields", "answer"),
    [
        ("translate", {"q": HINDI, "source": "hi", "target": "en"}, {"translatedText": ENGLISH}),
        ("detect", {"q": HINDI}, [{"confidence": 100.0, "language": "hi"}]),
    ],
)
def test_the_requests_of_argos_translate(path: str, fields: dict[str, str], answer: object, address: str) -> None:
    assert _as_argos_asks(f"{address}/{path}", fields) == answer


def test_argos_translate_posts_for_languages(address: str, guarded: Flask, guarded_address: str) -> None:
    assert [each["code"] for each in _as_argos_asks(f"{address}/languages", {})] == ["hi", "en"]
    with_key = _as_argos_asks(f"{guarded_address}/languages", {"api_key": key_of(guarded, "viewer")})
    assert [each["code"] for each in with_key] == ["hi", "en"]


def _as_argos_asks(url: str, fields: dict[str, str]) -> Any:
    """argostranslate.apis.LibreTranslateAPI posts every request as a form; installing it would bring a whole neural toolkit."""
    with request.urlopen(request.Request(url, data=parse.urlencode(fields).encode())) as response:
        return json.loads(response.read().decode())


def test_a_file_there_and_back(guarded: Flask, guarded_address: str) -> None:
    fields = {"source": "hi", "target": "en", "api_key": key_of(guarded, "viewer")}
    asked = requests.post(f"{guarded_address}/translate_file", files={"file": ("बैठक/नोट.txt", f"1. {HINDI}\r\n")}, data=fields)
    url = asked.json()["translatedFileUrl"]
    assert url.startswith(f"{guarded_address}/download_file/")
    got = requests.get(url)
    assert got.content.decode() == f"1. {ENGLISH}\r\n"
    assert parse.quote("नोट_en.txt") in got.headers["Content-Disposition"]


# --- /translate ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"q": HINDI, "source": "hi"}, {"translatedText": ENGLISH}),
        ({"q": [HINDI, "", " \n", "बैठक"], "source": "hi"}, {"translatedText": [ENGLISH, "", " \n", "Meeting"]}),
        ({"q": "  ", "source": "hi"}, {"translatedText": "  "}),
        ({"q": "Hello.", "source": "en"}, {"translatedText": "Hello."}),
        ({"q": HINDI, "source": "hi", "target": "hi"}, {"translatedText": HINDI}),
        (
            {"q": HINDI, "source": "auto", "alternatives": 3},
            {"translatedText": ENGLISH, "detectedLanguage": {"confidence": 100.0, "language": "hi"}, "alternatives": []},
        ),
        (
            {"q": [HINDI, "Hello.", ""], "source": "auto", "alternatives": "1"},
            {
                "translatedText": [ENGLISH, "Hello.", ""],
                "detectedLanguage": [
                    {"confidence": 100.0, "language": "hi"},
                    {"confidence": 100.0, "language": "en"},
                    {"confidence": 0.0, "language": "en"},
                ],
                "alternatives": [[], [], []],
            },
        ),
        (
            {"q": f'<p class="from the office">{HINDI}</p>', "source": "auto", "format": "html"},
            {
                "translatedText": f'<p class="from the office">{ENGLISH}</p>',
                "detectedLanguage": {"confidence": 100.0, "language": "hi"},
            },
        ),
    ],
)
def test_what_is_answered(asked: dict[str, object], answer: dict[str, object], client: FlaskClient) -> None:
    assert client.post("/translate", json={"target": "en", **asked}).json == answer


@pytest.mark.parametrize("form", [{"data": "form"}, {"query_string": "query"}, {"json": "json"}])
def test_fields_come_in_any_of_three_ways(form: dict[str, str], client: FlaskClient) -> None:
    fields = {"q": HINDI, "source": "hi", "target": "en", "format": "text", "api_key": ""}
    assert client.post("/translate", **{next(iter(form)): fields}).json == {"translatedText": ENGLISH}


def test_several_texts_in_a_form_are_a_list(client: FlaskClient) -> None:
    answer = client.post("/translate", data={"q": ["बैठक", HINDI], "source": "hi", "target": "en"}).json
    assert answer == {"translatedText": ["Meeting", ENGLISH]}


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"source": "hi", "target": "en"}, "Invalid request: missing q parameter"),
        ({"q": "", "source": "hi", "target": "en"}, "Invalid request: missing q parameter"),
        ({"q": [], "source": "hi", "target": "en"}, "Invalid request: missing q parameter"),
        ({"q": HINDI, "target": "en"}, "Invalid request: missing source parameter"),
        ({"q": HINDI, "source": "hi"}, "Invalid request: missing target parameter"),
        ({"q": HINDI, "source": "fr", "target": "en"}, "fr is not supported"),
        ({"q": HINDI, "source": "hi", "target": "xx"}, "xx is not supported"),
        ({"q": HINDI, "source": "hi", "target": "auto"}, "auto is not supported"),
        ({"q": "Hello.", "source": "en", "target": "hi"}, "Hindi (hi) is not available as a target language from English (en)"),
        (
            {"q": [HINDI, "Hello."], "source": "auto", "target": "hi"},
            "Hindi (hi) is not available as a target language from English (en)",
        ),
        ({"q": HINDI, "source": "hi", "target": "en", "format": "pdf"}, "pdf format is not supported"),
        (
            {"q": HINDI, "source": "hi", "target": "en", "alternatives": "a"},
            "Invalid request: alternatives parameter is not a number",
        ),
        (
            {"q": HINDI, "source": "hi", "target": "en", "alternatives": [1]},
            "Invalid request: alternatives parameter is not a number",
        ),
        (
            {"q": HINDI, "source": "hi", "target": "en", "alternatives": float("inf")},
            "Invalid request: alternatives parameter is not a number",
        ),
        ({"q": 7, "source": "hi", "target": "en"}, "Invalid request: q must be a text or a list of texts"),
        ({"q": [HINDI, None], "source": "hi", "target": "en"}, "Invalid request: q must be a text or a list of texts"),
        ({"q": HINDI, "source": ["hi"], "target": "en"}, "Invalid request: source parameter is not a text"),
        ([HINDI], "Invalid JSON format"),
    ],
)
def test_what_is_refused(asked: object, error: str, client: FlaskClient) -> None:
    answer = client.post("/translate", json=asked)
    assert (answer.status_code, answer.json) == (400, {"error": error})


def test_texts_that_are_too_long_are_refused(guarded: Flask) -> None:
    fields = {"source": "hi", "target": "en", "api_key": key_of(guarded, "viewer")}
    client = guarded.test_client()
    for q in ("क" * 201, ["क" * 101, "क" * 100]):
        answer = client.post("/translate", json={"q": q, **fields})
        assert (answer.status_code, answer.json) == (400, {"error": "Invalid request: request (201) exceeds text limit (200)"})
    file = (io.BytesIO(b"a" * 201), "a.txt")
    assert client.post("/translate_file", data={"file": file, **fields}).status_code == 400


def test_every_error_has_the_shape_of_libretranslate(guarded: Flask) -> None:
    client, key = guarded.test_client(), key_of(guarded, "viewer")
    answers = [
        (client.post("/translate", data="{", content_type="application/json", headers={"Authorization": f"Bearer {key}"}), 400),
        (client.post("/translate", data="[", content_type="application/json"), 400),
        (client.post("/translate", data="[" * 100_000, content_type="application/json"), 400),
        (client.post("/translate", data='{"api_key": 7}', content_type="application/json"), 400),
        (client.post("/translate", json={"q": "क"}), 400),
        (client.post("/translate", json={"q": "क", "api_key": "wrong"}), 403),
        (client.post("/translate", json={"q": "क", "api_key": key}, headers={"Host": "evil.example"}), 400),
        (client.get("/translate", query_string={"api_key": key}), 405),
        (client.get("/detect", query_string={"api_key": key}), 405),
        (client.get("/download_file/x.txt"), 404),
        (client.get("/frontend/nothing"), 404),
        (client.post("/translate", json={"q": "क" * 2**20, "api_key": key}), 413),
        (client.post("/translate", data={"q": "क" * 2**20, "api_key": key}), 413),
        (client.post("/suggest", json={"q": HINDI, "s": ENGLISH, "source": "hi", "target": "en", "api_key": key}), 403),
    ]
    for answer, status in answers:
        assert answer.status_code == status, answer.json
        assert list(answer.json or ()) == ["error"]


def test_too_many_requests_are_refused_in_its_shape(tmp_path: Path) -> None:
    app = made(tmp_path, rate="1/minute")
    try:
        answers = [app.test_client().post("/detect", json={"q": HINDI}) for _ in range(2)]
    finally:
        attached(app).workers.stop()
    assert [answer.status_code for answer in answers] == [200, 429]
    assert list(answers[1].json or ()) == ["error"]


# --- Keys and other sites -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["json", "data", "query_string"])
def test_a_key_comes_in_any_of_three_ways(way: str, guarded: Flask) -> None:
    fields = {"q": HINDI, "api_key": key_of(guarded, "viewer")}
    assert guarded.test_client().post("/detect", **{way: fields}).status_code == 200


def test_a_key_in_a_field_counts_on_these_routes_only(guarded: Flask) -> None:
    assert guarded.test_client().get("/", query_string={"api_key": key_of(guarded, "admin")}).status_code != 200


def test_languages_and_settings_need_no_key(guarded: Flask) -> None:
    client = guarded.test_client()
    assert client.get("/languages").status_code == 200
    assert client.get("/frontend/settings").status_code == 200


def test_pages_of_other_sites_need_a_key(client: FlaskClient, guarded: Flask) -> None:
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for field in ({}, {"api_key": "made up"}):
        assert client.post("/detect", json={"q": HINDI, **field}, headers=elsewhere).status_code == 403
    allowed = guarded.test_client().post("/detect", json={"q": HINDI, "api_key": key_of(guarded, "viewer")}, headers=elsewhere)
    assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    before = guarded.test_client().options("/translate", headers={**elsewhere, "Access-Control-Request-Method": "POST"})
    assert (before.status_code, before.headers["Access-Control-Allow-Headers"]) == (200, "Authorization, Content-Type")


def test_settings_say_what_clients_may_know(client: FlaskClient, guarded: Flask) -> None:
    assert client.get("/frontend/settings").json == {
        "charLimit": 500_000,
        "frontendTimeout": 500,
        "apiKeys": False,
        "keyRequired": False,
        "suggestions": True,
        "filesTranslation": True,
        "supportedFilesFormat": [".docx", ".htm", ".html", ".md", ".txt"],
        "language": {"source": {"code": "auto", "name": "Auto Detect"}, "target": {"code": "en", "name": "English"}},
    }
    known = guarded.test_client().get("/frontend/settings").json or {}
    assert (known["charLimit"], known["apiKeys"], known["keyRequired"], known["suggestions"]) == (200, True, True, False)


# --- Files --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "source", "content", "english"),
    [
        ("a.txt", "hi", f"- बैठक\r\n{HINDI}\n".encode("utf-16"), f"- Meeting\r\n{ENGLISH}\n"),
        ("a.MD", "auto", f"# {HINDI}\n\n> बैठक\n".encode(), f"# {ENGLISH}\n\n> Meeting\n"),
        ("a.txt", "auto", b"Hello.\n", "Hello.\n"),
        ("a.txt", "hi", b"", ""),
        ("a.html", "hi", f"<p class=a>{HINDI}</p>".encode(), f'<p class="a">{ENGLISH}</p>'),
    ],
)
def test_files_come_back_in_english(name: str, source: str, content: bytes, english: str, client: FlaskClient) -> None:
    fields = {"file": (io.BytesIO(content), name), "source": source, "target": "en"}
    answer = client.post("/translate_file", data=fields).json or {}
    got = client.get(parse.urlsplit(answer["translatedFileUrl"]).path)
    assert got.get_data(as_text=True) == english
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_a_word_document_comes_back_in_english(client: FlaskClient) -> None:
    given = docx(p(HINDI, "<w:jc w:val='center'/>"))
    fields = {"file": (io.BytesIO(given), "नोट.docx"), "source": "auto", "target": "en"}
    answer = client.post("/translate_file", data=fields).json or {}
    got = client.get(parse.urlsplit(answer["translatedFileUrl"]).path)
    assert [block.text for block in read_content(got.data, "en.docx").blocks] == [ENGLISH]
    with ZipFile(io.BytesIO(got.data)) as package:
        assert b'w:jc w:val="center"' in package.read("word/document2.xml")


@pytest.mark.parametrize(
    ("name", "content", "fields", "error"),
    [
        (
            "a.odt",
            b"",
            {"source": "hi", "target": "en"},
            "Invalid request: file format not supported; these are: .docx, .htm, .html, .md, .txt",
        ),
        ("a.txt", b"", {"target": "en"}, "Invalid request: missing source parameter"),
        (
            "a.txt",
            b"Hello.",
            {"source": "en", "target": "hi"},
            "Hindi (hi) is not available as a target language from English (en)",
        ),
        ("a.txt", b"\xff\x00\x01\x02", {"source": "hi", "target": "en"}, "a.txt: "),
    ],
)
def test_files_that_are_refused(name: str, content: bytes, fields: dict[str, str], error: str, client: FlaskClient) -> None:
    answer = client.post("/translate_file", data={"file": (io.BytesIO(content), name), **fields})
    assert answer.status_code == 400
    assert (answer.json or {})["error"].startswith(error)


def test_a_file_must_be_there(client: FlaskClient) -> None:
    answer = client.post("/translate_file", data={"source": "hi", "target": "en"})
    assert (answer.status_code, answer.json) == (400, {"error": "Invalid request: missing file parameter"})


def test_names_that_are_not_ours_lead_nowhere(client: FlaskClient) -> None:
    for name in ("..%2fservice_secret", "service_secret", "%2e%2e", f"{'a' * 32}.txt", f"{'a' * 32}.%00"):
        assert client.get(f"/download_file/{name}").status_code == 404


# --- /suggest -----------------------------------------------------------------------------------------------------------------


def test_a_reviewer_s_suggestion_is_remembered(guarded: Flask, guarded_address: str) -> None:
    source = "- यह वाक्य किसी समीक्षक का है।"
    fields = {"q": source, "s": "- This sentence is a reviewer's.", "source": "hi", "target": "en"}
    answer = requests.post(f"{guarded_address}/suggest", data={**fields, "api_key": key_of(guarded, "reviewer")})
    assert answer.json() == {"success": True}
    assert LibreTranslateAPI(guarded_address, key_of(guarded, "viewer")).translate(source, "hi", "en") == fields["s"]
    remembered = attached(guarded).memory.exact("यह वाक्य किसी समीक्षक का है।")
    assert remembered is not None
    assert remembered.who == "reviewer"


@pytest.mark.parametrize(
    ("name", "fields", "status"),
    [
        ("translator", {}, 403),
        ("viewer", {}, 403),
        ("reviewer", {"q": f"{HINDI} {HINDI}"}, 400),
        ("reviewer", {"q": f"{HINDI}\n{HINDI}"}, 400),
        ("reviewer", {"s": ""}, 400),
        ("reviewer", {"s": " "}, 400),
        ("reviewer", {"source": "en"}, 400),
        ("reviewer", {"target": "hi"}, 400),
        ("reviewer", {"target": "fr"}, 400),
    ],
)
def test_what_is_not_kept_is_not_said_to_be(name: str, fields: dict[str, str], status: int, guarded: Flask) -> None:
    version = attached(guarded).memory.version
    asked = {"q": "यह अस्वीकृत है।", "s": "This is refused.", "source": "hi", "target": "en", "api_key": key_of(guarded, name)}
    answer = guarded.test_client().post("/suggest", json={**asked, **fields})
    assert answer.status_code == status
    assert list(answer.json or ()) == ["error"]
    assert attached(guarded).memory.version == version
