"""TMX 1.4b (GALA, https://www.gala-global.org/tmx-14b), a unit at a time, Hindi to English.

Context stands in properties of the Hindi, x-context-pre and x-context-post, as other tools write it; what TMX has no place for
(document, version of the glossary) in properties of the unit. Inline codes are not read: a segment of ours is plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from glossary.exchange.files import replacing
from translator.memory.values import Remembered, TranslationMemoryError, validated
from translator.xml_text import SAFE

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BEFORE, _AFTER = "x-context-pre", "x-context-post"
_DOCUMENT, _GLOSSARY = "x-document", "x-glossary-version"
_OTHER_NAMES = {"prev": _BEFORE, "next": _AFTER, "file": _DOCUMENT}  # OmegaT's
_LANGUAGES = {"hi": "hi", "hin": "hi", "en": "en", "eng": "en"}
_NAMES = {"hi": "Hindi", "en": "English"}
_DATE = "%Y%m%dT%H%M%SZ"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="dwibhashi" creationtoolversion="{}" '
    'segtype="sentence" o-tmf="dwibhashi" adminlang="en" srclang="hi" datatype="plaintext"/>\n<body>\n'
)


@dataclass(frozen=True)
class Unit:
    """What a TMX file says at one place: a segment, or the reason why there is none. `left_out` names the inline codes in it."""

    place: str
    segment: Remembered | None = None
    problem: str = ""
    left_out: tuple[str, ...] = ()


def write_tmx(path: Path, segments: Iterable[Remembered]) -> None:
    """Write segments in order, without holding them all in memory. The file appears whole or not at all."""
    try:
        with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(tmx_parts(segments))
    except OSError as error:
        raise TranslationMemoryError(f"{path}: {error.strerror}. Check the name and your right to write there.") from error


def tmx_parts(segments: Iterable[Remembered]) -> Iterator[str]:
    """The text of a TMX file, part by part."""
    yield _HEAD.format(version("dwibhashi"))
    for segment in segments:
        yield etree.tostring(_element(segment), encoding="unicode", pretty_print=True)
    yield "</body>\n</tmx>\n"


def read_tmx(path: Path) -> Iterator[Unit]:
    """The units of a TMX file that have Hindi and English, and a reason for each that has not.

    Raises TranslationMemoryError, naming the file, if it is not TMX. Nothing but the file is read: no DTD, no entity.
    """
    try:
        with path.open("rb") as file:
            yield from _units(file, path)
    except etree.XMLSyntaxError as error:
        raise TranslationMemoryError(
            f"{path}: this is not well-formed XML: {error.msg}. Export the memory again as TMX."
        ) from error
    except OSError as error:
        raise TranslationMemoryError(f"{path}: {error.strerror}. Check the name and your right to read it.") from error


def _units(file: BinaryIO, path: Path) -> Iterator[Unit]:
    parsing = etree.iterparse(file, events=("start", "end"), **SAFE)
    _, root = next(parsing)
    if _name(root) != "tmx":
        raise TranslationMemoryError(f"{path}: this is not TMX; its outermost element is {_name(root)}.")
    for event, element in parsing:
        parent = element.getparent()
        if event == "end" and _name(parent) == "body":
            if _name(element) == "tu":
                yield _unit(element)
            element.clear()
            while element.getprevious() is not None:
                del parent[0]


def _element(segment: Remembered) -> Any:
    unit = etree.Element("tu")
    for name, value in (
        ("tuid", str(segment.id) if segment.id else ""),
        ("creationdate", _tmx_date(segment.at)),
        ("creationid", segment.who),
    ):
        if value:
            unit.set(name, value)
    _properties(unit, {_DOCUMENT: segment.document, _GLOSSARY: segment.glossary_version})
    before, after = segment.context
    for language, text, properties in (("hi", segment.source, {_BEFORE: before, _AFTER: after}), ("en", segment.target, {})):
        variant = etree.SubElement(unit, "tuv", {_LANG: language})
        _properties(variant, properties)
        etree.SubElement(variant, "seg").text = text
    return unit


def _properties(parent: Any, properties: dict[str, str]) -> None:
    for name, value in properties.items():
        if value:
            etree.SubElement(parent, "prop", {"type": name}).text = value


def _unit(element: Any) -> Unit:
    place = f"line {element.sourceline}"
    if any(child.tag is etree.Entity for child in element.iter()):
        return Unit(place, problem="it refers to an entity, which is not read. Export the memory again without a DTD.")
    variants: dict[str, Any] = {}
    for variant in element.iterchildren("{*}tuv"):
        variants.setdefault(_language(variant), variant)
    missing = [name for code, name in _NAMES.items() if code not in variants]
    if missing:
        return Unit(place, problem=f"it has no {' and no '.join(missing)}; its languages: {', '.join(variants) or 'none'}.")
    texts: dict[str, str] = {}
    left_out: list[str] = []
    for code in _NAMES:
        texts[code], codes = _text(variants[code])
        left_out += codes
    said = _said(element) | _said(variants["en"]) | _said(variants["hi"])
    who, at = _approval(element, variants["en"])
    try:
        segment = validated(
            Remembered(
                texts["hi"],
                texts["en"],
                who,
                at,
                (said.get(_BEFORE, ""), said.get(_AFTER, "")),
                said.get(_DOCUMENT, ""),
                said.get(_GLOSSARY, ""),
            )
        )
    except TranslationMemoryError as error:
        return Unit(place, problem=str(error))
    return Unit(place, segment, left_out=tuple(dict.fromkeys(left_out)))


def _language(variant: Any) -> str:
    """The language of a variant: hi, en, or its code as it stands; Hindi in Latin letters is not the Hindi we translate."""
    code = (variant.get(_LANG) or variant.get("lang") or "").strip()
    first, *others = code.lower().replace("_", "-").split("-")
    return code if "latn" in others and first in ("hi", "hin") else _LANGUAGES.get(first, code)


def _text(variant: Any) -> tuple[str, list[str]]:
    """The text of a variant without its inline codes, and their names. What is highlighted (<hi>) is text."""
    segment = next(variant.iterchildren("{*}seg"), None)
    if segment is None:
        return "", []
    parts: list[str] = []
    codes: list[str] = []
    _gather(segment, parts, codes)
    text = "".join(parts)
    return (" ".join(text.split()) if codes else text), codes


def _gather(element: Any, parts: list[str], codes: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if _name(child) == "hi":
            _gather(child, parts, codes)
        else:
            codes.append(_name(child))
        parts.append(child.tail or "")


def _said(element: Any) -> dict[str, str]:
    """The properties of an element, by our names for them."""
    found: dict[str, str] = {}
    for property_ in element.iterchildren("{*}prop"):
        name = (property_.get("type") or "").strip().lower()
        found.setdefault(_OTHER_NAMES.get(name, name), "".join(property_.itertext()))
    return found


def _approval(unit: Any, english: Any) -> tuple[str, str]:
    """Who changed or made the English last, and when, as far as the file says."""
    for element in (english, unit):
        for who, at in (("changeid", "changedate"), ("creationid", "creationdate")):
            if element.get(who) or element.get(at):
                return element.get(who) or "", _our_date(element.get(at) or "")
    return "", ""


def _our_date(text: str) -> str:
    try:
        return datetime.strptime(text.strip(), _DATE).replace(tzinfo=UTC).isoformat(timespec="seconds")
    except ValueError:
        return ""


def _tmx_date(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime(_DATE) if text else ""


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(getattr(element, "tag", None), str) else ""
