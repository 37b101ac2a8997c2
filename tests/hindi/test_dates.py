from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hindi.dates import HINDI, Date, DateVocabulary, Time, find
from translator.english_numbers import ENGLISH_DATES


def dates(text: str, vocabulary: DateVocabulary) -> list[str]:
    """day-month-year, with a dash for what is not told."""
    return [f"{one.day or '-'}/{one.month or '-'}/{one.year or '-'}" for one in find(text, vocabulary) if isinstance(one, Date)]


def times(text: str, vocabulary: DateVocabulary) -> list[str]:
    """By 24 with h, and as written where the half of the day is not told."""
    found = [one for one in find(text, vocabulary) if isinstance(one, Time)]
    return [f"{one.hour}:{one.minute:02}{'h' if one.half else ''}" for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 अप्रैल 2024", "8/4/2024"),
        ("८ अप्रैल, २०२४ को", "8/4/2024"),
        ("8 अप्रैल को", "8/4/-"),
        ("8 अप्रेल", "8/4/-"),
        ("8-अप्रैल-2024", "8/4/2024"),
        ("अप्रैल 8, 2024", "8/4/2024"),
        ("अप्रैल 2024 में", "-/4/2024"),
        ("अप्रैल में", "-/4/-"),
        ("आठ अप्रैल", "8/4/-"),
        ("पहली जनवरी", "1/1/-"),
        ("२ फ़रवरी, 3 सितम्बर, 4 अक्तूबर", "2/2/- 3/9/- 4/10/-"),
        # by number, day first
        ("08/04/2024", "8/4/2024"),
        ("8.4.2024", "8/4/2024"),
        ("8-4-2024", "8/4/2024"),
        ("०८/०४/२४", "8/4/2024"),
        ("15.8.47 को", "15/8/2047"),
        ("2024-04-08", "8/4/2024"),
        ("4/25/2024", "25/4/2024"),
        ("45/13/2024", ""),
        ("फाइल 12/3/4567/89", ""),
        # ranges and lists
        ("17-18 अक्टूबर", "17/10/- 18/10/-"),
        ("17 से 18 अक्टूबर 2023 तक", "17/10/2023 18/10/2023"),
        ("8, 9 और 10 मई", "8/5/- 9/5/- 10/5/-"),
        ("30 अक्टूबर से 11 नवंबर 2023", "30/10/2023 11/11/2023"),
        ("अप्रैल-जून 2024", "-/4/2024 -/6/2024"),
        # years
        ("सन् 1947 में", "-/-/1947"),
        ("वर्ष 2024", "-/-/2024"),
        ("वर्ष 2020-21", "-/-/2020 -/-/2021"),
        ("2021–26", "-/-/2021 -/-/2026"),
        ("2024-12", ""),
        # no dates
        ("24 घंटे, 8 लोग, 7.8 प्रतिशत", ""),
        ("मईनगर", ""),
    ],
)
def test_hindi_dates(text: str, expected: str) -> None:
    assert dates(text, HINDI) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 April 2024", "8/4/2024"),
        ("April 8, 2024", "8/4/2024"),
        ("April 8,2024", "8/4/2024"),
        ("8th of April", "8/4/-"),
        ("the eighth of April", "8/4/-"),
        ("April 8th, 2024", "8/4/2024"),
        ("Twenty-first April", "21/4/-"),
        ("8 Apr 2024", "8/4/2024"),
        ("Sept. 2023", "-/9/2023"),
        ("08/04/2024", "8/4/2024"),
        ("2024-04-08", "8/4/2024"),
        ("17-18 October", "17/10/- 18/10/-"),
        ("17 and 18 October 2023", "17/10/2023 18/10/2023"),
        ("October 17–18, 2023", "17/10/2023 18/10/2023"),
        ("30 October to 11 November 2023", "30/10/2023 11/11/2023"),
        ("He may go in May 2024.", "-/5/2024"),
        ("they march 12 miles", ""),
        ("in the year 1947", "-/-/1947"),
    ],
)
def test_english_dates(text: str, expected: str) -> None:
    assert dates(text, ENGLISH_DATES) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("सुबह 10:30 बजे", "10:30h"),
        ("सुबह ठीक 10.30 बजे", "10:30h"),
        ("शाम साढ़े पांच बजे", "17:30h"),
        ("शाम साढ़े 5 बजे", "17:30h"),
        ("दोपहर 2 बजे", "14:00h"),
        ("दोपहर 12 बजे", "12:00h"),
        ("रात पौने नौ बजे", "20:45h"),
        ("रात 1 बजे", "1:00h"),
        ("रात 12 बजे", "0:00h"),
        ("तड़के सवा चार बजे", "4:15h"),
        ("डेढ़ बजे, ढाई बजे", "1:30 2:30"),
        ("9 बजे सुबह, 10 बजे रात को", "9:00h 22:00h"),
        ("शाम 5 बजे, दोपहर 2 बजे", "17:00h 14:00h"),
        ("रात 11 बजकर 40 मिनट पर", "23:40h"),
        ("ग्यारह बजकर चालीस मिनट", "11:40"),
        ("सुबह 10 से 12 बजे तक", "10:00h 12:00"),
        ("10 से शाम 5 बजे", "10:00 17:00h"),
        ("17:30 बजे", "17:30h"),
        ("05:30", "5:30"),
        ("24 घंटे, 2:1, 25:30, 10:75, 1:02:33", ""),
    ],
)
def test_hindi_times(text: str, expected: str) -> None:
    assert times(text, HINDI) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 10.30 am", "10:30h"),
        ("5:30 p.m.", "17:30h"),
        ("17:30", "17:30h"),
        ("half past five", "5:30"),
        ("a quarter to nine", "8:45"),
        ("five o'clock", "5:00"),
        ("10 to 11 am", "10:00 11:00h"),
        ("10 am to 5 pm", "10:00h 17:00h"),
        ("12 noon, 12 midnight", "12:00h 0:00h"),
        ("9 in the morning, 9 at night", "9:00h 21:00h"),
        ("10.30 per cent, 24 hours, 5 amendments", ""),
    ],
)
def test_english_times(text: str, expected: str) -> None:
    assert times(text, ENGLISH_DATES) == expected.split()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("बैठक ८ फ़रवरी, २०२४ को शाम ५ बजे हुई।", ["८ फ़रवरी, २०२४", "शाम ५ बजे"]),
        ("17-18 अक्टूबर 2023", ["17", "18 अक्टूबर 2023"]),
        ("₹ 5 लाख, 3 मई को", ["3 मई"]),
    ],
)
def test_positions_are_in_the_given_text(text: str, written: list[str]) -> None:
    assert [text[one.start : one.end] for one in find(text)] == written


def test_a_lone_word_may_be_no_month() -> None:
    (march,) = find("मार्च निकाला")
    assert isinstance(march, Date)
    assert not march.sure


@given(st.text() | st.text("0123456789१२,.:-/ अप्रैलमईसेबजेशाम", max_size=40))
def test_dates_and_times_are_in_order_and_do_not_overlap(text: str) -> None:
    for vocabulary in (HINDI, ENGLISH_DATES):
        found = find(text, vocabulary)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
