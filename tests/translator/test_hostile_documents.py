"""Office files that are made to fill the memory, to read what is not theirs, or to run for ever."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.translator.word_files import docx, p
from translator.documents.reading import read_content
from translator.errors import DocumentError
from translator.values import Block

LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))


def with_declaration(declaration: str, body: str) -> bytes:
    """A Word file whose main part begins with a document type."""
    content = BytesIO()
    with ZipFile(BytesIO(docx(body))) as given, ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name in given.namelist():
            part = given.read(name).decode()
            package.writestr(name, f"<!DOCTYPE x [{declaration}]>{part}" if name == "word/document2.xml" else part)
    return content.getvalue()


def odt(content_xml: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        package.writestr("content.xml", content_xml)
    return content.getvalue()


def slip() -> bytes:
    content = BytesIO(docx(p("क")))
    with ZipFile(content, "a") as package:
        package.writestr("../../evil.xml", "x")
    return content.getvalue()


BOMBS = {
    "spaces.docx": lambda: docx(p(" " * 30_000_000)),
    "text.docx": lambda: docx(p("".join(map(str, range(5000))) * 5000)),
    "elements.docx": lambda: docx("<w:p/>" * 700_000),
    "attributes.docx": lambda: docx('<w:p w:a="" w:b="" w:c="" w:d=""/>' * 200_000),
    "laughs.docx": lambda: with_declaration(f'<!ENTITY a0 "ha">{LAUGHS}', p("&a9;")),
    "attribute-laughs.docx": lambda: with_declaration(f'<!ENTITY a0 "ha">{LAUGHS}', '<w:p w:x="&a9;"/>'),
    "deep.docx": lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "elements.odt": lambda: odt("<a>" + "<b/>" * 700_000 + "</a>"),
    "deep.html": lambda: b"<div>" * 500_000,
    "elements.html": lambda: b"<p>a" * 500_000,
    "deep.rtf": lambda: b"{\\rtf1" + b"{" * 1_100_000,
    "signs.rtf": lambda: b"{\\rtf1" + b"\\par" * 3_000_000,
}

MEASURE = """
import sys
from translator.documents.reading import read_content
from translator.errors import DocumentError
content = open(sys.argv[1], "rb").read()
try:
    read_content(content, sys.argv[1])
except DocumentError:
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BOMBS[name]())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / name)], capture_output=True, text=True, check=True, timeout=60
    )
    assert 0 < int(ran.stdout) < 200


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (with_declaration('<!ENTITY a SYSTEM "file:///etc/hostname">', p("&a;")), "has a document type, as no .docx file has"),
        (with_declaration('<!ENTITY a "b">', p("&a;")), "has a document type"),
        (slip(), "leads out of the archive"),
    ],
)
def test_what_reaches_outside_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_content(content, "a.docx")


def test_tables_in_tables_are_read_as_deep_as_they_go() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 80 + p("क") + "</w:tc></w:tr></w:tbl>" * 80
    assert read_content(docx(body), "a.docx").blocks == (Block("table-cell", "क"),)


def test_pictures_are_not_inflated() -> None:
    content = BytesIO(docx(p("क")))
    with ZipFile(content, "a", ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.wmz", b"\x1f\x8b\x08" + bytes(30_000))
        package.writestr("word/media/image2.bmp", bytes(range(256)) * 100_000)
    assert read_content(content.getvalue(), "a.docx").blocks == (Block("paragraph", "क"),)
