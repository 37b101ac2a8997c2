from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from translate.storage.poxliff import PoXliffFile
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from translator.documents.exchange import read_tmx, read_xliff
from translator.documents.xliff import write_xliff
from translator.errors import DocumentError
from translator.values import Block, Brief, Document, Segment, TranslatedBlock

HEAD_12 = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="hi-IN" original="a"><body>'
HEAD_20 = '<xliff version="2.0" srcLang="hi" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">'


def units_12(*sources: str) -> bytes:
    units = "".join(f'<trans-unit id="{at}"><source>{source}</source></trans-unit>' for at, source in enumerate(sources))
    return f"{HEAD_12}<group>{units}</group></body></file></xliff>".encode()


def units_20(*units: str) -> bytes:
    return f"{HEAD_20}<group id='g'>{''.join(units)}</group></file></xliff>".encode()


def tmx(*units: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>'.encode()


def unit(*segments: tuple[str, str]) -> str:
    variants = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in segments)
    return f"<tu>{variants}</tu>"


@pytest.mark.parametrize(
    ("source", "expected", "left_out"),
    [
        ("दोनों पक्ष", "दोनों पक्ष", ""),
        ('<g id="1">दोनों</g> पक्ष', "दोनों पक्ष", ""),
        ('दोनों<x id="1"/> <ph id="2">&lt;br/&gt;</ph>पक्ष', "दोनों पक्ष", "2 inline codes."),
        ('<bpt id="1">&lt;b&gt;</bpt>दोनों<ept id="1">&lt;/b&gt;</ept>', "दोनों", "2 inline codes."),
        ('<mrk mtype="term">संयुक्त <g id="1">कार्य</g></mrk>\n   समूह', "संयुक्त कार्य समूह", ""),
    ],
)
def test_codes_of_xliff_1_2_are_counted_and_text_within_them_is_text(source: str, expected: str, left_out: str) -> None:
    document = read_xliff(units_12(source), "a.xlf")
    assert document.blocks == (Block("paragraph", expected),)
    assert document.metadata.get("left out", "") == left_out


def test_a_unit_of_xliff_2_is_one_block_and_what_is_there_besides_is_counted() -> None:
    segments = "<segment><source>पहला।</source><target>First.</target></segment><ignorable><source> </source></ignorable>"
    document = read_xliff(
        units_20(
            f"<unit id='1' name='heading'><notes><note/></notes>{segments}<segment><source>दूसरा।</source></segment></unit>",
            "<unit id='2' translate='no'><segment><source>संख्या <ph id='1'/>1</source></segment></unit>",
            "<unit id='3'><segment><source> </source></segment></unit>",
        ),
        "a.xlf",
    )
    assert document.blocks == (Block("heading", "पहला। दूसरा।"), Block("verbatim", "संख्या 1"))
    assert document.metadata == {"left out": "1 translation, 1 note, 1 inline code."}


def test_our_own_xliff_is_read_back() -> None:
    blocks = (Block("heading", "बैठक"), Block("paragraph", "बैठक हुई। सब आए।"))
    translated = (
        TranslatedBlock(blocks[0], (Segment("बैठक", "Meeting"),)),
        TranslatedBlock(blocks[1], (Segment("बैठक हुई।", "It was held."), Segment("सब आए।", "All came."))),
    )
    brief = Brief(Document("a.txt", blocks), translated, "compact", "model", "1", datetime.now(UTC))
    assert read_xliff(write_xliff(brief), "a.xlf").blocks == blocks


@pytest.mark.parametrize("make", [xlifffile, PoXliffFile])
def test_xliff_of_the_translate_toolkit_is_read(make: type[xlifffile]) -> None:
    made = make(sourcelanguage="hi", targetlanguage="en")
    for source in ("दोनों पक्ष", "बैठक हुई।"):
        made.addsourceunit(source)
    written = io.BytesIO()
    made.serialize(written)
    assert [block.text for block in read_xliff(written.getvalue(), "a.xlf").blocks] == ["दोनों पक्ष", "बैठक हुई।"]


def test_tmx_of_the_translate_toolkit_is_read() -> None:
    made = tmxfile(sourcelanguage="hi")
    made.addtranslation("दोनों पक्ष", "hi", "Both sides", "en")
    written = io.BytesIO()
    made.serialize(written)
    document = read_tmx(written.getvalue(), "a.tmx")
    assert document.blocks == (Block("paragraph", "दोनों पक्ष"),)
    assert document.metadata == {"left out": "1 translation."}


def test_the_hindi_of_a_memory_is_read_whatever_stands_beside_it() -> None:
    head = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    content = tmx(
        unit(("en", "Meeting"), ("HI-IN", "<hi>बैठक</hi> <ph>{1}</ph>हुई")),
        unit(("hi", "सब आए।")),
        unit(("hi-Latn", "sab aaye"), ("en", "All came.")),
        head=head,
    )
    document = read_tmx(content, "a.tmx")
    assert [block.text for block in document.blocks] == ["बैठक हुई", "सब आए।"]
    assert document.metadata == {"left out": "1 inline code, 1 translation, 1 non-Hindi unit."}


ENTITY = '<!DOCTYPE {} [<!ENTITY a "aaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (units_12("बैठक").replace(b'"hi-IN"', b'"en"'), "a.xlf", r"a\.xlf: is from en and not from Hindi \(hi\)"),
        (units_20().replace(b'"hi"', b'"mr"'), "a.xlf", r"a\.xlf: is from mr and not from Hindi"),
        (units_12("बैठक")[:-30], "a.xlf", r"a\.xlf: is damaged, or no XML .* Export it again"),
        (tmx(), "a.xlf", r"a\.xlf: its outermost element is tmx, not xliff"),
        (b"", "a.xlf", r"a\.xlf: is damaged"),
        (ENTITY.format("xliff").encode() + units_12("&b;"), "a.xlf", r"a\.xlf: declares entities, which are not read"),
        (tmx(unit(("hi", "&a;")), head=ENTITY.format("tmx")), "a.tmx", r"a\.tmx: declares entities"),
        (tmx(unit(("en", "Meeting"))), "a.tmx", r"a\.tmx: has no Hindi segments"),
        ("बैठक".encode(), "a.tmx", r"a\.tmx: is damaged, or no XML"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, name: str, message: str) -> None:
    read = read_xliff if name.endswith("xlf") else read_tmx
    with pytest.raises(DocumentError, match=message):
        read(content, name)
