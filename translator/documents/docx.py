"""A brief as a Word document: Hindi and English side by side, pinned terms marked, flags as comments, and a list of the terms;
or the English alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import regex
from docx import Document as new_document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from translator.documents.left_out import notice
from translator.documents.runs import Run, source_runs, target_runs
from translator.values import Brief, Segment, TranslatedBlock
from translator.xml_text import as_xml_text

_HINDI_FONT = "Nirmala UI"  # Windows has it; elsewhere the word processor takes another font for the script
_PIN, _KEPT, _VERBATIM = "Pinned term", "Kept as it is", "Verbatim"
_SIZE, _TITLE_SIZE = 11, 15  # points
_HEADING_SIZES = {1: 13, 2: 12}
_INDENT = 0.6  # centimetres for each level of a list
_SIDES, _TERMS = (8.7, 8.7), (7.7, 7.7, 2)  # the widths of the columns, in centimetres
_SOFT = RGBColor(0x5B, 0x66, 0x76)


def write_docx(brief: Brief) -> bytes:
    """The document; the same bytes for the same brief. Word shows each flag as a comment on the English that it is about.

    Characters that XML cannot hold become U+FFFD.
    """
    document = new_document()
    _set_up(document, brief)
    name = brief.document.name
    _write(document.add_heading(level=1), [Run(name)], _script(name), _TITLE_SIZE)
    if lacking := notice(brief.document.metadata):
        _write(document.add_paragraph(), [Run(lacking)], "en", _SIZE)
    table = _table(document, ("हिन्दी", "English"), _SIDES)
    for block in brief.blocks:
        for at, segment in enumerate(block.segments):
            _row(table, block, segment, first=at == 0)
            _comment(document, table.rows[-1].cells[1].paragraphs[0], segment, brief)
    _list_terms(document, brief)
    return _saved(document, brief)


def write_english(brief: Brief) -> bytes:
    """The English alone, in the headings, lists and paragraphs of the note; a cell of a table is a paragraph.

    The same bytes for the same brief. Characters that XML cannot hold become U+FFFD.
    """
    document = new_document()
    _set_up(document, brief)
    for translated in brief.blocks:
        block = translated.block
        heading = block.kind == "heading"
        paragraph = document.add_heading(level=min(max(block.level, 1), 9)) if heading else document.add_paragraph()
        if block.kind == "list-item":
            paragraph.paragraph_format.left_indent = Cm(_INDENT * max(block.level, 1))
        text = (block.marker if block.kind == "list-item" else "") + " ".join(segment.target for segment in translated.segments)
        points = _HEADING_SIZES.get(block.level, _TITLE_SIZE) if heading else _SIZE
        _write(paragraph, [Run(text)], _script(text), points)
        if block.kind == "verbatim":
            _mark(paragraph.runs[0], _VERBATIM)
    return _saved(document, brief)


def _set_up(document: Any, brief: Brief) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name = "Calibri"
    normal.element.rPr.rFonts.set(qn("w:cs"), _HINDI_FONT)
    normal.element.rPr.append(_element("w:lang", val="en-IN", bidi="hi-IN"))
    made = f"{brief.model}, glossary {brief.glossary_version}, {brief.created:%Y-%m-%d %H:%M} UTC. "
    warning = "Machine translation: read it against the Hindi before you file it."
    footer = section.footer.paragraphs[0].add_run(as_xml_text(made + warning))
    footer.font.size, footer.font.color.rgb = Pt(8), _SOFT
    properties = document.core_properties
    properties.title, properties.author = as_xml_text(brief.document.name)[:255], "Dwibhashi"
    properties.created = properties.modified = brief.created.replace(tzinfo=None)
    pin = document.styles.add_style(_PIN, WD_STYLE_TYPE.CHARACTER)
    pin.element.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill="D9EFE5"))
    kept = document.styles.add_style(_KEPT, WD_STYLE_TYPE.CHARACTER)
    kept.element.get_or_add_rPr().append(_element("w:u", val="dotted"))
    document.styles.add_style(_VERBATIM, WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"


def _table(document: Any, titles: Sequence[str], widths: Sequence[float]) -> Any:
    """A table whose first row stands at the top of each page."""
    table = document.add_table(rows=1, cols=len(titles), style="Table Grid")
    table.autofit = False
    for column, cell, title, width in zip(table.columns, table.rows[0].cells, titles, widths, strict=True):
        column.width = cell.width = Cm(width)
        _fill(cell, [Run(title)], _script(title))
        for run in cell.paragraphs[0].runs:
            run.bold = run.font.cs_bold = True
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    return table


def _row(table: Any, block: TranslatedBlock, segment: Segment, first: bool) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    marker = block.block.marker if first and block.block.kind == "list-item" else ""
    borders = {border for flag in segment.flags for border in flag.target_span or ()}
    hindi, english = row.cells
    points = _HEADING_SIZES.get(block.block.level, _SIZE) if block.block.kind == "heading" else _SIZE
    _fill(hindi, [Run(marker), *source_runs(segment)], "hi", points)
    _fill(english, [Run(marker), *_cut(target_runs(segment), borders)], "en", points)
    for run in (*hindi.paragraphs[0].runs, *english.paragraphs[0].runs):
        if block.block.kind == "heading":
            run.bold = run.font.cs_bold = True
        elif block.block.kind == "verbatim":
            _mark(run, _VERBATIM)


def _cut(runs: Sequence[Run], borders: Collection[int]) -> Iterator[Run]:
    """The runs, cut at these places of their text: a comment stands on whole runs."""
    at = 0
    for run in runs:
        end = at + len(run.text)
        places = sorted({at, end, *(border for border in borders if at < border < end)})
        for start, stop in pairwise(places):
            yield Run(run.text[start - at : stop - at], run.pin)
        at = end


def _comment(document: Any, paragraph: Any, segment: Segment, brief: Brief) -> None:
    """A comment for each flag of `segment`, on the part of `paragraph` that it is about, or on all of it."""
    marker, *runs = paragraph.runs
    for flag in segment.flags:
        start, end = flag.target_span or (0, len(segment.target))
        severity = "Check" if flag.severity == "error" else "Note"
        text = as_xml_text(f"{severity}: {flag.message}")
        shown = _runs_within(runs, start, end) or runs or [marker]
        comment = document.add_comment(shown, text=text, author="Dwibhashi", initials="Dw")
        comment._comment_elm.set(qn("w:date"), f"{brief.created:%Y-%m-%dT%H:%M:%SZ}")


def _runs_within(runs: Sequence[Any], start: int, end: int) -> list[Any]:
    at, found = 0, []
    for run in runs:
        if at < end and start < at + len(run.text):
            found.append(run)
        at += len(run.text)
    return found


def _mark(run: Any, style: str) -> None:
    """Give a run a style of ours by its id; python-docx would look through all styles for each name."""
    run._r.style = style.replace(" ", "")


def _list_terms(document: Any, brief: Brief) -> None:
    places = [place.pin for segment in brief.segments for place in segment.placements]
    terms = Counter((pin.term.hindi, pin.term.english) for pin in places if pin.term)
    if not terms:
        return
    document.add_heading("Agreed terms", level=2)
    table = _table(document, ("हिन्दी", "English", "Times"), _TERMS)
    for (hindi, english), count in sorted(terms.items()):
        for cell, text in zip(table.add_row().cells, (hindi, english, str(count)), strict=True):
            _fill(cell, [Run(text)], _script(text))


def _fill(cell: Any, runs: Sequence[Run], script: str, points: int = _SIZE) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    _write(paragraph, runs, script, points)


def _write(paragraph: Any, runs: Sequence[Run], script: str, points: int) -> None:
    """Write runs in a language. Word keeps the font, the size and the bold of Hindi apart from those of English."""
    for run in runs:
        written = paragraph.add_run(as_xml_text(run.text))
        if run.pin:
            _mark(written, _PIN if run.pin.pin.term else _KEPT)
        written.font.size = Pt(points)
        properties = written._r.rPr
        properties.append(_element("w:szCs", val=str(2 * points)))
        if script == "hi":
            fonts = properties.get_or_add_rFonts()
            for use in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{use}"), _HINDI_FONT)
            properties.append(_element("w:cs"))
            properties.append(_element("w:lang", val="hi-IN", bidi="hi-IN"))
        else:
            properties.append(_element("w:lang", val="en-IN"))


def _saved(document: Any, brief: Brief) -> bytes:
    """The file, packed anew with the time of the brief: python-docx would put in that of now."""
    packed, content = BytesIO(), BytesIO()
    document.save(packed)
    time = max(brief.created.timetuple()[:6], (1980, 1, 1, 0, 0, 0))  # a ZIP knows no earlier one
    with ZipFile(packed) as parts, ZipFile(content, "w") as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name, time), parts.read(name), ZIP_DEFLATED)
    return content.getvalue()


def _script(text: str) -> str:
    return "hi" if regex.search(r"\p{Deva}", text) else "en"


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
