from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translator.clauses import divide
from translator.values import Pin


def words_at_most(count: int):  # type: ignore[no-untyped-def]
    return lambda text: len(text.split()) <= count


def parts(text: str, count: int, pins: tuple[Pin, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in divide(text, pins, words_at_most(count))]


def test_a_short_sentence_stays_whole() -> None:
    assert parts("बैठक हुई और सब आए।", 5) == ["बैठक हुई और सब आए।"]


def test_a_comma_is_a_better_place_than_a_conjunction_and_that_than_a_blank() -> None:
    assert parts("एक दो और तीन, चार पांच छह", 5) == ["एक दो और तीन, ", "चार पांच छह"]
    assert parts("एक दो तीन और चार पांच", 5) == ["एक दो तीन ", "और चार पांच"]
    assert parts("एक दो तीन चार पांच छह", 5) == ["एक दो तीन ", "चार पांच छह"]


def test_a_pin_is_never_divided() -> None:
    text = "एक दो तीन चार पांच छह"
    assert parts(text, 5, (Pin(3, 19, "x"),)) == ["एक दो तीन चार पांच ", "छह"]


@given(st.text("कख, ;।और", max_size=300))
def test_nothing_is_lost(text: str) -> None:
    spans = divide(text, (), lambda part: len(part) <= 20)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= 20 or end - start == 0 for start, end in spans)
