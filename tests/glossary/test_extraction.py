from __future__ import annotations

from itertools import chain

import pytest

from glossary.extraction import Candidate, candidates, choose
from glossary.validation import key_of
from hindi.function_words import FUNCTION_WORDS, GENITIVES, OFFICES

NOTES = [
    (
        "a.txt",
        [
            "भारत के राष्ट्रीय सुरक्षा सलाहकार (NSA) अजीत डोभाल ने बात उठाई।",
            "दोनों पक्षों ने सीमा प्रबंधन तंत्र की समीक्षा की।",
            "सीमा प्रबंधन तंत्र पर बातचीत हुई।",
            "समुद्री क्षेत्र जागरूकता (एमडीए) पर भी चर्चा हुई।",
            "IPOI (हिंद-प्रशांत महासागर पहल) का उल्लेख हुआ।",
        ],
    ),
    (
        "b.txt",
        [
            "बारूदी सुरंगों को हटाया गया। बारूदी सुरंग निष्क्रिय हुई।",
            "प्रधानमंत्री नरेंद्र मोदी ने श्री राव से भेंट की।",
            "सीमा प्रबंधन तंत्र मजबूत होगा।",
        ],
    ),
]


def found(at_least: int = 2, known: frozenset[str] = frozenset()) -> dict[str, Candidate]:
    return {candidate.hindi: candidate for candidate in candidates(NOTES, known, at_least)}


def test_a_phrase_with_its_acronym() -> None:
    candidate = found()["राष्ट्रीय सुरक्षा सलाहकार"]
    assert (candidate.reason, candidate.acronym, candidate.acronym_hindi) == ("acronym", "NSA", "")
    assert candidate.readings[1:] == ("भारत के राष्ट्रीय सुरक्षा सलाहकार", "सुरक्षा सलाहकार", "सलाहकार")
    assert candidate.contexts == (("a.txt", NOTES[0][1][0]),)


def test_an_acronym_in_letter_names_and_one_before_its_phrase() -> None:
    assert (found()["समुद्री क्षेत्र जागरूकता"].acronym, found()["समुद्री क्षेत्र जागरूकता"].acronym_hindi) == ("MDA", "एमडीए")
    assert found()["हिंद-प्रशांत महासागर पहल"].acronym == "IPOI"


def test_the_english_that_spells_the_acronym_tells_the_reading() -> None:
    candidate = Candidate(("क ख ग", "ख ग"), "acronym", 1, 1, (), 0.0, acronym="NSA")
    english = {"क ख ग": "National Security of India", "ख ग": "National Security Adviser"}
    assert choose(candidate, english) == ("ख ग", "National Security Adviser")
    assert choose(candidate, {**english, "ख ग": "something"}) == ("क ख ग", "National Security of India")


def test_repeated_chains_by_c_value() -> None:
    chains = {hindi: candidate for hindi, candidate in found().items() if candidate.reason == "repeated"}
    assert (chains["सीमा प्रबंधन तंत्र"].count, chains["सीमा प्रबंधन तंत्र"].documents) == (3, 2)
    assert not {"सीमा प्रबंधन", "प्रबंधन तंत्र"} & set(chains)  # only seen within the longer one


def test_forms_of_a_noun_count_together() -> None:
    assert found()["बारूदी सुरंग"].count == 2


def test_names_after_offices_and_honorifics() -> None:
    names = {candidate.hindi for candidate in found().values() if candidate.reason == "name"}
    assert names == {"नरेंद्र मोदी", "राव"}


def test_what_is_known_is_not_suggested() -> None:
    assert "सीमा प्रबंधन तंत्र" not in found(known=frozenset({key_of("सीमा-प्रबंधन तंत्र")}))
    assert "बारूदी सुरंग" not in found(at_least=3)


def test_nothing_in_nothing_out() -> None:
    assert candidates([], frozenset()) == candidates([("a", ["", "( )", "(NSA)", "।"])], frozenset()) == []


def test_function_words_are_no_offices() -> None:
    assert not OFFICES & FUNCTION_WORDS
    assert GENITIVES <= FUNCTION_WORDS


@pytest.mark.parametrize("candidate", found(1).values(), ids=str)
def test_every_candidate_has_its_evidence(candidate: Candidate) -> None:
    sentences = set(chain.from_iterable(sentences for _, sentences in NOTES))
    assert candidate.contexts
    assert all(sentence in sentences for _, sentence in candidate.contexts)
    assert candidate.count >= len(candidate.contexts) >= candidate.documents
