"""A brief as plain values, documented and versioned (README.md, “The JSON of a brief”), and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from glossary.model import Term
from translator.errors import DocumentError
from translator.memory.values import Remembered, Similar
from translator.values import Block, Brief, Document, Flag, Pin, Placement, Segment, TranslatedBlock

JSON_VERSION = 1
_FORMAT = "dwibhashi-brief"


def write_json(brief: Brief) -> str:
    """The text of the JSON form."""
    return json.dumps(brief_as_json(brief), ensure_ascii=False, indent=1) + "\n"


def brief_as_json(brief: Brief) -> dict[str, Any]:
    """A brief as plain values."""
    return {
        "format": _FORMAT,
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
                "segments": [segment_as_json(segment) for segment in block.segments],
            }
            for block in brief.blocks
        ],
    }


def segment_as_json(segment: Segment) -> dict[str, Any]:
    """A segment as plain values."""
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
                "term_id": place.pin.term.id if place.pin.term else None,
            }
            for place in segment.placements
        ],
        "flags": [
            {
                "kind": flag.kind,
                "severity": flag.severity,
                "message": flag.message,
                "source": list(flag.source_span) if flag.source_span else None,
                "target": list(flag.target_span) if flag.target_span else None,
            }
            for flag in segment.flags
        ],
    }


def brief_from_json(values: Mapping[str, Any]) -> Brief:
    """The brief of a JSON form. Raises DocumentError if a field is missing or wrong."""
    if values.get("format") != _FORMAT or values.get("version") != JSON_VERSION:
        raise DocumentError(f"This is not a brief of version {JSON_VERSION}; export it again.")
    try:
        blocks = []
        for block in values["blocks"]:
            segments = tuple(segment_from_json(segment) for segment in block["segments"])
            text = " ".join(segment.source for segment in segments)
            blocks.append(TranslatedBlock(Block(block["kind"], text, block["level"], block["marker"]), segments))
        document = Document(values["document"], tuple(block.block for block in blocks))
        created = datetime.fromisoformat(values["created"])
        return Brief(document, tuple(blocks), values["engine"], values["model"], values["glossary_version"], created)
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(f"The JSON of the brief is wrong at {error}; export it again.") from error


def segment_from_json(values: Mapping[str, Any]) -> Segment:
    """The segment of a JSON form; of a term its Hindi, English and number, of similar sentences no spans."""
    return Segment(
        values["source"],
        values["target"],
        tuple(_placement(pin) for pin in values["pins"]),
        tuple(
            Flag(flag["kind"], flag["message"], flag["severity"], _span(flag["source"]), _span(flag["target"]))
            for flag in values["flags"]
        ),
        values["rung"],
        values["score"],
        tuple(
            Similar(Remembered(near["source"], near["target"], id=near["id"]), near["score"], (), ())
            for near in values["similar"]
        ),
    )


def _placement(pin: Mapping[str, Any]) -> Placement:
    term = Term(pin["term"], pin["english"], id=pin.get("term_id") or 0) if pin["term"] else None
    (start, end), (target_start, target_end) = pin["source"], pin["target"]
    return Placement(Pin(start, end, pin["english"], term), target_start, target_end)


def _span(values: Any) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None
