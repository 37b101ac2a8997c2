"""Lines on pages into blocks: which lines make a paragraph, a row of a table or a heading, and what stands on every page.

It knows places and sizes of text, not how a PDF is made.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from translator.values import Block

_MARKER = r"[•●▪‣◦○■□➢➤✓]|\p{N}{1,3}[.)]|\p{N}{1,2}(?:\.\p{N}{1,2})+\.?|[(\[]\X{1,3}[)\]]"
_LIST_ITEM = regex.compile(rf"(?P<marker>{_MARKER})\s+(?P<text>\S.*)", regex.DOTALL)
_DASH_ITEM = regex.compile(r"(?P<marker>[-–—*])\s+(?P<text>\S.*)", regex.DOTALL)
_BARE_MARKER = regex.compile(rf"{_MARKER}|[-–—*]")
_FINAL_MARK = regex.compile(r"[।॥|?!.:;,][\"'”’»)\]]*\Z")
_PAGE_NUMBER = regex.compile(r"\W*(?:page|पृष्ठ|पेज)?\W*\p{Nd}+(?:\W*(?:of|/|का|में से)?\W*\p{Nd}+)?\W*", regex.IGNORECASE)
_DIGITS = regex.compile(r"\p{Nd}{1,9}")
_MOST_LINES = 500  # of a column
_SAME_PLACE = 4  # points
_SOFT_HYPHEN = "\u00ad"
_HYPHEN = regex.compile(r"\u00ad\Z|(?<=[\p{L}\p{M}])[-‐]\Z")
_EDGE = 3  # lines at the top and at the bottom of a page that may stand on every page
_RUNNING = 0.4  # the share of pages on which such a line stands: of left or right pages alone, nearly half
_SAME_SIZE = 0.08
_LARGER = 1.15  # times the size of most text: a heading
_PITCH = 1.6  # times the size: from line to line, where a document does not tell
_RAGGED = 0.15  # of a line: as much may be left over where it does not end a sentence
_FEW = 3  # distances that tell what is usual
_WIDER = 1.2  # times the usual pitch: a space between paragraphs
_LONGEST_HEADING = 20  # words
_DEEPEST = 6


_Place = tuple[str, int, int]
"""What a line says, its height in steps, and its direction."""


@dataclass(frozen=True)
class Piece:
    """Text without a wide gap; `start` and `end` are places along its line, in points."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Line:
    """Pieces at one height (`across`) of a page. `direction` is in quarters of a turn, `size` in points."""

    page: int
    across: float
    direction: int
    size: float
    bold: bool
    pieces: tuple[Piece, ...]

    @property
    def start(self) -> float:
        return self.pieces[0].start

    @property
    def end(self) -> float:
        return self.pieces[-1].end

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Page:
    """A page: its lines, and the rules (height, left, right) and dividers (place, bottom, top) of its tables."""

    number: int
    pictures: int
    comments: int
    characters: int
    unreadable: int
    rules: tuple[tuple[float, ...], ...]
    dividers: tuple[tuple[float, ...], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Arranged:
    """Blocks by the number of the page on which they begin, and how many page numbers were left out."""

    blocks: dict[int, list[Block]]
    page_numbers: int


def arrange(pages: Sequence[Page]) -> Arranged:
    """The blocks of all pages. What runs along at the top or bottom of most pages is given once, as a header."""
    running = _running(pages)
    layout = _Layout(pages)
    seen: set[_Place] = set()
    numbers = 0
    for page in pages:
        at_edges = _places(page)
        for line in page.lines:
            places = running & at_edges.get(id(line), set())
            if not places:
                layout.add(line, page)
            elif _PAGE_NUMBER.fullmatch(line.text):
                numbers += 1
            elif not places & seen:
                layout.put(line.page, Block("header", line.text))
            seen |= places
    layout.finish()
    return Arranged(layout.blocks, numbers)


def joined(lines: Sequence[str]) -> str:
    """The lines of a paragraph as one; a word that was divided is whole again, and a hyphen between words stays.

    >>> joined(["दोनों", "पक्ष"]), joined(["co-", "operation"]), joined(["विचार-", "विमर्श"])
    ('दोनों पक्ष', 'cooperation', 'विचार-विमर्श')
    """
    return "".join(_before(line, after) for line, after in pairwise([*lines, ""])).strip()


def _before(line: str, after: str) -> str:
    """`line` with what stands between it and the line after it."""
    hyphen = _HYPHEN.search(line)
    if not hyphen or not after[:1].isalpha():
        return f"{line} "
    divided = hyphen.group() == _SOFT_HYPHEN or (line[-2:-1].islower() and after[0].islower())
    return line[:-1] if divided else line


class _Layout:
    """Blocks as they grow, line by line: a paragraph stays open until a line does not belong to it."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.blocks: dict[int, list[Block]] = defaultdict(list)
        self._paragraph: list[Line] = []
        self._row: list[list[Piece]] = []
        self._row_of: tuple[int, int] | None = None
        self._right = _right_edges(pages)
        self._sizes = _heading_sizes(pages)
        self._pitch = _pitch(pages, self._right)

    def put(self, page: int, block: Block) -> None:
        self.blocks[page].append(block)

    def add(self, line: Line, page: Page) -> None:
        band = _band(line, page)
        if band is not None:
            if self._row_of != (page.number, band):
                self.finish()
                self._row_of = (page.number, band)
            self._into_row(line)
            return
        if self._row_of is not None:
            self.finish()
        line = _with_its_marker(line)
        if len(line.pieces) > 1:
            self.finish()
            for piece in line.pieces:
                self.put(line.page, Block("table-cell", _cleaned(piece.text)))
            return
        if self._paragraph and not self._goes_on(self._paragraph, line):
            self.finish()
        self._paragraph.append(line)

    def finish(self) -> None:
        """Close what is open."""
        for cell in self._row:
            assert self._row_of is not None
            self.put(self._row_of[0], Block("table-cell", _cleaned(joined([piece.text for piece in cell]))))
        self._row, self._row_of = [], None
        if self._paragraph:
            self.put(self._paragraph[0].page, self._block(self._paragraph))
        self._paragraph = []

    def _into_row(self, line: Line) -> None:
        """Each piece into the cell above it, or into a new one."""
        for piece in line.pieces:
            cell = next(
                (cell for cell in self._row if cell[0].start < piece.end and piece.start < max(p.end for p in cell)), None
            )
            if cell is None:
                self._row.append([piece])
            else:
                cell.append(piece)

    def _block(self, lines: Sequence[Line]) -> Block:
        text = _cleaned(joined([line.text for line in lines]))
        item = _LIST_ITEM.fullmatch(text) or _DASH_ITEM.fullmatch(text)
        size = round(lines[0].size)
        short = len(text.split()) <= _LONGEST_HEADING
        if size in self._sizes and short:
            return Block("heading", text, min(self._sizes.index(size) + 1, _DEEPEST))
        if lines[0].bold and short and not item and not _FINAL_MARK.search(text):
            return Block("heading", text, min(len(self._sizes) + 1, _DEEPEST))
        if item:
            return Block("list-item", item["text"], 1, item["marker"] + " ")
        return Block("paragraph", text)

    def _goes_on(self, lines: Sequence[Line], line: Line) -> bool:
        """Whether `line` goes on with the paragraph of `lines`."""
        last = lines[-1]
        if _LIST_ITEM.fullmatch(line.text) or not _alike(last, line) or last.bold != line.bold:
            return False
        room = self._right.get((last.page, id(last)), last.end) - last.end
        first_word = len(line.text.split()[0]) + 1
        ended = bool(_FINAL_MARK.search(last.text))
        full = room < (line.end - line.start) * first_word / max(1, len(line.text))
        full = full or (room < _RAGGED * (last.end - last.start) and not ended)
        if not full or (_DASH_ITEM.fullmatch(line.text) and ended):
            return False
        pitch = last.across - line.across
        if line.page != last.page or pitch <= 0:
            return not ended
        if pitch > _WIDER * self._pitch * line.size:
            return False
        indent = line.start - last.start
        if abs(indent) <= line.size:
            return True
        item = _LIST_ITEM.fullmatch(lines[0].text) or _DASH_ITEM.fullmatch(lines[0].text)
        return len(lines) == 1 and (indent < 0 or item is not None)


def _running(pages: Sequence[Page]) -> set[_Place]:
    """The places of lines that stand at the edge of most pages."""
    count = Counter(place for page in pages for places in _places(page).values() for place in places)
    least = max(2.0, _RUNNING * sum(bool(page.lines) for page in pages))
    return {place for place, found in count.items() if found >= least}


def _places(page: Page) -> dict[int, set[_Place]]:
    """What the lines at the edges say and where: word for word, or with a number that grows from page to page."""
    across = sorted(page.lines, key=lambda line: line.across)
    places = {}
    for line in across[:_EDGE] + across[-_EDGE:]:
        height = round(line.across / _SAME_PLACE)
        texts = {line.text}
        if line in (across[0], across[-1]) or _PAGE_NUMBER.fullmatch(line.text):
            for number in _DIGITS.finditer(line.text):
                counted = f"#{int(number.group()) - page.number}"
                texts.add(f"{line.text[: number.start()]}{counted}{line.text[number.end() :]}")
        places[id(line)] = {(text, height, line.direction) for text in texts}
    return places


def _alike(line: Line, other: Line) -> bool:
    return line.direction == other.direction and abs(line.size - other.size) <= _SAME_SIZE * max(line.size, other.size)


def _right_edges(pages: Sequence[Page]) -> dict[tuple[int, int], float]:
    """How far the column of each line reaches: as far as lines of its size that stand above or below it."""
    edges = {}
    for page in pages:
        for column in _columns(page.lines):
            for line in column:
                beside = (other for other in column if other.start < line.end and line.start < other.end and _alike(line, other))
                edges[(page.number, id(line))] = max(other.end for other in beside)
    return edges


def _columns(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Lines that run down the page, until one is higher than the line before it."""
    column: list[Line] = []
    for line in lines:
        if column and (line.across > column[-1].across or len(column) == _MOST_LINES):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _heading_sizes(pages: Sequence[Page]) -> list[int]:
    """The sizes that are larger than that of most text, from the largest down: one for each level of headings."""
    count: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            count[round(line.size)] += len(line.text)
    body = count.most_common(1)[0][0] if count else 0
    return sorted((size for size in count if size >= _LARGER * body), reverse=True)


def _pitch(pages: Sequence[Page], right: dict[tuple[int, int], float]) -> float:
    """The usual distance from a full line to the next, by the size of the letters."""
    ratios = [
        (line.across - after.across) / line.size
        for page in pages
        for line, after in pairwise(page.lines)
        if _alike(line, after)
        and right[(page.number, id(line))] - line.end < 3 * line.size
        and 0.8 < (line.across - after.across) / line.size < 4
    ]
    return statistics.median_low(ratios) if len(ratios) >= _FEW else _PITCH


def _band(line: Line, page: Page) -> int | None:
    """Which row of a table the line is in: how many rules are above it; None if no upright lines are beside it."""
    beside = [place for place, bottom, top in page.dividers if bottom <= line.across <= top]
    if line.direction or not any(place <= line.start for place in beside) or not any(place >= line.end for place in beside):
        return None
    return sum(height > line.across and left < line.end and line.start < right for height, left, right in page.rules)


def _with_its_marker(line: Line) -> Line:
    """A line whose list marker stands apart, put together."""
    if len(line.pieces) == 2 and _BARE_MARKER.fullmatch(line.pieces[0].text):
        marker, text = line.pieces
        whole = Piece(marker.start, text.end, f"{marker.text} {text.text}")
        return Line(line.page, line.across, line.direction, line.size, line.bold, (whole,))
    return line


def _cleaned(text: str) -> str:
    return " ".join(text.replace(_SOFT_HYPHEN, "").split())
