from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from markdown_it import MarkdownIt

from glossary.model import Term
from translator.documents.brief_json import write_json
from translator.documents.left_out import left_out
from translator.documents.reading import read_content
from translator.documents.runs import source_runs, target_runs
from translator.documents.writing import WRITERS, write_html, write_markdown, write_text, write_tmx
from translator.pipeline import Translator
from translator.values import Block, Brief, Document, Flag, Pin, Placement, Segment, TranslatedBlock

TERM = Term("भारत", "India", kind="name", domain="place")
SEGMENT = Segment(
    "भारत <b> & | 12 * आए।",
    "India <b> & | 13 * came.",
    (Placement(Pin(0, 4, "India", TERM), 0, 5),),
    (Flag("number", "The number 12 is not in the English.", source_span=(14, 16)),),
    "tagged",
    -0.5,
)
BLOCK = Block("list-item", SEGMENT.source, 1, "1. ")
BRIEF = Brief(
    Document("नोट <1>.txt", (BLOCK,)),
    (TranslatedBlock(BLOCK, (SEGMENT,)),),
    "compact",
    "compact-0123456789ab",
    "abcdef",
    datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
)


class Page(HTMLParser):
    """The text of a page by element, and the attributes of every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self._open.append(f"{tag}:{dict(attrs).get('lang', '')}")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in self._open:
            self.text[name] = self.text.get(name, "") + data


def test_runs_are_the_text_parted_at_its_pins() -> None:
    assert [run.text for run in source_runs(SEGMENT)] == ["भारत", " <b> & | 12 * आए।"]
    assert [(run.text, bool(run.pin)) for run in target_runs(SEGMENT)] == [("India", True), (" <b> & | 13 * came.", False)]


def test_html_shows_both_sides_marks_pins_and_says_flags_in_words() -> None:
    html = write_html(BRIEF)
    page = Page(html)
    assert "1. भारत <b> & | 12 * आए।" in page.text["td:hi"]
    assert "1. India <b> & | 13 * came." in page.text["td:en"]
    assert "Check: The number 12 is not in the English." in page.text["td:en"]
    assert page.text["mark:"] == "भारतIndia"
    assert ("html", {"lang": "en"}) in page.tags
    assert page.text["h1:"] == "नोट <1>.txt"
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "b"}
    assert "://" not in html


def test_a_word_document_comes_back_as_it_looked_and_another_note_in_a_new_one(translator: Translator) -> None:
    document, file = new_document(), BytesIO()
    document.add_paragraph("बैठक हुई।").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(file)
    given = file.getvalue()
    write = WRITERS["docx-en"].write
    for name, content, centred in (("a.docx", given, True), ("a.txt", "बैठक हुई।".encode(), False), ("a.docx", b"", False)):
        note = read_content(content, name) if content else Document(name, (BLOCK,))
        written = new_document(BytesIO(write(translator.brief(note), content))).paragraphs
        assert len(written) == 1
        assert not re.search("[\u0904-\u0939]", written[0].text)
        assert (written[0].alignment == WD_ALIGN_PARAGRAPH.CENTER) == centred


def test_markdown_is_a_table_that_markdown_reads_back() -> None:
    html = MarkdownIt("commonmark").enable("table").render(write_markdown(BRIEF))
    page = Page(html)
    assert "1. भारत <b> & | 12 * आए।" in page.text["td:"]
    assert "1. India <b> & | 13 * came." in page.text["td:"]
    assert "The number 12 is not in the English." in page.text["p:"]


def test_json_holds_everything_by_position() -> None:
    brief = json.loads(write_json(BRIEF))
    assert (brief["format"], brief["version"], brief["model"]) == ("dwibhashi-brief", 1, "compact-0123456789ab")
    (segment,) = brief["blocks"][0]["segments"]
    (pin,) = segment["pins"]
    assert segment["source"][slice(*pin["source"])] == "भारत"
    assert segment["target"][slice(*pin["target"])] == pin["english"] == "India"
    assert segment["flags"][0]["kind"] == "number"


def test_every_format_gives_bytes_for_any_name_and_any_text() -> None:
    odd = Segment("क\x00\ufffe", "\x01", flags=(Flag("x", "\x02"),))
    brief = replace(BRIEF, document=replace(BRIEF.document, name="\udcff\x00"), blocks=(TranslatedBlock(BLOCK, (odd, SEGMENT)),))
    assert [kind for kind in WRITERS if kind != "pdf"] == ["html", "md", "json", "txt", "docx", "docx-en", "xliff", "tmx", "csv"]
    assert len({writer.suffix for writer in WRITERS.values()}) == len(WRITERS)
    for writer in WRITERS.values():
        assert writer.write(brief, b"")


def test_plain_text_is_the_english_with_the_marker_of_each_block() -> None:
    assert write_text(BRIEF) == "1. India <b> & | 13 * came.\n"


def test_tmx_leaves_out_what_has_no_english() -> None:
    empty = replace(SEGMENT, target=" ", placements=(), flags=())
    assert "<seg>" not in write_tmx(replace(BRIEF, blocks=(TranslatedBlock(BLOCK, (empty,)),)))


def test_what_of_the_note_could_not_be_read_is_said() -> None:
    lacking = replace(BRIEF, document=replace(BRIEF.document, metadata=left_out({"picture": 2})))
    for text in (write_html(lacking), write_markdown(lacking)):
        assert "Not in this brief: 2 pictures." in text
    assert "Not in this brief" not in write_html(BRIEF) + write_markdown(BRIEF)
