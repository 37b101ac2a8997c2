"""The paragraphs of a Word document in the order of reading, each with the block that it is: for the reader and for the writer.

Headers and footers come first, each once; then the body, tables cell by cell, text boxes after the paragraph that they stand
in, and notes after the paragraph that refers to them.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from translator.documents.numbering import label
from translator.documents.packages import Package
from translator.documents.word_styles import Styles, W
from translator.documents.word_text import ALTERNATES, NOTES, PICTURES, Piece, is_maths, pieces
from translator.errors import DocumentError
from translator.values import Block, BlockKind

_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "http://purl.oclc.org/ooxml/"
_CONTENTS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_BOX = f"{W}txbxContent"
_PAGES = frozenset({f"{W}headerReference", f"{W}footerReference"})
_FOREIGN_CHUNK = f"{W}altChunk"


@dataclass(frozen=True)
class Passage:
    """A block, and the paragraphs that hold it: more than one where the file says the same thing twice."""

    block: Block
    paragraphs: tuple[Any, ...]


@dataclass(frozen=True)
class WordDocument:
    """The passages of a document, the parts that hold them by their paths, and what is in none of them, by kind."""

    passages: tuple[Passage, ...]
    parts: dict[str, Any]
    left_out: Counter[str]


def word_document(content: bytes, name: str) -> WordDocument:
    """All that is to be read in a .docx file. Raises DocumentError, naming the file and the remedy, if it cannot be read."""
    reading = _Reading(Package(content, name, ".docx"))
    return WordDocument(tuple(reading.passages()), reading.parts, reading.left_out)


class _Reading:
    """The reading of one document, which counts list items and what is left out as it goes."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.parts: dict[str, Any] = {}
        self.left_out: Counter[str] = Counter()
        main = self._related("", "").of("officeDocument")
        body = self._part(main[0]) if main else None
        if body is None:
            raise DocumentError(f"{package.name}: there is no Word document in it. Save it as .docx and try again.")
        if str(body.tag).startswith("{" + _STRICT):
            raise DocumentError(f"{package.name}: is Strict Open XML. Save it as an ordinary Word document (.docx).")
        self._body: Any = body
        self._relations = self._related(*posixpath.split(main[0]))
        self._styles = Styles(self._only("styles"), self._only("numbering"))
        self._notes = {kind: self._notes_of(kind) for kind in NOTES.values()}
        self._referred: Counter[str] = Counter()
        self.left_out["comment"] = self._comments()

    def passages(self) -> Iterator[Passage]:
        yield from self._pages()
        body = self._body.find(f"{W}body")
        yield from self._blocks(() if body is None else body, "paragraph")

    def _pages(self) -> Iterator[Passage]:
        """Headers and footers, in the order of the sections that first use them; those with the same text are one."""
        found: dict[Block, Passage] = {}
        ids = dict.fromkeys(each.get(_ID, "") for each in self._body.iter(*_PAGES))
        for root in (self._part(self._relations.by_id.get(each, "")) for each in ids):
            for passage in self._blocks(() if root is None else root, "header"):
                known = found.get(passage.block, replace(passage, paragraphs=()))
                found[passage.block] = replace(passage, paragraphs=known.paragraphs + passage.paragraphs)
        yield from found.values()

    def _blocks(self, parent: Iterable[Any], kind: BlockKind) -> Iterator[Passage]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, kind)
            elif child.tag == f"{W}tbl":
                for row in child.iterfind(f"{W}tr"):
                    if row.find(f"{W}trPr/{W}del") is None:
                        yield from self._cells(row, kind)
            elif child.tag in _CONTENTS:
                yield from self._blocks(child, kind)
            elif child.tag == ALTERNATES:
                yield from self._alternates(child, kind)
            elif child.tag == _FOREIGN_CHUNK:
                self.left_out["embedded document"] += 1
            elif is_maths(child):
                self.left_out["formula"] += 1

    def _cells(self, parent: Any, kind: BlockKind) -> Iterator[Passage]:
        for child in parent:
            if child.tag == f"{W}tc":
                yield from self._blocks(child, "table-cell" if kind == "paragraph" else kind)
            elif child.tag in _CONTENTS:
                yield from self._cells(child, kind)

    def _paragraph(self, paragraph: Any, kind: BlockKind) -> Iterator[Passage]:
        content = list(pieces(paragraph))
        text = "".join(piece.text for piece in content if not piece.hidden)
        item = self._styles.item(paragraph) if text.strip() else None
        if text.strip():
            yield Passage(self._block(paragraph, text, kind, item), (paragraph,))
        self.left_out["hidden passage"] += any(piece.hidden and piece.text.strip() for piece in content)
        self.left_out["tracked deletion"] += len(paragraph.findall(f"{W}del/{W}r/{W}delText"))
        for piece in content:
            yield from self._beside(piece, kind)

    def _block(self, paragraph: Any, text: str, kind: BlockKind, item: Any) -> Block:
        """The block of a paragraph. A tab parts what stands apart on the page, so that it ends a sentence as a new line does."""
        text = text.strip().replace("\t", "\n")
        heading = self._styles.heading(paragraph)
        marker = item.marker if item else ""
        if kind == "paragraph" and heading:
            return Block("heading", text, heading, marker)
        if kind in ("paragraph", "table-cell") and item:
            return Block("list-item", text, item.level, marker)
        return Block(kind, text, marker=marker)

    def _beside(self, piece: Piece, kind: BlockKind) -> Iterator[Passage]:
        """What stands in a paragraph and is no text of it."""
        element = piece.element
        if element.tag in NOTES:
            yield from self._note(NOTES[element.tag], element.get(f"{W}id", ""))
        elif element.tag == ALTERNATES:
            yield from self._alternates(element, kind)
        elif element.tag in PICTURES:
            boxes = [box for box in element.iter(_BOX) if not _is_within(box, _BOX, element)]
            if not boxes:
                self.left_out[_picture(element)] += 1
            for box in boxes:
                yield from self._blocks(box, kind)
        elif is_maths(element):
            self.left_out["formula"] += 1

    def _alternates(self, element: Any, kind: BlockKind) -> Iterator[Passage]:
        """The first of several forms of one thing; what another form says in the same words is the same passage."""
        forms = [list(self._form(form, kind)) for form in element]
        others = [passage for form in forms[1:] for passage in form]
        for passage in forms[0] if forms else ():
            twin = next((other for other in others if other.block.text == passage.block.text), None)
            if twin is not None:
                others.remove(twin)
                passage = replace(passage, paragraphs=passage.paragraphs + twin.paragraphs)
            yield passage

    def _form(self, form: Any, kind: BlockKind) -> Iterator[Passage]:
        before = self.left_out.copy()
        for child in form:
            yield from self._beside(Piece(child), kind) if child.tag in PICTURES else self._blocks([child], kind)
        if form.getprevious() is not None:
            self.left_out = before

    def _note(self, kind: str, note_id: str) -> Iterator[Passage]:
        note = self._notes[kind].pop(note_id, None)
        if note is None:
            return
        self._referred[kind] += 1
        marker = f"[{label(self._referred[kind], '1' if kind == 'footnotes' else 'i')}] "
        for at, passage in enumerate(self._blocks(note, "footnote")):
            yield replace(passage, block=replace(passage.block, marker=marker)) if at == 0 else passage

    def _notes_of(self, kind: str) -> dict[str, Any]:
        root = self._only(kind)
        notes = () if root is None else root.iterfind(f"{W}{kind[:-1]}")
        return {note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type", "normal") == "normal"}

    def _comments(self) -> int:
        paths = self._relations.of("comments")
        root = self._package.tree(paths[0]) if paths else None
        return 0 if root is None else len(root)

    def _only(self, kind: str) -> Any:
        paths = self._relations.of(kind)
        return self._part(paths[0]) if paths else None

    def _part(self, path: str) -> Any:
        if path not in self.parts:
            root = self._package.tree(path)
            if root is None:
                return None
            self.parts[path] = root
        return self.parts[path]

    def _related(self, folder: str, file: str) -> _Relations:
        root = self._package.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        return _Relations(() if root is None else root.iter(_RELATED), folder)


class _Relations:
    """Which parts another part refers to: the paths by their ids and their types."""

    def __init__(self, found: Iterable[Any], folder: str) -> None:
        self.by_id: dict[str, str] = {}
        self._by_type: dict[str, list[str]] = {}
        for each in found:
            if each.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
                self.by_id[each.get("Id", "")] = path
                kind = each.get("Type", "").removeprefix(_OFFICE).rpartition("/")[2]
                self._by_type.setdefault(kind, []).append(path)

    def of(self, kind: str) -> list[str]:
        """The paths of the parts of one type, in order."""
        return self._by_type.get(kind, [])


def _is_within(inner: Any, tag: str, outermost: Any) -> bool:
    """Whether there is an element of this tag around `inner`, inside of `outermost`."""
    around = next(inner.iterancestors(tag), None)
    return around is not None and outermost in around.iterancestors()


def _picture(element: Any) -> str:
    """What a drawing shows, by the namespace of its data."""
    data = element.find(".//{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData")
    kind = "" if data is None else data.get("uri", "").rpartition("/")[2]
    return {"chart": "chart", "diagram": "diagram"}.get(kind, PICTURES[element.tag])
