"""Rich text (.rtf) into blocks: what the control words of text, paragraphs, tables, notes and pages mean.

Rich Text Format Specification, version 1.9.1. Fonts, colours and places on the page are not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO

from translator.documents.left_out import left_out
from translator.documents.numbering import label
from translator.documents.rtf_text import CHARACTERS, Fonts, shown
from translator.documents.rtf_tokens import Token, tokens
from translator.errors import DocumentError
from translator.values import Block, BlockKind, Document

_DEEPEST = 500  # groups within groups
_MOST_SIGNS = 1_200_000  # some 250 pages of Hindi, which take some seconds
_PAGES = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_ENTERED = frozenset("shpinst shppict footnote fldinst listtext pntext annotation shptxt ud pntxta pntxtb".split())  # though \*
_SKIPPED = frozenset(
    "colortbl info listtable listoverridetable revtbl rsidtbl filetbl nonshppict shprslt nonesttables sp tc tcl xe txe rxe bxe "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn template falt formfield datafield pntxta pntxtb".split()
)
_COUNTED = {"pict": "picture", "annotation": "comment", "object": "embedded object"}
_LIVE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)  # fields that differ from page to page
_BLOCK_ENDS = frozenset("par cell nestcell row nestrow sect page".split())
_TITLES = {"title": 1, "subtitle": 2}
_HEADING_NAME = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass
class _Flow:
    """A text of its own (the body, a note, a header, a text box): its blocks, and the paragraph that is being read."""

    kind: BlockKind
    marker: str = ""
    blocks: list[Block] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    text: StringIO = field(default_factory=StringIO)
    label: list[str] = field(default_factory=list)
    style: int = 0
    outline: int | None = None
    in_table: bool = False
    level: int = 1


@dataclass
class _Group:
    """What holds up to the end of a group. `into` is what its text is: text, label, code, style, font or nothing."""

    flow: _Flow
    into: str = "text"
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  # characters that stand for a \u where it is not known
    font: int = 0
    code: list[str] = field(default_factory=list)  # of the field that the group is in
    opens: _Flow | None = None


@dataclass
class _Style:
    name: str = ""
    base: int = -1
    outline: int | None = None


def read_rtf(content: bytes, name: str) -> Document:
    """The blocks of a rich text; headers and footers first, notes and text boxes after their paragraph.

    The metadata says what is left out. Raises DocumentError for what is no RTF, is truncated or is too large.
    """
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise DocumentError(f"{name}: is no RTF file, whatever its name says. Give it its right name, or save it anew.")
    if sum(map(content.count, (b"\\", b"{", b"}"))) > _MOST_SIGNS:
        raise DocumentError(f"{name}: is too large to be read. Divide it, or save it as .docx.")
    reading = _Reading(name)
    for token in tokens(content):
        reading.read(token)
        if reading.is_done:
            break
    else:
        raise DocumentError(f"{name}: ends in the middle. Copy or send it again.")
    return Document(name, (*dict.fromkeys(reading.pages), *reading.body.blocks), left_out(reading.left_out))


class _Reading:
    """The reading of one file, sign by sign."""

    def __init__(self, name: str) -> None:
        self.body = _Flow("paragraph")
        self.pages: list[Block] = []
        self.left_out: Counter[str] = Counter()
        self.is_done = False
        self._name = name
        self._groups = [_Group(self.body)]
        self._fonts = Fonts()
        self._styles: dict[int, _Style] = {}
        self._style = self._table_font = 0
        self._may_be_skipped = False  # after \*: unless the next word is known
        self._to_skip = 0  # characters
        self._notes: Counter[str] = Counter()

    def read(self, token: Token) -> None:
        """Take one sign into account."""
        if token.kind == "brace":
            self._to_skip = 0
            self._begin() if token.text == "{" else self._end()
        elif token.kind == "word":
            self._word(token.text, token.number)
        elif token.kind == "byte":
            self._add(self._fonts.character(int(token.text, 16), self._groups[-1].font))
        elif token.kind == "symbol":
            self._symbol(token.text)
        else:
            self._add(token.text)

    def _begin(self) -> None:
        if len(self._groups) > _DEEPEST:
            raise DocumentError(f"{self._name}: its groups lie too deep in each other to be read. Save it as .docx.")
        self._groups.append(replace(self._groups[-1], opens=None))
        self._style = 0

    def _end(self) -> None:
        group = self._groups.pop()
        if group.opens is not None:
            self._finish(group.opens)
        if len(self._groups) <= 1:
            self._flush(self.body)
            self.is_done = True

    def _finish(self, flow: _Flow) -> None:
        """A text of its own ends: what it held goes after the paragraph that it stands in, or before all."""
        self._flush(flow)
        if flow.kind == "header":
            self.pages += flow.blocks
        else:
            self._groups[-1].flow.beside += flow.blocks

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._may_be_skipped = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in CHARACTERS or symbol in "\\{}":
            self._add(CHARACTERS.get(symbol, symbol))

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        may_be_skipped, self._may_be_skipped = self._may_be_skipped, False
        if group.into == "nothing":
            return
        if may_be_skipped and word not in _ENTERED and word not in _COUNTED:
            group.into = "nothing"
        elif word == "u":
            self._to_skip = 0
            self._add(chr((number or 0) % 0x10000))
            self._to_skip = group.fallback
        elif word in CHARACTERS:
            self._add(CHARACTERS[word])
        elif group.into == "style":
            self._style_word(word, number)
        elif group.into == "font":
            if word == "f":
                self._table_font = number or 0
            elif word == "fcharset":
                self._fonts.charsets[self._table_font] = number or 0
        elif not self._destination(group, word, number):
            self._character_property(group, word, number)
            if group.into == "text":
                self._paragraph_property(group.flow, word, number)

    def _destination(self, group: _Group, word: str, number: int | None) -> bool:
        """What the text of this group is, if the word says so."""
        if word in _COUNTED:
            self.left_out[_COUNTED[word]] += 1
            group.into = "nothing"
        elif word in _SKIPPED or (word == "fldrslt" and _LIVE.match("".join(group.code))):
            group.into = "nothing"
        elif word in _PAGES:
            self._open(group, _Flow("header"))
        elif word == "footnote":
            self._open(group, _Flow("footnote"))
        elif word == "shptxt":
            self._open(group, _Flow(group.flow.kind))
        elif word in ("listtext", "pntext"):
            group.flow.label.clear()
            group.into = "label"
        elif word == "field":
            group.code = []
        elif word == "upr":
            group.into = "code"  # what follows in \ud is the same in Unicode
        elif word in ("fldinst", "fonttbl", "stylesheet", "ud"):
            group.into = {"fldinst": "code", "fonttbl": "font", "stylesheet": "style", "ud": "text"}[word]
        else:
            return False
        return True

    def _open(self, group: _Group, flow: _Flow) -> None:
        group.flow = group.opens = flow
        group.into, group.hidden, group.deleted = "text", False, False

    def _character_property(self, group: _Group, word: str, number: int | None) -> None:
        on = number != 0
        if word == "plain":
            group.hidden = group.deleted = False
        elif word == "v":
            self.left_out["hidden passage"] += on and not group.hidden
            group.hidden = on
        elif word == "deleted":
            self.left_out["tracked deletion"] += on and not group.deleted
            group.deleted = on
        elif word == "uc":
            group.fallback = min(max(number or 0, 0), 9)
        elif word == "f":
            group.font = number or 0
        elif word == "ansicpg":
            self._fonts.code_page = f"cp{number}"

    def _paragraph_property(self, flow: _Flow, word: str, number: int | None) -> None:
        if word in _BLOCK_ENDS:
            self._flush(flow)
        elif word == "pard":
            flow.style, flow.outline, flow.in_table, flow.level = 0, None, False, 1
            flow.label.clear()
        elif word == "intbl":
            flow.in_table = True
        elif word == "itap":
            flow.in_table = flow.in_table or bool(number)
        elif word == "s":
            flow.style = number or 0
        elif word == "outlinelevel":
            flow.outline = number or 0
        elif word == "ilvl":
            flow.level = min(max(number or 0, 0), 8) + 1
        elif word == "ftnalt":
            flow.marker = "endnote"

    def _style_word(self, word: str, number: int | None) -> None:
        if word == "s":
            self._style = number or 0
        elif word == "sbasedon":
            self._styles.setdefault(self._style, _Style()).base = number or 0
        elif word == "outlinelevel":
            self._styles.setdefault(self._style, _Style()).outline = number or 0

    def _add(self, text: str) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        group = self._groups[-1]
        if group.into == "text" and not group.hidden and not group.deleted:
            group.flow.text.write(text)
        elif group.into == "label":
            group.flow.label.append(text)
        elif group.into == "code":
            group.code.append(text)
        elif group.into == "style":
            self._styles.setdefault(self._style, _Style()).name += text.strip(";")

    def _flush(self, flow: _Flow) -> None:
        """The paragraph so far as a block, if it has text; then what stands beside it."""
        text = shown(flow.text.getvalue())
        if text:
            flow.blocks.append(self._block(flow, text))
            flow.label.clear()
        flow.blocks += flow.beside
        flow.text = StringIO()
        flow.beside.clear()

    def _block(self, flow: _Flow, text: str) -> Block:
        marker = shown("".join(flow.label))
        if flow.kind == "footnote":
            return Block("footnote", text, marker="" if flow.blocks else self._note_marker(flow))
        if flow.kind == "header":
            return Block("header", text)
        if marker and any(map(str.isalnum, marker)):
            marker = f"{marker} "
        elif marker:
            marker = "- "
        heading = self._heading(flow)
        if heading and not flow.in_table:
            return Block("heading", text, heading, marker)
        if marker:
            return Block("list-item", text, flow.level, marker)
        return Block("table-cell" if flow.in_table else "paragraph", text)

    def _note_marker(self, flow: _Flow) -> str:
        kind = flow.marker or "footnote"
        self._notes[kind] += 1
        return f"[{label(self._notes[kind], '1' if kind == 'footnote' else 'i')}] "

    def _heading(self, flow: _Flow) -> int:
        if flow.outline is not None:
            return flow.outline + 1 if 0 <= flow.outline < _BODY_TEXT else 0
        for style in self._chain(flow.style):
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < _BODY_TEXT else 0
            if match := _HEADING_NAME.match(style.name):
                return int(match[1])
            if style.name.lower() in _TITLES:
                return _TITLES[style.name.lower()]
        return 0

    def _chain(self, at: int) -> Iterator[_Style]:
        seen: set[int] = set()
        while at in self._styles and at not in seen:
            seen.add(at)
            yield self._styles[at]
            at = self._styles[at].base
