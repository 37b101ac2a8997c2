"""The seed through the real model with the built-in glossary: what must hold for every release."""

from __future__ import annotations

import re

import regex

from glossary.agreed import built_in
from glossary.matcher import Matcher
from glossary.model import Glossary, Term
from translator.engines.compact import CompactEngine
from translator.pipeline import Translator
from translator.values import Brief, Segment

MATCHER = Matcher(built_in().terms)


def english(brief: Brief) -> str:
    return "\n".join(segment.target for segment in brief.segments)


def flagged_spans(segment: Segment, kind: str) -> set[tuple[int, int]]:
    return {flag.source_span for flag in segment.flags if flag.kind == kind and flag.source_span}


def test_the_whole_note_is_there(seed_brief: Brief) -> None:
    note = "".join(block.text for block in seed_brief.document.blocks)
    shown = "".join(segment.source for segment in seed_brief.segments)
    assert "".join(shown.split()) == "".join(note.split())
    assert all(segment.target for segment in seed_brief.segments)


def test_every_agreed_term_is_pinned(seed_brief: Brief) -> None:
    found = lost = 0
    for segment in seed_brief.segments:
        for match in MATCHER.find(segment.source):
            found += 1
            lost += not any(
                place.pin.start <= match.start
                and match.end <= place.pin.end
                and match.english.casefold() in segment.target[place.start : place.end].casefold()
                for place in segment.placements
            )
    assert found > 60
    assert lost == 0


def test_pins_keep_their_letters_but_for_a_capital_at_the_beginning(seed_brief: Brief) -> None:
    for segment in seed_brief.segments:
        for place in segment.placements:
            shown = segment.target[place.start : place.end]
            capital = place.pin.target[0].upper() + place.pin.target[1:]
            assert shown == place.pin.target or (place.start == 0 and shown == capital)


def test_every_number_is_there_or_flagged(seed_brief: Brief) -> None:
    for segment in seed_brief.segments:
        digits = re.findall(r"\d+", segment.target)
        for found in re.finditer(r"\d+", segment.source):
            flagged = any(start <= found.start() < end for start, end in flagged_spans(segment, "number"))
            assert found.group() in digits or (found.group() == "6" and "sixth" in segment.target) or flagged


def test_no_devanagari_is_left_unflagged(seed_brief: Brief) -> None:
    for segment in seed_brief.segments:
        left = regex.search(r"\p{Deva}", segment.target)
        assert left is None or any(flag.kind == "untranslated" for flag in segment.flags)


def test_names_and_acronyms_appear(seed_brief: Brief) -> None:
    text = english(seed_brief)
    for name in ("UN", "EAG", "SCO", "JWG", "KD Dewal", "Talgat Kaliyev", "KAZIND-2023"):
        assert regex.search(rf"(?<!\w){regex.escape(name)}(?!\w)", text), name


def test_a_sentence_ends_with_its_mark_and_a_heading_with_none(seed_brief: Brief) -> None:
    first, *others = (segment for segment in seed_brief.segments)
    assert not first.target.endswith(".")
    for segment in others:
        assert segment.source[-1] not in "।." or segment.target.rstrip("\"'”’")[-1:] in ".,"


def test_even_terms_that_make_no_sense_are_kept(engine: CompactEngine, seed_brief: Brief) -> None:
    words = "महत्व मुद्दा विचार उपयोग बातचीत नेतृत्व पक्षों तारीख पड़ोस सदस्यों संस्करण उद्देश्य अभ्यास क्षेत्र चुनौतियों".split()
    phrases = "tea quota,solar ferry,Kappa Rule,night audit,Ministry of Kites,grain compact,border haat,blue paper".split(",")
    terms = tuple(Term(word, phrases[at % len(phrases)], kind="name") for at, word in enumerate(words))
    matcher = Matcher(terms)
    translator = Translator(engine, Glossary(terms, "nonsense"))
    found = 0
    for segment in translator.segments([segment.source for segment in seed_brief.segments]):
        kept = {(place.pin.start, place.pin.end): segment.target[place.start : place.end] for place in segment.placements}
        for match in matcher.find(segment.source):
            found += 1
            assert kept.get((match.start, match.end), "").casefold() == match.english.casefold()
    assert found >= 15
