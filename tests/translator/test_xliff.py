"""A brief as XLIFF and TMX, read back by lxml and by translate-toolkit."""

from __future__ import annotations

from lxml import etree
from translate.storage import tmx
from translate.storage.xliff2 import Xliff2File

from tests.translator.test_word import BRIEF
from translator.documents.writing import write_tmx
from translator.documents.xliff import write_xliff

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


def test_other_programs_read_it() -> None:
    units = Xliff2File.parsestring(write_xliff(BRIEF)).units
    assert next((str(unit.source), str(unit.target)) for unit in units) == ("नेपाल", "Nepal")


def test_tmx_holds_what_was_translated_and_nothing_else() -> None:
    units = tmx.tmxfile.parsestring(write_tmx(BRIEF).encode()).units
    assert next((str(unit.source), str(unit.target)) for unit in units) == ("नेपाल", "Nepal")
    assert len(units) == 2
