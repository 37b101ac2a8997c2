"""A brief as XLIFF 2.1, for CAT tools: a unit for each block, a segment for each sentence, agreed terms marked, flags as notes.

OASIS, XLIFF Version 2.1 (2018): the order of elements in sections 4.2.2 and 4.2.3, terms in 4.7.3.1.2, states in 4.3.1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from lxml import etree

from translator.documents.runs import Run, source_runs, target_runs
from translator.values import Brief, Placement, Segment, TranslatedBlock
from translator.xml_text import as_xml_text

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_APPROVED = ("memory", "edited")


def write_xliff(brief: Brief) -> bytes:
    """One file of XLIFF; characters that XML cannot hold become U+FFFD."""
    root = etree.Element(_tag("xliff"), {"version": "2.1", "srcLang": "hi", "trgLang": "en"}, {None: _NAMESPACE})
    file = _child(root, "file", id="f1", original=brief.document.name)
    file.set(_SPACE, "preserve")
    about = _child(file, "notes")
    made = f"{brief.model}, glossary {brief.glossary_version}, {brief.created:%Y-%m-%d %H:%M} UTC"
    _child(about, "note", text=made, category="made with")
    number = 0
    for at, block in enumerate(brief.blocks, 1):
        _unit(file, at, block, number)
        number += len(block.segments)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def _unit(file: Any, at: int, block: TranslatedBlock, before: int) -> None:
    unit = _child(file, "unit", id=f"u{at}", name=block.block.kind)
    flags = [(number, flag) for number, segment in enumerate(block.segments, before + 1) for flag in segment.flags]
    if flags:
        notes = _child(unit, "notes")
        for number, flag in flags:
            said = f"Sentence {number}: {flag.message}"
            priority = "1" if flag.severity == "error" else "5"
            _child(notes, "note", text=said, category=flag.kind, priority=priority, appliesTo="target")
    for number, segment in enumerate(block.segments, before + 1):
        if number > before + 1:
            _child(_child(unit, "ignorable"), "source", text=" ")
        _segment(unit, number, segment)


def _segment(unit: Any, number: int, segment: Segment) -> None:
    state = "final" if segment.rung in _APPROVED else "translated"
    element = _child(unit, "segment", id=f"s{number}", state=state)
    ids = {place: f"m{number}-{at}" for at, place in enumerate(segment.placements, 1)}
    kept = {
        place
        for place in segment.placements
        if segment.source[place.pin.start : place.pin.end] == segment.target[place.start : place.end]
    }
    for name, runs in (("source", source_runs(segment)), ("target", target_runs(segment))):
        _text(_child(element, name), runs, ids, kept)


def _text(parent: Any, runs: Sequence[Run], ids: dict[Placement, str], kept: Collection[Placement]) -> None:
    """The text of `runs`, each agreed term as a <mrk>; the same id on both sides says that they belong together.

    A token that stands in the English as it stands in the Hindi is a <mrk> that must not be translated.
    """
    last = None
    for run in runs:
        if run.pin and run.pin.pin.term:
            last = _child(parent, "mrk", text=run.text, id=ids[run.pin], type="term")
        elif run.pin and run.pin in kept:
            last = _child(parent, "mrk", text=run.text, id=ids[run.pin], translate="no")
        elif last is None:
            parent.text = (parent.text or "") + as_xml_text(run.text)
        else:
            last.tail = (last.tail or "") + as_xml_text(run.text)


def _child(parent: Any, kind: str, /, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, _tag(kind), {key: as_xml_text(value) for key, value in attributes.items()})
    if text:
        element.text = as_xml_text(text)
    return element


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
