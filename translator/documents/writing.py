"""A Brief into a file: which formats there are, and the plainest of them; the others have modules of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from translator.documents.brief_csv import write_csv
from translator.documents.brief_json import write_json
from translator.documents.brief_pdf import pdf_can_be_had, write_pdf
from translator.documents.docx import write_docx, write_english
from translator.documents.left_out import notice
from translator.documents.runs import source_runs, target_runs
from translator.documents.word_english import write_english_docx
from translator.documents.xliff import write_xliff
from translator.memory.tmx import tmx_parts
from translator.memory.values import Remembered, neighbours
from translator.pages import template
from translator.values import Brief, Flag
from translator.xml_text import as_xml_text


@dataclass(frozen=True)
class Writer:
    """A format of briefs: what its files are called, and what makes the bytes of one from the brief and the file of its note."""

    suffix: str
    media_type: str
    write: Callable[[Brief, bytes], bytes]


def write_html(brief: Brief) -> str:
    """One self-contained page: Hindi on the left, English on the right, a row for each sentence."""
    return template("brief.html").render(
        brief=brief,
        notice=notice(brief.document.metadata),
        source_runs=source_runs,
        target_runs=target_runs,
        flags=all_flags(brief),
    )


def write_markdown(brief: Brief) -> str:
    """One table, a row for each sentence; the flags are footnotes."""
    lines = [f"# {_escaped(brief.document.name)}", ""]
    if lacking := notice(brief.document.metadata):
        lines += [_escaped(lacking), ""]
    lines += ["| हिन्दी | English |", "|---|---|"]
    notes: list[str] = []
    for block in brief.blocks:
        for at, segment in enumerate(block.segments):
            marker = block.block.marker if at == 0 and block.block.kind == "list-item" else ""
            source, target = marker + segment.source, marker + segment.target
            if block.block.kind == "heading":
                source, target = f"**{_cell(source)}**", f"**{_cell(target)}**"
            else:
                source, target = _cell(source), _cell(target)
            marks = ""
            for flag in segment.flags:
                notes.append(f"[^{len(notes) + 1}]: {flag.severity}, {flag.kind}: {_escaped(flag.message)}")
                marks += f"[^{len(notes)}]"
            lines.append(f"| {source} | {target}{marks} |")
    signature = f"{brief.model}, glossary {brief.glossary_version}, {brief.created:%Y-%m-%d %H:%M} UTC"
    return "\n".join([*lines, "", *notes, *([""] if notes else []), f"*{signature}*", ""])


def write_text(brief: Brief) -> str:
    """The English alone, a line for each block."""
    lines = (block.block.marker + " ".join(segment.target for segment in block.segments) for block in brief.blocks)
    return "\n".join([*lines, ""])


def write_tmx(brief: Brief) -> str:
    """What was translated, for the memory of another tool; who has approved it is not known there."""
    sources = [as_xml_text(segment.source) for segment in brief.segments]
    created, name = brief.created.isoformat(timespec="seconds"), as_xml_text(brief.document.name)
    units = (
        Remembered(source, as_xml_text(segment.target), "", created, context, name, brief.glossary_version)
        for source, context, segment in zip(sources, neighbours(sources), brief.segments, strict=True)
        if segment.rung != "untouched" and segment.target.strip()
    )
    return "".join(tmx_parts(units))


def write_word(brief: Brief, original: bytes) -> bytes:
    """The English in Word: the document that was given, looking as it did, or a new one for a note of another format."""
    given = brief.document.name.lower().endswith(".docx") and original.startswith(b"PK")
    return write_english_docx(original, brief) if given else write_english(brief)


def all_flags(brief: Brief) -> list[Flag]:
    """The flags of a brief, in order."""
    return [flag for segment in brief.segments for flag in segment.flags]


def _escaped(text: str) -> str:
    for char in "\\`*_[]<>#":
        text = text.replace(char, "\\" + char)
    return text


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|").replace("\n", "<br>")


def _encoded(write: Callable[[Brief], str]) -> Callable[[Brief, bytes], bytes]:
    """`write` in UTF-8; the name of a file may hold what is no character (PEP 383), which becomes a question mark."""
    return lambda brief, _: write(brief).encode(errors="replace")


def _of_brief(write: Callable[[Brief], bytes]) -> Callable[[Brief, bytes], bytes]:
    return lambda brief, _: write(brief)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS: dict[str, Writer] = {
    "html": Writer(".html", "text/html; charset=utf-8", _encoded(write_html)),
    "md": Writer(".md", "text/markdown; charset=utf-8", _encoded(write_markdown)),
    "json": Writer(".json", "application/json", _encoded(write_json)),
    "txt": Writer(".txt", "text/plain; charset=utf-8", _encoded(write_text)),
    "docx": Writer(".docx", _WORD, _of_brief(write_docx)),
    "docx-en": Writer(".en.docx", _WORD, write_word),
    "xliff": Writer(".xlf", "application/xliff+xml", _of_brief(write_xliff)),
    "tmx": Writer(".tmx", "application/xml", _encoded(write_tmx)),
    "csv": Writer(".csv", "text/csv; charset=utf-8", _of_brief(write_csv)),
}
if pdf_can_be_had():
    WRITERS["pdf"] = Writer(".pdf", "application/pdf", lambda brief, _: write_pdf(write_html(brief)))
