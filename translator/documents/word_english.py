"""The English of a brief in the place of the Hindi, in the Word document that the Hindi came from.

Styles, numbering, tables, pictures, headers, notes and page breaks stay as they are; what is not text of a sentence stands
where its sentence ends. Which paragraph holds which block `word_passages` knows, for the reader as for this writer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from translator.documents.word_formats import Format, english_numbering, english_properties, format_of, formats_of
from translator.documents.word_passages import word_document
from translator.documents.word_styles import W
from translator.documents.word_text import NOTES, Piece, pieces
from translator.errors import DocumentError
from translator.values import Brief, Segment, TranslatedBlock
from translator.xml_text import as_xml_text

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STARTS = frozenset({f"{W}bookmarkStart", f"{W}commentRangeStart", f"{W}permStart"})


@dataclass(frozen=True)
class _Sentence:
    """A segment, where its Hindi is in the paragraph, and what formats its English has: one for each character."""

    segment: Segment
    start: int
    end: int
    formats: list[Format]


def write_english_docx(original: bytes, brief: Brief) -> bytes:
    """`original`, the .docx that `brief` was made from, in English; the same bytes for the same brief.

    Raises DocumentError if it is another document than that of the brief.
    """
    word = word_document(original, brief.document.name)
    if [passage.block for passage in word.passages] != [block.block for block in brief.blocks]:
        raise DocumentError(f"{brief.document.name}: is not the file that this brief was made from. Give that file.")
    for passage, block in zip(word.passages, brief.blocks, strict=True):
        for paragraph in passage.paragraphs:
            _translate(paragraph, block)
    for root in word.parts.values():
        english_numbering(root)
    return _packed(original, word.parts)


def _translate(paragraph: Any, block: TranslatedBlock) -> None:
    """Put the English of a block into a paragraph that holds its Hindi."""
    if all(segment.target == segment.source for segment in block.segments):
        return
    content = [piece for piece in pieces(paragraph) if not (piece.hidden and piece.text)]
    text = "".join(piece.text for piece in content)
    sentences = list(_sentences(text, content, block.segments))
    properties = paragraph.find(f"{W}pPr")
    written = list(_written(text, content, sentences))
    for child in list(paragraph):
        if child is not properties:
            paragraph.remove(child)
    paragraph.extend(written)


def _sentences(text: str, content: Sequence[Piece], segments: Sequence[Segment]) -> Iterator[_Sentence]:
    shown = text.replace("\t", "\n")  # as the reader gave it
    formats = [
        format_ for piece in content if piece.text for format_ in [format_of(piece.properties, piece.link)] * len(piece.text)
    ]
    at = len(text) - len(text.lstrip())
    for segment in segments:
        start = max(shown.find(segment.source, at), at)
        end = min(start + len(segment.source), len(text))
        yield _Sentence(segment, start, end, formats_of(segment, formats[start:end]))
        at = end


def _written(text: str, content: Sequence[Piece], sentences: Sequence[_Sentence]) -> Iterator[Any]:
    """The elements of the paragraph in English."""
    beside: dict[tuple[int, int], list[Piece]] = {}
    at = 0
    for piece in content:
        if not piece.text:
            beside.setdefault(_place(piece, at, sentences), []).append(piece)
        at += len(piece.text)

    def standing(sentence: int, character: int) -> Iterator[Any]:
        for piece in beside.get((sentence, character), ()):
            yield _around(piece)

    before = 0
    yield from standing(-1, 0)
    for number, sentence in enumerate(sentences):
        gap = text[before : sentence.start] or (" " if number else "")
        yield from _runs(gap, [_plain(sentence)] * len(gap))
        target, start = sentence.segment.target, 0
        for end in sorted({at for of, at in beside if of == number and at <= len(target)} | {len(target)}):
            yield from _runs(target[start:end], sentence.formats[start:end])
            yield from standing(number, end)
            start = end
        before = sentence.end
    rest = text[before:]
    yield from _runs(rest, [_plain(sentences[-1])] * len(rest) if sentences else [])
    yield from standing(len(sentences), 0)


def _place(piece: Piece, at: int, sentences: Sequence[_Sentence]) -> tuple[int, int]:
    """Where an element that stood at this place of the Hindi belongs: the sentence, and how much of its English is before it.

    That is its end, or for the mark of a note on a term the end of that term.
    """
    if not sentences or at <= sentences[0].start:
        return -1, 0
    for number, sentence in enumerate(sentences):
        if sentence.start < at <= sentence.end:
            if piece.element.tag in _STARTS:
                return number, 0
            ends = {sentence.start + place.pin.end: place.end for place in sentence.segment.placements}
            end = len(sentence.segment.target)
            return number, ends.get(at, end) if piece.element.tag in NOTES else end
    after = [number for number, sentence in enumerate(sentences) if at <= sentence.start]
    return (after[0], 0) if after else (len(sentences), 0)


def _plain(sentence: _Sentence) -> Format:
    """The format of what stands before or after a sentence."""
    return replace(sentence.formats[0], link=None) if sentence.formats else Format()


def _runs(text: str, formats: Sequence[Format]) -> Iterator[Any]:
    """Runs of text, a new one where the format changes, in their links."""
    for format_, group in groupby(zip(as_xml_text(text), formats, strict=True), key=lambda each: each[1]):
        run = etree.Element(f"{W}r")
        run.append(english_properties(format_.properties))
        for mark, chars in groupby((char for char, _ in group), key=lambda char: char if char in "\t\n" else ""):
            for written in chars if mark else ["".join(chars)]:
                child = etree.SubElement(run, {"\t": f"{W}tab", "\n": f"{W}br"}.get(mark, f"{W}t"))
                if not mark:
                    child.text = written
                    child.set(_SPACE, "preserve")
        yield _linked(run, format_.link)


def _linked(run: Any, link: Any) -> Any:
    if link is None:
        return run
    around = etree.Element(link.tag, link.attrib)
    around.append(run)
    return around


def _around(piece: Piece) -> Any:
    """An element that is no text, in a run of its own if it came from one."""
    parent = piece.element.getparent()
    if parent is None or parent.tag != f"{W}r":
        return piece.element
    run = etree.Element(f"{W}r")
    if piece.properties is not None:
        run.append(deepcopy(piece.properties))
    run.append(piece.element)
    return run


def _packed(original: bytes, parts: dict[str, Any]) -> bytes:
    """The file with these parts made anew and all others as they were."""
    content = BytesIO()
    with ZipFile(BytesIO(original)) as given, ZipFile(content, "w") as archive:
        for info in given.infolist():
            root = parts.get(info.filename)
            if root is None:
                part = given.read(info)
            else:
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            archive.writestr(ZipInfo(info.filename, info.date_time), part, ZIP_DEFLATED)
    return content.getvalue()
