from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from translator.documents.pdf import read_pdf
from translator.documents.pdf_layout import Line, Page, Piece, arrange
from translator.errors import DocumentError
from translator.values import Block

SAMPLES = Path(__file__).parent.parent / "data" / "documents"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PICTURE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n\x80\nendstream"
)


def made(*pages: bytes, extra: bytes = b"") -> bytes:
    """A PDF with pages that are drawn so; /F1 is a font, /I a picture."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids), FONT, PICTURE]
    for at, drawn in enumerate(pages):
        resources = b"/Resources<</Font<</F1 3 0 R>>/XObject<</I 4 0 R>>>>"
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s/Contents %d 0 R%s>>" % (resources, 6 + 2 * at, extra))
        packed = zlib.compress(drawn)
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + end % (size, table, size, len(content))


def written(*lines: tuple[int, int, str], size: int = 12) -> bytes:
    """Lines of Latin text at places of a page."""
    return (
        b"BT " + b"".join(b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj " % (size, x, y, text.encode()) for x, y, text in lines) + b"ET "
    )


def test_a_note_from_libreoffice_is_read_with_its_structure() -> None:
    document = read_pdf((SAMPLES / "libreoffice.pdf").read_bytes(), "note.pdf")
    assert document.blocks == (
        Block("header", "गृह मंत्रालय, भारत सरकार"),
        Block("heading", "संयुक्त कार्य समूह की पांचवीं बैठक", 1),
        Block(
            "paragraph",
            "आतंकवाद के खतरे को ध्यान में रखते हुए, भारत और कजाकिस्तान के वरिष्ठ अधिकारी आतंकवाद विरोधी सहयोग के महत्व पर सहमत हुए।",
        ),
        Block(
            "paragraph",
            "दोनों पक्षों ने सूचना आदान प्रदान, क्षमता निर्माण, प्रशिक्षण कार्यक्रमों, और UN, EAG और SCO जैसे बहुपक्षीय मंचों पर सहयोग के "
            "माध्यम से आतंकवाद विरोधी सहयोग को मजबूत करने की महत्ता पर जोर दिया। विवरण: https://example.org/briefing",
        ),
        Block("list-item", "पहला बिंदु", 1, "1. "),
        Block("list-item", "दूसरा बिंदु", 1, "2. "),
        Block(
            "paragraph",  # begins on one page, and ends on the next
            "पिछले साल, भारतीय सेना और भारतीय वायु सेना के 120 सदस्यों का एक दल कजाकिस्तान गया था। यह पहली बार था कि वायु सेना ने इस अभ्यास "
            "में भाग लिया, जो 30 अक्टूबर से 11 नवम्बर, 2023 तक ओतार में आयोजित किया गया था। इस अभ्यास का मुख्य उद्देश्य दोनों सेनाओं के बीच "
            "सहयोग को बढ़ाना और आतंकवाद विरोधी संचालन का अभ्यास करना था।",
        ),
        Block("table-cell", "देश"),
        Block("table-cell", "दल के सदस्यों की कुल संख्या"),  # two lines in the cell
        Block("table-cell", "तिथि"),
        Block("table-cell", "कजाकिस्तान"),
        Block("table-cell", "1,87,500"),
        Block("table-cell", "8 अप्रैल 2024"),
        Block("paragraph", "अंतिम अनुच्छेद यहाँ समाप्त होता है।"),
    )
    assert document.metadata == {"left out": "3 page numbers."}


def test_a_page_from_chromium_is_read_without_blanks_in_words() -> None:
    assert read_pdf((SAMPLES / "chromium.pdf").read_bytes(), "note.pdf").blocks == (
        Block("heading", "संयुक्त कार्य समूह की पांचवीं बैठक", 1),
        Block(
            "paragraph",
            "आतंकवाद के खतरे को ध्यान में रखते हुए, भारत और कजाकिस्तान के वरिष्ठ अधिकारी आतंकवाद विरोधी सहयोग के महत्व पर सहमत हुए। "
            "प्रौद्योगिकियों, क्षेत्रों, ज्ञान, श्रीमती, र्कि, हिन्दी, विद्यार्थियों, बिंदुओं, वर्षों।",
        ),
        Block("paragraph", "6वीं बैठक का विवरण: https://example.org/briefing"),
        Block("list-item", "पहला बिंदु।", 1, "1. "),
        Block("list-item", "दूसरा बिंदु।", 1, "2. "),
        Block("table-cell", "कजाकिस्तान"),
        Block("table-cell", "1,87,500"),
        Block("table-cell", "8 अप्रैल 2024"),
    )


def test_a_page_that_is_a_scan_says_so_in_its_place() -> None:
    picture = b"q 500 0 0 700 40 40 cm /I Do Q "
    document = read_pdf(made(written((50, 700, "First.")), picture, picture + written((50, 700, "Third.")), b""), "note.pdf")
    assert document.blocks == (
        Block("paragraph", "First."),
        Block("verbatim", "Page 2 is a scan; it has no text."),
        Block("paragraph", "Third."),
    )
    assert document.metadata == {"left out": "1 picture, 1 scanned page."}


def test_letters_that_the_fonts_do_not_name_are_said() -> None:
    content = (SAMPLES / "libreoffice.pdf").read_bytes().replace(b"/ToUnicode", b"/XoUnicode")
    assert read_pdf(content, "note.pdf").blocks[0].text.startswith("Page 1 cannot be read well: its fonts do not say what")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("An interna-", "tional meeting"), "An international meeting"),
        (("The Indo-", "Kazakh meeting"), "The Indo-Kazakh meeting"),
        (("The 2020-", "21 meeting"), "The 2020- 21 meeting"),
    ],
)
def test_lines_become_a_paragraph_and_divided_words_whole(lines: tuple[str, str], expected: str) -> None:
    content = made(written((50, 700, lines[0]), (50, 685, lines[1])))
    assert [block.text for block in read_pdf(content, "note.pdf").blocks] == [expected]


def test_a_field_of_a_form_is_read_as_it_looks_and_a_comment_counted() -> None:
    field = written((2, 5, "Filled in"))
    looks = b"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 3 0 R>>>>/Length %d>>stream\n%s\nendstream"
    widget = b"<</Type/Annot/Subtype/Widget/FT/Tx/F 4/Rect[50 600 250 620]/AP<</N 7 0 R>>>>"
    comment = b"<</Type/Annot/Subtype/Text/Rect[50 500 70 520]/Contents(Check this.)>>"
    page = made(written((50, 700, "Name:")), extra=b"/Annots[8 0 R 9 0 R]")
    objects = [part.partition(b" obj\n")[2] for part in page.partition(b"xref\n")[0].split(b"\nendobj\n")[:-1]]
    document = read_pdf(assembled([*objects, looks % (len(field), field), widget, comment]), "note.pdf")
    assert [block.text for block in document.blocks] == ["Name:", "Filled in"]
    assert document.metadata == {"left out": "1 comment."}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ((SAMPLES / "encrypted.pdf").read_bytes(), r"note\.pdf: it is protected by a password\. Save it without one"),
        ((SAMPLES / "chromium.pdf").read_bytes()[:-3000], r"note\.pdf: the end of the PDF is missing\. Copy or send it again"),
        ("भारत".encode(), r"note\.pdf: this is no PDF, whatever its name says"),
        (b"%PDF-1.4\nnothing\nstartxref\n9\n%%EOF\n", r"note\.pdf: the PDF is damaged"),
        (made(*[b""] * 2001), r"note\.pdf: it has 2001 pages; 2000 are allowed\. Divide it"),
        (made(b"0 0 1 1 re f\n" * 5_000_000), r"note\.pdf: it could not be read within the limits of memory and time"),
    ],
    ids=["encrypted", "truncated", "text", "damaged", "pages", "bomb"],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_pdf(content, "note.pdf")


# --- Layout ---------------------------------------------------------------------------------------------------------------


def line(at: float, *texts: str, start: float = 50, page: int = 1, size: float = 12, bold: bool = False) -> Line:
    """Pieces of 5 points a letter, 40 points apart."""
    pieces = []
    for text in texts:
        pieces.append(Piece(start, start + 5 * len(text), text))
        start += 5 * len(text) + 40
    return Line(page, at, 0, size, bold, tuple(pieces))


def laid(*lines: Line, rules: Sequence[tuple[float, ...]] = (), dividers: Sequence[tuple[float, ...]] = ()) -> list[Block]:
    numbers = sorted({each.page for each in lines})
    pages = [
        Page(number, 0, 0, 100, 0, tuple(rules), tuple(dividers), tuple(each for each in lines if each.page == number))
        for number in numbers
    ]
    return [block for blocks in arrange(pages).blocks.values() for block in blocks]


FULL = "word " * 15 + "word"  # as wide as the column


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(700, FULL), line(685, "end.")], [f"{FULL} end."]),
        ([line(700, FULL), line(670, "apart.")], [FULL, "apart."]),
        ([line(700, "short"), line(685, FULL)], ["short", FULL]),
        ([line(700, FULL), line(685, FULL, start=70)], [FULL, FULL]),  # a first line that is indented
        ([line(700, FULL, start=70), line(685, FULL)], [f"{FULL} {FULL}"]),  # and the line after it
        ([line(700, FULL), line(685, FULL, bold=True)], [FULL, FULL]),
        ([line(700, FULL), line(685, "1. one", start=55)], [FULL, "one"]),
        ([line(700, "1.", FULL), line(685, "end.", start=100)], [f"{FULL} end."]),
        ([line(700, "a", "b"), line(685, "c", "d")], ["a", "b", "c", "d"]),
        ([line(700, FULL), line(685, FULL + " x"), line(670, FULL[:-5]), line(655, "a")], [f"{FULL} {FULL} x {FULL[:-5]} a"]),
        ([line(700, FULL), line(685, FULL[:-9] + "."), line(670, "a")], [f"{FULL} {FULL[:-9]}.", "a"]),
        ([line(700, FULL), line(685, "end."), line(700, FULL * 2, start=500)], [f"{FULL} end.", FULL * 2]),  # two columns
        ([line(100, FULL), line(700, "end.", page=2)], [f"{FULL} end."]),
        ([line(100, FULL + "."), line(700, "New.", page=2)], [FULL + ".", "New."]),
    ],
)
def test_which_lines_make_a_paragraph(lines: list[Line], expected: list[str]) -> None:
    assert [block.text for block in laid(*lines)] == expected


def test_larger_text_and_short_bold_lines_are_headings() -> None:
    body = [line(600 - 15 * at, FULL) for at in range(3)]
    blocks = laid(line(700, "Title", size=20), line(670, "Part", size=16), line(640, "Bold", bold=True), *body)
    assert [(block.text, block.level) for block in blocks if block.kind == "heading"] == [("Title", 1), ("Part", 2), ("Bold", 3)]


def test_lines_between_the_same_rules_are_one_row() -> None:
    cells = [line(690, "one", "two"), line(675, "more"), line(650, "three", "four")]
    rules, dividers = [(710, 40, 300), (665, 40, 300), (640, 40, 300)], [(40, 640, 710), (300, 640, 710)]
    assert [block.text for block in laid(*cells, rules=rules, dividers=dividers)] == ["one more", "two", "three", "four"]


def test_what_stands_on_every_page_is_given_once() -> None:
    lines = [
        each
        for page in range(1, 5)
        for each in (
            line(800, "Ministry", page=page),
            line(500 - page, f"Text {page}.", page=page),
            line(20, f"Page {page} of 4", page=page),
        )
    ]
    assert [(block.kind, block.text) for block in laid(*lines)] == [
        ("header", "Ministry"),
        *(("paragraph", f"Text {page}.") for page in range(1, 5)),
    ]
