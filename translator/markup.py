"""HTML translated with its markup kept. Sentences are translated whole, with the inline elements in them pinned.

What a sentence means is left to the translator; this module knows only which tags stand within one and which end it.
"""

from __future__ import annotations

import html as entities
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from translator.documents.reading import require_text
from translator.errors import DocumentError
from translator.passages import Flow, Inline, Passage, passages_in, translate
from translator.pipeline import Translator
from translator.xml_text import NO_XML

Element = Any  # of lxml, which has no types

_NAME = "the HTML"
_DEEPEST = 150  # elements within elements; no page that people wrote has more
_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label")
_LEFT = frozenset("script style code pre textarea svg math".split())
_WITHOUT_TEXT = frozenset("script style svg math img input wbr picture source".split())
_INLINE = _WITHOUT_TEXT | frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var".split()
)
_HINDI = regex.compile(r"\p{Deva}")
_PAGE = regex.compile(r"\A(?:\s|<!--.*?-->|<\?[^>]*>)*<(?:!doctype|html|head|body)\b", regex.IGNORECASE | regex.DOTALL)
_DOCTYPE, _HTML = (regex.compile(start + r"\b", regex.IGNORECASE) for start in ("<!doctype", "<html"))


@dataclass(eq=False)
class _Holder:
    """An element, or an attribute of it, and what it holds in order; elements that end a sentence stand among the passages."""

    element: Element
    attribute: str = ""
    items: Flow = field(default_factory=list)


def translated_html(html: str, translator: Translator) -> str:
    """A page or a fragment of HTML in English, with every element of it kept; what has no Hindi comes back as it is.

    Script, style, code, pre, textarea, and elements with translate="no" or the class "notranslate" stay. Where an inline element
    cannot be kept in a sentence, the sentence is translated in parts, around it. Raises DocumentError for characters that no
    HTML may hold, and for elements too deep within each other.
    """
    _require_characters(html)
    if not _HINDI.search(entities.unescape(html)):
        return html
    page = bool(_PAGE.match(html))
    root = _parsed(html if page else f"<html><body>{html}")
    holders = [*_texts(root), *_attributes(root)]
    passages = [item for holder in holders for item in holder.items if isinstance(item, Passage)]
    if not passages:
        return html
    translate(passages, translator)
    for holder in holders:
        items = [part for item in holder.items for part in (item.items if isinstance(item, Passage) else [item])]
        if holder.attribute:
            holder.element.set(holder.attribute, "".join(item for item in items if isinstance(item, str)))
        else:
            _fill(holder.element, items)
    return _page(root, html) if page else _fragment(root)


def _parsed(html: str) -> Element:
    root = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    if max(_depths(root)) > _DEEPEST:
        raise DocumentError(f"{_NAME}: elements stand more than {_DEEPEST} deep within each other. Close them, or send less.")
    for node in root.iter():
        if any(map(NO_XML.search, [node.text or "", node.tail or "", *node.values()])):
            raise DocumentError(f"{_NAME}: a control character is written as &#…; in it. Take it out and try again.")
    return root


def _require_characters(html: str) -> None:
    require_text(html, _NAME)
    if found := NO_XML.search(html):
        code = f"U+{ord(found.group()):04X}"
        raise DocumentError(f"{_NAME}: control character {code} at position {found.start()}. Take it out and try again.")


# --- Reading: elements into passages --------------------------------------------------------------------------------------


def _texts(root: Element) -> Iterator[_Holder]:
    """Each element that holds sentences, with its sentences."""
    ending = _ending(root)
    todo = [root]
    while todo:
        holder = _Holder(todo.pop())
        flow: list[str | Inline] = []
        for item in _contents(holder.element):
            if isinstance(item, str):
                flow.append(item)
            elif item in ending:
                holder.items += [*passages_in(flow), Inline(item)]
                flow = []
            else:
                flow.append(_inline(item))
        holder.items += passages_in(flow)
        todo += [item.element for item in holder.items if isinstance(item, Inline) and not _stays(item.element)]
        yield holder


def _attributes(root: Element) -> Iterator[_Holder]:
    for element in _walk(root):
        if isinstance(element.tag, str) and not _protected(element):
            for name in _ATTRIBUTES:
                if _HINDI.search(element.get(name, "")):
                    yield _Holder(element, name, passages_in([element.get(name)]))


def _ending(root: Element) -> set[Element]:
    """The elements that end a sentence: blocks, line breaks, and what holds one."""
    ending: set[Element] = set()
    for element in _walk(root):
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            up = element
            while up is not None and up not in ending:
                ending.add(up)
                up = up.getparent()
    return ending


def _walk(root: Element) -> Iterator[Element]:
    """All elements, without those within what stays as it is."""
    todo = [root]
    while todo:
        element = todo.pop()
        yield element
        if not _stays(element):
            todo += reversed(element)


def _depths(root: Element) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth


def _stays(element: Element) -> bool:
    return not isinstance(element.tag, str) or element.tag in _LEFT or _protected(element)


def _protected(element: Element) -> bool:
    return element.get("translate", "").lower() == "no" or "notranslate" in element.get("class", "").split()


def _contents(element: Element) -> Iterator[Any]:
    """Texts and elements in order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _inline(element: Element) -> Inline:
    if not isinstance(element.tag, str) or element.tag in _WITHOUT_TEXT:
        return Inline(element)
    if _stays(element):
        return Inline(element, element.text_content())
    inside = Passage([item if isinstance(item, str) else _inline(item) for item in _contents(element)])
    return Inline(element, inside.hindi, inside)


# --- Writing: English into the elements -----------------------------------------------------------------------------------


def _fill(element: Element, items: Sequence[str | Inline]) -> None:
    """Make `items` the contents of `element`."""
    element[:] = []
    element.text = ""
    last = None
    for item in items:
        if isinstance(item, Inline):
            last = item.element
            last.tail = ""
            element.append(last)
            if item.inside:
                _fill(last, item.inside.items)
        elif last is None:
            element.text += item
        else:
            last.tail += item


def _written(node: Element) -> str:
    return str(etree.tostring(node, method="html", encoding="unicode"))


def _fragment(root: Element) -> str:
    """All but the html and body that were put around a fragment; what follows a stray </body> is outside of it."""
    parts: list[str] = []
    for node in root:
        inside = _contents(node) if node is root[0] else [node]
        parts += (entities.escape(item, quote=False) if isinstance(item, str) else _written_alone(item) for item in inside)
        parts.append(entities.escape(node.tail or "", quote=False))
    return "".join(parts)


def _written_alone(node: Element) -> str:
    return str(etree.tostring(node, method="html", encoding="unicode", with_tail=False))


def _page(root: Element, html: str) -> str:
    doctype = f"{root.getroottree().docinfo.doctype}\n" if _DOCTYPE.search(html) else ""
    before = [_written_alone(node) for node in reversed(list(root.itersiblings(preceding=True)))]
    after = [_written_alone(node) for node in root.itersiblings()]
    middle = [_written_alone(root)] if _HTML.search(html) else [_written(node) for node in root]
    return doctype + "".join(before + middle + after) + html[len(html.rstrip()) :]
