"""The lines of the pages of a PDF, as pdfium finds its letters; a program of its own, for what a stranger sent may crash pdfium.

PDF from standard input, one JSON object for each page to standard output, or one `{"error": …}`. How lines make paragraphs,
and what is told to the user, `pdf.py` knows.
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MOST_PAGES = 2000
MOST_CHARACTERS = 1_000_000
_MOST_MEMORY = 200 * 2**20  # bytes of address space; Python and pdfium take some 30 MiB of it
_MOST_SECONDS = 15  # of the processor; a thousand pages take half of them

_SPACE = 0.18  # of the size of the letters: the narrowest gap that is a space
_CELL = 1.3  # the narrowest gap that divides cells
_RAISED = 0.5  # how far a letter of the same line may stand above or below another
_RULE = 2.0  # points: the thickest line of a table
_MOST_RULES, _MOST_PIECES = 2000, 2000  # on a page with a table; with more, it is a drawing
_PICTURE = 12  # points: the height or width of the smallest picture
_DEEPEST = 5  # forms within forms
_FIELDS = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_COMMENTS = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT)
_NOTHING = 0.01  # points
_LONGEST_CLUSTER = 200  # bytes
_BLANKS = (0x20, 0xA0, 0x09, 0x0D, 0x0A)
_HYPHENS = (0x02, 0xFFFE)  # what pdfium makes of a hyphen at the end of a line
_UNREADABLE = re.compile("[\x7f-\x9f\u0250-\u02af\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")  # signs of phonetics among them
_BULLETS = {0xF0B7: 0x2022, 0xF0A7: 0x25AA, 0xF0D8: 0x2022, 0xF076: 0x2022, 0xF0FC: 0x2022}  # of Symbol and Wingdings


@dataclass(slots=True)
class _Letter:
    """A character at its place along the line and across the lines."""

    code: int
    along: float
    end: float
    across: float
    size: float
    bold: bool
    direction: int


@dataclass(slots=True)
class _Run:
    """What the letters of one text object have in common."""

    at: int  # among the objects of the page
    size: float
    bold: bool
    direction: int


@dataclass(slots=True)
class _Objects:
    """The objects of a page: text objects by their address, and the bounds of all."""

    order: dict[int, int] = field(default_factory=dict)
    bounds: list[tuple[float, float, float, float]] = field(default_factory=list)
    text: list[bool] = field(default_factory=list)
    handles: list[Any] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)  # lines across: height, left, right
    dividers: list[tuple[float, float, float]] = field(default_factory=list)  # lines upright: place, bottom, top
    pictures: int = 0


def main() -> None:
    """Read standard input, write standard output."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = any(word in str(error).lower() for word in ("password", "security"))
        print(json.dumps({"error": "encrypted" if locked else "damaged"}))
        return
    if len(document) > MOST_PAGES:
        print(json.dumps({"error": "pages", "pages": len(document), "most": MOST_PAGES}))
        return
    total = 0
    for number in range(len(document)):
        try:
            page, comments = _with_fields(document, number)
        except pypdfium2.PdfiumError:
            print(json.dumps({"error": "damaged", "page": number + 1}))
            return
        found = {**_page(page), "comments": comments}
        total += found["characters"]
        if total > MOST_CHARACTERS:
            print(json.dumps({"error": "characters", "most": MOST_CHARACTERS}))
            return
        print(json.dumps(found, ensure_ascii=True))
        page.close()


def _limit() -> None:
    """Bound memory and time, where the system has such bounds."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_CPU, _MOST_SECONDS), (resource.RLIMIT_CORE, 0)):
        allowed = resource.getrlimit(what)[1]
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (limit, limit))


def _page(page: Any) -> dict[str, Any]:
    objects = _objects(page.raw)
    text_page = page.get_textpage()
    letters = list(_letters(text_page.raw, objects))
    lines = [_line(line, objects.dividers) for line in _lines(letters)]
    text_page.close()
    if len(objects.dividers) + len(objects.rules) > _MOST_RULES or sum(len(line["pieces"]) for line in lines) > _MOST_PIECES:
        objects.dividers, objects.rules = [], []
    unreadable = sum(len(_UNREADABLE.findall(piece[2])) for line in lines for piece in line["pieces"])
    return {
        "characters": len(letters),
        "unreadable": unreadable,
        "pictures": objects.pictures,
        "rules": objects.rules,
        "dividers": objects.dividers,
        "lines": [line for line in lines if line["pieces"]],
    }


def _objects(page: Any) -> _Objects:
    found = _Objects()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        one = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(one)
        pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        found.bounds.append((left.value, bottom.value, right.value, top.value))
        found.handles.append(one)
        found.text.append(kind == pdfium.FPDF_PAGEOBJ_TEXT)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.order[ctypes.cast(one, ctypes.c_void_p).value or 0] = at
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            found.pictures += _pictures(one, kind, 0)
        elif top.value - bottom.value <= _RULE < right.value - left.value:
            found.rules.append((round(top.value, 1), round(left.value, 1), round(right.value, 1)))
        elif right.value - left.value <= _RULE < top.value - bottom.value:
            found.dividers.append((round(left.value, 1), round(bottom.value, 1), round(top.value, 1)))
    return found


def _pictures(one: Any, kind: int, depth: int) -> int:
    """How many pictures an object is or holds; bullets and borders are not counted."""
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        return int(min(right.value - left.value, top.value - bottom.value) >= _PICTURE)
    if kind != pdfium.FPDF_PAGEOBJ_FORM or depth > _DEEPEST:
        return 0
    within = (pdfium.FPDFFormObj_GetObject(one, at) for at in range(pdfium.FPDFFormObj_CountObjects(one)))
    return sum(_pictures(each, pdfium.FPDFPageObj_GetType(each), depth + 1) for each in within)


def _with_fields(document: Any, number: int) -> tuple[Any, int]:
    """A page with what is written in its fields and boxes as part of it, and the number of comments, which are not."""
    page = document[number]
    drawn = comments = 0
    for at in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        one = pdfium.FPDFPage_GetAnnot(page.raw, at)
        kind = pdfium.FPDFAnnot_GetSubtype(one)
        part = kind in _FIELDS and bool(pdfium.FPDFAnnot_HasKey(one, b"AP"))  # that is how it looks; without, no one can say
        drawn += part
        comments += kind in _COMMENTS and not part
        pdfium.FPDFPage_CloseAnnot(one)
    if drawn and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    return page, comments


def _letters(text: Any, objects: _Objects) -> Iterator[_Letter]:
    """The letters in the order of the page; what pdfium adds of its own, spaces and ends of lines, is left out.

    A cluster with /ActualText may be drawn by several objects, of which pdfium keeps the first. The bounds of the others say
    how far the cluster reaches, and those without height are spaces: Chromium writes both.
    """
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    runs: dict[int, _Run] = {}
    names: dict[int, bool] = {}
    before: _Letter | None = None
    last = -1
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _BLANKS and pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        handle = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.addressof(handle.contents) if handle else 0
        run = runs.get(address)
        if run is None:
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            run = _run(handle, matrix, pdfium.FPDFText_GetFontSize(text, index), objects.order.get(address, -1), names)
            runs[address] = run
        if before and 0 <= last < run.at - 1 and before.direction == run.direction:
            for letter in _skipped(objects, last, run.at, before):
                before = letter
                yield letter
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        along, across, end = x.value, y.value, box.right
        if run.direction:
            along, across = _turned(run.direction, along, across)
            end = max(_turned(run.direction, box.left, box.bottom)[0], _turned(run.direction, box.right, box.top)[0])
        code = 0x20 if code in _BLANKS else 0x2D if code in _HYPHENS else _BULLETS.get(code, code)
        last = run.at
        before = _Letter(code, along, end, across, run.size, run.bold, run.direction)
        yield before


def _skipped(objects: _Objects, last: int, at: int, before: _Letter) -> Iterator[_Letter]:
    """What pdfium left out between two objects: the rest of a cluster, which makes `before` wider, and letters of their own."""
    for skipped in range(last + 1, at):
        if not objects.text[skipped]:
            continue
        left, bottom, right, top = objects.bounds[skipped]
        along, end = sorted((_turned(before.direction, left, bottom)[0], _turned(before.direction, right, top)[0]))
        if right - left < _NOTHING:
            for letter in _without_width(objects, skipped, before):
                before = letter
                yield letter
        elif top - bottom < _NOTHING:
            yield replace(before, code=0x20, along=along, end=end)
        else:
            before.end = max(before.end, end)


def _without_width(objects: _Objects, at: int, before: _Letter) -> Iterator[_Letter]:
    """The letters of an object that pdfium leaves out because it has no width, as LibreOffice draws an anusvara after ि."""
    drawn = _cluster(objects.handles[at])
    if drawn and drawn != _cluster(objects.handles[at - 1]):
        for character in drawn[1]:
            yield replace(before, code=ord(character))


def _cluster(handle: Any) -> tuple[int, str] | None:
    """The span of /ActualText that an object belongs to: its address, and its text."""
    size = ctypes.c_ulong()
    for at in range(pdfium.FPDFPageObj_CountMarks(handle)):
        mark = pdfium.FPDFPageObj_GetMark(handle, at)
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == pdfium.FPDF_OBJECT_STRING:
            text = ctypes.create_string_buffer(_LONGEST_CLUSTER)
            place = ctypes.cast(text, ctypes.POINTER(ctypes.c_ubyte))
            if pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", place, _LONGEST_CLUSTER, size):
                written = text.raw[: size.value]
                if written.startswith(b"\xfe\xff"):
                    return ctypes.cast(mark, ctypes.c_void_p).value or 0, written[2:].decode("utf-16-be", "replace")
    return None


def _run(handle: Any, matrix: Any, size: float, at: int, names: dict[int, bool]) -> _Run:
    font = pdfium.FPDFTextObj_GetFont(handle) if handle else None
    address = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
    if address not in names:
        name = ctypes.create_string_buffer(200)
        if font:
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        names[address] = b"bold" in name.value.lower()
    direction = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return _Run(at, size * scale or 1.0, names[address], direction)


def _turned(direction: int, x: float, y: float) -> tuple[float, float]:
    """A place on the page as a place along a line that runs in `direction` (quarters of a turn), and across the lines."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[direction]


def _lines(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Letters that follow each other at one height, from left to right."""
    line: list[_Letter] = []
    for letter in letters:
        if line and not _same_line(line, letter):
            yield _in_order(line)
            line = []
        line.append(letter)
    if line:
        yield _in_order(line)


def _same_line(line: list[_Letter], letter: _Letter) -> bool:
    near = _RAISED * max(line[-1].size, letter.size)
    if letter.direction != line[-1].direction:
        return False
    return abs(letter.across - line[-1].across) < near or (abs(letter.across - line[0].across) < near)


def _in_order(line: list[_Letter]) -> list[_Letter]:
    """By place, if any letter stands far before the one that it follows: LibreOffice draws what is in another font later."""
    if any(after.along < before.along - before.size for before, after in pairwise(line)):
        return sorted(line, key=lambda letter: round(letter.along, 1))
    return line


def _line(line: list[_Letter], dividers: list[tuple[float, float, float]]) -> dict[str, Any]:
    """A line as pieces, which have a wide gap or an upright line between them."""
    crossed = [place for place, bottom, top in dividers if line[0].direction == 0 and bottom <= line[0].across <= top]
    pieces: list[list[Any]] = []
    written: list[int] = []
    start = end = 0.0
    spaced = False
    for letter in line:
        if letter.code == 0x20:
            spaced = True
            continue
        gap = letter.along - end
        if written and (gap > _CELL * letter.size or any(end - 1 < place < letter.along + 1 for place in crossed)):
            pieces.append([round(start, 1), round(end, 1), _text(written)])
            written = []
        elif written and (spaced or gap > _SPACE * letter.size):
            written.append(0x20)
        if not written:
            start = end = letter.along
        written.append(letter.code)
        spaced, end = False, max(end, letter.end)
    pieces.append([round(start, 1), round(end, 1), _text(written)])
    sizes = sorted(letter.size for letter in line)
    return {
        "across": round(line[0].across, 1),
        "direction": line[0].direction,
        "size": round(sizes[len(sizes) // 2], 1),
        "bold": sum(letter.bold for letter in line) * 2 > len(line),
        "pieces": [piece for piece in pieces if piece[2].strip()],
    }


def _text(codes: list[int]) -> str:
    text = "".join(chr(code) if 0x20 <= code < 0x110000 else "\ufffd" for code in codes)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


if __name__ == "__main__":
    main()
