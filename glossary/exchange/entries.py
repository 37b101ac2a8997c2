"""What a glossary file says of one term, and the names that other tools give to the columns of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from glossary.errors import GlossaryError

# The columns of our own tables. Where a table has no column of the name, the field of a known term stays as it is.
COLUMNS = tuple("hindi english acronym acronym_hindi kind status variants case domain preferred note example source uid".split())
_FIRST, _SECOND = "(first)", "(second)"  # text in either language
_FORBIDDEN, _FUZZY, _UNTRANSLATED = "(forbidden)", "(fuzzy)", "(untranslated)"  # yes or no
_IGNORED = ""

_OTHER_NAMES = {
    "hi": "hindi", "हिंदी": "hindi", "हिन्दी": "hindi",
    "en": "english", "अंग्रेज़ी": "english", "अंग्रेजी": "english",
    "term": _FIRST, "target": _SECOND, "translation": _SECOND, "source term": _FIRST, "target term": _SECOND,
    "subdomain": "domain", "subject": "domain", "subject field": "domain",
    "definition": "note", "notes": "note", "comment": "note", "comments": "note", "translator_comments": "note",
    "developer_comments": "note", "explanation": "note",
    "example of use": "example", "usage": "example", "context": "example",
    "forbidden": _FORBIDDEN, "fuzzy": _FUZZY, "untranslatable": _UNTRANSLATED,
}  # fmt: skip
_LOCALE = regex.compile(r"(hi|en)[-_]\p{L}{2,4}")
_DEVANAGARI = regex.compile(r"\p{Deva}")
_TRUE = frozenset({"true", "yes", "1", "x", "wahr", "vrai"})


@dataclass(frozen=True)
class Entry:
    """Fields of a term as a file gives them, or the reason why the place in the file cannot be used."""

    place: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def fields_of_columns(header: Sequence[str]) -> list[str] | None:
    """For each column of a table the field that it fills ("" for none); None if `header` is no header but a term already."""
    names = [" ".join(name.strip().casefold().split()) for name in header]
    known = [_field(name) for name in names]
    if any(_DEVANAGARI.search(name) and not field for name, field in zip(names[:2], known[:2], strict=True)):
        return None
    if not {"hindi", "english"} <= set(known):
        known = [_FIRST if name == "source" else found for name, found in zip(names, known, strict=True)]
        if not {_FIRST, _SECOND} <= set(known):
            raise GlossaryError(
                "line 1: the columns must be hindi and english, or source and target, and any of "
                f"{', '.join(COLUMNS[2:])}; not {', '.join(header) or 'nothing'}."
            )
    return known


def without_header(width: int) -> list[str]:
    """The columns of a table without header: source, target, and languages that are not needed."""
    return [_FIRST, _SECOND, *[_IGNORED] * (width - 2)]


def entry_of_row(place: str, columns: Sequence[str], cells: Sequence[str]) -> Entry:
    """What a row says. Text in the columns of source and target is Hindi where it is in Devanagari."""
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        return Entry(place, problem="the row has more columns than line 1; quote a cell that holds the separator.")
    found: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        cell = cell.strip()
        if column in ("note", "example", "domain") and found.get(column):
            separator = "/" if column == "domain" else "\n"
            cell = separator.join(filter(None, (found[column], cell)))
        if column:
            found[column] = cell
    _name_languages(found)
    _name_kind(found)
    if "variants" in found:
        found["variants"] = tuple(filter(None, map(str.strip, found["variants"].split("|"))))
    return Entry(place, found)


def _field(name: str) -> str:
    if name in COLUMNS:
        return name
    locale = _LOCALE.fullmatch(name)
    return _OTHER_NAMES.get(locale[1] if locale else name, _IGNORED)


def _name_languages(found: dict[str, Any]) -> None:
    if _FIRST in found:
        first, second = found.pop(_FIRST), found.pop(_SECOND, "")
        swapped = _DEVANAGARI.search(second) and not _DEVANAGARI.search(first)
        found["hindi"], found["english"] = (second, first) if swapped else (first, second)


def _name_kind(found: dict[str, Any]) -> None:
    if found.pop(_FORBIDDEN, "").casefold() in _TRUE:
        found["kind"] = "forbidden"
    if found.pop(_UNTRANSLATED, "").casefold() in _TRUE:
        found["kind"] = "do-not-translate"
    if found.pop(_FUZZY, "").casefold() in _TRUE:
        found["status"] = "draft"
    for choice in ("kind", "status", "case"):
        if not found.get(choice):
            found.pop(choice, None)
