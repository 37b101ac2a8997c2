"""Collections, corpora and notes: what a line's columns mean, and that nothing is lost on the way through a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpus import CorpusError, Pair, is_weighted, read, read_corpus, read_notes, write

FULL = "news/pib\t2.5\tबैठक हुई।\tA meeting was held.\t[[0, 4, 2, 9]]\t0-1 1-3\n"


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("बैठक\tmeeting", Pair("news/pib", "बैठक", "meeting")),
        ("docs/x\tबैठक\tmeeting", Pair("docs/x", "बैठक", "meeting")),
        ("docs/x\t0.5\tबैठक\tmeeting", Pair("docs/x", "बैठक", "meeting", 0.5)),
        ("docs/x\t0.5\tबैठक\tmeeting\t\t", Pair("docs/x", "बैठक", "meeting", 0.5)),
        (FULL.rstrip(), Pair("news/pib", "बैठक हुई।", "A meeting was held.", 2.5, ((0, 4, 2, 9),), ((0, 1), (1, 3)))),
    ],
)
def test_the_number_of_columns_says_what_a_line_is(line: str, pair: Pair, tmp_path: Path) -> None:
    path = tmp_path / "news" / "pib.tsv"
    path.parent.mkdir()
    path.write_text(f"{line}\n", encoding="utf-8")
    assert list(read(path)) == [pair]
    assert is_weighted(path) == (pair.weight > 0)


@pytest.mark.parametrize("name", ["corpus.tsv", "corpus.tsv.zst"])
def test_a_corpus_comes_out_as_it_went_in(name: str, tmp_path: Path) -> None:
    plain = tmp_path / "given.tsv"
    plain.write_text(FULL + "l10n/x_short\t0.15\tखोलें\tOpen\t\t\n", encoding="utf-8")
    write(tmp_path / name, read(plain))
    write(tmp_path / "back.tsv", read(tmp_path / name))
    assert (tmp_path / "back.tsv").read_text(encoding="utf-8") == plain.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"given.tsv", name, "back.tsv"})


TEXT = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(st.builds(Pair, st.just("a/b"), TEXT, TEXT, st.just(1.5))))
def test_no_letter_ends_a_line_but_a_line_break(tmp_path_factory: pytest.TempPathFactory, pairs: list[Pair]) -> None:
    path = tmp_path_factory.mktemp("lines") / "corpus.tsv"
    write(path, pairs)
    assert list(read(path)) == pairs


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("alone", r"line 1 has 1 columns"),
        ("a\tb\tc\td\te", r"line 1 has 5 columns"),
        ("a/b\theavy\tबैठक\tmeeting", r"line 1: could not convert .*heavy"),
        ("a/b\t1\tबैठक\tmeeting\t[[1, 2]]\t", r"line 1: not enough values"),
    ],
)
def test_a_line_that_is_no_pair_is_named(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        list(read(path))


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.tsv").write_bytes("ba\xeethak\tx\n".encode("latin-1"))
    for name, told in (("missing.tsv", "is not a file"), ("latin.tsv", "is not UTF-8")):
        with pytest.raises(CorpusError, match=f"{name} {told}"):
            list(read(tmp_path / name))


def test_a_corpus_must_have_weights(tmp_path: Path) -> None:
    write(tmp_path / "raw.tsv", [Pair("a/b", "बैठक", "meeting")])
    with pytest.raises(CorpusError, match="without a weight"):
        list(read_corpus(tmp_path / "raw.tsv"))


def test_blank_lines_part_the_notes(tmp_path: Path) -> None:
    path = tmp_path / "diplomacy.tsv"
    path.write_text("\nक\tka\nख\tkha\n\n \nग\tga", encoding="utf-8")
    notes = read_notes(path)
    assert [[pair.english for pair in note.pairs] for note in notes] == [["ka", "kha"], ["ga"]]
    assert notes[0].pairs[0].source == "notes/diplomacy"


@pytest.mark.parametrize("line", ["no tab", "क\tka\tmore", "क\t "])
def test_a_line_of_a_note_has_two_sides(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(f"क\tka\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="line 2"):
        read_notes(path)
