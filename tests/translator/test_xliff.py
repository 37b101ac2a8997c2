"""A brief as XLIFF and TMX, read back by lxml and by translate-toolkit."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree
from translate.storage import tmx
from translate.storage.xliff2 import Xliff2File

from tests.translator.test_word import BRIEF
from translator.documents.writing import write_tmx
from translator.documents.xliff import write_xliff
from translator.values import Block, Brief, Pin, Placement, Segment, TranslatedBlock

NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}


def test_xliff_has_a_unit_for_each_block_and_a_segment_for_each_sentence() -> None:
    root = etree.fromstring(write_xliff(BRIEF))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "hi", "en")
    assert [unit.get("name") for unit in root.iterfind(".//x:unit", NS)] == ["heading", "list-item", "verbatim"]
    sources = ["".join(source.itertext()) for source in root.iterfind(".//x:segment/x:source", NS)]
    assert sources == ["नेपाल", "वे 5 गए।\ufffd", "x = 1"]


def test_agreed_terms_have_one_id_on_both_sides_and_flags_are_notes() -> None:
    root = etree.fromstring(write_xliff(BRIEF))
    marks = [(mark.getparent().tag.rpartition("}")[2], mark.get("id"), mark.text) for mark in root.iterfind(".//x:mrk", NS)]
    assert marks == [("source", "m1-1", "नेपाल"), ("target", "m1-1", "Nepal")]
    notes = [(note.get("category"), note.get("priority"), note.text) for note in root.iterfind(".//x:unit/x:notes/x:note", NS)]
    assert notes == [("numbers", "1", "Sentence 2: 5 is missing."), ("length", "5", "Sentence 2: Short.")]


def test_elements_stand_in_the_order_of_the_schema() -> None:
    for unit in etree.fromstring(write_xliff(BRIEF)).iterfind(".//x:unit", NS):
        names = [child.tag.rpartition("}")[2] for child in unit]
        assert names == sorted(names, key=["notes", "segment", "ignorable"].index)


def test_what_stays_as_it_is_is_not_to_be_translated() -> None:
    segment = Segment("UN 8 मई", "UN 8 May", (Placement(Pin(0, 2, "UN"), 0, 2), Placement(Pin(3, 7, "8 May"), 3, 8)))
    block = TranslatedBlock(Block("paragraph", segment.source), (segment, segment))
    root = etree.fromstring(write_xliff(replace(BRIEF, blocks=(block,))))
    marks = [(mark.get("id"), mark.get("translate"), mark.text) for mark in root.iterfind(".//x:mrk", NS)]
    assert marks == [("m1-1", "no", "UN")] * 2 + [("m2-1", "no", "UN")] * 2
    assert ["".join(source.itertext()) for source in root.iterfind(".//x:source", NS)] == ["UN 8 मई", " ", "UN 8 मई"]


def test_what_was_approved_is_final() -> None:
    segments = [Segment("क", "a", rung=rung) for rung in ("tagged", "missing", "memory", "edited")]
    block = TranslatedBlock(Block("paragraph", "क"), tuple(segments))
    root = etree.fromstring(write_xliff(replace(BRIEF, blocks=(block,))))
    states = [segment.get("state") for segment in root.iterfind(".//x:segment", NS)]
    assert states == ["translated", "translated", "final", "final"]


def test_ids_are_unique_and_texts_whole_in_the_real_brief(seed_brief: Brief) -> None:
    root = etree.fromstring(write_xliff(seed_brief))
    for path in (".//x:unit", ".//x:segment", ".//x:source/x:mrk", ".//x:target/x:mrk"):
        ids = [element.get("id") for element in root.iterfind(path, NS)]
        assert ids
        assert len(ids) == len(set(ids))
    for side, texts in (
        ("source", [segment.source for segment in seed_brief.segments]),
        ("target", [segment.target for segment in seed_brief.segments]),
    ):
        assert ["".join(part.itertext()) for part in root.iterfind(f".//x:segment/x:{side}", NS)] == texts


def test_other_programs_read_it() -> None:
    units = Xliff2File.parsestring(write_xliff(BRIEF)).units
    assert next((str(unit.source), str(unit.target)) for unit in units) == ("नेपाल", "Nepal")


def test_tmx_holds_what_was_translated_and_nothing_else() -> None:
    units = tmx.tmxfile.parsestring(write_tmx(BRIEF).encode()).units
    assert next((str(unit.source), str(unit.target)) for unit in units) == ("नेपाल", "Nepal")
    assert len(units) == 2
