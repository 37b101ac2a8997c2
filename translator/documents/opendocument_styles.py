"""What the styles of an OpenDocument text say of its paragraphs and lists: outline levels, labels, hidden text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from translator.documents.numbering import Counters, label

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, STYLE, TEXT, TABLE = (_NAMESPACE % name for name in ("office", "style", "text", "table"))
DRAW = _NAMESPACE % "drawing"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TITLES = {"Title": 1, "Subtitle": 2}
_DEEPEST = 10


@dataclass(frozen=True)
class _Level:
    """How the items of one level of a list are labelled; `form` is empty for a bullet or for no label."""

    form: str
    prefix: str
    suffix: str
    start: int
    shown: int
    bullet: bool


class Styles:
    """The styles of one document, from the roots of styles.xml and content.xml; the later ones win."""

    def __init__(self, roots: Sequence[Any]) -> None:
        self._paragraphs: dict[str, Any] = {}
        self._hidden: set[str] = set()
        self._lists: dict[str, dict[int, _Level]] = {}
        self.outline: dict[int, _Level] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._add(style)
            for style in root.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{STYLE}name", "")] = _levels(style)
            for style in root.iter(f"{TEXT}outline-style"):
                self.outline = _levels(style)

    def heading(self, paragraph: Any) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        if paragraph.tag == f"{TEXT}h":
            return _number(paragraph, f"{TEXT}outline-level", 1)
        for style in self._chain(paragraph.get(f"{TEXT}style-name", "")):
            level = style.get(f"{STYLE}default-outline-level")
            if level is not None:
                return _number(style, f"{STYLE}default-outline-level", 0)
            if style.get(f"{STYLE}name") in _TITLES:
                return _TITLES[style.get(f"{STYLE}name")]
        return 0

    def is_hidden(self, span: Any) -> bool:
        """Whether a span of text is not shown."""
        return span.get(f"{TEXT}style-name") in self._hidden

    def levels(self, name: str) -> dict[int, _Level]:
        """The levels of a list style, empty for one that is not known."""
        return self._lists.get(name, {})

    def _add(self, style: Any) -> None:
        name, family = style.get(f"{STYLE}name", ""), style.get(f"{STYLE}family")
        if family == "paragraph":
            self._paragraphs[name] = style
        elif family == "text":
            properties = style.find(f"{STYLE}text-properties")
            if properties is not None and properties.get(f"{TEXT}display") == "none":
                self._hidden.add(name)

    def _chain(self, name: str) -> list[Any]:
        chain: dict[str, Any] = {}
        while name in self._paragraphs and name not in chain:
            chain[name] = self._paragraphs[name]
            name = chain[name].get(f"{STYLE}parent-style-name", "")
        return list(chain.values())


class Lists:
    """The lists that are open while a document is read from top to bottom, and the numbers of their items."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: list[tuple[dict[int, _Level], Counters]] = []
        self._by_id: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self._headings = Counters()

    def open(self, element: Any, level: int) -> None:
        """Begin a list, or a list in a list."""
        style = element.get(f"{TEXT}style-name", "")
        around = self._open[-1] if self._open and level > 1 else None
        levels = self._styles.levels(style) or (around[0] if around else {})
        counters = around[1] if around else self._counters(element, style)
        self._by_id[element.get(_XML_ID, "")] = counters
        self._by_style[style] = counters
        self._open.append((levels, counters))

    def close(self) -> None:
        """End the list that was opened last."""
        self._open.pop()

    def marker(self, item: Any, level: int) -> str:
        """The label of an item of the list that is open."""
        levels, counters = self._open[-1]
        here = levels.get(level, _Level("", "", "", 1, 1, True))
        start = _number(item, f"{TEXT}start-value", 0)
        number = counters.begin(level, start) if start else counters.next(level, here.start)
        return _label(levels, here, counters, level, number)

    def heading_marker(self, level: int) -> str:
        """The label of a heading, where headings are numbered."""
        here = self._styles.outline.get(level)
        if here is None or not here.form:
            return ""
        return _label(self._styles.outline, here, self._headings, level, self._headings.next(level, here.start))

    def _counters(self, element: Any, style: str) -> Counters:
        if (continued := element.get(f"{TEXT}continue-list")) in self._by_id:
            return self._by_id[continued]
        if element.get(f"{TEXT}continue-numbering") == "true" and style in self._by_style:
            return self._by_style[style]
        return Counters()


def _label(levels: dict[int, _Level], here: _Level, counters: Counters, level: int, number: int) -> str:
    if not here.form:
        return "- " if here.bullet else ""
    shown = range(max(1, level - here.shown + 1), level)
    above = [label(counters.at(at, levels[at].start), levels[at].form) for at in shown if at in levels and levels[at].form]
    return f"{here.prefix}{'.'.join([*above, label(number, here.form)])}{here.suffix}".strip() + " "


def _levels(style: Any) -> dict[int, _Level]:
    return {_number(level, f"{TEXT}level", 1): _level(level) for level in style if level.get(f"{TEXT}level")}


def _level(level: Any) -> _Level:
    form = level.get(f"{STYLE}num-format", "")
    return _Level(
        form[:1],  # LibreOffice names those of other scripts by their first labels: क, ख, ग, ...
        level.get(f"{STYLE}num-prefix", ""),
        level.get(f"{STYLE}num-suffix", ""),
        _number(level, f"{TEXT}start-value", 1),
        min(_number(level, f"{TEXT}display-levels", 1), _DEEPEST),
        level.tag == f"{TEXT}list-level-style-bullet",
    )


def _number(element: Any, attribute: str, default: int) -> int:
    try:
        return int(element.get(attribute, default))
    except ValueError:
        return default
