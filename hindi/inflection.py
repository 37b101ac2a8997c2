"""Forms of a Hindi noun phrase: oblique and plural of its last word, agreeing -आ words before it (DESIGN.md, rule 4).

Works on folded words (see hindi.fold), and from endings alone: a form that the language does not have is harmless, since only
whole words are compared with it.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_MATRAS_AND_SIGNS = frozenset("ािीुूृेैोौंः्")


def noun_forms(word: str) -> tuple[tuple[str, Number], ...]:
    """A folded noun in citation form and its inflected forms, each with its number.

    >>> [form for form, _ in noun_forms("मंत्री")]
    ['मंत्री', 'मंत्रियां', 'मंत्रियों', 'मंत्रीगण']
    """
    if not "\u0904" <= word[-1:] <= "\u0963":
        return ((word, "singular"),)
    ending = next(ending for ending in _NOUN_ENDINGS if word.endswith(ending))
    if not _NOUN_ENDINGS[ending] or (not ending and word[-1] in _MATRAS_AND_SIGNS):
        return ((word, "singular"),)
    stem = word[: len(word) - len(ending)]
    honorific: tuple[str, Number] = (word + "गण", "plural")  # सदस्यगण
    return ((word, "singular"), *((stem + new, number) for new, number in _NOUN_ENDINGS[ending]), honorific)


def phrase_forms(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Number]]:
    """A folded phrase in all forms it can take in a sentence: its last word inflects, words in -आ before it agree.

    >>> ("राज्य", "के", "मामले") in [form for form, _ in phrase_forms(("राज्य", "का", "मामला"))]
    True
    """
    *before, last = words
    choices = [_agreeing(word) for word in before]
    for head in product(*choices):
        for form, number in noun_forms(last):
            yield (*head, form), number


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
