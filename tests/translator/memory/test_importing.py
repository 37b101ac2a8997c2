from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from translator.memory.importing import import_tmx, plan_import
from translator.memory.store import Memory
from translator.memory.tmx import read_tmx, write_tmx
from translator.memory.values import Remembered, TranslationMemoryError

OLD, NEW = "2024-01-01T00:00:00+00:00", "2025-01-01T00:00:00+00:00"
YES = Remembered("हाँ।", "Yes.", "asha", NEW)


def counts(memory: Memory, path: Path) -> tuple[int, int, int, int]:
    plan = plan_import(memory, path)
    report = import_tmx(memory, path, "ravi")
    assert report == plan
    return report.added, report.unchanged, len(report.replaced), len(report.rejected)


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        ([replace(YES, target="So.", at=OLD), YES], "Yes."),
        ([YES, replace(YES, target="So.", at=OLD)], "Yes."),
        ([replace(YES, target="So.", at=""), replace(YES, at="")], "Yes."),  # without dates the last counts
        ([YES, replace(YES, target="So.", at="")], "Yes."),
    ],
)
def test_of_several_translations_the_newest_counts_and_the_other_is_named(
    memory: Memory, tmp_path: Path, file: list[Remembered], kept: str
) -> None:
    write_tmx(tmp_path / "a.tmx", file)
    (rejection,) = plan_import(memory, tmp_path / "a.tmx").rejected
    assert "has a newer translation of this sentence in this context" in rejection.reason
    assert counts(memory, tmp_path / "a.tmx") == (1, 0, 0, 1)
    assert [found.target for found in memory.all()] == [kept]
    assert counts(memory, tmp_path / "a.tmx") == (0, 1, 0, 1)
    assert memory.version == 1


def test_a_file_does_not_undo_what_was_approved_since(memory: Memory, tmp_path: Path) -> None:
    write_tmx(tmp_path / "a.tmx", [replace(YES, at=OLD)])
    assert counts(memory, tmp_path / "a.tmx") == (1, 0, 0, 0)
    memory.remember(YES.source, "Indeed.", "asha")
    (rejection,) = import_tmx(memory, tmp_path / "a.tmx", "ravi").rejected
    assert "the memory has a newer translation of this sentence, 'Indeed.' of 20" in rejection.reason
    write_tmx(tmp_path / "b.tmx", [replace(YES, at="2999-01-01T00:00:00+00:00")])
    (change,) = plan_import(memory, tmp_path / "b.tmx").replaced
    assert (change.before.target, change.after.target) == ("Indeed.", "Yes.")
    assert counts(memory, tmp_path / "b.tmx") == (0, 0, 1, 0)
    assert [event.segment.target for event in memory.history(1)] == ["Yes.", "Indeed.", "Yes."]


def unit(hindi: str, english: str = '<tuv xml:lang="en"><seg>Yes.</seg></tuv>', head: str = "<tu>") -> str:
    return f"{head}{hindi}{english}</tu>"


HINDI = '<tuv xml:lang="hi"><seg>हाँ।</seg></tuv>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unit(HINDI.replace('"hi"', '"HI_in"')), Remembered("हाँ।", "Yes.")),
        (unit('<tuv lang="hin"><seg>हाँ।</seg></tuv>'), Remembered("हाँ।", "Yes.")),
        (unit('<tuv xml:lang="hi-Latn"><seg>Haan.</seg></tuv>'), "it has no Hindi; its languages: hi-Latn, en."),
        (unit(HINDI, ""), "it has no English; its languages: hi."),
        (unit("", ""), "it has no Hindi and no English; its languages: none."),
        (unit('<tuv xml:lang="hi"/>'), "Its Hindi is empty"),
        (unit(HINDI.replace("हाँ", "<ph>x<sub>y</sub></ph>ह<hi>ाँ</hi><!-- c -->")), Remembered("हाँ।", "Yes.")),
        (
            unit(HINDI, head='<tu creationid="a" creationdate="20240101T000000Z" changeid="b" changedate="20250101T000000Z">'),
            Remembered("हाँ।", "Yes.", "b", NEW),
        ),
        (unit(HINDI, head='<tu creationid="a" creationdate="yesterday">'), Remembered("हाँ।", "Yes.", "a")),
        (
            unit(HINDI, head='<tu><prop type="prev">पहले</prop><prop type="next">बाद</prop><prop type="file">a.txt</prop>'),
            Remembered("हाँ।", "Yes.", context=("पहले", "बाद"), document="a.txt"),  # as OmegaT writes it
        ),
        (
            unit(HINDI.replace("<seg>", '<prop type="x-context-pre"><seg>पहले</seg></prop><seg>', 1)),
            Remembered("हाँ।", "Yes.", context=("पहले", "")),  # as XTM writes it
        ),
    ],
)
def test_units_of_other_tools(tmp_path: Path, text: str, expected: Remembered | str) -> None:
    (tmp_path / "a.tmx").write_text(f"<tmx><header/><body>\n{text}\n</body></tmx>", encoding="utf-8")
    (found,) = read_tmx(tmp_path / "a.tmx")
    assert found.place == "line 2"
    if isinstance(expected, str):
        assert found.segment is None
        assert expected in found.problem
    else:
        assert (found.segment, found.problem) == (expected, "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.tmx").write_bytes(f"<tmx><body>{unit(HINDI)}</body></tmx>".encode(encoding))
    assert [found.segment for found in read_tmx(tmp_path / "a.tmx")] == [Remembered("हाँ।", "Yes.")]


def test_a_file_that_breaks_off_brings_nothing(memory: Memory, tmp_path: Path) -> None:
    write_tmx(tmp_path / "a.tmx", [replace(YES, source=f"वाक्य {n}") for n in range(2000)])
    whole = (tmp_path / "a.tmx").read_bytes()
    (tmp_path / "a.tmx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TranslationMemoryError, match=r"a\.tmx: this is not well-formed XML"):
        import_tmx(memory, tmp_path / "a.tmx", "ravi")
    assert memory.version == 0


def test_entities_do_not_grow(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9 if n else "x" * 99}">' for n in range(12))
    for place in (unit(HINDI.replace("हाँ", "&a11;")), unit(HINDI, head='<tu creationid="&a11;">')):
        (tmp_path / "a.tmx").write_text(f"<!DOCTYPE tmx [{entities}]><tmx><body>{place}</body></tmx>", encoding="utf-8")
        try:
            (found,) = read_tmx(tmp_path / "a.tmx")
        except TranslationMemoryError:
            continue
        assert (found.segment, "it refers to an entity" in found.problem) == (None, True)


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    write_tmx(tmp_path / "a.tmx", [YES])
    before = (tmp_path / "a.tmx").read_bytes()

    def broken():  # type: ignore[no-untyped-def]
        yield YES
        raise OSError(28, "No space left on device")

    with pytest.raises(TranslationMemoryError, match=r"a\.tmx: No space left"):
        write_tmx(tmp_path / "a.tmx", broken())
    assert (tmp_path / "a.tmx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmx"]


def test_a_large_file_is_read_and_written_a_unit_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    tracemalloc.start()
    try:
        write_tmx(path, (replace(YES, source=f"वाक्य {n}", document="d" * 80) for n in range(4000)))
        assert sum(1 for _ in read_tmx(path)) == 4000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 700_000 < path.stat().st_size
