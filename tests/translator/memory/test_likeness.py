from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from translator.memory.likeness import Likeness, differences
from translator.memory.values import loose

_SENTENCES = st.text("कखग ािंa12।", max_size=14)
_HARD = st.text("कख ा़्ंन्त\u200d\u20602२.,।a")


@given(
    steps=st.lists(st.tuples(st.integers(0, 6), st.none() | _SENTENCES), max_size=25),
    asked=_SENTENCES,
    at_least=st.sampled_from([0, 40, 75, 100]),
    most=st.integers(0, 4),
)
def test_the_nearest_are_those_that_looking_at_each_text_would_find(
    steps: list[tuple[int, str | None]], asked: str, at_least: float, most: int
) -> None:
    likeness, texts = Likeness(), dict[int, str]()
    for number, text in steps:
        if text is None:
            likeness.drop(number)
            texts.pop(number, None)
        else:
            likeness.put(number, text)
            texts[number] = text
    found = likeness.nearest(asked, at_least, most)
    scores = sorted((fuzz.ratio(asked, text) for text in set(texts.values())), reverse=True)
    assert [score for score, _ in found] == ([score for score in scores if score >= at_least][:most] if asked else [])
    for score, numbers in found:
        (text,) = {texts[number] for number in numbers}
        assert fuzz.ratio(asked, text) == score
        assert numbers == {number for number, other in texts.items() if other == text}


@pytest.mark.parametrize(
    ("one", "other", "ours", "theirs"),
    [
        ("बैठक 2023 में हुई।", "बैठक 2024 में हुई।", ["2023"], ["2024"]),
        ("बैठक 1,87,500 लोग", "बैठक 1,87,600 लोग", ["1,87,500"], ["1,87,600"]),
        ("दिल्ली में बैठक", "दिल्ली में पहली बड़ी बैठक", [], ["पहली बड़ी"]),
        ("बैठक हुई।", "बैठक हुई", ["।"], []),
        ("भारत ने कहा", "नेपाल ने माना", ["भारत", "कहा"], ["नेपाल", "माना"]),
        ("हिन्दी  २०२४", "हिंदी 2024", [], []),
        ("क़लम", "", ["क़लम"], []),
    ],
)
def test_whole_words_differ(one: str, other: str, ours: list[str], theirs: list[str]) -> None:
    spans = differences(one, other)
    assert [one[start:end] for start, end in spans[0]] == ours
    assert [other[start:end] for start, end in spans[1]] == theirs


@given(_HARD, _HARD)
def test_what_is_not_shown_as_different_is_the_same(one: str, other: str) -> None:
    spans = differences(one, other)
    for text, places in zip((one, other), spans, strict=True):
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert list(places) == sorted(places)
    if loose(one) == loose(other):
        assert spans == ((), ())
    if spans == ((), ()):
        assert loose(one).replace(" ", "") == loose(other).replace(" ", "")
