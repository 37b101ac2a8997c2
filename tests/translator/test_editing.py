from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translator.editing import Edit, apply
from translator.values import Pin, Placement


def test_pins_move_with_what_is_before_them() -> None:
    text, placements = apply("a  b India c", [Placement(Pin(0, 1, "India"), 5, 10)], [Edit(1, 3, " "), Edit(11, 12, "dd")])
    assert (text, text[placements[0].start : placements[0].end]) == ("a b India dd", "India")


def test_no_edit_changes_a_pin() -> None:
    place = Placement(Pin(0, 1, "India"), 0, 5)
    for edit in (Edit(0, 1, "i"), Edit(3, 7, "x"), Edit(0, 7, "none of it"), Edit(0, 7, "India and India")):
        assert apply("India met", [place], [edit]) == ("India met", (place,))


def test_an_edit_around_a_pin_may_keep_it() -> None:
    text, (place,) = apply("on October, 17 2023", [Placement(Pin(0, 1, "October"), 3, 10)], [Edit(3, 19, "17 October 2023")])
    assert (text, text[place.start : place.end]) == ("on 17 October 2023", "October")


def test_of_two_edits_at_one_place_the_first_is_made() -> None:
    assert apply("abc", [], [Edit(0, 2, "x"), Edit(1, 3, "y")])[0] == "xc"


EDIT = st.tuples(st.integers(0, 20), st.integers(0, 5), st.text("xyz", max_size=4))
EDITS = st.lists(EDIT.map(lambda edit: Edit(edit[0], edit[0] + edit[1], edit[2])))


@given(st.text("abcd ", min_size=26, max_size=26), st.integers(0, 20), EDITS)
def test_pins_stand_where_they_are_said_to_whatever_is_edited(text: str, start: int, edits: list[Edit]) -> None:
    pin = text[start : start + 5]
    edited, (place,) = apply(text, [Placement(Pin(0, 1, pin), start, start + 5)], edits)
    assert edited[place.start : place.end] == pin
