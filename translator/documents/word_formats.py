"""How a sentence of a Word document looks in English: which formats of its Hindi go to which part of it, and what they become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from translator.documents.word_styles import FORMS, W
from translator.values import Segment

# ECMA-376-1, CT_RPr: the order of those that are added here and of what may come after them.
_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
    "specVanish oMath"
).split()
_COMPLEX = {f"{W}bCs": f"{W}b", f"{W}iCs": f"{W}i", f"{W}szCs": f"{W}sz"}  # Word's own for scripts as Devanagari, and its others
_OF_SCRIPT = frozenset({*_COMPLEX, f"{W}cs", f"{W}rtl", f"{W}lang", f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}rPrChange"})
_LATIN_FORMS = {"१": "decimal", "क": "lowerLetter", "अ": "lowerLetter"}


@dataclass(frozen=True)
class Format:
    """The properties of a run and the link around it, either of which may be None. Runs that look the same are equal."""

    looks: bytes = b""
    properties: Any = field(default=None, compare=False)
    link: Any = None


def format_of(properties: Any, link: Any) -> Format:
    """The format of a run in Hindi."""
    return Format(etree.tostring(english_properties(properties), method="c14n"), properties, link)


def formats_of(segment: Segment, source: Sequence[Format]) -> list[Format]:
    """A format for each character of the English, from those of the Hindi.

    Where a pinned term or a kept token has one format, its English has it too; so has what stands before a colon, as in
    "विषय: …". All else is as most of the Hindi is. A link that would be lost goes to the whole sentence.
    """
    if not source:
        return [Format()] * len(segment.target)
    most = Counter(source).most_common(1)[0][0]
    links = dict.fromkeys(each.link for each in source)
    formats = [most if len(links) == 1 else replace(most, link=None)] * len(segment.target)
    head = segment.source.find(":") + 1
    if head and len(set(source[:head])) == 1 and ":" in segment.target:
        end = segment.target.index(":") + 1
        formats[:end] = [source[0]] * end
    for place in segment.placements:
        of = source[place.pin.start : place.pin.end]
        if of and len(set(of)) == 1:
            formats[place.start : place.end] = [of[0]] * (place.end - place.start)
    kept = {each.link for each in formats}
    lost = next((link for link in links if link is not None and link not in kept), None)
    if lost is None:
        return formats
    return [replace(each, link=lost) if each.link is None else each for each in formats]


def english_properties(properties: Any) -> Any:
    """A copy of the properties of a run as they are for English.

    What only holds for complex scripts goes; bold, italic and size stay as they were seen.
    """
    made = etree.Element(f"{W}rPr") if properties is None else deepcopy(properties)
    for script, plain in _COMPLEX.items():
        found = made.find(script)
        if found is not None and made.find(plain) is None:
            found.tag = plain
    for child in list(made):
        if child.tag in _OF_SCRIPT:
            made.remove(child)
    etree.SubElement(made, f"{W}lang").set(f"{W}val", "en-IN")
    made[:] = sorted(made, key=_place)
    return made


def _place(property_: Any) -> int:
    name = property_.tag.removeprefix(W)
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def english_numbering(root: Any) -> None:
    """Let the lists and notes of a part be numbered in Latin digits and letters."""
    for form in root.iter(f"{W}numFmt", f"{W}pgNumType"):
        attribute = f"{W}val" if form.tag == f"{W}numFmt" else f"{W}fmt"
        latin = _LATIN_FORMS.get(FORMS.get(form.get(attribute, ""), ""))
        if latin:
            form.set(attribute, latin)
