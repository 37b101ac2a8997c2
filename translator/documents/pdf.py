"""PDF into a Document. pdfium finds the letters, in a process of its own with bounds; here it is asked, and its answers told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from translator.documents.left_out import left_out
from translator.documents.pdf_layout import Line, Page, Piece, arrange
from translator.errors import DocumentError
from translator.values import Block, Document

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_LONGEST_WAIT = 120  # seconds, on a busy machine; the program ends itself long before
_BEGIN, _END = 1024, 2048  # bytes at the ends of a file in which a PDF must say that it is one, and whole
_GARBLED = 0.03  # the share of letters without meaning from which a page is no text

_ERRORS = {
    "encrypted": "it is protected by a password. Save it without one, or print it to a new PDF.",
    "damaged": "the PDF is damaged. Copy or send it again, or print it to a new PDF.",
    "pages": "it has {pages} pages; {most} are allowed. Divide it.",
    "characters": "it has more than {most} letters. Divide it.",
}
_ENDED = "it could not be read within the limits of memory and time. Print it to a new PDF, or divide it."


def read_pdf(content: bytes, name: str) -> Document:
    """The paragraphs, headings, list items and table cells of a PDF; a page without text says so in a verbatim block.

    Raises DocumentError for what is no whole PDF, is encrypted, or larger than pdf_pages.py allows.
    """
    if b"%PDF-" not in content[:_BEGIN]:
        raise DocumentError(f"{name}: this is no PDF, whatever its name says. Give it its right name, or make the PDF anew.")
    if b"startxref" not in content[-_END:]:
        raise DocumentError(f"{name}: the end of the PDF is missing. Copy or send it again.")
    pages = tuple(map(_page, _asked(content, name)))
    arranged = arrange(pages)
    lacking = {
        "picture": sum(page.pictures for page in pages if page.lines),
        "scanned page": sum(page.pictures > 0 for page in pages if not page.lines),
        "comment": sum(page.comments for page in pages),
        "page number": arranged.page_numbers,
    }
    blocks: list[Block] = []
    for page in pages:
        blocks += _said_of(page)
        blocks += arranged.blocks.get(page.number, [])
    return Document(name, tuple(blocks), left_out(lacking))


def _asked(content: bytes, name: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-P", str(_PROGRAM)]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=_LONGEST_WAIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{name}: {_ENDED}") from error
    if ended.returncode != 0:
        raise DocumentError(f"{name}: {_ENDED}")
    answers: list[dict[str, Any]] = []
    for number, line in enumerate(ended.stdout.splitlines(), 1):
        answer = json.loads(line)
        if "error" in answer:
            _refuse(answer, name)
        answers.append({**answer, "number": number})
    return answers


def _refuse(answer: dict[str, Any], name: str) -> NoReturn:
    where = f"page {answer['page']}: " if "page" in answer else ""
    raise DocumentError(f"{name}: {where}{_ERRORS[answer['error']].format(**answer)}")


def _page(answer: dict[str, Any]) -> Page:
    number = answer["number"]
    return Page(
        number,
        answer["pictures"],
        answer["comments"],
        answer["characters"],
        answer["unreadable"],
        tuple(tuple(rule) for rule in answer["rules"]),
        tuple(tuple(divider) for divider in answer["dividers"]),
        tuple(
            Line(
                number,
                line["across"],
                line["direction"],
                line["size"],
                line["bold"],
                tuple(Piece(*each) for each in line["pieces"]),
            )
            for line in answer["lines"]
        ),
    )


def _said_of(page: Page) -> list[Block]:
    if not page.lines and page.pictures:
        return [Block("verbatim", f"Page {page.number} is a scan; it has no text.")]
    if page.unreadable > _GARBLED * page.characters:
        reason = f"its fonts do not say what {page.unreadable} of {page.characters} letters are"
        return [Block("verbatim", f"Page {page.number} cannot be read well: {reason}. Ask for the note in another format.")]
    return []
