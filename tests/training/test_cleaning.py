"""Spelling of marks, and the rules by which a pair is rejected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cleaning import MOST_OF_ONE_ENGLISH, MOST_OF_ONE_HINDI, Duplicates, fault, key, tidy_english, tidy_hindi

BOTH = "बैठक कल दिल्ली में हुई।"


@pytest.mark.parametrize(
    ("given_text", "tidy"),
    [
        ("“बैठक  हुई” |", '"बैठक हुई" |'),  # a bar is a danda only after a Hindi word
        ("बैठक हुई |", "बैठक हुई।"),
        ("वर्ष २०२४", "वर्ष 2024"),
        ("बैठक , चर्चा", "बैठक, चर्चा"),
    ],
)
def test_hindi(given_text: str, tidy: str) -> None:
    assert tidy_hindi(given_text) == tidy


@pytest.mark.parametrize(
    ("given_text", "tidy"),
    [("It does n't end .", "It doesn't end."), ("India 's “role”", 'India\'s "role"'), ("Rs .5", "Rs .5"), ("A , B", "A, B")],
)
def test_english(given_text: str, tidy: str) -> None:
    assert tidy_english(given_text) == tidy


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy_hindi(tidy_hindi(text)) == tidy_hindi(text)


@pytest.mark.parametrize(
    ("hindi", "english", "reason"),
    [
        (BOTH, "The meeting was held in Delhi yesterday.", None),
        ("2024 में 12 बैठकें हुईं।", "Twelve meetings were held in 2024.", None),
        ("पांच बैठकें हुईं।", "5 meetings were held.", None),
        ("बैठक 5 मई को हुई।", "The meeting was held on 6 May.", "other numbers"),
        ("1 और 2 और 3 बैठकें।", "1 and 7 and 8 meetings.", "other numbers"),
        ("1,87,500 रुपये दिए गए।", "Rs 187,500 was paid.", None),
        ("The meeting was held.", "The meeting was held.", "no Hindi"),
        ("भारत United States of America", "India and the United States", "no Hindi"),
        (BOTH, "The बैठक was held yesterday.", "no English"),
        (BOTH, "... 12 ...", "no English"),
        (BOTH, "Yes.", None),
        (BOTH, " ".join(["The meeting was held"] * 5), "other length"),
        (f"{BOTH} " * 30, "The meeting was held. " * 40, "too long"),
        ("क" * 41 + " है", "It is long.", "too long"),
        (BOTH, "See www.example.org for it.", "markup"),
        (BOTH, "Use <b> in the meeting.", "markup"),
        (BOTH, "Meeting ~~~~ @@@@ #### held.", "symbols"),
        ("बैठक", "Meeting", "too short"),
    ],
)
def test_the_rule_that_a_pair_breaks(hindi: str, english: str, reason: str | None) -> None:
    assert fault(hindi, english) == reason


def test_a_name_may_be_one_word() -> None:
    assert fault("दिल्ली", "Delhi", fewest_words=1) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("हिन्दी, २०२४!", "हिंदी 2024"), ("ज़िला", "जिला"), ("The  End.", "the end")],
)
def test_texts_that_count_as_one(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_vowel_signs_are_compared() -> None:
    assert key("की") != key("का")


def test_the_same_pair_is_kept_once_and_a_sentence_a_few_times() -> None:
    duplicates = Duplicates()
    assert [duplicates.add("क", "a"), duplicates.add("क", "a")] == [True, False]
    assert [duplicates.add("ख", str(number)) for number in range(6)] == [True] * MOST_OF_ONE_HINDI + [False] * 2
    assert [duplicates.add(str(number), "b") for number in range(8)] == [True] * MOST_OF_ONE_ENGLISH + [False] * 2
