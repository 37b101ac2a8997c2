"""The pages in Hindi: who gets them, what stays English, and a catalogue that has every word."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_args

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import ngettext
from jinja2 import Environment, nodes
from lxml import html

from glossary.conflicts import conflicts
from glossary.model import Case, Term
from tests.conftest import ROOT
from tests.web.conftest import Browser, until_done
from tests.web.people import with_people
from translator.documents.plain import read_plain
from translator.memory.values import Action
from web.accounts import ROLES
from web.briefs import Accepted
from web.language import COOKIE, word
from web.parts import attached
from web.results import STATES
from web.terms import KINDS, STATUSES

WEB = ROOT / "web"
FOLDER = WEB / "translations" / "hi" / "LC_MESSAGES"
HINDI = {"Accept-Language": "hi"}
NOTE = "संयुक्त कार्य समूह की बैठक हुई।"


@pytest.fixture(scope="module")
def brief_id(app: Flask) -> str:
    made = attached(app).briefs.accept([Accepted(read_plain(NOTE, "नोट"), NOTE.encode())], "asha")[0]
    until_done(app, made)
    return made


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)">', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [
        ("", "", "en"),
        ("", "hi", "hi"),
        ("", "hi-IN,hi;q=0.9,en-US;q=0.8,en;q=0.7", "hi"),
        ("", "hi-IN,en;q=0.8", "hi"),
        ("", "en-IN,hi;q=0.5", "en"),
        ("", "en-US;q=0.1,hi;q=0.9", "hi"),
        ("", "mr-IN,hi;q=0.7,en;q=0.5", "hi"),
        ("", "mr-IN, hi;q=0, en", "en"),
        ("", "HI_in", "hi"),
        ("", "his", "en"),
        ("", "*", "en"),
        ("", "de", "en"),
        ("hi", "en", "hi"),
        ("en", "hi", "en"),
        ("de", "hi", "hi"),
        ("../hi", "", "en"),
    ],
)
def test_the_language_is_that_of_the_cookie_then_of_the_browser_then_english(
    client: Browser, cookie: str, accepted: str, expected: str
) -> None:
    if cookie:
        client.set_cookie(COOKIE, cookie)
    page = client.get("/", headers={"Accept-Language": accepted} if accepted else {}).text
    assert language_of(page) == expected
    assert ("हिन्दी नोट का अनुवाद करें" in page) == (expected == "hi")


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/briefs?q=%E0%A4%95&page=2", "/briefs?q=%E0%A4%95&page=2"),
        ("//elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_the_switch_sets_the_cookie_and_leads_back_and_nowhere_else(client: Browser, back: str, leads_to: str) -> None:
    answer = client.form("/language", language="hi", back=back)
    assert (answer.status_code, answer.location) == (303, leads_to)
    (cookie,) = (value for value in answer.headers.getlist("Set-Cookie") if value.startswith(COOKIE))
    assert all(part in cookie for part in (f"{COOKIE}=hi", "HttpOnly", "SameSite=Lax", "Max-Age="))
    assert "Secure" not in cookie
    assert language_of(client.get("/").text) == "hi"
    assert client.form("/language", language="en").status_code == 303
    assert language_of(client.get("/", headers=HINDI).text) == "en"


@pytest.mark.parametrize("path", ["/", "/briefs?q=%E0%A4%95%20x&page=1", "/glossary?status=all", "/nowhere/%E0%A4%95"])
def test_a_page_names_its_own_address_to_the_switch(client: Browser, path: str) -> None:
    form = html.fromstring(client.get(path, headers={"Accept": "text/html"}).text)
    (button,) = form.xpath("//button[@name='language']")
    assert (button.get("formaction"), button.get("value"), button.text) == ("/language", "hi", "हिन्दी")
    (field,) = form.xpath("//input[@name='back']")
    assert field.get("value") == path


def test_the_answer_to_a_form_has_no_switch_for_it_cannot_be_had_again(client: Browser) -> None:
    answer = client.form("/briefs", text="")
    assert answer.status_code == 400
    assert 'name="language"' not in answer.text


def test_a_language_that_is_none_is_refused(client: Browser) -> None:
    answer = client.form("/language", language="de")
    assert answer.status_code == 400
    assert "the languages are: en, hi" in answer.text


def test_another_site_cannot_switch(client: Browser) -> None:
    answer = client.post("/language", data={"language": "hi"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_who_has_not_signed_in_may_switch_and_is_led_on_as_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = with_people(tmp_path_factory.mktemp("service"), https=True, trusted_hosts=("localhost",))
    try:
        client = app.test_client()
        page = html.fromstring(client.get("/sign-in?next=/briefs?q=1", base_url="https://localhost").text)
        (field,) = page.xpath("//input[@name='back']")
        assert field.get("value") == "/briefs?q=1"
        answer = client.post("/language", data={"language": "hi", "back": "/briefs?q=1"}, base_url="https://localhost")
        assert (answer.status_code, answer.location) == (303, "/briefs?q=1")
        assert "Secure" in answer.headers["Set-Cookie"]
        answer = client.get(answer.location, base_url="https://localhost")
        assert answer.location == "/sign-in?next=/briefs?q%3D1"
        assert "पासवर्ड" in client.get(answer.location, base_url="https://localhost").text
    finally:
        attached(app).workers.stop()


def test_parts_of_pages_and_events_are_in_the_language_of_the_page(client: Browser, brief_id: str) -> None:
    row = client.get(f"/briefs/{brief_id}/rows/0?edit=1", headers={**HINDI, "HX-Request": "true"}).text
    assert "सहेजें" in row
    events = client.get(f"/briefs/{brief_id}/events", headers=HINDI)
    assert "अनुमोदित करें" in events.text.encode().decode("unicode_escape")
    assert "Joint Working Group" in events.text
    for answer in (events, client.get("/")):
        assert "Accept-Language" in answer.vary
        assert "Cookie" in answer.vary


def test_a_brief_as_a_file_is_the_same_in_both_languages(client: Browser, brief_id: str) -> None:
    path = f"/briefs/{brief_id}/download/html"
    english, hindi = client.get(path), client.get(path, headers=HINDI)
    assert english.data == hindi.data


def test_errors_have_a_heading_in_hindi_and_programs_get_english(client: Browser) -> None:
    page = client.get("/nowhere", headers={**HINDI, "Accept": "text/html"}).text
    assert "<h1>नहीं मिला</h1>" in page
    problem = client.get("/api/v1/nowhere", headers=HINDI)
    assert problem.get_json()["title"] == "Not Found"
    assert "Accept-Language" not in problem.vary
    wrong = client.get("/api/v1/briefs/nowhere", headers=HINDI).get_json()
    assert wrong["detail"].startswith("There is no such brief.")


def test_what_a_form_gets_wrong_is_told_in_hindi(client: Browser) -> None:
    client.set_cookie(COOKIE, "hi")
    assert "कोई पाठ नहीं है। नोट चिपकाएँ, या फ़ाइल चुनें।" in client.form("/briefs", text="").text


@pytest.mark.parametrize(
    "path", ["/briefs?q=%s", "/memory?q=%s", "/glossary/new?hindi=%s", "/glossary?words=%s", "/settings/audit?who=%s"]
)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_what_a_user_has_written_is_text_in_every_language(client: Browser, path: str, language: str) -> None:
    page = client.get(path % "%3Cb%3E%25(x)s", headers={"Accept-Language": language}).text
    assert "<b>" not in page
    assert "&lt;b&gt;%(x)s" in page


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 प्रविष्टियाँ, नई सबसे पहले"), (1, "1 प्रविष्टि, नई सबसे पहले"), (2, "2 प्रविष्टियाँ, नई सबसे पहले")]
)
def test_plurals(app: Flask, count: int, expected: str) -> None:
    with app.test_request_context(headers=HINDI):
        assert ngettext("%(num)s entry, the newest first", "%(num)s entries, the newest first", count) == expected


def test_the_navigation_is_in_hindi(client: Browser) -> None:
    labels = [link.text for link in html.fromstring(client.get("/", headers=HINDI).text).xpath("//nav/a")]
    assert labels == ["अनुवाद करें", "ब्रीफ़", "समूह", "शब्दावली", "अनुवाद स्मृति", "सेटिंग"]


def catalogue() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def extracted() -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    """What the pages say, with its context."""
    with (WEB / "translations" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords: dict[str, Any] = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    for _, _, message, _, context in extract_from_dir(str(WEB), methods, options, keywords):
        yield context, message


def key_of(context: str | None, message: str | tuple[str, ...]) -> tuple[str | None, str]:
    return context, message if isinstance(message, str) else message[0]


def test_the_catalogue_has_what_the_pages_say_and_nothing_else() -> None:
    said = {key_of(context, message) for context, message in extracted()}
    known = {key_of(message.context, message.id) for message in catalogue() if message.id}
    assert (said - known, known - said) == (set(), set()), "update the catalogue as docs/web.md says"
    assert len(said) > 400
    assert not catalogue().obsolete


def marks(text: str) -> list[str]:
    """What a translation must keep: places for values, and markup."""
    return sorted(re.findall(r"%\(\w+\)s|%%|<[^>]+>", text))


@pytest.mark.parametrize("message", [each for each in catalogue() if each.id], ids=lambda each: str(each.id)[:40])
def test_every_message_is_translated_and_keeps_its_places(message: Message) -> None:
    assert not message.fuzzy
    strings = message.string if message.pluralizable else (message.string,)
    originals = message.id if message.pluralizable else (message.id,)
    assert len(strings) == len(originals)
    for original, string in zip(originals, strings, strict=True):
        assert marks(string) == marks(original)
        assert re.search(r"[\u0900-\u097f]", string)
        assert original[-1] not in ".:" or string[-1] in "।:", "the end of a sentence is kept"
        assert string == string.strip()
    assert list(message.check(catalogue())) == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    made = io.BytesIO()
    write_mo(made, catalogue())
    made.seek(0)
    with (FOLDER / "messages.mo").open("rb") as file:
        kept = {key_of(each.context, each.id): each.string for each in read_mo(file) if each.id}
    assert kept == {key_of(each.context, each.id): each.string for each in read_mo(made) if each.id}
    assert len(kept) > 400


def test_the_catalogue_travels_with_the_package() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["web"]
    assert FOLDER / "messages.mo" in {path for pattern in package for path in WEB.glob(pattern)}


def audited() -> set[str]:
    """What the audit log may say; where a status stands in it, all statuses."""
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "note":
                found |= {arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and arg.value}
    return found | {f"term {status}" for status in ("approved", "rejected", "obsolete")}


def advice() -> set[str]:
    agreed = Term("समूह", "group")
    forbidden = Term("समूह", "group", kind="forbidden", preferred="party")
    return {found.advice for found in conflicts([agreed, Term("समूह", "crowd"), forbidden])}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(set(ROLES), id="roles"),
        pytest.param(set(STATES.values()), id="states"),
        pytest.param({*STATUSES, *KINDS, *get_args(Case)}, id="terms"),
        pytest.param({field.name.replace("_", " ") for field in fields(Term)} - {"id", "uid"}, id="fields"),
        pytest.param({"added", "edited", "imported", "suggested"}, id="events of terms"),
        pytest.param(set(get_args(Action)), id="events of the memory"),
        pytest.param(audited(), id="audit log"),
        pytest.param(advice(), id="conflicts"),
        pytest.param({HTTPStatus(code).phrase for code in (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)}, id="errors"),
    ],
)
def test_the_words_that_are_data_are_translated(app: Flask, words: set[str]) -> None:
    with app.test_request_context(headers=HINDI):
        assert words
        assert {each for each in words if word(each) == each} == set()
        assert word("a domain of ours") == "a domain of ours"
        assert word("") == ""


_NO_TEXT = re.compile(r"{% trans.*?{% endtrans %}|{#.*?#}|<(code|kbd|script|style)\b.*?</\1>", re.DOTALL)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_SHOWN = ("aria-label", "data-label", "placeholder", "title", "alt")


@pytest.mark.parametrize("path", sorted((WEB / "templates").glob("*.html")), ids=lambda path: path.name)
def test_no_template_has_words_that_are_not_for_the_catalogue(path: Path) -> None:
    """Between tags, in attributes that are read out, and in expressions."""
    source = _TAGS.sub(" ", _NO_TEXT.sub("", path.read_text("utf-8")))
    tree = html.fromstring(f"<div>{source}</div>")
    texts = [text for text in tree.itertext() if re.search("[A-Za-z]{2}", text)]
    texts += [node.get(name) for node in tree.iter() for name in _SHOWN if re.search("[A-Za-z]{2}", node.get(name) or "")]
    texts += [text for output in parsed(path).find_all(nodes.Output) for part in output.nodes for text in constants(part)]
    assert [text for text in map(str.strip, texts) if text != "Dwibhashi"] == []


def parsed(path: Path) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text("utf-8"))


def constants(part: nodes.Node) -> Iterator[str]:
    """The words that an expression may give without a function in between; a lone word in small letters is a class or a name."""
    if isinstance(part, nodes.Const) and re.search("[A-Z]|[a-z] ", str(part.value)):
        yield str(part.value)
    if not isinstance(part, nodes.Call | nodes.TemplateData):
        for inner in part.iter_child_nodes(exclude=("test",)):
            yield from constants(inner)


def test_words_in_expressions_are_found() -> None:
    (output,) = Environment().parse('{{ "One" if x == "A B" else y or "two words" }}{{ _("Three") }}').find_all(nodes.Output)
    assert [text for part in output.nodes for text in constants(part)] == ["One", "two words"]


def test_what_is_flashed_is_for_the_catalogue() -> None:
    for path in (WEB / "pages").glob("*.py"):
        assert not re.search(r'flash\(f?"', path.read_text("utf-8")), path.name


def test_scripts_have_no_words_of_their_own() -> None:
    for name in ("page.js", "brief.js", "review.js"):
        code = re.sub(r"(?m)^\s*//.*$|; //.*$", "", (WEB / "static" / name).read_text("utf-8"))
        literals = re.findall(r'"([^"\n]*)"', code)
        assert [each for each in literals if re.match(r"[A-Z][a-z]+ ", each)] == [], name
