"""Words that begin with, end in or hold a term, and must not be taken for it (ANCHORS: `\\b` finds भारत in भारती)."""

from __future__ import annotations

import pytest

from glossary.matcher import Matcher
from glossary.model import Term

TRAPS = {
    "भारत": "भारती भारतीय भारतीयता भारतेंदु महाभारत भारतवंशी",
    "सेना": "सेनापति सेनानी सेनाध्यक्ष स्वतंत्रतासेनानी शिवसेना",
    "कार": "सरकार आकार कारण कारा अधिकार बेकार कारखाना साकार",
    "आतंक": "आतंकी आतंकवाद आतंकित",
    "चीन": "चीनी प्राचीन चीनांशुक",
    "रूस": "रूसी रूसीकरण",
    "ईरान": "ईरानी हैरान",
    "मंत्री": "मंत्रिमंडल मंत्रालय मंत्रित्व महामंत्रीपद",
    "समूह": "सामूहिक समूहवाद समूहबद्ध",
    "बैठक": "बैठकबाज बैठकी",
    "दल": "बादल दलदल दलाल बदल दलित",
    "देश": "देशी विदेश प्रदेश देशद्रोह संदेश उपदेश",
    "राज": "राजा राज्य स्वराज राजनीति नाराज",
    "बल": "बलवान प्रबल बलि दुर्बल",
    "जल": "जला उज्ज्वल जलवायु जलन",
    "नेपाल": "नेपाली",
    "जापान": "जापानी",
    "मिसाइल": "मिसाइलमैन",
    "संसद": "संसदीय सांसद",
    "लेह": "कोलेह लेहन",
    "असम": "असमान असमर्थ असमिया",
    "गोवा": "गोवर्धन",
    "ओमान": "ओमानी",
    "सूडान": "सूडानी",
    "यमन": "नियमन यमनी",
    "मलावी": "मलावीयन",
    "पेरू": "पेरूवासी",
    "टोगो": "टोगोई",
    "चाड": "पिछाड चाडी",
    "घाना": "घानाई",
}


@pytest.mark.parametrize(("term", "word"), [(term, word) for term, words in TRAPS.items() for word in words.split()])
def test_a_term_is_not_found_within_a_word(term: str, word: str) -> None:
    matcher = Matcher([Term(term, "x")])
    assert matcher.find(f"यह {word} है") == ()
    assert len(matcher.find(f"यह {term} है")) == 1


def test_there_are_enough_traps() -> None:
    assert sum(len(words.split()) for words in TRAPS.values()) >= 60
