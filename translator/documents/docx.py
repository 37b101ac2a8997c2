"""A brief as a Word document: Hindi and English side by side, pinned terms marked, flags as comments, and a list of the terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import regex
from docx import Document as new_document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from translator.documents.runs import Run, source_runs, target_runs
from translator.values import Brief, Segment, TranslatedBlock
from translator.xml_text import as_xml_text

_HINDI_FONT = "Nirmala UI"  # Windows has it; elsewhere the word processor takes another font for the script
_PIN, _KEPT, _VERBATIM = "Pinned term", "Kept as it is", "Verbatim"
_HEADING_SIZES = {1: 14, 2: 13}
_SOFT = RGBColor(0x5B, 0x66, 0x76)


def write_docx(brief: Brief) -> bytes:
    """The document. Word shows each flag as a comment on the English that it is about."""
    document = new_document()
    _set_up(document, brief)
    document.add_heading(as_xml_text(brief.document.name), level=1)
    table = _table(document, ("हिन्दी", "English"))
    for block in brief.blocks:
        for at, segment in enumerate(block.segments):
            _row(document, table, block, segment, first=at == 0)
    _list_terms(document, brief)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _set_up(document: Any, brief: Brief) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.name = "Calibri"
    made = f"{brief.model}, glossary {brief.glossary_version}, {brief.created:%Y-%m-%d %H:%M} UTC. "
    footer = section.footer.paragraphs[0].add_run(made + "Machine translation: read it against the Hindi before you file it.")
    footer.font.size, footer.font.color.rgb = Pt(8), _SOFT
    properties = document.core_properties
    properties.title, properties.author = as_xml_text(brief.document.name)[:255], "Dwibhashi"
    properties.created = properties.modified = brief.created.replace(tzinfo=None)
    pin = document.styles.add_style(_PIN, WD_STYLE_TYPE.CHARACTER)
    pin.element.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill="D9EFE5"))
    kept = document.styles.add_style(_KEPT, WD_STYLE_TYPE.CHARACTER)
    kept.element.get_or_add_rPr().append(_element("w:u", val="dotted"))
    document.styles.add_style(_VERBATIM, WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"


def _table(document: Any, titles: Sequence[str]) -> Any:
    """A table whose first row stands at the top of each page."""
    table = document.add_table(rows=1, cols=len(titles), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        _write(cell.paragraphs[0], [Run(title)], _script(title)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    return table


def _row(document: Any, table: Any, block: TranslatedBlock, segment: Segment, first: bool) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    marker = [Run(block.block.marker)] if first and block.block.kind == "list-item" else []
    for cell, runs, script in (
        (row.cells[0], source_runs(segment), "hi"),
        (row.cells[1], target_runs(segment), "en"),
    ):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(3)
        _write(paragraph, [*marker, *runs], script)
        _shape(paragraph, block)
    for flag in segment.flags:
        start, end = flag.target_span or (0, len(segment.target))
        shown = _runs_within(row.cells[1].paragraphs[0].runs[len(marker) :], start, end)
        severity = "Check" if flag.severity == "error" else "Note"
        document.add_comment(shown, text=as_xml_text(f"{severity}: {flag.message}"), author="Dwibhashi", initials="Dw")


def _shape(paragraph: Any, block: TranslatedBlock) -> None:
    for run in paragraph.runs:
        if block.block.kind == "heading":
            _enlarge(run, _HEADING_SIZES.get(block.block.level, 12))
        elif block.block.kind == "verbatim":
            run.style = _VERBATIM


def _enlarge(run: Any, points: int) -> None:
    """Bold and larger in both scripts: Word keeps the two apart."""
    run.bold = run.font.cs_bold = True
    run.font.size = Pt(points)
    run._r.get_or_add_rPr().get_or_add_sz().addnext(_element("w:szCs", val=str(2 * points)))


def _runs_within(runs: Sequence[Any], start: int, end: int) -> list[Any]:
    """The runs that hold some of `[start, end)`, or all of them: a comment stands on whole runs."""
    at, found = 0, []
    for run in runs:
        if at < end and start < at + len(run.text):
            found.append(run)
        at += len(run.text)
    return found or list(runs)


def _list_terms(document: Any, brief: Brief) -> None:
    places = [place.pin for segment in brief.segments for place in segment.placements]
    terms = Counter((pin.term.hindi, pin.term.english) for pin in places if pin.term)
    if not terms:
        return
    document.add_heading("Agreed terms", level=2)
    table = _table(document, ("हिन्दी", "English", "Times"))
    for (hindi, english), count in sorted(terms.items()):
        for cell, text in zip(table.add_row().cells, (hindi, english, str(count)), strict=True):
            _write(cell.paragraphs[0], [Run(text)], _script(text))


def _write(paragraph: Any, runs: Sequence[Run], script: str) -> Any:
    """Write runs in a language; returns the last one."""
    written = None
    for run in runs or [Run("")]:
        written = paragraph.add_run(as_xml_text(run.text))
        if run.pin:
            written.style = _PIN if run.pin.pin.term else _KEPT
        properties = written._r.get_or_add_rPr()
        if script == "hi":
            fonts = properties.get_or_add_rFonts()
            for use in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{use}"), _HINDI_FONT)
            properties.append(_element("w:cs"))
            properties.append(_element("w:lang", val="hi-IN", bidi="hi-IN"))
        else:
            properties.append(_element("w:lang", val="en-IN"))
    return written


def _script(text: str) -> str:
    return "hi" if regex.search(r"\p{Deva}", text) else "en"


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
