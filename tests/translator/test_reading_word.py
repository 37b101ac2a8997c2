from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.translator.word_files import docx, made_with_python_docx, p, r
from translator.documents.reading_word import read_docx
from translator.errors import DocumentError
from translator.values import Block

SAMPLE = Path(__file__).parents[1] / "data" / "documents" / "libreoffice.docx"


def test_a_document_of_libreoffice_is_read_as_it_is_seen() -> None:
    document = read_docx(SAMPLE.read_bytes(), "note.docx")
    assert document.blocks == (
        Block("header", "विदेश मंत्रालय"),
        Block("header", "पृष्ठ"),
        Block("heading", "ब्रीफिंग नोट", 1),
        Block("heading", "पृष्ठभूमि", 1),
        Block("paragraph", "भारत और नेपाल के बीच बैठक हुई। दोनों पक्षों ने रिपोर्ट देखी।"),
        Block("footnote", "यह पहली टिप्पणी है।", marker="[1] "),
        Block("paragraph", "यह जोड़ा गया पाठ है।"),
        Block("paragraph", "दिनांक:\n15 मार्च 2024\nस्थान: नई  दिल्ली"),
        Block("heading", "मुख्य बिंदु", 2),
        Block("list-item", "पहला बिंदु।", 1, "1. "),
        Block("list-item", "उप-बिंदु।", 2, "(a) "),
        Block("list-item", "दूसरा बिंदु।", 1, "2. "),
        Block("list-item", "बुलेट बिंदु।", 1, "- "),
        Block("table-cell", "देश"),
        Block("table-cell", "राशि"),
        Block("table-cell", "भारत"),
        Block("table-cell", "भीतर की तालिका"),
        Block("table-cell", "₹ 1,87,500 करोड़"),
        Block("paragraph", "अंत में धन्यवाद।"),
        Block("footnote", "अंतिम टिप्पणी।", marker="[i] "),
        Block("paragraph", "पाठ बॉक्स"),
    )
    assert document.metadata == {"left out": "1 comment, 1 hidden passage, 1 tracked deletion, 1 picture."}


def test_a_document_of_python_docx_has_its_styles_read() -> None:
    assert read_docx(made_with_python_docx(), "note.docx").blocks == (
        Block("header", "विदेश मंत्रालय"),
        Block("header", "गोपनीय"),
        Block("heading", "ब्रीफिंग नोट", 1),
        Block("heading", "पृष्ठभूमि", 1),
        Block("list-item", "पहला बिंदु।", 1, "1. "),
        Block("list-item", "दूसरा बिंदु।", 1, "2. "),
        Block("list-item", "बुलेट बिंदु।", 1, "- "),
        Block("table-cell", "देश"),
        Block("table-cell", "भारत\nनेपाल"),
    )


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, MIDDLE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))


def field(code: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText>{code}</w:instrText></w:r>{MIDDLE}{r(result)}{END}"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (r("भा") + r("रत"), "भारत"),
        (r(" क ") + "<w:r><w:br/></w:r>" + r("ख"), "क \nख"),
        (r("क") + '<w:r><w:br w:type="page"/></w:r>' + r("ख"), "कख"),
        (r("सह") + "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>" + r("योग\u00ad"), "सह\u2011योग"),
        (r("क\nख"), "क ख"),
        (field(" HYPERLINK x ", "कड़ी") + r(" देखें"), "कड़ी देखें"),
        (r("पृष्ठ ") + field(" PAGE ", "7") + r(" का"), "पृष्ठ  का"),
        (r("क") + '<w:fldSimple w:instr=" NUMPAGES ">' + r("9") + "</w:fldSimple>", "क"),
        (r("क") + '<w:fldSimple w:instr=" DATE ">' + r("9") + "</w:fldSimple>", "क9"),
        (f"{BEGIN}{MIDDLE}{field(' QUOTE ', 'भीतर')}{END}", "भीतर"),
        (f"{BEGIN}<w:r><w:instrText> TOC </w:instrText></w:r>{MIDDLE}{r('सूची')}", "सूची"),
        ("<w:ins>" + r("नया ") + "</w:ins><w:del><w:r><w:delText>पुराना</w:delText></w:r></w:del>" + r("पाठ"), "नया पाठ"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("चुना हुआ") + "</w:sdtContent></w:sdt>", "चुना हुआ"),
        (r("छिपा", "<w:vanish/>") + r("दिखा", '<w:vanish w:val="0"/>'), "दिखा"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase>" + r("क") + "</w:rubyBase></w:ruby></w:r>", "क"),
    ],
)
def test_a_paragraph_is_read_as_it_is_seen(paragraph: str, text: str) -> None:
    assert read_docx(docx(p(paragraph)), "a.docx").blocks == (Block("paragraph", text),)


def level(at: int, form: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def item(list_id: int, at: int = 0) -> str:
    return p("क", f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "hindiVowels", "(%1)")}{level(1, "lowerRoman", "%2.")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.", 3)}{level(1, "decimal", "%1.%2")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "•")}{level(1, "hindiNumbers", "%2)")}</w:abstractNum>'
    + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(3))
    + '<w:num w:numId="4"><w:abstractNumId w:val="1"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
)


@pytest.mark.parametrize(
    ("items", "markers"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["(क) ", "i. ", "ii. ", "(ख) ", "i. "]),
        ([(2, 0), (2, 1), (2, 1), (2, 0)], ["3. ", "3.1 ", "3.2 ", "4. "]),
        ([(2, 0), (4, 0), (2, 0)], ["3. ", "9. ", "4. "]),
        ([(3, 0), (3, 1)], ["- ", "१) "]),
    ],
)
def test_list_items_have_the_labels_that_word_shows(items: list[tuple[int, int]], markers: list[str]) -> None:
    blocks = read_docx(docx("".join(item(*each) for each in items), numbering=NUMBERING), "a.docx").blocks
    assert [block.marker for block in blocks] == markers
    assert [block.level for block in blocks] == [at + 1 for _, at in items]


def test_a_list_that_is_switched_off_is_none() -> None:
    assert read_docx(docx(item(0), numbering=NUMBERING), "a.docx").blocks == (Block("paragraph", "क"),)


STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="3"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "heading"),
    [
        ('<w:pStyle w:val="1"/>', 3),
        ('<w:pStyle w:val="2"/>', 3),
        ('<w:pStyle w:val="3"/>', 0),
        ('<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:outlineLvl w:val="1"/>', 2),
        ('<w:pStyle w:val="none"/>', 0),
    ],
)
def test_headings_are_known_by_outline_level_or_style(properties: str, heading: int) -> None:
    block = read_docx(docx(p("क", properties), styles=STYLES), "a.docx").blocks[0]
    assert (block.kind, block.level) == (("heading", heading) if heading else ("paragraph", 0))


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def test_a_text_box_in_two_forms_is_read_once_and_pictures_are_told() -> None:
    drawing, old = f"<w:drawing>{box('बॉक्स')}</w:drawing>", f"<w:pict>{box('बॉक्स')}</w:pict>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read_docx(docx(p(r("क") + both) + p("<w:r><w:drawing/></w:r><m:oMath/>") + "<w:altChunk/>"), "a.docx")
    assert document.blocks == (Block("paragraph", "क"), Block("paragraph", "बॉक्स"))
    assert document.metadata == {"left out": "1 picture, 1 formula, 1 embedded document."}


def test_headers_with_the_same_text_are_one_block() -> None:
    section = '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/></w:sectPr>'
    content = docx(p("क") + section, header=p("गोपनीय"), footer=p("गोपनीय"))
    assert read_docx(content, "a.docx").blocks == (Block("header", "गोपनीय"), Block("paragraph", "क"))


def test_a_deleted_row_is_not_read() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"
    body = f"<w:tbl>{row.format('<w:del/>', p('क'))}{row.format('', p('ख'))}</w:tbl>"
    assert read_docx(docx(body), "a.docx").blocks == (Block("table-cell", "ख"),)


STRICT = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            r"it is protected by a password, or from before Word 2007\. Save it as \.docx",
        ),
        ("भारत".encode(), r"is no \.docx file, whatever its name says"),
        (SAMPLE.read_bytes()[:5000], r"the end of the archive is missing\. Copy or send it again"),
        (SAMPLE.with_suffix(".odt").read_bytes(), r"there is no Word document in it"),
        (docx("<w:p>"), r"word/document2\.xml is damaged .* save it anew"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_remedy(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=r"dir/a\.docx: " + message):
        read_docx(content, "dir/a.docx")


def test_strict_open_xml_is_told_apart() -> None:
    content = BytesIO()
    with ZipFile(BytesIO(docx(""))) as given, ZipFile(content, "w") as package:
        for name in given.namelist():
            package.writestr(name, STRICT if name == "word/document2.xml" else given.read(name))
    with pytest.raises(DocumentError, match=r"is Strict Open XML\. Save it as an ordinary Word document"):
        read_docx(content.getvalue(), "a.docx")
