"""Web pages into blocks: what a browser shows of a page, without its pictures. Nothing is fetched and no script runs.

Which elements begin a line of their own is in the HTML standard, section 15.3 (rendering).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from hindi.encodings import marked_encoding
from translator.documents.left_out import left_out
from translator.documents.numbering import label
from translator.documents.text import require_text
from translator.errors import DocumentError
from translator.values import Block, BlockKind, Document

_MOST_MARKS = 400_000  # tags and attributes; each takes some 300 bytes of memory
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]{1,40})", re.IGNORECASE
)
_FAR = 4096  # bytes in which an encoding is declared
_WESTERN = frozenset({"iso8859-1", "ascii"})  # what browsers read as Windows-1252

_NOT_SHOWN = frozenset("title script style template noscript datalist rt rp input textarea select param source track".split())
_LEFT_OUT = {
    **dict.fromkeys(("img", "svg", "canvas"), "picture"),
    **dict.fromkeys(("iframe", "object", "embed", "video", "audio", "applet"), "embedded object"),
    "math": "formula",
    "del": "deletion",
}
_ON_ITS_OWN = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead "
    "tr ul".split()
)
_LISTS = frozenset({"ol", "ul", "menu"})
_HEADING = re.compile(r"h([1-6])\Z")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_NOTE_MARKS = frozenset({"doc-noteref", "sdfootnoteanc", "sdendnoteanc"})  # LibreOffice has classes for what ARIA has roles
_NOTE_LABELS = frozenset({"doc-backlink", "sdfootnotesym", "sdendnotesym"})
_NOTE_PART = re.compile(r"sd(?:foot|end)note\d+\Z")

_SPACES = re.compile(r"[ \t\n\f\r]+")
_BREAK = "\0"  # which no text has
_AROUND_BREAK = re.compile(f" ?{_BREAK} ?")


@dataclass(frozen=True)
class _Around:
    """What an element stands in."""

    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0


@dataclass
class _List:
    """A list that is open: how its items are labelled (a form of `numbering`, empty for bullets), and the next number."""

    form: str
    number: int
    step: int


def read_html(content: bytes, name: str) -> Document:
    """The blocks of a page. The encoding is that of its byte-order mark, else that which it declares, else UTF-8.

    Raises DocumentError, naming the file and the remedy, for bytes that are not in that encoding and for pages too large.
    """
    text = _decoded(content, name)
    if text.count("<") + text.count("=") > _MOST_MARKS:
        raise DocumentError(f"{name}: has too many elements to be read. Divide the page.")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" or "depth" in error.message for error in parser.error_log):
        raise DocumentError(f"{name}: its elements are too long, or too deep in each other. Copy its text into a text file.")
    page = _Page()
    if root is not None:
        page.read(root, _Around())
    return Document(name, tuple(page.blocks), left_out(page.left_out))


class _Page:
    """The blocks of a page as it is read from top to bottom."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out: Counter[str] = Counter()
        self._text: list[str] = []
        self._marker = ""
        self._lists: list[_List] = []

    def read(self, element: Any, around: _Around) -> None:
        """An element with all that is in it, but not the text after it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _NOT_SHOWN or _is_hidden(element):
            return
        marks = {element.get("role", ""), *element.get("class", "").split()}
        if tag in _LEFT_OUT:
            self.left_out[_LEFT_OUT[tag]] += 1
        elif tag == "br":
            self._text.append(_BREAK)
        elif marks & _NOTE_LABELS:
            self._marker = f"[{''.join(element.itertext()).strip('[]^ ')}] "
        elif tag == "pre" and element.find(".//code") is not None:
            self._flush(around)
            self.blocks.append(Block("verbatim", "".join(element.itertext()).strip("\n"), marker="```"))
        elif tag in _ON_ITS_OWN:
            self._flush(around)
            self._on_its_own(element, _within(element, around))
        elif not marks & _NOTE_MARKS:
            self._content(element, around, lines=False)

    def _on_its_own(self, element: Any, inside: _Around) -> None:
        tag = element.tag
        if tag in _LISTS:
            self._lists.append(_list_begun(element))
        elif tag == "li":
            self._marker = self._next_label(element)
        self._content(element, inside, lines=tag == "pre")
        self._flush(inside)
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "li":
            self._marker = ""

    def _next_label(self, item: Any) -> str:
        """What a browser writes before an item of a list."""
        if not self._lists or not self._lists[-1].form:
            return "- "
        of = self._lists[-1]
        number = _whole(item.get("value"), of.number)
        of.number = number + of.step
        return f"{label(number, of.form)}. "

    def _content(self, element: Any, around: _Around, lines: bool) -> None:
        self._add(element.text, lines)
        for child in element:
            self.read(child, around)
            self._add(child.tail, lines)

    def _add(self, text: str | None, lines: bool) -> None:
        if text:
            self._text.append(text.replace("\n", _BREAK) if lines else text)

    def _flush(self, around: _Around) -> None:
        """The text so far as a block, if there is any."""
        text = _SPACES.sub(" ", "".join(self._text).replace("\u00ad", ""))
        text = _AROUND_BREAK.sub("\n", text).strip()
        self._text.clear()
        if text:
            self.blocks.append(Block(around.kind, text, around.level, self._marker))
            self._marker = ""


def _within(element: Any, around: _Around) -> _Around:
    """What the content of a block element stands in."""
    tag = element.tag
    if heading := _HEADING.match(tag):
        return replace(around, kind="heading", level=int(heading[1]))
    if tag in ("td", "th"):
        return _Around("table-cell")
    if tag in _LISTS:
        return replace(around, lists=around.lists + 1)
    if tag == "li":
        return _Around("list-item", max(around.lists, 1), around.lists)
    if element.get("role") in _NOTE_ROLES or _NOTE_PART.match(element.get("id", "")):
        return _Around("footnote")
    if tag == "div" and element.get("title") in ("header", "footer"):  # as LibreOffice writes those of pages
        return _Around("header")
    return around


def _list_begun(element: Any) -> _List:
    form = element.get("type", "1") if element.tag == "ol" else ""
    if element.get("reversed") is None:
        return _List(form, _whole(element.get("start"), 1), 1)
    return _List(form, _whole(element.get("start"), sum(1 for each in element if each.tag == "li")), -1)


def _whole(written: str | None, default: int) -> int:
    try:
        return int(written or default)
    except ValueError:
        return default


def _is_hidden(element: Any) -> bool:
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _decoded(content: bytes, name: str) -> str:
    encoding = marked_encoding(content) or _declared(content, name)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"byte {error.start} (0x{content[error.start]:02X}) is not valid {encoding.upper()}"
        raise DocumentError(f"{name}: {what}. Save the page as UTF-8 and try again.") from error
    require_text(text, name)
    return text


def _declared(content: bytes, name: str) -> str:
    found = _DECLARED.search(content[:_FAR])
    if found is None:
        return "utf-8"
    named = (found[1] or found[2]).decode("ascii", errors="replace")
    try:
        encoding = codecs.lookup(named)
        is_text = encoding._is_text_encoding
    except LookupError:
        is_text = False
    if not is_text:
        raise DocumentError(f"{name}: its encoding {named!r} is not known here. Save the page as UTF-8 and try again.")
    if encoding.name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # it could not have been read; so browsers do
    return "cp1252" if encoding.name in _WESTERN else encoding.name
