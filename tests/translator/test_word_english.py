"""The English in place of the Hindi in a Word document, read back by our own reader and by python-docx."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import regex
from docx import Document as open_document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from glossary.model import Term
from tests.translator.word_files import docx, made_with_python_docx, p, r
from translator.documents.reading_word import read_docx
from translator.documents.word_english import write_english_docx
from translator.errors import DocumentError
from translator.pipeline import texts_of
from translator.values import Brief, Pin, Placement, Segment, TranslatedBlock

SAMPLE = (Path(__file__).parents[1] / "data" / "documents" / "libreoffice.docx").read_bytes()
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def brief(original: bytes, *segments: Segment) -> Brief:
    """A brief of `original` with these segments, or with English that counts the sentences."""
    document = read_docx(original, "note.docx")
    texts = [texts_of(block) for block in document.blocks]
    numbered = (Segment(text, f"Sentence {at}.") for at, text in enumerate(chain.from_iterable(texts)))
    given = iter(segments or numbered)
    blocks = tuple(
        TranslatedBlock(block, tuple(next(given) for _ in of)) for block, of in zip(document.blocks, texts, strict=True)
    )
    return Brief(document, blocks, "compact", "compact-1", "1", NOW)


def english(body: str, *segments: Segment, **parts: str) -> Any:
    """The body of a document in English."""
    original = docx(body, **parts)
    with ZipFile(BytesIO(write_english_docx(original, brief(original, *segments)))) as package:
        return parse_xml(package.read("word/document2.xml"))


def runs(paragraph: Any) -> list[tuple[str, list[str]]]:
    """The text of each run, and the names of its properties but for its language."""
    return [
        (
            "".join(
                leaf.text or {"tab": "\t", "br": "\n"}.get(leaf.tag.rpartition("}")[2], "*")
                for leaf in run
                if leaf.tag != qn("w:rPr")
            ),
            [child.tag.rpartition("}")[2] for child in (() if run.rPr is None else run.rPr) if child.tag != qn("w:lang")],
        )
        for run in paragraph.iter(qn("w:r"))
    ]


@pytest.mark.parametrize("original", [SAMPLE, made_with_python_docx()], ids=["libreoffice", "python-docx"])
def test_the_english_stands_where_the_hindi_stood(original: bytes) -> None:
    made = brief(original)
    written = write_english_docx(original, made)
    before, after = made.document.blocks, read_docx(written, "note.docx").blocks
    assert [(block.kind, block.level, block.marker) for block in after] == [
        (block.kind, block.level, block.marker) for block in before
    ]
    for block, translated in zip(after, made.blocks, strict=True):
        assert block.text.split() == " ".join(segment.target for segment in translated.segments).split()
    assert open_document(BytesIO(written)).element.body is not None


def test_no_hindi_is_left_and_every_other_part_is_as_it_was() -> None:
    written = write_english_docx(SAMPLE, brief(SAMPLE))
    with ZipFile(BytesIO(SAMPLE)) as before, ZipFile(BytesIO(written)) as after:
        assert after.namelist() == before.namelist()
        for name in before.namelist():
            if regex.search(r"word/(?:document|footnotes|endnotes|header\d|footer\d)\.xml", name):
                assert not regex.search(r"\p{Deva}", after.read(name).decode())
            elif not regex.search(r"word/(?:numbering|styles)\.xml", name):
                assert after.read(name) == before.read(name)


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert write_english_docx(SAMPLE, brief(SAMPLE)) == write_english_docx(SAMPLE, brief(SAMPLE))


BOLD = "<w:b/><w:bCs/>"
NEPAL = Placement(Pin(0, 5, "Nepal", Term("नेपाल", "Nepal")), 9, 14)


@pytest.mark.parametrize(
    ("paragraph", "segment", "expected"),
    [
        (r("नेपाल", BOLD) + r(" में बैठक"), Segment("नेपाल में बैठक", "Visit to Nepal", (NEPAL,)), [("Visit to ", []), ("Nepal", ["b"])]),
        (r("नेपाल में बैठक", BOLD), Segment("नेपाल में बैठक", "Visit to Nepal", (NEPAL,)), [("Visit to Nepal", ["b"])]),
        (r("नेपा", BOLD) + r("ल में बैठक"), Segment("नेपाल में बैठक", "Visit to Nepal", (NEPAL,)), [("Visit to Nepal", [])]),
        (
            r("विषय:", BOLD) + r(" बैठक हुई"),
            Segment("विषय: बैठक हुई", "Subject: A meeting"),
            [("Subject:", ["b"]), (" A meeting", [])],
        ),
        (r("क", "<w:bCs/><w:szCs w:val='30'/><w:cs/><w:rtl/>"), Segment("क", "A"), [("A", ["b", "sz"])]),
        (r("क", "<w:sz w:val='20'/><w:szCs w:val='30'/><w:rStyle w:val='x'/>"), Segment("क", "A"), [("A", ["rStyle", "sz"])]),
        (r("क") + "<w:del><w:r><w:delText>पुराना</w:delText></w:r></w:del>", Segment("क", "A"), [("A", [])]),
        (r("  क"), Segment("क", "a\x0b"), [("  ", []), ("a\ufffd", [])]),
    ],
)
def test_formats_go_where_they_belong(paragraph: str, segment: Segment, expected: list[tuple[str, list[str]]]) -> None:
    root = english(p(paragraph), segment)
    assert runs(root) == expected
    assert {run.rPr.find(qn("w:lang")).get(qn("w:val")) for run in root.iter(qn("w:r"))} == {"en-IN"}


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
PAGE = "<w:r>{}</w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r>{}</w:r>".format(
    *(f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
)
TWO = (Segment("क हुआ।", "A was."), Segment("ख हुआ।", "B was."))


@pytest.mark.parametrize(
    ("paragraph", "segments", "expected"),
    [
        (r("क हुआ।") + NOTE + r(" ख हुआ।"), TWO, ["A was.", "*", " ", "B was."]),
        (r("क") + NOTE + r(" हुआ। ख हुआ।"), TWO, ["A was.", "*", " ", "B was."]),
        (r("नेपाल") + NOTE + r(" में"), (Segment("नेपाल में", "Visit to Nepal now", (NEPAL,)),), ["Visit to Nepal", "*", " now"]),
        ("<w:r><w:drawing/></w:r>" + r("क हुआ। ख हुआ।"), TWO, ["*", "A was.", " ", "B was."]),
        (r("क हुआ।") + "<w:r><w:tab/><w:tab/></w:r>" + r("ख हुआ।"), TWO, ["A was.", "\t\t", "B was."]),
        (r("क हुआ।") + "<w:r><w:br/></w:r>" + r("ख हुआ।"), TWO, ["A was.", "\n", "B was."]),
        ("<w:r><w:tab/></w:r>" + r("पृष्ठ ") + PAGE, (Segment("पृष्ठ", "Page"),), ["\t", "Page", " ", "*", "PAGE", "*"]),
        (r("क हुआ।") + '<w:r><w:br w:type="page"/></w:r>', TWO[:1], ["A was.", "\n"]),
    ],
)
def test_what_is_no_text_stays_by_its_sentence(paragraph: str, segments: tuple[Segment, ...], expected: list[str]) -> None:
    written = [text for text, _ in runs(english(p(paragraph), *segments))]
    assert written == expected


@pytest.mark.parametrize(
    ("paragraph", "segment", "linked"),
    [
        (
            '<w:hyperlink r:id="hyperlink">' + r("नेपाल") + "</w:hyperlink>" + r(" में"),
            Segment("नेपाल में", "Visit to Nepal", (NEPAL,)),
            "Nepal",
        ),
        (
            '<w:hyperlink r:id="hyperlink">' + r("नेपाल में") + "</w:hyperlink>",
            Segment("नेपाल में", "Visit to Nepal", (NEPAL,)),
            "Visit to Nepal",
        ),
        (r("यहां ") + '<w:hyperlink r:id="hyperlink">' + r("देखें") + "</w:hyperlink>", Segment("यहां देखें", "See here"), "See here"),
    ],
)
def test_a_link_goes_to_its_term_or_to_its_sentence(paragraph: str, segment: Segment, linked: str) -> None:
    links = english(p(paragraph), segment).iter(qn("w:hyperlink"))
    assert "".join(text for link in links for text, _ in runs(link)) == linked


def test_both_forms_of_a_text_box_are_in_english() -> None:
    drawing, old = (f"<w:{name}><w:txbxContent>{p('बॉक्स')}</w:txbxContent></w:{name}>" for name in ("drawing", "pict"))
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    root = english(p(r("क") + both), Segment("क", "A"), Segment("बॉक्स", "Box"))
    assert [leaf.text for leaf in root.iter(qn("w:t"))] == ["A", "Box", "Box"]


def test_lists_are_numbered_in_latin() -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="hindiNumbers"/></w:lvl></w:abstractNum>'
    original = docx(p("क"), numbering=numbering)
    with ZipFile(BytesIO(write_english_docx(original, brief(original)))) as package:
        assert b'w:val="decimal"' in package.read("word/numbering.xml")


def test_what_needed_no_translation_keeps_its_runs() -> None:
    root = english(p(r("AB", BOLD) + r("C") + PAGE), Segment("ABC", "ABC", rung="untouched"))
    assert runs(root)[:2] == [("AB", ["b", "bCs"]), ("C", [])]


def test_another_file_than_that_of_the_brief_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"note\.docx: is not the file that this brief was made from"):
        write_english_docx(docx(p("ख")), brief(docx(p("क"))))
