from __future__ import annotations

from pathlib import Path

import pytest

from translator.documents.reading_html import read_html
from translator.errors import DocumentError
from translator.values import Block

SAMPLE = Path(__file__).parents[1] / "data" / "documents" / "libreoffice.html"


def test_a_page_of_libreoffice_is_read_as_it_is_seen() -> None:
    document = read_html(SAMPLE.read_bytes(), "note.html")
    assert [block for block in document.blocks if block.kind not in ("paragraph", "table-cell")] == [
        Block("header", "विदेश मंत्रालय"),
        Block("heading", "पृष्ठभूमि", 1),
        Block("heading", "मुख्य बिंदु", 2),
        Block("list-item", "पहला बिंदु।", 1, "1. "),
        Block("list-item", "उप-बिंदु।", 2, "a. "),
        Block("list-item", "दूसरा बिंदु।", 1, "2. "),
        Block("list-item", "बुलेट बिंदु।", 1, "- "),
        Block("footnote", "यह पहली टिप्पणी है।", marker="[1] "),
        Block("footnote", "अंतिम टिप्पणी।", marker="[i] "),
        Block("header", "पृष्ठ 1"),
    ]
    assert Block("paragraph", "भारत और नेपाल के बीच बैठक हुई। दोनों पक्षों ने रिपोर्ट देखी।") in document.blocks
    assert [block.text for block in document.blocks if block.kind == "table-cell"] == [
        "देश", "राशि", "भारत", "भीतर की तालिका", "₹ 1,87,500 करोड़",
    ]  # fmt: skip
    assert document.metadata["left out"].endswith("1 picture.")


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>क\n  <b>ख</b>&shy;ग<br> घ</p>", [Block("paragraph", "क खग\nघ")]),
        ("क<div>ख<p>ग</div>घ", [Block("paragraph", text) for text in "कखगघ"]),
        ("<h3>क</h3>", [Block("heading", "क", 3)]),
        ("<ul><li>क<ol type=a start=3><li>ख<li>ग</ol>घ</ul>", [
            Block("list-item", "क", 1, "- "), Block("list-item", "ख", 2, "c. "), Block("list-item", "ग", 2, "d. "),
            Block("list-item", "घ", 1),
        ]),
        ("<ol reversed><li>क<li value=7>ख<li>ग</ol>", [
            Block("list-item", "क", 1, "3. "), Block("list-item", "ख", 1, "7. "), Block("list-item", "ग", 1, "6. "),
        ]),
        ("<ol><li><li>ख</ol><p>ग</p>", [Block("list-item", "ख", 1, "2. "), Block("paragraph", "ग")]),
        ("<table><caption>क</caption><tr><th>ख<td><p>ग</p><ul><li>घ</ul></table>", [
            Block("paragraph", "क"), Block("table-cell", "ख"), Block("table-cell", "ग"), Block("list-item", "घ", 1, "- "),
        ]),
        ("<style>क</style><script>'ख'</script><template>ग</template><p hidden>घ</p><p style='display: none'>च</p>छ", [
            Block("paragraph", "छ"),
        ]),
        ("<title>क</title><dialog>ख</dialog><details><summary>ग</summary>घ</details>", [
            Block("paragraph", "ग"), Block("paragraph", "घ"),
        ]),
        ("<p>क <!-- ख --> ग</p>", [Block("paragraph", "क ग")]),
        ("<pre>क\nख</pre><pre><code>x = 1\n</code></pre>", [
            Block("paragraph", "क\nख"), Block("verbatim", "x = 1", marker="```"),
        ]),
        ("<p>क<a role=doc-noteref>1</a></p><aside role=doc-footnote><p>ख</p></aside>", [
            Block("paragraph", "क"), Block("footnote", "ख"),
        ]),
        ("<p>&nbsp;</p>", []),
        ("", []),
        ("<!doctype html>", []),
    ],
)  # fmt: skip
def test_a_page_is_read_as_it_is_seen(page: str, blocks: list[Block]) -> None:
    assert list(read_html(page.encode(), "a.html").blocks) == blocks


def test_what_is_left_out_is_told() -> None:
    page = "<p>क<img src=a><del>ख</del><iframe></iframe><svg><text>ग</text></svg></p>"
    assert read_html(page.encode(), "a.html").metadata == {"left out": "2 pictures, 1 deletion, 1 embedded object."}


@pytest.mark.parametrize(
    "content",
    [
        "<p>भारत</p>".encode(),
        "<p>भारत</p>".encode("utf-8-sig"),
        "<p>भारत</p>".encode("utf-16"),
        '<meta charset="utf-16"><p>भारत</p>'.encode(),
        "<?xml version='1.0' encoding='utf-8'?><html><p>भारत</p></html>".encode(),
        '<meta http-equiv=Content-Type content="text/html; charset=UTF8"><p>भारत</p>'.encode(),
    ],
)
def test_the_encoding_is_that_which_the_page_tells(content: bytes) -> None:
    assert read_html(content, "a.html").blocks == (Block("paragraph", "भारत"),)


def test_western_pages_are_read_as_browsers_read_them() -> None:
    assert read_html(b"<meta charset=iso-8859-1><p>\x93a\x94", "a.html").blocks == (Block("paragraph", "“a”"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<p>\xff</p>", r"byte 3 \(0xFF\) is not valid UTF-8\. Save the page as UTF-8"),
        (b"<meta charset=rot13>", "its encoding 'rot13' is not known here"),
        (b"<p>a\0b", "NUL character at position 4"),
        (b"<div>" * 5000, "too deep in each other"),
        (b"<p>" * 400_001, r"has too many elements to be read\. Divide the page"),
        (b"a" * 11_000_000, "its elements are too long"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_with_the_remedy(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=r"dir/a\.html: .*" + message):
        read_html(content, "dir/a.html")
