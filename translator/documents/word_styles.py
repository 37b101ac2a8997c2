"""What the styles and numberings of a Word document say of its paragraphs: outline level and list label. It reads no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from translator.documents.numbering import Counters, label

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

FORMS = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "hindiNumbers": "१",
    "hindiVowels": "क",  # Word has the two names the wrong way round ([MS-OI29500], 2.1.540)
    "hindiConsonants": "अ",
}
_HEADING_NAME = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}
_BODY_TEXT = 9  # the outline level of what is no heading
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Style:
    """What a style says itself, None where its base decides."""

    base: str
    name: str
    heading: int | None
    list_id: str | None
    list_level: int | None


@dataclass(frozen=True)
class ListLevel:
    """How the items of one level of a list are labelled; `form` is empty for a bullet."""

    form: str
    text: str
    start: int


@dataclass(frozen=True)
class Item:
    """A list item: how deep it is, from 1, and its label."""

    level: int
    marker: str


class Styles:
    """The styles and numberings of one document. It counts list items, so each paragraph is asked about once, in order."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        """From the root elements of the two parts; None for a part that the document lacks."""
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for style in () if styles is None else styles.iter(f"{W}style"):
            if style.get(f"{W}type") == "paragraph":
                self._styles[style.get(f"{W}styleId", "")] = _style(style)
                if style.get(f"{W}default") in ("1", "true", "on"):
                    self._default = style.get(f"{W}styleId", "")
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._counted_as: dict[str, str] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        self._counters: dict[str, Counters] = {}

    def heading(self, paragraph: Any) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        level = _outline(paragraph.find(f"{W}pPr"))
        if level is not None:
            return level
        return next((style.heading for style in self._chain(paragraph) if style.heading is not None), 0)

    def item(self, paragraph: Any) -> Item | None:
        """The place and label of a paragraph in its list; None for one that is in none."""
        list_id, level = _numbered(paragraph.find(f"{W}pPr"))
        for style in self._chain(paragraph):
            list_id = style.list_id if list_id is None else list_id
            level = style.list_level if level is None else level
        levels = self._levels.get(list_id or "")
        if not levels:
            return None
        level = min(max(level or 0, 0), 8)
        return Item(level + 1, self._marker(list_id or "", levels, level))

    def _marker(self, list_id: str, levels: dict[int, ListLevel], level: int) -> str:
        counters = self._counters.setdefault(self._counted_as[list_id], Counters())
        here = levels.get(level, ListLevel("", "", 1))
        counters.next(level, here.start)
        if not here.form:
            return "- " if here.text.strip() else ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, here)
            return label(counters.at(at, of.start), of.form or "1")

        written = _PLACE.sub(number, here.text).strip()
        return f"{written} " if written else ""

    def _chain(self, paragraph: Any) -> list[_Style]:
        """The style of a paragraph, and those that it is based on."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        at = self._default if named is None else named.get(f"{W}val", "")
        chain: dict[str, _Style] = {}
        while at in self._styles and at not in chain:
            chain[at] = self._styles[at]
            at = chain[at].base
        return list(chain.values())

    def _read_numbering(self, numbering: Any) -> None:
        abstract = {
            each.get(f"{W}abstractNumId"): {_number(level, "ilvl", 0): _list_level(level) for level in each.iter(f"{W}lvl")}
            for each in numbering.iterfind(f"{W}abstractNum")
        }
        for num in numbering.iterfind(f"{W}num"):
            list_id, of = num.get(f"{W}numId", ""), num.find(f"{W}abstractNumId")
            shared = "" if of is None else of.get(f"{W}val", "")
            levels = dict(abstract.get(shared, {}))
            overrides = num.findall(f"{W}lvlOverride")
            for override in overrides:
                at = _number(override, "ilvl", 0)
                own, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
                if own is not None:
                    levels[at] = _list_level(own)
                if start is not None and at in levels:
                    levels[at] = ListLevel(levels[at].form, levels[at].text, _number(start, "val", 1))
            self._levels[list_id] = levels
            self._counted_as[list_id] = f"own {list_id}" if overrides else shared


def _style(style: Any) -> _Style:
    name, base, properties = style.find(f"{W}name"), style.find(f"{W}basedOn"), style.find(f"{W}pPr")
    named = "" if name is None else name.get(f"{W}val", "")
    heading = _outline(properties)
    if heading is None and (match := _HEADING_NAME.match(named)):
        heading = int(match[1])
    list_id, level = _numbered(properties)
    based_on = "" if base is None else base.get(f"{W}val", "")
    return _Style(based_on, named, _TITLES.get(named.lower()) if heading is None else heading, list_id, level)


def _outline(properties: Any) -> int | None:
    found = None if properties is None else properties.find(f"{W}outlineLvl")
    if found is None:
        return None
    level = _number(found, "val", _BODY_TEXT)
    return level + 1 if 0 <= level < _BODY_TEXT else 0


def _numbered(properties: Any) -> tuple[str | None, int | None]:
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return None, None
    list_id, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    return None if list_id is None else list_id.get(f"{W}val", ""), None if level is None else _number(level, "val", 0)


def _list_level(level: Any) -> ListLevel:
    form, text, start = level.find(f"{W}numFmt"), level.find(f"{W}lvlText"), level.find(f"{W}start")
    named = "decimal" if form is None else form.get(f"{W}val", "")
    written = "" if text is None else text.get(f"{W}val", "")
    return ListLevel("" if named in ("bullet", "none") else FORMS.get(named, "1"), written, _number(start, "val", 1))


def _number(element: Any, attribute: str, default: int) -> int:
    try:
        return default if element is None else int(element.get(f"{W}{attribute}", default))
    except ValueError:
        return default
