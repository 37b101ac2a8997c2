from __future__ import annotations

import re
import subprocess
import sys
import zlib
from pathlib import Path

import pypdfium2
import pytest

from translator.documents.brief_pdf import pdf_can_be_had, write_pdf
from translator.documents.writing import WRITERS
from translator.values import Brief

PAGE = '<!doctype html><html lang="en"><body>{}</body></html>'


@pytest.fixture(autouse=True)
def _pdf() -> None:
    if not pdf_can_be_had():
        pytest.skip("the extra pdf is not installed")


def inside(pdf: bytes) -> bytes:
    """A PDF with what is packed in it."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(part) for part in packed if part[:1] == b"x")


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_the_english_of_a_brief_can_be_read_in_it(seed_brief: Brief) -> None:
    pdf = WRITERS["pdf"].write(seed_brief, b"")
    assert pdf.startswith(b"%PDF-")
    words = re.findall(r"[A-Za-z]+", text_of(pdf))
    assert {word for segment in seed_brief.segments for word in re.findall(r"[A-Za-z]+", segment.target)} <= set(words)


def test_hindi_is_in_a_font_that_goes_along() -> None:
    pdf = write_pdf(PAGE.format('<p lang="hi">क्षेत्रीय सहयोग</p>'))
    assert b"Noto-Sans-Devanagari" in inside(pdf)
    assert b"/FontFile2" in inside(pdf)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    image = tmp_path / "dot.gif"
    image.write_bytes(b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;")
    pdf = write_pdf(PAGE.format(f'<p>Brief</p><img src="{image.as_uri()}" alt="">'))
    assert b"/Image" not in inside(pdf)
    assert "Brief" in text_of(pdf)


def test_without_weasyprint_the_format_is_not_there_and_the_remedy_is_said() -> None:
    program = (
        "import importlib.util, sys\n"
        "sys.modules['weasyprint'] = None\n"
        "found = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'weasyprint' else found(name, *rest)\n"
        "from translator.cli import main\n"
        "from translator.documents.writing import WRITERS\n"
        "assert 'pdf' not in WRITERS\n"
        "main(['batch', '.', '--out', 'none', '--format', 'pdf'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, "pip install 'dwibhashi[pdf]'" in done.stderr) == (3, True)
