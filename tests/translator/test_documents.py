from __future__ import annotations

from pathlib import Path

import pytest

from translator.documents.markdown import read_markdown
from translator.documents.plain import read_plain
from translator.documents.reading import decode, read_content, read_document, readable
from translator.errors import DocumentError
from translator.values import Block


def test_every_line_of_plain_text_is_a_block() -> None:
    text = "संयुक्त वक्तव्य\r\nबैठक हुई।\n \n1. पहला बिंदु।\r- दूसरा\n(क) तीसरा।\n\u2003\n"
    assert read_plain(text, "note.txt").blocks == (
        Block("heading", "संयुक्त वक्तव्य", 1),
        Block("paragraph", "बैठक हुई।"),
        Block("list-item", "पहला बिंदु।", 1, "1. "),
        Block("list-item", "दूसरा", 1, "- "),
        Block("list-item", "तीसरा।", 1, "(क) "),
    )


@pytest.mark.parametrize("text", ["", "   ", "\n\n \t\r\n"])
def test_a_blank_text_has_no_blocks(text: str) -> None:
    assert read_plain(text, "note.txt").blocks == ()


def test_markdown_keeps_its_structure() -> None:
    text = (
        "# संयुक्त वक्तव्य\n\nबैठक **अस्ताना** में\nहुई। [विवरण](https://example.org/a) देखें।\n\n"
        "3. पहला\n4. दूसरा\n   - भीतर\n\n> उद्धरण\n\n| देश | दल |\n|---|---|\n| भारत | 120 |\n\n```\ncode = 1\n```\n\n<div>x</div>\n"
    )
    assert read_markdown(text, "note.md").blocks == (
        Block("heading", "संयुक्त वक्तव्य", 1, "# "),
        Block("paragraph", "बैठक अस्ताना में हुई। विवरण (https://example.org/a) देखें।"),
        Block("list-item", "पहला", 1, "3. "),
        Block("list-item", "दूसरा", 1, "4. "),
        Block("list-item", "भीतर", 2, "- "),
        Block("paragraph", "उद्धरण", marker="> "),
        Block("table-cell", "देश"),
        Block("table-cell", "दल"),
        Block("table-cell", "भारत"),
        Block("table-cell", "120"),
        Block("verbatim", "code = 1", marker="```"),
        Block("verbatim", "<div>x</div>"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_read_in_the_encoding_that_its_mark_tells(encoding: str) -> None:
    assert decode("भारत\r\nकजाकिस्तान".encode(encoding), "note.txt") == "भारत\r\nकजाकिस्तान"


def test_utf16_big_endian_is_read() -> None:
    assert decode(b"\xfe\xff" + "भारत".encode("utf-16-be"), "note.txt") == "भारत"


def test_invalid_utf8_is_refused_with_file_and_offset() -> None:
    with pytest.raises(DocumentError, match=r"note\.txt: byte 12 \(0xFF\) is not valid UTF-8.*UTF-8 and try again"):
        decode("भारत".encode() + b"\xff\xfe", "note.txt")


def test_nul_is_refused_with_its_place() -> None:
    with pytest.raises(DocumentError, match=r"note\.txt: NUL character at position 4.*UTF-16"):
        decode("भारत\0".encode(), "note.txt")


def test_a_file_of_another_type_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.xyz").write_text("भारत")
    with pytest.raises(DocumentError, match=r"files of type \.xyz cannot be read; use one of \.txt"):
        read_document(tmp_path / "note.xyz")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.txt: No such file"):
        read_document(tmp_path / "none.txt")


@pytest.mark.parametrize("name", ["note.md", "a/b/note.MD"])
def test_the_name_tells_the_format_of_content(name: str) -> None:
    document = read_content("# बैठक".encode(), name)
    assert document.blocks == (Block("heading", "बैठक", 1, "# "),)
    assert document.name == name.rpartition("/")[2]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("भारत".encode(), "upload/note.xyz", r"upload/note\.xyz: files of type \.xyz cannot be read"),
        (b"\xd0\xcf\x11\xe0", "upload/note.doc", r"upload/note\.doc: .* cannot be read\. Open it .* save it as \.docx"),
        (b"\xff\xff", "upload/note.txt", r"upload/note\.txt: byte 0 \(0xFF\) is not valid UTF-8"),
    ],
)
def test_content_that_cannot_be_read_is_named(content: bytes, name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_content(content, name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("note.txt", True), ("a.b/NOTE", True), ("note.MARKDOWN", True), ("a.txt/note.jpg", False), ("a.zip", False)],
)
def test_the_name_tells_whether_a_file_can_be_read(name: str, expected: bool) -> None:
    assert readable(name) is expected


def test_markdown_that_stands_too_deep_is_refused_and_nothing_of_it_is_lost_in_silence() -> None:
    nested = "".join(f"{'  ' * level}- वे {level}\n" for level in range(25))
    assert len(read_content(nested.encode(), "a.md").blocks) == 25
    for deep in ("".join(f"{'  ' * level}- वे {level}\n" for level in range(40)), ">" * 100 + " वे\n"):
        with pytest.raises(DocumentError, match=r"b\.md: .*too deep"):
            read_content(deep.encode(), "b.md")
