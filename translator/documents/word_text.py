"""The content of one Word paragraph in the order in which it is read: pieces of text, and what stands between them.

ECMA-376-1, chapter 17. Which paragraphs a document has is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from translator.documents.word_styles import W

PICTURES = {
    f"{W}drawing": "picture",
    f"{W}pict": "picture",
    f"{W}object": "embedded object",
}
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
ALTERNATES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_PROPERTIES = frozenset({f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}smartTagPr", f"{W}customXmlPr"})
_AROUND = frozenset(f"{W}{name}" for name in "hyperlink ins moveTo smartTag sdt sdtContent customXml fldSimple dir bdo".split())
_MADE_ANEW = frozenset(f"{W}{name}" for name in ("lastRenderedPageBreak", "proofErr", "softHyphen"))
_LIVE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)  # fields that differ from page to page
_SPACES = re.compile(r"[\t\n\r]")  # as Word shows them where they stand in a text
_SOFT_HYPHEN = "\u00ad"
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or with no text an element that stands between: a picture, the mark of a note, a page break.

    `properties` are those of its run, `link` the hyperlink around it; either may be None.
    """

    element: Any
    text: str = ""
    properties: Any = None
    link: Any = None
    hidden: bool = False


def pieces(paragraph: Any) -> Iterator[Piece]:
    """What is in a paragraph, in order: tracked insertions as text, deletions not at all, fields as what they show.

    The number of the page is no text: its field is given whole, as elements.
    """
    fields: list[list[Piece]] = []  # the fields that are open, each with what came of it so far
    for piece in _within(paragraph, None):
        kind = piece.element.get(f"{W}fldCharType") if piece.element.tag == f"{W}fldChar" else None
        if kind == "begin":
            fields.append([piece])
            continue
        if not fields:
            yield piece
            continue
        fields[-1].append(piece)
        if kind == "end":
            done = _shown(fields.pop())
            if fields:
                fields[-1] += done
            else:
                yield from done
    for unfinished in fields:  # a field that ends in another paragraph: a table of contents
        yield from unfinished


def text_of(paragraph: Any) -> str:
    """The text of a paragraph, with the blanks at its ends; a tab is a tab, a line break is a line feed."""
    return "".join(piece.text for piece in pieces(paragraph) if not piece.hidden)


def _shown(field: list[Piece]) -> list[Piece]:
    """A field that is in this paragraph whole: its result, or all its elements if it has another result on each page."""
    code = "".join(piece.element.text or "" for piece in field if piece.element.tag == f"{W}instrText")
    if _LIVE.match(code):
        return [Piece(piece.element, "", piece.properties, piece.link) for piece in field]
    return [piece for piece in field if piece.element.tag not in (f"{W}fldChar", f"{W}instrText")]


def _within(parent: Any, link: Any) -> Iterator[Piece]:
    for child in parent:
        tag = child.tag
        if tag in _DELETED or tag in _PROPERTIES or tag in _MADE_ANEW:
            continue
        if tag == f"{W}r":
            yield from _run(child, link)
        elif tag == f"{W}fldSimple" and _LIVE.match(child.get(f"{W}instr", "")):
            yield Piece(child, link=link)
        elif tag in _AROUND:
            yield from _within(child, child if tag == f"{W}hyperlink" else link)
        else:
            yield Piece(child, link=link)


def _run(run: Any, link: Any) -> Iterator[Piece]:
    properties = run.find(f"{W}rPr")
    hidden = _is_on(properties, "vanish")
    for child in run:
        if child.tag == f"{W}ruby":
            for base in child.iterfind(f"{W}rubyBase/{W}r"):
                yield from _run(base, link)
        elif child.tag not in _PROPERTIES and child.tag not in _MADE_ANEW:
            yield Piece(child, _text(child), properties, link, hidden)


def _text(leaf: Any) -> str:
    if leaf.tag == f"{W}t":
        return _SPACES.sub(" ", leaf.text or "").replace(_SOFT_HYPHEN, "")
    if leaf.tag == f"{W}br":
        return "\n" if leaf.get(f"{W}type", "textWrapping") == "textWrapping" else ""
    return {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}.get(leaf.tag, "")


def _is_on(properties: Any, name: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def is_maths(element: Any) -> bool:
    """Whether an element is a formula."""
    return str(element.tag).startswith(_MATHS)
