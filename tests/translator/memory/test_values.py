from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.memory.values import Remembered, TranslationMemoryError, context_key, loose, source_key, validated

MEETING = "भारत और क़ज़ाख़स्तान की बैठक 2024 में हुई।"
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("other", "exact", "fuzzy"),
    [
        (unicodedata.normalize("NFD", MEETING), True, True),
        (f"  {MEETING.replace(' ', chr(0xA0) * 2)}\n", True, True),
        (MEETING.replace("\u093c", ""), False, True),  # without nukta: another spelling
        (MEETING.replace("2024", "२०२४"), False, True),
        (MEETING.replace("2024", "2023"), False, False),
        (MEETING.replace("।", ""), False, False),
    ],
)
def test_when_two_sentences_are_the_same(other: str, exact: bool, fuzzy: bool) -> None:
    ours = unicodedata.normalize("NFC", MEETING)
    other = other if exact else unicodedata.normalize("NFC", other)
    assert (source_key(other) == source_key(ours), loose(other) == loose(ours)) == (exact, fuzzy)


@given(_TEXT)
def test_another_form_of_the_same_text_is_the_same(text: str) -> None:
    for other in (unicodedata.normalize("NFD", text), f" {text}\n"):
        assert source_key(other) == source_key(text)
        assert loose(other) == loose(text)


def test_a_context_is_two_sentences_not_one() -> None:
    assert len({context_key(pair) for pair in (("क", "ख"), ("क ख", ""), ("", "क ख"), ("ख", "क"))}) == 4
    assert context_key((" क", "ख ")) == context_key(("क", "ख"))


@pytest.mark.parametrize(
    ("segment", "message"),
    [
        (Remembered("", "India"), "Its Hindi is empty"),
        (Remembered("भारत", " \n"), "Its English is empty"),
        (Remembered("भा\0रत", "India"), r"the source holds the control character U\+0000; take it out"),
        (Remembered("भारत", "India", document="a\x0bb"), r"the document holds the control character U\+000B"),
        (Remembered("भारत", "India", context=("", "\ud800!")), r"the context holds the control character U\+D800"),
    ],
)
def test_what_no_file_can_hold_is_refused(segment: Remembered, message: str) -> None:
    with pytest.raises(TranslationMemoryError, match=message):
        validated(segment)
