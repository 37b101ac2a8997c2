from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest

from translator.documents.brief_csv import write_csv
from translator.values import Block, Brief, Document, Flag, Pin, Placement, Segment, TranslatedBlock

SEGMENT = Segment(
    'भारत, "12"\nआए।',
    'India, "13"\ncame.',
    (Placement(Pin(0, 4, "India"), 0, 5), Placement(Pin(7, 9, "12"), 8, 10)),
    (Flag("number", "The number 12 is not in the English."), Flag("rough", "Read it.", "warning")),
    "tagged",
    -0.5,
)
HEADING, BLOCK = Block("heading", "शीर्षक", 1), Block("paragraph", SEGMENT.source)


def rows_of(*segments: Segment) -> list[dict[str, str]]:
    blocks = (TranslatedBlock(HEADING, (Segment("शीर्षक", "Heading"),)), TranslatedBlock(BLOCK, segments))
    content = write_csv(Brief(Document("note", (HEADING, BLOCK)), blocks, "compact", "m", "g", datetime(2026, 1, 1, tzinfo=UTC)))
    assert content.startswith(b"\xef\xbb\xbfblock,kind,source,target,rung,score,pins,flags\r\n")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_for_each_sentence_reads_back_whole() -> None:
    first, *others = rows_of(SEGMENT, SEGMENT)
    assert (first["block"], first["kind"], first["source"], first["target"]) == ("1", "heading", "शीर्षक", "Heading")
    assert others == 2 * [
        {
            "block": "2",
            "kind": "paragraph",
            "source": SEGMENT.source,
            "target": SEGMENT.target,
            "rung": "tagged",
            "score": "-0.500",
            "pins": "भारत → India\n12 → 12",
            "flags": "error: The number 12 is not in the English.\nwarning: Read it.",
        }
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+91 11", "'+91 11"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("1=1", "1=1"),
        ("'=1", "'=1"),
        ("", ""),
        ("a\0b", "a\0b"),
    ],
)
def test_no_text_is_a_formula(text: str, cell: str) -> None:
    pinned = replace(SEGMENT, source=text, target=text, placements=(Placement(Pin(0, len(text), "x"), 0, 1),), flags=())
    row = rows_of(pinned)[1]
    assert (row["source"], row["target"], row["pins"]) == (cell, cell, f"{cell} → x" if text else " → x")


def test_what_is_no_character_does_not_stop_it() -> None:
    assert rows_of(replace(SEGMENT, target="\udcff"))[1]["target"] == "?"
