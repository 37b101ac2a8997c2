"""Which stretches of a sentence may be switched."""

from __future__ import annotations

import pytest

from training.alignment import Alignment
from training.corpus import Span
from training.term_spans import MOST_SPANS, counted, coverage, phrases, switchable

# संयुक्त कार्य समूह की बैठक हुई। / The Joint Working Group met.
HINDI, ENGLISH = "संयुक्त कार्य समूह की बैठक हुई", "A meeting of the Joint Working Group was held"
LINKS = {(0, 4), (1, 5), (2, 6), (3, 2), (4, 1), (5, 8)}


def texts(spans: list[Span]) -> set[tuple[str, str]]:
    return {(HINDI[a:b], ENGLISH[c:d]) for a, b, c, d in spans}


def both(links: set[tuple[int, int]], reverse: set[tuple[int, int]] | None = None) -> Alignment:
    return Alignment(frozenset(links), frozenset(links if reverse is None else reverse))


@pytest.mark.parametrize(
    ("alignment", "phrase", "found"),
    [
        (both(LINKS), ("संयुक्त कार्य समूह", "Joint Working Group"), True),
        (both(LINKS), ("बैठक", "meeting"), True),
        (both(LINKS), ("समूह की बैठक", "meeting of the Joint Working Group"), False),  # reaches into what समूह does not translate
        (both(LINKS), ("की", "of"), False),  # grammar
        (both(LINKS | {(4, 6)}), ("बैठक", "meeting"), False),  # a link leads out of it
        (both(LINKS, {(5, 8)}), ("बैठक", "meeting"), False),  # found in one direction only
        (both((LINKS - {(4, 1)}) | {(4, 3)}), ("बैठक", "the"), False),
    ],
)
def test_phrases(alignment: Alignment, phrase: tuple[str, str], found: bool) -> None:
    assert (phrase in texts(phrases(HINDI, ENGLISH, alignment))) == found


@pytest.mark.parametrize(
    ("english", "links"),
    [("Held, later", {(0, 0), (0, 2)}), ("5 held", {(0, 0), (0, 1)}), ("Held in", {(0, 0), (0, 1)})],
)
def test_a_term_is_words_without_a_break(english: str, links: set[tuple[int, int]]) -> None:
    assert phrases("आयोजित", english, both(links)) == []


def test_coverage_is_the_part_of_the_shorter_side() -> None:
    assert coverage(HINDI, ENGLISH, both(LINKS)) == 1.0
    assert coverage(HINDI, ENGLISH, both(LINKS, {(0, 4), (1, 5), (2, 6)})) == 0.5


def test_a_phrase_must_occur_often_enough_a_name_less_often() -> None:
    meeting, group = (22, 26, 2, 9), (0, 18, 17, 36)
    assert (HINDI[22:26], ENGLISH[17:36]) == ("बैठक", "Joint Working Group")
    for times, spans in ((1, ()), (2, (group,)), (3, (group, meeting))):
        counts = counted([(HINDI, ENGLISH, [meeting, group])] * times)
        assert switchable(HINDI, ENGLISH, [meeting, group], counts) == spans


def test_not_too_many_spans_are_kept() -> None:
    hindi, english = " ".join("कखगघचछजझटठ"), "a b c d e f g h i j"
    spans = [(place, place + 1, place, place + 1) for place in range(0, 19, 2)]
    counts = counted([(hindi, english, spans)] * 3)
    assert len(switchable(hindi, english, spans, counts)) == MOST_SPANS
