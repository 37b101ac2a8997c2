from __future__ import annotations

from pathlib import Path

import pytest

from translator.documents.reading_rtf import read_rtf
from translator.documents.reading_word import read_docx
from translator.errors import DocumentError
from translator.values import Block

SAMPLE = Path(__file__).parents[1] / "data" / "documents" / "libreoffice.rtf"


def test_a_document_of_libreoffice_is_read_as_its_twin_in_word() -> None:
    document = read_rtf(SAMPLE.read_bytes(), "note.rtf")
    *others, box, note = [Block(each.kind, each.text.replace("।  ", "। "), each.level, each.marker) for each in document.blocks]
    assert (*others, note, box) == read_docx(SAMPLE.with_suffix(".docx").read_bytes(), "note.docx").blocks
    assert document.metadata == {"left out": "1 tracked deletion, 1 hidden passage, 1 comment, 1 picture."}


def unicode(text: str, fallback: str = "?") -> str:
    """Text as RTF writes it: numbers of 16 bits, with a sign."""
    units = text.encode("utf-16-le")
    numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{number} {fallback}" for number in numbers)


HINDI = unicode("हिंदी")
P = "paragraph"


@pytest.mark.parametrize(
    ("rtf", "blocks"),
    [
        (HINDI, [Block(P, "हिंदी")]),
        (unicode("हिंदी", "\\'3f"), [Block(P, "हिंदी")]),
        ("\\uc0 " + unicode("हिंदी", ""), [Block(P, "हिंदी")]),
        ("{\\uc2 " + unicode("क", "ab") + "}" + unicode("ख", "c") + "d", [Block(P, "कखd")]),
        (unicode("😀"), [Block(P, "😀")]),
        ("a\\par b\\\nc\r\nd", [Block(P, "a"), Block(P, "b"), Block(P, "cd")]),
        ("a\\line b\\tab c", [Block(P, "a\nb\nc")]),
        ("\\'93a\\'94 \\ldblquote b\\rdblquote\\~\\_\\-\\{\\}\\\\", [Block(P, "“a” “b”\u00a0\u2011{}\\")]),
        ("{\\fonttbl{\\f1\\fcharset204 X;}{\\f2\\fcharset2 S;}}{\\f1 \\'cf}{\\f2 \\'b7}", [Block(P, "П•")]),
        ("a{\\v b}{\\deleted c}{\\*\\unknown d}{\\info{\\title e}}f", [Block(P, "af")]),
        ("{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt a}}{\\field{\\*\\fldinst{ PAGE }}{\\fldrslt 3}}", [Block(P, "a")]),
        ("{\\upr{a}{\\*\\ud{" + HINDI + "}}}", [Block(P, "हिंदी")]),
        ("\\trowd\\intbl a\\cell b\\par c\\cell\\row\\pard d", [*(Block("table-cell", text) for text in "abc"), Block(P, "d")]),
        ("\\outlinelevel1 a\\par\\pard b", [Block("heading", "a", 2), Block(P, "b")]),
        ("{\\stylesheet{\\s3 heading 3;}{\\s4\\sbasedon3 x;}{\\s5 Title;}}\\s4 a\\par\\pard\\s5 b", [
            Block("heading", "a", 3), Block("heading", "b", 1),
        ]),
        ("{\\listtext\\pard 2.\\tab}\\ilvl1 a\\par{\\pntext\\f2\\'b7\\tab}b", [
            Block("list-item", "a", 2, "2. "), Block("list-item", "b", 2, "- "),
        ]),
        ("a{\\footnote b\\par c}d\\par e{\\*\\footnote\\ftnalt f}", [
            Block(P, "ad"), Block("footnote", "b", marker="[1] "), Block("footnote", "c"),
            Block(P, "e"), Block("footnote", "f", marker="[i] "),
        ]),
        ("a{\\header b}{\\footerf b}{\\header b}", [Block("header", "b"), Block(P, "a")]),
        ("a{\\pict\\bin3 }}}}b", [Block(P, "ab")]),
    ],
)  # fmt: skip
def test_rich_text_is_read_as_it_is_seen(rtf: str, blocks: list[Block]) -> None:
    assert list(read_rtf(f"{{\\rtf1\\ansi\\ansicpg1252 {rtf}}}".encode(), "a.rtf").blocks) == blocks


def test_what_is_left_out_is_told() -> None:
    rtf = b"{\\rtf1 a{\\shppict{\\pict 00}}{\\nonshppict{\\pict 00}}{\\object{\\result b}}{\\*\\annotation c}}"
    assert read_rtf(rtf, "a.rtf").metadata == {"left out": "1 picture, 1 embedded object, 1 comment."}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", r"is no RTF file, whatever its name says"),
        (SAMPLE.read_bytes()[:9000], r"ends in the middle\. Copy or send it again"),
        (b"{\\rtf1\\bin99999999999 a}", "ends in the middle"),
        (b"{\\rtf1" + b"{" * 1000, "too deep in each other"),
        (b"{\\rtf1" + b"\\par" * 1_200_000 + b"}", r"is too large to be read\. Divide it"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_remedy(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=r"dir/a\.rtf: .*" + message):
        read_rtf(content, "dir/a.rtf")
