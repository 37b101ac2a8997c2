"""A brief in Word, read back by python-docx."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn

from glossary.model import Term
from translator.documents.docx import write_docx, write_english
from translator.documents.left_out import left_out
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
    assert [run.style.name for cell in row.cells for run in cell.paragraphs[0].runs if run.text] == ["Pinned term"] * 2
    assert [[cell.text for cell in row.cells] for row in word.tables[1].rows[1:]] == [["नेपाल", "Nepal", "1"]]


def test_the_english_alone_keeps_headings_and_lists() -> None:
    paragraphs = open_document(BytesIO(write_english(BRIEF))).paragraphs
    shown = [(paragraph.style.name, paragraph.text) for paragraph in paragraphs]
    assert shown == [("Heading 1", "Nepal"), ("Normal", "- Six went."), ("Normal", "x = 1")]
    assert paragraphs[1].paragraph_format.left_indent > 0
    assert paragraphs[2].runs[0].style.name == "Verbatim"
    assert write_english(BRIEF) == write_english(BRIEF)


def test_flags_are_comments_on_the_english_that_they_are_about(word: Any) -> None:
    assert [(comment.text, comment.author) for comment in word.comments] == [
        ("Check: 5 is missing.", "Dwibhashi"),
        ("Note: Short.", "Dwibhashi"),
    ]
    paragraph = word.tables[0].rows[2].cells[1].paragraphs[0]
    assert [commented(paragraph, number) for number in ("0", "1")] == ["Six", "Six went."]


def commented(paragraph: Any, number: str) -> str:
    """The text between the marks of a comment."""
    marks = [element for element in paragraph._p if element.get(qn("w:id")) == number]
    first, last = (paragraph._p.index(mark) for mark in marks)
    return "".join(element.text or "" for element in paragraph._p[first + 1 : last])


def test_a_comment_is_cut_out_of_the_text_around_it_and_stands_on_an_empty_cell() -> None:
    block = Block("list-item", "क", 1, "- ")
    number = Flag("numbers", "12?", "error", None, (5, 7))
    for target, flag, shown in (("Take 12 of\nthem.", number, "12"), ("", Flag("length", "Empty."), "- ")):
        segment = Segment("क", target, (), (flag,))
        word = open_document(BytesIO(write_docx(replace(BRIEF, blocks=(TranslatedBlock(block, (segment,)),)))))
        cell = word.tables[0].rows[1].cells[1]
        assert cell.text == "- " + target
        assert len(word.comments) == 1
        assert commented(cell.paragraphs[0], "0") == shown


def test_hindi_is_told_to_be_hindi_and_is_as_large_as_the_english(word: Any) -> None:
    hindi, english = (next(run for run in cell.paragraphs[0].runs if run.text)._r.rPr for cell in word.tables[0].rows[1].cells)
    assert hindi.find(qn("w:lang")).get(qn("w:bidi")) == "hi-IN"
    assert hindi.find(qn("w:bCs")) is not None
    assert hindi.rFonts.get(qn("w:cs"))
    assert hindi.find(qn("w:szCs")).get(qn("w:val")) == english.find(qn("w:sz")).get(qn("w:val"))


ORDER = "rStyle rFonts b bCs color sz szCs u shd cs lang".split()  # ECMA-376-1, CT_RPr; Word refuses or drops what is not


def test_properties_of_runs_stand_in_the_order_of_the_schema(word: Any) -> None:
    for properties in word.element.iter(qn("w:rPr")):
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == sorted(names, key=ORDER.index)


def test_the_file_has_the_time_of_the_brief_and_no_other() -> None:
    content = write_docx(BRIEF)
    assert write_docx(BRIEF) == content
    with ZipFile(BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(2026, 11, 24, 0, 0, 0)}
        assert b"2026-11-24T00:00:00Z" in parts.read("word/comments.xml")


def test_what_xml_cannot_hold_becomes_the_replacement_character() -> None:
    brief = replace(BRIEF, document=replace(NOTE, name="a\0\ud800.txt"), model="m\x01")
    word = open_document(BytesIO(write_docx(brief)))
    assert word.paragraphs[0].text == "a\ufffd\ufffd.txt"
    assert "m\ufffd" in word.sections[0].footer.paragraphs[0].text


def test_the_footer_says_what_made_the_brief(word: Any) -> None:
    assert "compact-1, glossary 12, 2026-11-24" in word.sections[0].footer.paragraphs[0].text


def test_the_real_brief_can_be_written(seed_brief: Brief) -> None:
    assert len(open_document(BytesIO(write_docx(seed_brief))).tables[0].rows) == 1 + len(seed_brief.segments)


def test_what_could_not_be_read_is_said() -> None:
    lacking = replace(BRIEF, document=replace(NOTE, metadata=left_out({"picture": 2})))
    texts = [paragraph.text for paragraph in open_document(BytesIO(write_docx(lacking))).paragraphs]
    assert "Not in this brief: 2 pictures. Look at the original for it." in texts
