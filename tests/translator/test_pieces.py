from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.clauses import best_place
from translator.pieces import Piece, halves, join
from translator.pinning import Restored
from translator.values import Pin, Placement


@pytest.mark.parametrize(
    "row",
    [
        "एक दो और तीन; ‖चार, पांच छह",  # a semicolon is a better place than a comma
        "एक दो और तीन, ‖चार पांच छह",  # a comma than a conjunction
        "एक दो तीन ‖और चार पांच",  # a conjunction than a blank
        "एक दो तीन ‖चार पांच छह",
        "कखग‖घङच",
        "कि‖की",  # graphemes are whole
    ],
)
def test_the_best_place(row: str) -> None:
    assert best_place(row.replace("‖", ""), ()) == row.index("‖")


def test_a_pin_is_never_divided() -> None:
    text = "एक दो तीन चार पांच छह"
    assert best_place(text, (Pin(0, 18, "x"),)) == text.index("छह")
    assert best_place(text, (Pin(0, len(text), "x"),)) is None


@given(st.text("कखि, ;।और", max_size=80))
def test_halves_are_shorter_and_together_the_whole(text: str) -> None:
    pair = halves(Piece(text))
    if pair:
        assert pair[0].text + pair[1].text == text
        assert pair[0].text
        assert pair[1].text


def test_joining_puts_pins_where_they_were() -> None:
    piece = Piece("भारत और, नेपाल आए।", (Pin(0, 4, "India"), Pin(9, 14, "Nepal")))
    pair = halves(piece)
    assert pair is not None
    first, second = pair
    whole = join(
        pair,
        (
            Restored("India and.", (Placement(first.pins[0], 0, 5),)),
            Restored(" Nepal came.", (Placement(second.pins[0], 1, 6),)),
        ),
    )
    assert whole.text == "India and Nepal came."
    assert [place.pin for place in whole.placements] == list(piece.pins)
    assert [whole.text[place.start : place.end] for place in whole.placements] == ["India", "Nepal"]


def test_a_later_part_loses_the_capital_of_its_first_word_but_a_pin_keeps_it() -> None:
    parts = (Piece("भारत, "), Piece("द रेजिस्टेंस फ्रंट ने", (Pin(0, 18, "The Resistance Front"),)))
    pinned = Restored("The Resistance Front said", (Placement(parts[1].pins[0], 0, 20),))
    assert join(parts, (Restored("India"), pinned)).text == "India The Resistance Front said"
    assert join(parts, (Restored("India"), Restored("The front said"))).text == "India the front said"
