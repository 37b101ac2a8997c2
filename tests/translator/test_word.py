"""A brief in Word, read back by python-docx."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn

from glossary.model import Term
from translator.documents.docx import write_docx
from translator.values import Block, Brief, Document, Flag, Pin, Placement, Segment, TranslatedBlock

TERM = Term("नेपाल", "Nepal", id=7)
BLOCKS = (
    TranslatedBlock(Block("heading", "नेपाल", 1), (Segment("नेपाल", "Nepal", (Placement(Pin(0, 5, "Nepal", TERM), 0, 5),)),)),
    TranslatedBlock(
        Block("list-item", "वे 5 गए।", 1, "- "),
        (
            Segment(
                "वे 5 गए।\x0b",
                "Six went.",
                (Placement(Pin(3, 4, "Six"), 0, 3),),
                (Flag("numbers", "5 is missing.", "error", (3, 4), (0, 3)), Flag("length", "Short.", "warning")),
            ),
        ),
    ),
    TranslatedBlock(Block("verbatim", "x = 1"), (Segment("x = 1", "x = 1", rung="untouched"),)),
)
NOTE = Document("नोट.txt", tuple(block.block for block in BLOCKS))
BRIEF = Brief(NOTE, BLOCKS, "compact", "compact-1", "12", datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture(scope="module")
def word() -> Any:
    return open_document(BytesIO(write_docx(BRIEF)))


def test_every_sentence_has_a_row_with_both_languages(word: Any) -> None:
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [["हिन्दी", "English"], ["नेपाल", "Nepal"], ["- वे 5 गए।\ufffd", "- Six went."], ["x = 1", "x = 1"]]
    assert word.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_terms_are_marked_on_both_sides_and_listed(word: Any) -> None:
    row = word.tables[0].rows[1]
    assert [run.style.name for cell in row.cells for run in cell.paragraphs[0].runs] == ["Pinned term"] * 2
    assert [[cell.text for cell in row.cells] for row in word.tables[1].rows[1:]] == [["नेपाल", "Nepal", "1"]]


def test_flags_are_comments_on_the_english(word: Any) -> None:
    assert [(comment.text, comment.author) for comment in word.comments] == [
        ("Check: 5 is missing.", "Dwibhashi"),
        ("Note: Short.", "Dwibhashi"),
    ]


def test_hindi_is_told_to_be_hindi(word: Any) -> None:
    run = word.tables[0].rows[1].cells[0].paragraphs[0].runs[0]
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "hi-IN"
    assert run.font.cs_bold
    assert run._r.rPr.rFonts.get(qn("w:cs"))


def test_the_footer_says_what_made_the_brief(word: Any) -> None:
    assert "compact-1, glossary 12, 2026-11-24" in word.sections[0].footer.paragraphs[0].text


def test_the_real_brief_can_be_written(seed_brief: Brief) -> None:
    assert len(open_document(BytesIO(write_docx(seed_brief))).tables[0].rows) == 1 + len(seed_brief.segments)
