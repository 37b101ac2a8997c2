from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from translator.batch.index import report_as_json, write_index
from translator.batch.ledger import Entry
from translator.batch.values import Figures, Order, Outcome, Report

GOOD = Entry("अ & b.txt", "अ & b", "00", "compact, glossary 1", ("अ & b.html", "अ & b.docx"), Figures(3, 2, 0, 0))


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return Order(tmp_path / "notes", tmp_path)


def page_of(order: Order, *entries: Entry) -> html.HtmlElement:
    for entry in entries:
        for output in entry.outputs:
            (order.out / output).parent.mkdir(parents=True, exist_ok=True)
            (order.out / output).touch()
    return html.fromstring(write_index(order, entries).decode())


def test_every_brief_is_linked_by_an_address_that_leads_to_it(order: Order) -> None:
    odd = replace(GOOD, note="x:y/%41?#.txt", outputs=("x:y/%41?#.html",))
    page = page_of(order, GOOD, odd)
    addresses = [link.get("href") for link in page.iter("a")]
    assert addresses == ["x%3Ay/%2541%3F%23.html", "%E0%A4%85%20%26%20b.html", "%E0%A4%85%20%26%20b.docx"]
    assert [link.text for link in page.iter("a")] == [odd.note, GOOD.note, "docx"]


def test_those_that_someone_must_look_at_come_first(order: Order) -> None:
    entries = [
        replace(GOOD, note="quiet", outputs=("1.html",)),
        replace(GOOD, note="noted", outputs=("2.html",), figures=Figures(1, 1, 9, 0)),
        replace(GOOD, note="wrong", outputs=("3.html",), figures=Figures(1, 1, 2, 1)),
        replace(GOOD, note="failed", outputs=(), figures=Figures(), error="<failed>: it cannot be read."),
    ]
    page = page_of(order, *entries)
    assert [row.text_content().split()[0] for row in page.iterfind(".//tbody/tr")] == [
        "failed<failed>:",
        "wrong",
        "noted",
        "quiet",
    ]
    about = " ".join(page.find_class("about")[0].text_content().split())
    assert about == "3 notes, 5 sentences, 4 terms pinned, 1 to check, 10 to look at, 1 failed."


def test_a_brief_that_is_gone_is_not_linked(order: Order) -> None:
    page_of(order, GOOD)
    (order.out / GOOD.outputs[1]).unlink()
    assert b"<a " not in write_index(order, [GOOD])


def test_the_page_stands_alone_and_takes_any_name(order: Order) -> None:
    page = write_index(order, [replace(GOOD, note="\udcff", outputs=(), error="x")]).decode()
    assert not {"script", "link", "img"} & {element.tag for element in html.fromstring(page).iter()}
    assert "://" not in page


def test_the_report_as_json(order: Order) -> None:
    outcomes = (Outcome("a.txt", "translated", Figures(2, 1, 1, 1), ("a.html",)), Outcome("b.txt", "failed", error="why"))
    report = report_as_json(order, Report(outcomes, (order.folder / "c.exe",), 1.23456))
    assert report == {
        "folder": str(order.folder),
        "out": str(order.out),
        "seconds": 1.235,
        "translated": 1,
        "unchanged": 0,
        "failed": 1,
        "total": {"sentences": 2, "terms": 1, "flags": 1, "errors": 1},
        "documents": [
            {"note": "a.txt", "status": "translated", "sentences": 2, "terms": 1, "flags": 1, "errors": 1}
            | {"outputs": ("a.html",), "error": ""},
            {"note": "b.txt", "status": "failed", "sentences": 0, "terms": 0, "flags": 0, "errors": 0}
            | {"outputs": (), "error": "why"},
        ],
        "passed_over": ["c.exe"],
    }
