from __future__ import annotations

import io
import re
from html import unescape

import pytest
from flask import Flask

from glossary.model import Change, Term
from tests.web.conftest import Browser, until_done
from tests.web.people import signed_in, with_people
from translator.documents.plain import read_plain
from web.briefs import Accepted
from web.parts import attached

PART = {"HX-Request": "true"}
SENTENCE = "भारत और कजाकिस्तान के संयुक्त कार्य समूह की बैठक हुई।"


def draft(app: Flask, hindi: str, english: str, **fields: str) -> int:
    """Add a draft; returns its number."""
    return attached(app).terms.add(Term(hindi, english, **fields), "asha").id  # type: ignore[arg-type]


def text(html: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def test_drafts_show_their_evidence_in_both_languages(app: Flask, client: Browser) -> None:
    parts = attached(app)
    [brief_id] = parts.briefs.accept([Accepted(read_plain(SENTENCE, "note"), SENTENCE.encode())], "asha")
    until_done(app, brief_id)
    english = parts.briefs.row(brief_id, 0).segment
    assert english
    change = Change(None, Term("कजाकिस्तान के संयुक्त", "Kazakh joint", status="draft"), "suggested", (("old", SENTENCE),))
    [term] = parts.terms.apply(lambda _: [change], "asha")
    html = client.get("/glossary").get_data(as_text=True)
    row = html.partition(f'id="term-{term.id}"')[2].partition("</li>")[0]
    assert "<mark>कजाकिस्तान के संयुक्त</mark>" in row
    assert english.target in text(row)
    assert f'href="/briefs/{brief_id}"' in row


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("", "परीक्षण सूची", "भारतीय रिज़र्व बैंक"),
        ("?status=approved&words=रिजर्व+बैंक", "Reserve Bank", "परीक्षण सूची"),
        ("?status=all&changed=1", "परीक्षण सूची", "Reserve Bank"),
        ("?unused=1", "Next page", "परीक्षण सूची"),
        ("?status=all&page=2", "2 of", "परीक्षण सूची"),
        ("?words=ऐसाकुछनहीं", "No term is so.", "परीक्षण सूची"),
    ],
)
def test_the_list_is_filtered(app: Flask, client: Browser, query: str, there: str, absent: str) -> None:
    draft(app, "परीक्षण सूची", "test list")
    said = text(client.get(f"/glossary{query}").get_data(as_text=True))
    assert there in said
    assert absent not in said


@pytest.mark.parametrize(("verdict", "status"), [("approve", "approved"), ("reject", "rejected")])
@pytest.mark.parametrize("headers", [{}, PART], ids=["page", "part"])
def test_drafts_are_judged(app: Flask, client: Browser, verdict: str, status: str, headers: dict[str, str]) -> None:
    number = draft(app, f"निर्णय {verdict} {len(headers)} पत्र", "decision")
    client.environ_base.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()})
    path = f"/glossary/terms/{number}/judge?then=list&status=draft"
    answer = client.form(path, verdict=verdict, why="agreed in the house")
    judged = attached(app).terms.history(number)[-1]
    assert (judged.after.status, judged.why) == (status, "agreed in the house")
    if headers:
        assert answer.status_code == 200
        html = answer.get_data(as_text=True)
        assert html.lstrip().startswith(f'<li id="term-{number}" class="term judged"')
        assert ("does not come back" in html) == (verdict == "reject")
    else:
        assert answer.status_code == 303
        assert answer.location == f"/glossary?status=draft#term-{number}"


def test_a_conflict_is_told_with_a_link_to_the_other_term(app: Flask, client: Browser) -> None:
    other = attached(app).terms.add(Term("टकराव शब्द", "clash", domain="law"), "asha", approve=True).id
    number = draft(app, "टकराव-शब्द", "collision", domain="law")
    page = client.form(f"/glossary/terms/{number}/judge", verdict="approve")
    part = client.post(
        f"/glossary/terms/{number}/judge",
        data={"verdict": "approve", "csrf_token": token(client)},
        headers={**PART, "Sec-Fetch-Site": "same-origin"},
    )
    for answer in (page, part):
        html = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "are the same Hindi. Retire one of them" in html
        assert f'href="/glossary/terms/{other}"' in html
    assert part.headers["HX-Reswap"] == "outerHTML"
    conflicts = client.get("/glossary/conflicts").get_data(as_text=True)
    assert f'action="/glossary/terms/{other}/judge?then=conflicts"' in conflicts
    assert f'action="/glossary/terms/{number}/judge?then=conflicts"' in conflicts
    client.form(f"/glossary/terms/{number}/judge?then=conflicts", verdict="reject")
    assert f"/glossary/terms/{number}/judge" not in client.get("/glossary/conflicts").get_data(as_text=True)


def token(client: Browser) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/glossary").get_data(as_text=True))
    assert found
    return found[1]


def test_terms_are_edited(app: Flask, client: Browser) -> None:
    number = draft(app, "संपादन पत्र", "edit sheet", acronym="ES")
    form = client.get(f"/glossary/terms/{number}?edit=1", headers=PART).get_data(as_text=True)
    assert 'value="edit sheet"' in form
    fields = {"english": "Edit Sheet", "acronym": "", "variants": "संपादन पन्ना | संपादन कागज", "note": "one\r\ntwo"}
    assert client.form(f"/glossary/terms/{number}", **fields, why="as agreed").status_code == 303
    event = attached(app).terms.history(number)[-1]
    assert (event.after.english, event.after.acronym, event.after.note, event.why) == ("Edit Sheet", "", "one\ntwo", "as agreed")
    assert event.after.variants == ("संपादन पन्ना", "संपादन कागज")
    said = text(client.get(f"/glossary/terms/{number}").get_data(as_text=True))
    for words in ("english: edit sheet → Edit Sheet", "acronym: ES → nothing", "as agreed", "संपादन पत्रों"):
        assert words in said


def test_a_wrong_edit_is_shown_again_as_it_was_typed(app: Flask, client: Browser) -> None:
    number = draft(app, "गलत पत्र", "wrong sheet")
    answer = client.form(f"/glossary/terms/{number}", english="हिंदी में", note="typed <b>")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "english must hold the English of गलत पत्र" in unescape(html)
    assert 'value="हिंदी में"' in html
    assert "typed &lt;b&gt;" in html


def test_many_are_judged_and_those_that_conflict_are_named(app: Flask, client: Browser) -> None:
    one, same, left = (draft(app, hindi, "many") for hindi in ("अनेक एक", "अनेक-एक", "अनेक तीन"))
    answer = client.form("/glossary/judge?status=draft&domain=law", verdict="approve", terms=[one, same])
    assert answer.location == "/glossary?status=draft&domain=law"
    statuses = [attached(app).terms.term(number).status for number in (one, same, left)]
    assert statuses == ["approved", "draft", "draft"]
    said = text(client.get("/glossary").get_data(as_text=True))
    assert "1 of 2 chosen terms are approved now." in said
    assert "अनेक-एक → many" in said
    assert client.form("/glossary/judge", verdict="retire", terms=[left]).status_code == 303
    assert client.form("/glossary/judge", verdict="burn", terms=[left]).status_code == 400


def test_a_selection_in_a_brief_is_proposed(app: Flask, client: Browser) -> None:
    [brief_id] = attached(app).briefs.accept([Accepted(read_plain(SENTENCE, "proposal"), SENTENCE.encode())], "asha")
    fields = {"hindi": "बैठक हुई", "english": "meeting held", "brief": brief_id, "position": "0"}
    answer = client.form("/glossary/terms", **fields)
    number = int(answer.location.rpartition("/")[2])
    term = attached(app).terms.term(number)
    assert (term.status, term.english) == ("draft", "meeting held")
    assert attached(app).terms.evidence(number) == (("proposal", SENTENCE),)
    assert client.form("/glossary/terms", **{**fields, "english": "Meeting Held"}).location == f"/glossary/terms/{number}"
    assert len(attached(app).terms.terms(hindi="बैठक हुई")) == 1
    said = text(client.get(f"/glossary/terms/{number}").get_data(as_text=True))
    assert "there already" in said


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"hindi": "प्रस्ताव एक", "english": "proposal one"}, "Proposed: प्रस्ताव एक → proposal one"),
        ({"hindi": "प्रस्ताव एक", "english": "another"}, "Same Hindi as प्रस्ताव एक → proposal one (draft)"),
        ({"hindi": "प्रस्ताव एक", "english": "proposal one"}, "It is there already, and draft:"),
        ({"hindi": "", "english": "nothing"}, "hindi must hold the Hindi term"),
        ({"hindi": "प्रस्ताव <b>", "english": "<i>x</i>"}, "Proposed: प्रस्ताव <b> → <i>x</i>"),
    ],
)
def test_proposals_are_answered_in_place(client: Browser, fields: dict[str, str], words: str) -> None:
    client.environ_base["HTTP_HX_REQUEST"] = "true"
    answer = client.form("/glossary/terms", **fields)
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert "<p" not in html
    assert words in re.sub(r"\s+", " ", unescape(re.sub(r"</?(?:a|span)\b[^>]*>", "", html)))


def test_a_wrong_proposal_keeps_what_was_typed(client: Browser) -> None:
    answer = client.form("/glossary/terms", hindi="latin", english="typed so far")
    assert answer.status_code == 400
    assert 'value="typed so far"' in answer.get_data(as_text=True)
    assert 'value="नया शब्द"' in client.get("/glossary/new?hindi=नया+शब्द").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/glossary/terms/99999999", "/glossary/export?format=doc"])
def test_what_is_not_there_is_not_found(client: Browser, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_file_is_tried_and_brought_in(app: Flask, client: Browser) -> None:
    table = "hindi,english,domain\nआयात शब्द,import word,trade\nखराब,खराब,trade\n"
    before = attached(app).terms.version
    answer = client.form("/glossary/import", file=(io.BytesIO(table.encode()), "सूची.csv"), status="approved")
    html = answer.get_data(as_text=True)
    assert "1 added, 0 changed, 0 unchanged, 1 rejected." in html
    assert "line 3" in html
    assert attached(app).terms.version == before
    confirm = re.search(r'action="(/glossary/import/[^"]+)"', html)
    assert confirm
    done = client.form(confirm[1], decision="import", name="सूची.csv", status="approved")
    assert "1 added, 0 changed, 0 unchanged, 1 rejected." in done.get_data(as_text=True)
    [term] = attached(app).terms.terms(hindi="आयात शब्द")
    assert (term.status, attached(app).terms.history(term.id)[0].why) == ("approved", "imported from सूची.csv")
    assert client.form(confirm[1], decision="import", name="सूची.csv").status_code == 404
    again = client.form("/glossary/import", file=(io.BytesIO(table.replace("word", "term").encode()), "सूची.csv"))
    assert "english: import word → import term" in text(again.get_data(as_text=True))


def test_a_file_that_is_no_glossary_is_refused(client: Browser) -> None:
    assert client.form("/glossary/import").status_code == 400
    assert client.form("/glossary/import", file=(io.BytesIO(b"x"), "terms.pdf")).status_code == 400


@pytest.mark.parametrize(
    ("kind", "start"),
    [("csv", b"\xef\xbb\xbfhindi,"), ("tsv", b"\xef\xbb\xbfhindi\t"), ("xlsx", b"PK"), ("tbx", b"<?xml"), ("tbx2", b"<?xml")],
)
def test_terms_are_exported(app: Flask, client: Browser, kind: str, start: bytes) -> None:
    draft(app, f"निर्यात {kind} शब्द", "export word")
    answer = client.get(f"/glossary/export?format={kind}&words=निर्यात+{kind}")
    assert answer.data.startswith(start)
    assert f"glossary-draft.{kind.removesuffix('2')}" in answer.headers["Content-Disposition"]
    if kind == "csv":
        assert len(answer.text.splitlines()) == 2


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/glossary/terms", "translator"),
        ("/glossary/terms/1", "reviewer"),
        ("/glossary/terms/1/judge", "reviewer"),
        ("/glossary/judge", "reviewer"),
        ("/glossary/import", "reviewer"),
        ("/glossary/import/x", "reviewer"),
    ],
)
def test_each_change_needs_its_role(guarded: Flask, path: str, role: str) -> None:
    below = {"translator": "viewer", "reviewer": "translator"}[role]
    client = signed_in(guarded, below)
    page = client.get("/glossary?status=all").get_data(as_text=True)
    assert 'value="approve"' not in page
    assert ("/glossary/new" in page) == (below == "translator")
    refused = client.form(path, verdict="approve", hindi="शब्द", english="word")
    assert refused.status_code == 403
    assert f"needs the role {role}" in refused.get_data(as_text=True)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return with_people(tmp_path_factory.mktemp("guarded"), workers=0)
