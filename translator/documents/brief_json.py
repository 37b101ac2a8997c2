"""A brief as plain values, documented and versioned (README.md, “The JSON of a brief”), and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, get_args

from glossary.model import Term
from translator.documents.left_out import LEFT_OUT
from translator.errors import DocumentError
from translator.memory.values import Remembered, Similar
from translator.values import (
    Block,
    BlockKind,
    Brief,
    Document,
    Flag,
    Pin,
    Placement,
    Rung,
    Segment,
    Severity,
    TranslatedBlock,
)

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
        "left_out": brief.document.metadata.get(LEFT_OUT, ""),
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
                "term_english": place.pin.term.english if place.pin.term else None,
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
    """The brief of a JSON form. Raises DocumentError, naming the field, if one is missing or wrong.

    The form does not hold the blanks between the sentences of a block; they come back as one.
    """
    if not isinstance(values, Mapping) or values.get("format") != _FORMAT or values.get("version") != JSON_VERSION:
        raise DocumentError(f"This is not a brief of version {JSON_VERSION}; export it again.")
    brief = _Field("the brief", values)
    blocks = tuple(_block(block) for block in brief.at("blocks").items())
    left_out = brief.at("left_out").text()
    metadata = {LEFT_OUT: left_out} if left_out else {}
    return Brief(
        Document(brief.at("document").text(), tuple(block.block for block in blocks), metadata),
        blocks,
        brief.at("engine").text(),
        brief.at("model").text(),
        brief.at("glossary_version").text(),
        brief.at("created").time(),
    )


def segment_from_json(values: Mapping[str, Any]) -> Segment:
    """The segment of a JSON form; of a term its Hindi, English and number, of similar sentences no spans.

    Raises DocumentError, naming the field, if one is missing or wrong.
    """
    return _segment(_Field("the segment", values))


@dataclass(frozen=True)
class _Field:
    """A value of the JSON and its place; what is asked of it is given, or DocumentError raised with the place."""

    place: str
    value: Any

    def at(self, name: str) -> _Field:
        place = f"{self.place}.{name}"
        if not isinstance(self.value, Mapping) or name not in self.value:
            raise DocumentError(f"{place} is missing. Export the brief again.")
        return _Field(place, self.value[name])

    def items(self) -> Iterator[_Field]:
        for at, value in enumerate(self._of((list, tuple), "a list")):
            yield _Field(f"{self.place}[{at}]", value)

    def text(self) -> str:
        return str(self._of((str,), "a text"))

    def whole(self) -> int:
        return int(self._of((int,), "a whole number"))

    def number(self) -> float:
        return float(self._of((float, int), "a number"))

    def one_of(self, allowed: Any) -> Any:
        names = get_args(allowed)
        return self.value if self.value in names else self._wrong(f"one of {', '.join(names)}")

    def time(self) -> datetime:
        try:
            return datetime.fromisoformat(self.text())
        except ValueError:
            return self._wrong("a time in ISO 8601")

    def span(self) -> tuple[int, int]:
        numbers = [field.whole() for field in self.items()]
        return (numbers[0], numbers[1]) if len(numbers) == 2 and 0 <= numbers[0] <= numbers[1] else self._wrong("a span")

    def _of(self, types: tuple[type, ...], words: str) -> Any:
        right = isinstance(self.value, types) and not isinstance(self.value, bool)
        return self.value if right else self._wrong(words)

    def _wrong(self, words: str) -> NoReturn:
        raise DocumentError(f"{self.place} is {self.value!r:.60}, not {words}. Export the brief again.")


def _block(block: _Field) -> TranslatedBlock:
    segments = tuple(_segment(segment) for segment in block.at("segments").items())
    text = " ".join(segment.source for segment in segments)
    level, marker = block.at("level").whole(), block.at("marker").text()
    return TranslatedBlock(Block(block.at("kind").one_of(BlockKind), text, level, marker), segments)


def _segment(segment: _Field) -> Segment:
    return Segment(
        segment.at("source").text(),
        segment.at("target").text(),
        tuple(_placement(pin) for pin in segment.at("pins").items()),
        tuple(_flag(flag) for flag in segment.at("flags").items()),
        segment.at("rung").one_of(Rung),
        segment.at("score").number(),
        tuple(_similar(near) for near in segment.at("similar").items()),
    )


def _placement(pin: _Field) -> Placement:
    english, hindi = pin.at("english").text(), pin.at("term")
    term = None
    if hindi.value is not None:
        term = Term(hindi.text(), pin.at("term_english").text(), id=pin.at("term_id").whole())
    return Placement(Pin(*pin.at("source").span(), english, term), *pin.at("target").span())


def _flag(flag: _Field) -> Flag:
    source, target = (None if field.value is None else field.span() for field in (flag.at("source"), flag.at("target")))
    return Flag(flag.at("kind").text(), flag.at("message").text(), flag.at("severity").one_of(Severity), source, target)


def _similar(near: _Field) -> Similar:
    known = Remembered(near.at("source").text(), near.at("target").text(), id=near.at("id").whole())
    return Similar(known, near.at("score").number(), (), ())
