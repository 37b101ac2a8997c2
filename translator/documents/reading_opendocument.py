"""OpenDocument texts (.odt) into blocks. How paragraphs and lists are styled `opendocument_styles` knows.

OASIS, OpenDocument 1.3, part 3: the order of reading is that of content.xml; headers and footers come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from translator.documents.left_out import left_out
from translator.documents.opendocument_styles import DRAW, OFFICE, STYLE, TABLE, TEXT, Lists, Styles
from translator.documents.packages import Package
from translator.errors import DocumentError
from translator.values import Block, BlockKind, Document

_ENCRYPTED = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
_PAGES = frozenset(f"{STYLE}{side}{which}" for side in ("header", "footer") for which in ("", "-left", "-first"))
_ROWS = frozenset(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_AROUND = frozenset(
    f"{TEXT}{name}"
    for name in (
        "section numbered-paragraph index-body index-title table-of-content illustration-index table-index object-index "
        "user-index alphabetical-index bibliography".split()
    )
)
_LIVE = frozenset({f"{TEXT}page-number", f"{TEXT}page-count", f"{TEXT}page-continuation"})  # differ from page to page
_NO_TEXT = frozenset({f"{TEXT}ruby-text", f"{TEXT}hidden-text", f"{TEXT}script", f"{OFFICE}forms"})
_OBJECTS = {
    f"{DRAW}image": "picture",
    f"{DRAW}object": "embedded object",
    f"{DRAW}object-ole": "embedded object",
    f"{DRAW}plugin": "embedded object",
}
_SPACES = " \t\n\r"


@dataclass(frozen=True)
class _Around:
    """What a paragraph stands in; the marker is that of its list item or note."""

    kind: BlockKind = "paragraph"
    level: int = 0


def read_odt(content: bytes, name: str) -> Document:
    """The blocks of an OpenDocument text; what is left out (pictures, comments, deletions, hidden text) the metadata says.

    Raises DocumentError, naming the file and the remedy, for what cannot be read.
    """
    package = Package(content, name, ".odt")
    manifest = package.tree("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_ENCRYPTED), None) is not None:
        raise DocumentError(f"{name}: it is protected by a password. Save it as .odt without a password.")
    body, styles = package.tree("content.xml"), package.tree("styles.xml")
    text = None if body is None else body.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise DocumentError(f"{name}: there is no OpenDocument text in it. Save it as .odt and try again.")
    reading = _Reading(Styles([root for root in (styles, body) if root is not None]))
    pages = () if styles is None else styles.iter(*_PAGES)
    blocks = [*dict.fromkeys(reading.pages(pages)), *reading.blocks(text, _Around())]
    return Document(name, tuple(blocks), left_out(reading.left_out))


class _Reading:
    """The reading of one document, which counts list items and what is left out as it goes."""

    def __init__(self, styles: Styles) -> None:
        self.left_out: Counter[str] = Counter()
        self._styles, self._lists = styles, Lists(styles)
        self._marker = ""
        self._beside: list[tuple[Any, _Around]] = []  # what stands in the paragraph that is read, to come after it

    def pages(self, pages: Iterable[Any]) -> Iterator[Block]:
        """Headers and footers."""
        for page in pages:
            yield from self.blocks(page, _Around("header"))

    def blocks(self, parent: Iterable[Any], around: _Around) -> Iterator[Block]:
        """All that is read in an element, in order."""
        for child in parent:
            tag = child.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(child, around)
            elif tag == f"{TEXT}list":
                yield from self._list(child, around)
            elif tag == f"{TABLE}table":
                yield from self._rows(child, around)
            elif tag == f"{TEXT}tracked-changes":
                self.left_out["tracked deletion"] += sum(1 for _ in child.iter(f"{TEXT}deletion"))
            elif tag in _AROUND:
                if child.get(f"{TEXT}display") == "none":
                    self.left_out["hidden passage"] += 1
                else:
                    yield from self.blocks(child, around)
            elif _stands_beside(child):
                yield from self._aside(child, around)

    def _list(self, element: Any, around: _Around, level: int = 1) -> Iterator[Block]:
        self._lists.open(element, level)
        inside = around if around.kind not in ("paragraph", "list-item", "table-cell") else _Around("list-item", level)
        for item in element:
            if item.tag == f"{TEXT}list-item":
                self._marker = self._lists.marker(item, level)
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, around, level + 1)
                else:
                    yield from self.blocks([child], inside)
            self._marker = ""
        self._lists.close()

    def _rows(self, parent: Any, around: _Around) -> Iterator[Block]:
        inside = _Around("table-cell") if around.kind in ("paragraph", "list-item") else around
        for row in parent:
            if row.tag in _ROWS:
                yield from self._rows(row, around)
            elif row.tag == f"{TABLE}table-row":
                for cell in row.iterfind(f"{TABLE}table-cell"):
                    yield from self.blocks(cell, inside)

    def _paragraph(self, paragraph: Any, around: _Around) -> Iterator[Block]:
        kept, self._beside = self._beside, []
        text = _blanks_as_shown("".join(self._text(paragraph, around)))
        if text:
            yield self._block(paragraph, text, around)
        beside, self._beside = self._beside, kept
        for element, where in beside:
            yield from self._aside(element, where)

    def _block(self, paragraph: Any, text: str, around: _Around) -> Block:
        marker, self._marker = self._marker, ""
        heading = self._styles.heading(paragraph)
        if heading and around.kind in ("paragraph", "list-item"):
            return Block("heading", text, heading, marker or self._lists.heading_marker(heading))
        return Block(around.kind, text, around.level, marker)

    def _text(self, element: Any, around: _Around) -> Iterator[str]:
        yield _collapsed(element.text)
        for child in element:
            yield from self._inline(child, around)
            yield _collapsed(child.tail)

    def _inline(self, child: Any, around: _Around) -> Iterator[str]:
        tag = child.tag
        if tag == f"{TEXT}s":
            yield " "
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield "\n"  # a tab parts what stands apart on the page, so that it ends a sentence as a new line does
        elif _stands_beside(child):
            self._beside.append((child, around))
        elif self._styles.is_hidden(child):
            self.left_out["hidden passage"] += 1
        elif tag not in _LIVE and tag not in _NO_TEXT:
            yield from self._text(child, around)

    def _aside(self, element: Any, around: _Around) -> Iterator[Block]:
        """What is anchored in a text and is no part of its sentences: a note, a text box, a picture, a comment."""
        tag = element.tag
        if tag == f"{OFFICE}annotation":
            self.left_out["comment"] += 1
        elif tag == f"{TEXT}note":
            citation, body = element.find(f"{TEXT}note-citation"), element.find(f"{TEXT}note-body")
            kept, self._marker = self._marker, "" if citation is None else f"[{citation.text or ''}] "
            yield from self.blocks(() if body is None else body, _Around("footnote"))
            self._marker = kept
        elif tag in _OBJECTS:
            self.left_out[_OBJECTS[tag]] += 1
        elif tag == f"{DRAW}frame":
            yield from self._frame(element, around)
        else:
            inside = replace(around, kind="paragraph", level=0) if around.kind == "list-item" else around
            yield from self.blocks(element, inside)

    def _frame(self, frame: Any, around: _Around) -> Iterator[Block]:
        """A frame holds one thing in several forms, the best first."""
        for form in frame:
            if form.tag in _OBJECTS or form.tag == f"{DRAW}text-box":
                yield from self._aside(form, around)
                return


def _stands_beside(element: Any) -> bool:
    return element.tag in (f"{OFFICE}annotation", f"{TEXT}note") or str(element.tag).startswith(DRAW)


def _collapsed(text: str | None) -> str:
    """Runs of blanks are one space (OpenDocument, part 3, section 6.1.2); a soft hyphen is nothing that is read."""
    if not text:
        return ""
    words = " ".join(text.replace("\u00ad", "").split())
    before = " " if text[0] in _SPACES else ""
    return before + words + (" " if words and text[-1] in _SPACES else "")


def _blanks_as_shown(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))
