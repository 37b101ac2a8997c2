"""A Brief into a file: side-by-side HTML, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2

from translator.values import Brief, Flag, Placement, Segment

JSON_VERSION = 1


@dataclass(frozen=True)
class Run:
    """A stretch of text; `pin` is the pin that it stands for, if any."""

    text: str
    pin: Placement | None = None


def write_html(brief: Brief) -> str:
    """One self-contained page: Hindi on the left, English on the right, a row for each sentence."""
    return _template().render(brief=brief, source_runs=source_runs, target_runs=target_runs, flags=all_flags(brief))


def write_markdown(brief: Brief) -> str:
    """One table, a row for each sentence; the flags are footnotes."""
    lines = [f"# {_escaped(brief.document.name)}", "", "| हिन्दी | English |", "|---|---|"]
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


def write_json(brief: Brief) -> str:
    """The documented, versioned form (README.md, “The JSON of a brief”)."""
    return json.dumps(brief_as_json(brief), ensure_ascii=False, indent=1) + "\n"


WRITERS: dict[str, Callable[[Brief], str]] = {"html": write_html, "md": write_markdown, "json": write_json}


def brief_as_json(brief: Brief) -> dict[str, Any]:
    """A brief as plain values."""
    return {
        "format": "dwibhashi-brief",
        "version": JSON_VERSION,
        "document": brief.document.name,
        "engine": brief.engine,
        "model": brief.model,
        "glossary_version": brief.glossary_version,
        "created": brief.created.isoformat(timespec="seconds"),
        "blocks": [
            {
                "kind": block.block.kind,
                "level": block.block.level,
                "marker": block.block.marker,
                "segments": [_segment(segment) for segment in block.segments],
            }
            for block in brief.blocks
        ],
    }


def source_runs(segment: Segment) -> list[Run]:
    """The Hindi of a segment, parted where its pins are."""
    return _runs(segment.source, [(place.pin.start, place.pin.end, place) for place in segment.placements])


def target_runs(segment: Segment) -> list[Run]:
    """The English of a segment, parted where its pins are."""
    return _runs(segment.target, [(place.start, place.end, place) for place in segment.placements])


def all_flags(brief: Brief) -> list[Flag]:
    """The flags of a brief, in order."""
    return [flag for segment in brief.segments for flag in segment.flags]


def _runs(text: str, places: Sequence[tuple[int, int, Placement]]) -> list[Run]:
    runs: list[Run] = []
    end = 0
    for start, stop, place in sorted(places, key=lambda place: place[0]):
        runs += [Run(text[end:start]), Run(text[start:stop], place)]
        end = stop
    return [run for run in (*runs, Run(text[end:])) if run.text]


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "source": segment.source,
        "target": segment.target,
        "rung": segment.rung,
        "score": round(segment.score, 4),
        "similar": [
            {"source": near.segment.source, "target": near.segment.target, "score": round(near.score), "id": near.segment.id}
            for near in segment.similar
        ],
        "pins": [
            {
                "source": [place.pin.start, place.pin.end],
                "target": [place.start, place.end],
                "english": place.pin.target,
                "term": place.pin.term.hindi if place.pin.term else None,
            }
            for place in segment.placements
        ],
        "flags": [
            {
                "kind": flag.kind,
                "severity": flag.severity,
                "message": flag.message,
                "source": flag.source_span,
                "target": flag.target_span,
            }
            for flag in segment.flags
        ],
    }


def _escaped(text: str) -> str:
    for char in "\\`*_[]<>#":
        text = text.replace(char, "\\" + char)
    return text


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|").replace("\n", "<br>")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("translator"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("brief.html")
