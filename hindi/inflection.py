"""Forms of a Hindi noun phrase: oblique and plural of its last word, agreeing -आ words before it (DESIGN.md, rule 4).

Works on folded words (see hindi.fold), and from endings alone: a form that the language does not have is harmless, since only
whole words are compared with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal

Number = Literal["singular", "plural"]

# Ending of the citation form → (ending of the form, number). The longest ending that fits is used; "" is any other consonant.
_NOUN_ENDINGS: dict[str, tuple[tuple[str, Number], ...]] = {
    "िया": (  # चिड़िया, चिड़ियां; प्रक्रिया, प्रक्रियाएं; घुसपैठिया, घुसपैठिए
        *(("ियां", "plural"), ("ियों", "plural"), ("िए", "singular"), ("िये", "singular")),
        *(("ियाएं", "plural"), ("ियाओं", "plural"), ("ियायें", "plural")),
    ),
    "या": (  # रुपया, रुपए; संख्या, संख्याएं
        *(("ये", "singular"), ("ए", "singular"), ("यों", "plural")),
        *(("याएं", "plural"), ("याओं", "plural"), ("यायें", "plural")),
    ),
    "ी": (("ियां", "plural"), ("ियों", "plural")),  # मंत्री, मंत्रियों
    "ि": (("ियां", "plural"), ("ियों", "plural")),  # शक्ति, शक्तियां
    "ई": (("इयां", "plural"), ("इयों", "plural")),  # लड़ाई, लड़ाइयां
    "ा": (
        ("े", "singular"),
        ("ों", "plural"),
        ("ाएं", "plural"),
        ("ाओं", "plural"),
        ("ायें", "plural"),
    ),  # हमला; सेना
    "ू": (("ुओं", "plural"), ("ुएं", "plural")),  # हिंदू, हिंदुओं
    "ु": (("ुओं", "plural"), ("ुएं", "plural")),  # वस्तु, वस्तुएं
    "े": (),
    "ो": (),
    "ं": (),
    "": (("ों", "plural"), ("ें", "plural")),  # समूह, समूहों; बैठक, बैठकें
}
_ENDINGS: dict[str, Mapping[str, Number]] = {  # with the citation form itself and the honorific plural: सदस्यगण
    ending: {ending: "singular", **dict(forms), ending + "गण": "plural"} for ending, forms in _NOUN_ENDINGS.items()
}
_BY_FREQUENCY = sorted(_ENDINGS, key=lambda ending: ("ी", "", "ा").index(ending) if ending in ("ी", "", "ा") else 3)
_UNINFLECTED: Mapping[str, Number] = {"": "singular"}
_MATRAS_AND_SIGNS = frozenset("ािीुूृेैोौंः्")


def stem_and_endings(word: str) -> tuple[str, Mapping[str, Number]]:
    """What the forms of a folded noun have in common, and all that may follow it.

    >>> stem_and_endings("मंत्री")
    ('मंत्र', {'ी': 'singular', 'ियां': 'plural', 'ियों': 'plural', 'ीगण': 'plural'})
    """
    ending = _ending_of(word)
    return (word, _UNINFLECTED) if ending is None else (word[: len(word) - len(ending)], _ENDINGS[ending])


def noun_forms(word: str) -> tuple[tuple[str, Number], ...]:
    """A folded noun in citation form and its inflected forms, each with its number.

    >>> [form for form, _ in noun_forms("मंत्री")]
    ['मंत्री', 'मंत्रियां', 'मंत्रियों', 'मंत्रीगण']
    """
    stem, endings = stem_and_endings(word)
    return tuple((stem + ending, number) for ending, number in endings.items())


def citations(word: str) -> tuple[str, ...]:
    """The folded words that `word` may be a form of, itself first, then by how common their endings are.

    >>> citations("सेनाओं")
    ('सेनाओं', 'सेना')
    """
    found = {
        word[: len(word) - len(form)] + ending: None
        for ending in _BY_FREQUENCY
        for form in sorted(_ENDINGS[ending], key=len, reverse=True)
        if form and word.endswith(form)
    }
    return tuple(dict.fromkeys((word, *(noun for noun in found if noun and word in dict(noun_forms(noun))))))


def _ending_of(word: str) -> str | None:
    """The ending of _NOUN_ENDINGS that `word` inflects by; None if it has one form."""
    if not "\u0904" <= word[-1:] <= "\u0963":
        return None
    ending = next(ending for ending in _NOUN_ENDINGS if word.endswith(ending))
    if not _NOUN_ENDINGS[ending] or (not ending and word[-1] in _MATRAS_AND_SIGNS):
        return None
    return ending


def phrase_stems(words: tuple[str, ...]) -> tuple[list[tuple[str, ...]], Mapping[str, Number]]:
    """The stems of a folded phrase, and all that may follow any of them: its last word inflects, words in -आ before it agree.

    >>> phrase_stems(("राज्य", "का", "मामला"))[0]
    [('राज्य', 'का', 'मामल'), ('राज्य', 'के', 'मामल'), ('राज्य', 'की', 'मामल')]
    """
    *before, last = words
    stem, endings = stem_and_endings(last)
    return [(*head, stem) for head in product(*map(_agreeing, before))], endings


def phrase_forms(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Number]]:
    """A folded phrase in all forms it can take in a sentence.

    >>> ("राज्य", "के", "मामले") in [form for form, _ in phrase_forms(("राज्य", "का", "मामला"))]
    True
    """
    stems, endings = phrase_stems(words)
    for *head, stem in stems:
        for ending, number in endings.items():
            yield (*head, stem + ending), number


_PARTICIPLES = {"हुई": ("हुई", "हुए", "हुआ"), "नई": ("नई", "नए", "नये", "नयी", "नया"), "की": ("की", "के", "का")}


def _agreeing(word: str) -> tuple[str, ...]:
    """बड़ा, बड़े, बड़ी; नया, नए, नई; उभरती, उभरते, उभरता."""
    if word in _PARTICIPLES:
        return _PARTICIPLES[word]
    if word.endswith("या"):
        return word, *(word[:-2] + ending for ending in ("ये", "ए", "यी", "ई"))
    if word.endswith("ा"):
        return word, word[:-1] + "े", word[:-1] + "ी"
    if word.endswith("ती"):
        return word, word[:-1] + "े", word[:-1] + "ा"
    return (word,)
