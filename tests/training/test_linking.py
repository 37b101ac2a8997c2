"""A corpus gets the links that it lacks, and keeps those that it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from training.alignment import Alignment, words
from training.corpus import Pair, write
from training.linking import LinkReport, link
from training.sources import load

HINDI, ENGLISH = "संयुक्त कार्य समूह कल मिला था", "Joint Working Group yesterday met indeed"
LINKED = Pair("news/newsonair_air", HINDI, ENGLISH, 2.5, ((0, 1, 0, 1),), ((0, 0),))


def word_by_word(pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
    """Links each word to the one at its place, and none where the English speaks of something else."""
    found = []
    for hindi, english in pairs:
        length = 0 if english.startswith("Something") else min(len(words(hindi)), len(words(english)))
        links = frozenset((place, place) for place in range(length))
        found.append(Alignment(links, links))
    return found


def linked(tmp_path: Path, pairs: list[Pair], context: int = 10) -> tuple[list[Pair], LinkReport]:
    write(tmp_path / "corpus.tsv", pairs)
    report = LinkReport()
    return list(link(tmp_path / "corpus.tsv", load(), report, seed=1, context=context, aligner=word_by_word)), report


def test_sentences_without_links_get_them_and_the_others_stay(tmp_path: Path) -> None:
    bare = Pair("notes/x", HINDI, ENGLISH, 5.0)
    name = Pair("lexicon/titles", "संयुक्त कार्य समूह", "Joint Working Group", 0.3)
    found, report = linked(tmp_path, [LINKED, bare, name, bare, bare])
    assert [found[0], found[2]] == [LINKED, name]
    assert found[1].links == tuple((place, place) for place in range(6))
    assert ("समूह कल", "Group yesterday") in [(HINDI[a:b], ENGLISH[c:d]) for a, b, c, d in found[1].spans]
    assert (report.linked, report.with_spans, report.dropped) == (3, 3, 0)


def test_context_makes_phrases_frequent_enough(tmp_path: Path) -> None:
    bare = Pair("notes/x", HINDI, ENGLISH, 5.0)
    for context, has_spans in ((0, False), (10, True)):
        found, report = linked(tmp_path, [bare, *[LINKED] * 3], context)
        assert bool(found[0].spans) == has_spans
        assert report.with_spans == has_spans


def test_mined_pairs_that_say_something_else_are_dropped_our_own_are_not(tmp_path: Path) -> None:
    text = (HINDI, "Something else was said here today")
    found, report = linked(tmp_path, [Pair("news/newsonair_air", *text, 2.5), Pair("notes/x", *text, 5.0)])
    assert [pair.source for pair in found] == ["notes/x"]
    assert report.dropped == 1


def test_a_corpus_with_all_its_links_needs_no_aligner(tmp_path: Path) -> None:
    write(tmp_path / "corpus.tsv", [LINKED])

    def refuse(pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        raise AssertionError(pairs)

    assert list(link(tmp_path / "corpus.tsv", load(), LinkReport(), seed=1, aligner=refuse)) == [LINKED]
