from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from translator.documents.reading_opendocument import read_odt
from translator.documents.reading_word import read_docx
from translator.errors import DocumentError
from translator.values import Block

SAMPLE = Path(__file__).parents[1] / "data" / "documents" / "libreoffice.odt"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("m", "manifest"),
    )
)


def odt(text: str, styles: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text, part by part."""
    content = BytesIO()
    with ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", f"<m:manifest {NAMESPACES}>{manifest}</m:manifest>")
        styled = f"<office:automatic-styles>{styles}</office:automatic-styles>"
        body = f"<office:body><office:text>{text}</office:text></office:body>"
        package.writestr("content.xml", f"<office:document-content {NAMESPACES}>{styled}{body}</office:document-content>")
    return content.getvalue()


def test_a_document_of_libreoffice_is_read_as_its_twin_in_word() -> None:
    document = read_odt(SAMPLE.read_bytes(), "note.odt")
    *others, box, note = document.blocks
    assert (*others, note, box) == read_docx(SAMPLE.with_suffix(".docx").read_bytes(), "note.docx").blocks
    assert document.metadata == {"left out": "1 tracked deletion, 1 hidden passage, 1 comment, 1 picture."}


def items(*levels: int, attributes: str = "") -> str:
    inner = "".join(
        "<text:list><text:list-item>" * (level - 1) + "<text:p>क</text:p>" + "</text:list-item></text:list>" * (level - 1)
        for level in levels
    )
    return f'<text:list text:style-name="L" {attributes}><text:list-item>{inner}</text:list-item></text:list>'


LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="क, ख, ग, ..." style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="2" style:num-format="i" style:num-suffix="." text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/>'
    "</text:list-style>"
)


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        (items(1, 2, 3), ["(क) ", "क.i. ", "- "]),
        (items(1) + items(1), ["(क) ", "(क) "]),
        (items(1) + items(1, attributes='text:continue-numbering="true"'), ["(क) ", "(ख) "]),
        (items(1, attributes='xml:id="a"') + items(1) + items(1, attributes='text:continue-list="a"'), ["(क) ", "(क) ", "(ख) "]),
        (items(1).replace("<text:list-item>", '<text:list-item text:start-value="5">'), ["(ङ) "]),
        (items(1).replace('"L"', '"none"'), ["- "]),
        (items(1).replace("list-item", "list-header"), [""]),
    ],
)
def test_list_items_have_the_labels_that_are_seen(text: str, markers: list[str]) -> None:
    assert [block.marker for block in read_odt(odt(text, LISTS), "a.odt").blocks] == markers


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("<text:p>क\n  ख<text:s text:c='3'/>ग<text:tab/>घ</text:p>", Block("paragraph", "क ख ग\nघ")),
        ("<text:p>पृष्ठ <text:page-number>1</text:page-number></text:p>", Block("paragraph", "पृष्ठ")),
        ("<text:p>क <text:date>5 मई</text:date></text:p>", Block("paragraph", "क 5 मई")),
        (
            "<text:p>क<text:ruby><text:ruby-base>ख</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby></text:p>",
            Block("paragraph", "कख"),
        ),
        ('<text:h text:outline-level="4">क</text:h>', Block("heading", "क", 4)),
        ('<text:p text:style-name="P1">क</text:p>', Block("heading", "क", 1)),
        (
            '<text:section><text:p>क</text:p></text:section><text:section text:display="none"><text:p>ख</text:p></text:section>',
            Block("paragraph", "क"),
        ),
        (
            "<text:table-of-content><text:index-body><text:p>क</text:p></text:index-body></text:table-of-content>",
            Block("paragraph", "क"),
        ),
        ("<text:p><draw:custom-shape><text:p>क</text:p></draw:custom-shape></text:p>", Block("paragraph", "क")),
    ],
)
def test_text_is_read_as_it_is_seen(text: str, block: Block) -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="Title" style:family="paragraph"/>'
    )
    assert read_odt(odt(text, styles), "a.odt").blocks == (block,)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            odt("", manifest="<m:file-entry><m:encryption-data/></m:file-entry>"),
            r"it is protected by a password\. Save it as \.odt without",
        ),
        (odt("<text:p>"), r"content\.xml is damaged .* save it anew"),
        ("भारत".encode(), r"is no \.odt file, whatever its name says"),
        (SAMPLE.read_bytes()[:9000], "the end of the archive is missing"),
        (SAMPLE.with_suffix(".docx").read_bytes(), "there is no OpenDocument text in it"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_remedy(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=r"dir/a\.odt: " + message):
        read_odt(content, "dir/a.odt")
