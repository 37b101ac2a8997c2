"""What CAT tools exchange: the Hindi of XLIFF (1.2 and 2.x, OASIS) and of TMX (1.4b, GALA), a unit at a time.

Translations that a file already has, its notes and the codes within its text are not read; the document says how many there were.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

from lxml import etree

from translator.documents.left_out import left_out
from translator.errors import DocumentError
from translator.values import Block, BlockKind, Document
from translator.xml_text import SAFE

_XML = "{http://www.w3.org/XML/1998/namespace}"
_HINDI = ("hi", "hin")
_TEXT_WITHIN = frozenset({"g", "mrk", "pc", "hi"})  # elements of which the text is text
_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)


def read_xliff(content: bytes, name: str) -> Document:
    """A block for each unit of an XLIFF file.

    Raises DocumentError if it is no XLIFF, damaged, has entities, or is not from Hindi.
    """
    blocks: list[Block] = []
    lacking: Counter[str] = Counter()
    for element in _elements(content, name, "xliff", ("file", "trans-unit", "unit")):
        kind = _name(element)
        if kind == "file":
            _require_hindi(element.get("source-language"), name)
        else:
            text = "".join(_text(source, lacking) for source in _sources(element))
            lacking["translation"] += any(True for _ in element.iter("{*}target"))
            lacking["note"] += sum(1 for _ in element.iter("{*}note"))
            if text.strip():
                blocks.append(Block(_kind(element), " ".join(text.split())))
    return Document(name, tuple(blocks), left_out(lacking))


def read_tmx(content: bytes, name: str) -> Document:
    """A block for each unit of a translation memory that has Hindi. Raises DocumentError as `read_xliff` does."""
    blocks: list[Block] = []
    lacking: Counter[str] = Counter()
    for element in _elements(content, name, "tmx", ("tu",)):
        variants = list(element.iterchildren("{*}tuv"))
        hindi = next((each for each in variants if _is_hindi(each.get(f"{_XML}lang") or each.get("lang") or "")), None)
        if hindi is None:
            lacking["non-Hindi unit"] += 1
            continue
        text = "".join(_text(segment, lacking) for segment in hindi.iterchildren("{*}seg"))
        lacking["translation"] += len(variants) > 1
        if text.strip():
            blocks.append(Block("paragraph", " ".join(text.split())))
    if not blocks and lacking:
        raise DocumentError(f"{name}: has no Hindi segments. Choose a memory with Hindi (hi) in it.")
    return Document(name, tuple(blocks), left_out(lacking))


def _elements(content: bytes, name: str, root: str, wanted: tuple[str, ...]) -> Iterator[Any]:
    """The elements with these names, each whole when it is given, and gone when the next is asked for."""
    parsing = etree.iterparse(io.BytesIO(content), events=("start", "end"), **SAFE)
    try:
        _, outermost = next(parsing)
        _require_plain(outermost, name, root)
        for event, element in parsing:
            kind = _name(element)
            if kind not in wanted:
                continue
            if kind == "file":
                if event == "start":
                    yield element
            elif event == "end":
                if any(each.tag is etree.Entity for each in element.iter()):
                    raise DocumentError(f"{name}: line {element.sourceline}: refers to an entity, which is not read.")
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        reason = str(error).partition("\n")[0]
        raise DocumentError(f"{name}: is damaged, or no XML ({reason}). Export it again from the tool that made it.") from error
    except StopIteration:
        raise DocumentError(f"{name}: is empty. Export it again from the tool that made it.") from None


def _require_plain(outermost: Any, name: str, root: str) -> None:
    """The outermost element must have its name, and the file no entities of its own."""
    declared = outermost.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise DocumentError(f"{name}: declares entities, which are not read. Export it again without a DTD.")
    if _name(outermost) != root:
        raise DocumentError(f"{name}: its outermost element is {_name(outermost)}, not {root}. Give it its right name.")
    if root == "xliff":
        _require_hindi(outermost.get("srcLang"), name)


def _require_hindi(language: str | None, name: str) -> None:
    if language and not _is_hindi(language):
        raise DocumentError(f"{name}: is from {language} and not from Hindi (hi). Choose a file with Hindi sources.")


def _is_hindi(language: str) -> bool:
    first, *others = language.strip().lower().replace("_", "-").split("-")
    return first in _HINDI and "latn" not in others


def _sources(unit: Any) -> Iterator[Any]:
    """The sources of a unit: one in XLIFF 1.2, in 2.x one of each segment and of what stands between."""
    if _name(unit) == "trans-unit":
        yield from unit.iterchildren("{*}source")
        return
    for part in unit.iterchildren("{*}segment", "{*}ignorable"):
        yield from part.iterchildren("{*}source")


def _text(element: Any, lacking: Counter[str]) -> str:
    """The text of an element; codes in it are counted, and what they hold is not text."""
    written = element.text or ""
    for child in element:
        if _name(child) in _TEXT_WITHIN:
            written += _text(child, lacking)
        else:
            lacking["inline code"] += 1
        written += child.tail or ""
    return written


def _kind(unit: Any) -> BlockKind:
    """What our own writer has said that it is; what must not be translated is verbatim."""
    if unit.get("translate") == "no":
        return "verbatim"
    return next((kind for kind in _KINDS if kind == unit.get("name")), "paragraph")


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
