"""Ugly and odd input through the real model: nothing is cut, lost or passed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.model import Glossary, Term
from translator.documents.plain import read_plain
from translator.documents.writing import write_html
from translator.engines.compact import CompactEngine
from translator.memory.store import Memory
from translator.pipeline import Style, Translator
from translator.values import Brief, Segment


def brief(translator: Translator, text: str) -> Brief:
    return translator.brief(read_plain(text, "text"))


def only_segment(translator: Translator, text: str) -> Segment:
    (segment,) = brief(translator, text).segments
    return segment


@pytest.mark.parametrize("text", ["", "   ", "\n\r\n\t\u2003\n"])
def test_nothing_in_nothing_out(translator: Translator, text: str) -> None:
    assert brief(translator, text).segments == ()


def test_a_megabyte_of_one_devanagari_letter_is_left_and_flagged(translator: Translator) -> None:
    segment = only_segment(translator, "क" * 350_000)
    assert segment.target == segment.source
    assert [flag.kind for flag in segment.flags] == ["source-suspicious"]


@pytest.mark.parametrize("letter", ["a", "-", "😀", "।", ".", "9", "\u0301", "\u200f", "|", "॥"])
def test_a_megabyte_of_any_character_passes(translator: Translator, letter: str) -> None:
    text = letter * (2**20 // len(letter.encode()))
    segments = brief(translator, text).segments
    assert "".join(segment.source for segment in segments) == text


def test_an_endless_grapheme_is_left_and_flagged(translator: Translator) -> None:
    segment = only_segment(translator, "भारत क" + "\u0301" * 2000)
    assert "\u0301" * 2000 in segment.target
    assert "untranslated" in {flag.kind for flag in segment.flags}


@settings(max_examples=60, deadline=None)
@given(st.text() | st.text("कखगमसा ी्ंरु.डॉ।॥?!|\"'”’)(]\n\r\t…12२a.A😀\u200d<>", max_size=60))
def test_any_text_gives_a_brief_of_all_of_it(translator: Translator, text: str) -> None:
    result = brief(translator, text)
    shown = "".join(block.block.marker + "".join(segment.source for segment in block.segments) for block in result.blocks)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(segment.target or segment.flags for segment in result.segments)


def test_three_thousand_words_without_a_danda_are_not_cut(translator: Translator) -> None:
    words = "भारत और कजाकिस्तान के अधिकारी बैठक में मिले".split()
    text = " ".join(words * 375)
    segment = only_segment(translator, text)
    assert segment.source == text
    assert len(segment.placements) == 750
    assert segment.target.count("India") >= 375
    assert segment.target.count("Kazakhstan") >= 375


def test_english_passes_through_and_is_flagged(translator: Translator) -> None:
    text = "The meeting was held in Astana on 8 April 2024."
    segment = only_segment(translator, text)
    assert segment.target == text
    assert [(flag.kind, flag.severity) for flag in segment.flags] == [("not-hindi", "warning")]


@pytest.mark.parametrize(
    ("text", "target"),
    [("-----", "-----"), ("12.5 | 13", "12.5 | 13"), ("***", "***"), ("😀", "😀"), ("।", "."), ("२०२४", "2024")],
)
def test_text_without_words_passes_through_unflagged(translator: Translator, text: str, target: str) -> None:
    (segment,) = translator.segments([text])
    assert (segment.target, segment.flags) == (target, ())


def test_emoji_addresses_and_latin_words_are_kept(translator: Translator) -> None:
    segment = only_segment(translator, "बैठक 😀 का विवरण https://example.org/a?b=1 पर और desk@example.org से Talgat Kaliyev को भेजें।")
    for token in ("😀", "https://example.org/a?b=1", "desk@example.org", "Talgat Kaliyev"):
        assert token in segment.target


def test_an_address_at_the_beginning_keeps_its_small_letter(translator: Translator) -> None:
    for token in ("https://example.org/a", "desk@example.org", "iPhone"):
        segment = only_segment(translator, f"{token} पर देखें।")
        assert token in segment.target


def test_direction_marks_stay_in_the_source_and_do_not_hide_a_term(translator: Translator) -> None:
    segment = only_segment(translator, "\u200fभारत\u200e ने संयुक्त\u200d कार्य समूह की बैठक बुलाई।")
    assert segment.source.startswith("\u200fभारत\u200e")
    assert {place.pin.target for place in segment.placements} == {"India", "Joint Working Group"}


def test_a_lost_number_is_repaired_or_flagged(translator: Translator) -> None:
    for segment in translator.segments(["कुल 4,73,918 लोग आए।", "फ़ाइल में 17 पृष्ठ और 2,305 शब्द हैं।", "यह 7.8 प्रतिशत है।"]):
        lost = [flag for flag in segment.flags if flag.kind == "number"]
        assert lost or all(number in segment.target for number in ("4,73,918", "17", "2,305", "7.8") if number in segment.source)


def test_the_same_note_gives_the_same_brief(translator: Translator) -> None:
    text = "भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।\nबैठक 8 अप्रैल 2024 को हुई।"
    assert brief(translator, text).blocks == brief(translator, text).blocks


def test_a_sentence_is_translated_alike_alone_and_among_others(translator: Translator) -> None:
    sentences = ["भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।", "बैठक हुई।", "सब आए।"]
    assert [segment.source for segment in translator.segments(sentences)] == sentences
    assert translator.segments([]) == []


def test_what_is_not_to_be_translated_stays_and_is_no_fault(engine: CompactEngine) -> None:
    translator = Translator(engine, Glossary((Term("जय हिन्द", "जय हिन्द", kind="do-not-translate"),), "1"))
    segment = only_segment(translator, "उन्होंने जय हिंद कहकर भाषण समाप्त किया।")
    assert "जय हिंद" in segment.target
    assert "untranslated" not in {flag.kind for flag in segment.flags}


def test_large_numbers_in_the_units_that_are_asked_for(engine: CompactEngine) -> None:
    text = "सरकार ने 5 करोड़ रुपये दिए।"
    for units, english in (("indian", "5 crore"), ("international", "50 million")):
        translator = Translator(engine, Glossary((), "1"), style=Style(units=units))  # type: ignore[arg-type]
        segment = only_segment(translator, text)
        assert english in segment.target
        assert "number" not in {flag.kind for flag in segment.flags}


def test_a_date_comes_out_as_indian_english_writes_it(engine: CompactEngine) -> None:
    translator = Translator(engine, Glossary((Term("अक्टूबर", "October", kind="name"),), "1"))
    segment = only_segment(translator, "बैठक १७ अक्टूबर, २०२३ को हुई।")
    assert "17 October 2023" in segment.target
    assert [place.pin.target for place in segment.placements] == ["17 October 2023"]


def test_a_term_within_a_date_has_its_way(engine: CompactEngine) -> None:
    translator = Translator(engine, Glossary((Term("अक्टूबर", "Oct", kind="name"),), "1"))
    segment = only_segment(translator, "बैठक 17 अक्टूबर 2023 को हुई।")
    assert "Oct" in [place.pin.target for place in segment.placements]


def test_a_term_may_keep_its_small_letter(engine: CompactEngine) -> None:
    terms = [Term("ई-शासन", "e-governance", case=case) for case in ("keep", "adapt")]  # type: ignore[arg-type]
    keep, adapt = (only_segment(Translator(engine, Glossary((term,), "1")), "ई-शासन").target for term in terms)
    assert (keep, adapt) == ("e-governance", "E-governance")


def test_the_domain_decides_between_terms_of_the_same_hindi(engine: CompactEngine) -> None:
    terms = (
        Term("अभियान", "campaign", domain="politics", id=1),
        Term("अभियान", "operation", domain="defence", id=2),
        Term("मिशन", "Mission", id=4),
        Term("मिशन", "embassy", domain="diplomacy", id=3),
    )
    for domains, english in (
        ((), {"campaign", "Mission"}),
        (("defence",), {"operation", "Mission"}),
        (("diplomacy", "defence"), {"operation", "embassy"}),
    ):
        translator = Translator(engine, Glossary(terms, "1"), domains)
        placements = only_segment(translator, "अभियान और मिशन पर बातचीत हुई।").placements
        assert {place.pin.target for place in placements} == english


def test_what_was_approved_is_used_again_and_what_is_like_it_is_shown(engine: CompactEngine, tmp_path: Path) -> None:
    memory = Memory(f"sqlite:///{tmp_path / 'memory.sqlite'}")
    memory.remember("बैठक अस्ताना में हुई।", "The meeting took place in Astana.", "asha")
    translator = Translator(engine, Glossary((Term("अस्ताना", "Astana", kind="name"),), "1"), memory=memory)
    same, near, other = brief(translator, "बैठक  अस्ताना में हुई। बैठक अल्माटी में हुई। भारत ने कहा।").segments
    assert (same.target, same.rung, same.similar) == ("The meeting took place in Astana.", "memory", ())
    assert [place.pin.target for place in same.placements] == ["Astana"]
    assert near.rung != "memory"
    assert "took place in Astana" not in near.target
    assert [found.segment.target for found in near.similar] == ["The meeting took place in Astana."]
    assert other.similar == ()
    page = write_html(brief(translator, "बैठक अस्ताना में हुई।\nबैठक अल्माटी में हुई।"))
    assert "Approved before." in page
    assert "Approved for a sentence like this" in page


def test_an_approval_without_a_term_agreed_since_is_not_used(engine: CompactEngine, tmp_path: Path) -> None:
    memory = Memory(f"sqlite:///{tmp_path / 'memory.sqlite'}")
    memory.remember("बैठक अस्ताना में हुई।", "The meeting took place in the capital.", "asha")
    translator = Translator(engine, Glossary((Term("अस्ताना", "Astana", kind="name"),), "1"), memory=memory)
    (segment,) = brief(translator, "बैठक अस्ताना में हुई।").segments
    assert "Astana" in segment.target
    assert [found.segment.target for found in segment.similar] == ["The meeting took place in the capital."]


def test_the_approval_of_the_same_context_comes_first(engine: CompactEngine, tmp_path: Path) -> None:
    memory = Memory(f"sqlite:///{tmp_path / 'memory.sqlite'}")
    memory.remember("यह सच है।", "This is true.", "asha", context=("पहला वाक्य।", ""))
    memory.remember("यह सच है।", "That is right.", "asha")
    translator = Translator(engine, Glossary((), "1"), memory=memory)
    assert brief(translator, "पहला वाक्य। यह सच है।").segments[1].target == "This is true."
    assert brief(translator, "दूसरा वाक्य। यह सच है।").segments[1].target == "That is right."
