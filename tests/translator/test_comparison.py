"""Engines side by side: the figures, the rows, and the page."""

from __future__ import annotations

import lxml.html
import pytest

from glossary.model import Glossary, Term
from translator.comparison import Comparison, compare, write_comparison
from translator.documents.reading import read_document
from translator.engines.compact import CompactEngine
from translator.pipeline import Translator
from translator.values import Document

NOTE = """# बैठक
- भारत और कजाकिस्तान की बैठक 12 मई 2024 को <अस्ताना> में हुई।
- 1234

सचिव (पूर्व) ने कहा कि सहयोग बढ़ेगा। दोनों देश सहमत हैं।
"""
TERMS = (Term("कजाकिस्तान", "Kazakhstan", kind="name"), Term("बैठक", "quarterly turnip review"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("note") / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    return read_document(path)


@pytest.fixture(scope="module")
def comparison(document: Document, engine: CompactEngine) -> Comparison:
    told: list[str] = []
    made = compare(
        document,
        {"with terms": Translator(engine, Glossary(TERMS, "1")), "without & <all>": Translator(engine, Glossary((), "1"))},
        told.append,
    )
    assert told == ["with terms", "without & <all>"]
    return made


def test_every_sentence_has_its_row_with_all_engines(comparison: Comparison) -> None:
    rows = list(comparison.rows())
    assert [row.first for row in rows] == [True, True, True, True, False]
    assert (rows[0].alike, rows[2].alike) == (False, True)
    for row, one, other in zip(rows, *(column.brief.segments for column in comparison.columns), strict=True):
        assert row.segments == (one, other)


def test_the_figures_are_those_of_the_briefs(comparison: Comparison) -> None:
    with_terms, without = comparison.columns
    assert with_terms.pinned - without.pinned == 3
    for column in comparison.columns:
        assert column.errors <= len(column.flags) == sum(len(segment.flags) for segment in column.brief.segments)


def test_the_page_shows_both_and_marks_pins(comparison: Comparison) -> None:
    page = write_comparison(comparison)
    tree = lxml.html.document_fromstring(page)
    heads = [head.text_content() for head in tree.xpath("//table[@class='note']/thead//th")]
    assert heads == ["हिन्दी", "with terms", "without & <all>"]
    rows = tree.xpath("//table[@class='note']/tbody/tr")
    assert len(rows) == 5
    assert "quarterly turnip review" in rows[0].xpath("td[2]//mark")[0].text_content().casefold()
    assert rows[0].xpath("td[3]//mark") == []
    assert [row.get("class").split() for row in rows][2] == ["list-item", "first", "alike"]
    assert "<अस्ताना>" in rows[1].xpath("td[1]")[0].text_content()
    assert "5 sentences; " in tree.xpath("//p[@class='about']")[0].text_content()
    for column in comparison.columns:
        assert column.brief.model in tree.xpath("//footer")[0].text_content()


def test_the_page_stands_alone(comparison: Comparison) -> None:
    page = write_comparison(comparison)
    assert "http" not in page
    assert "<script" not in page
