from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from glossary.store import Store
from translator.memory.importing import import_tmx, plan_import
from translator.memory.store import Memory
from translator.memory.tmx import read_tmx, write_tmx
from translator.memory.values import Remembered, TranslationMemoryError

TRUE = Remembered("यह सच है।", "This is true.", "asha", "2026-01-02T03:04:05+00:00", ("पहला।", "तीसरा।"), "a.txt", "12")


def test_memory_and_termbase_share_a_database(url: str) -> None:
    memory, store = Memory(url), Store(url)
    memory.remember("क", "a", "asha")
    assert (store.version, memory.version) == (0, 1)
    assert Memory(url).count() == 1


def test_a_round_trip_through_tmx_loses_nothing(tmp_path: Path) -> None:
    memory = Memory(f"sqlite:///{tmp_path / 'a.sqlite'}")
    memory.remember_all([TRUE, replace(TRUE, target="That is so.", context=("", "")), Remembered("<क> & ख", "“a” <b>")], "ravi")
    write_tmx(tmp_path / "all.tmx", memory.all())
    other = Memory(f"sqlite:///{tmp_path / 'b.sqlite'}")
    assert (plan_import(other, tmp_path / "all.tmx").added, other.count()) == (3, 0)
    report = import_tmx(other, tmp_path / "all.tmx", "x")
    assert (report.added, report.rejected, report.left_out) == (3, [], {})
    assert list(other.all()) == list(memory.all())
    again = import_tmx(other, tmp_path / "all.tmx", "x")
    assert (again.added, again.unchanged, again.replaced, other.version) == (0, 3, [], 3)


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12
).map(str.strip)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_TEXT.filter(bool), _TEXT.filter(bool), _TEXT, _TEXT), max_size=4))
def test_any_text_comes_through_tmx(tmp_path: Path, texts: list[tuple[str, str, str, str]]) -> None:
    segments = [Remembered(f"क {source}", target, context=(before, after)) for source, target, before, after in texts]
    write_tmx(tmp_path / "any.tmx", segments)
    assert [unit.segment for unit in read_tmx(tmp_path / "any.tmx")] == segments


def test_the_translate_toolkit_reads_what_we_write_and_we_what_it_writes(tmp_path: Path) -> None:
    write_tmx(tmp_path / "ours.tmx", [TRUE])
    (unit,) = tmxfile.parsestring((tmp_path / "ours.tmx").read_bytes(), sourcelanguage="hi", targetlanguage="en").units
    assert (unit.source, unit.target) == (TRUE.source, TRUE.target)
    theirs = tmxfile(sourcelanguage="hi", targetlanguage="en")
    theirs.addtranslation("यह सच है।", "hi", "This is true.", "en")
    theirs.savefile(str(tmp_path / "theirs.tmx"))
    (read,) = read_tmx(tmp_path / "theirs.tmx")
    assert read.segment is not None
    assert (read.segment.source, read.segment.target) == ("यह सच है।", "This is true.")


def test_a_file_of_another_tool_is_reported_unit_by_unit(memory: Memory, tmp_path: Path) -> None:
    units = (
        '<tu><tuv xml:lang="en-GB"><seg>Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>'
        '<tuv xml:lang="hi-IN"><seg>ठीक दबाएँ।</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="en"><seg>Only English</seg></tuv><tuv xml:lang="fr"><seg>Oui</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="hi"><seg> </seg></tuv><tuv xml:lang="en"><seg>nothing</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="hi"><seg>हाँ</seg></tuv><tuv xml:lang="en"><seg>&file;</seg></tuv></tu>\n'
    )
    (tmp_path / "secret").write_text("top secret", encoding="utf-8")
    head = f'<!DOCTYPE tmx [<!ENTITY file SYSTEM "{tmp_path / "secret"}">]>\n<tmx version="1.4"><header/><body>\n'
    (tmp_path / "t.tmx").write_text(head + units + "</body></tmx>", encoding="utf-8")
    report = import_tmx(memory, tmp_path / "t.tmx", "asha")
    assert report.added == 1
    assert list(report.left_out.values()) == [("bpt", "ept")]
    assert report.rejected[0].reason.startswith("it has no Hindi; its languages: en, fr")
    assert len(report.rejected) == 3
    (kept,) = memory.all()
    assert (kept.source, kept.target) == ("ठीक दबाएँ।", "Press OK.")


@pytest.mark.parametrize(
    ("content", "message"), [("<tmx><body>", "not well-formed"), ("<xliff/>", "this is not TMX"), ("", "not well-formed")]
)
def test_a_file_that_is_no_tmx_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "x.tmx").write_text(content, encoding="utf-8")
    with pytest.raises(TranslationMemoryError, match=message):
        list(read_tmx(tmp_path / "x.tmx"))
    with pytest.raises(TranslationMemoryError, match=r"none\.tmx"):
        list(read_tmx(tmp_path / "none.tmx"))
