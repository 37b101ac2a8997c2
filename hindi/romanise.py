"""A name of Devanagari in Latin letters, roughly as Indian English spells it, and whether two spellings sound alike.

The result is a guess: English spells names by habit (Chaudhary, Choudhury). It knows no names, and no other words.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

import regex

_CONSONANTS = dict(
    pair.split("=")
    for pair in (
        "क=k ख=kh ग=g घ=gh ङ=n च=ch छ=chh ज=j झ=jh ञ=n ट=t ठ=th ड=d ढ=dh ण=n त=t थ=th द=d ध=dh न=n प=p फ=f ब=b भ=bh म=m "
        "य=y र=r ल=l ळ=l व=v श=sh ष=sh स=s ह=h"
    ).split()
)
_WITH_NUKTA = dict(pair.split("=") for pair in "क=q ख=kh ग=g ज=z ड=d ढ=dh फ=f य=y".split())
_VOWELS = dict(pair.split("=") for pair in "अ=a आ=a इ=i ई=i उ=u ऊ=u ऋ=ri ए=e ऐ=ai ओ=o औ=au ऑ=o ऍ=e ऎ=e".split())
_SIGNS = dict(pair.split("=") for pair in "ा=a ि=i ी=i ु=u ू=u ृ=ri े=e ै=ai ो=o ौ=au ॉ=o ॅ=e".split())
_NUKTA, _VIRAMA = "\u093c", "\u094d"
_NASALS = frozenset("ंँ")
_LABIALS = frozenset("पफबभम")
_SCHWA = "ə"  # the vowel that a consonant has of itself
_ENDS_SPOKEN = frozenset("rywnm")  # after another consonant these keep it at the end: कृष्ण, महेंद्र
_WORD = regex.compile(r"[\p{Deva}\u200c\u200d]+")

# What English spells in many ways and Hindi in one; the first that fits is taken.
_SOUNDS = (
    *(("tch", "c"), ("sch", "s"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("ce", "s"), ("ci", "s"), ("cy", "s")),
    *(("chh", "c"), ("ch", "c"), ("sh", "s"), ("gy", "g"), ("w", "b"), ("v", "b"), ("q", "k"), ("z", "j"), ("c", "k")),
)
_SILENT = regex.compile(r"[aeiouhy\W\d_]")
_DOUBLED = regex.compile(r"(\p{L})\1+")
_ALIKE = 0.7


def romanised(name: str) -> str:
    """A name in Latin letters.

    >>> romanised("आलोक चौबे"), romanised("नरेंद्र मोदी"), romanised("शफ़ीक़ अंसारी"), romanised("अजित डोभाल")
    ('Alok Chaube', 'Narendra Modi', 'Shafiq Ansari', 'Ajit Dobhal')
    """
    return _WORD.sub(lambda word: _word(word.group()).capitalize(), name)


def sounds_like(hindi: str, english: str) -> bool:
    """Whether an English word may be a spelling of a Hindi one, by its consonants.

    >>> sounds_like("मोदी", "Modi"), sounds_like("ज़ेलेंस्की", "Zelenskyy"), sounds_like("मोदी", "Madras"), sounds_like("राव", "Rao")
    (True, True, False, True)
    """
    one, other = _consonants(romanised(hindi)), _consonants(english)
    if len(one) < 2 or len(other) < 2:
        return one[:1] == other[:1] and abs(len(one) - len(other)) < 2
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


@lru_cache(maxsize=8192)
def _consonants(word: str) -> str:
    latin = unicodedata.normalize("NFD", word).lower()
    latin = "".join(char for char in latin if not unicodedata.combining(char))
    for spelled, sound in _SOUNDS:
        latin = latin.replace(spelled, sound)
    return str(_DOUBLED.sub(r"\1", _SILENT.sub("", latin)))


@lru_cache(maxsize=8192)
def _word(word: str) -> str:
    letters = _without_mute_schwas(_syllables(word))
    latin = "".join(consonant + vowel for consonant, vowel in letters).replace(_SCHWA, "a")
    return latin.replace("jn", "gy") if "ज्ञ" in word else latin


def _syllables(word: str) -> list[tuple[str, str]]:
    """Consonants and the vowels after them; either may be empty."""
    letters: list[tuple[str, str]] = []
    text = unicodedata.normalize("NFD", word)
    for at, char in enumerate(text):
        following = text[at + 1 : at + 2]
        if char in _CONSONANTS:
            nukta = following == _NUKTA and char in _WITH_NUKTA
            consonant = _WITH_NUKTA[char] if nukta else _CONSONANTS[char]
            after_consonant = bool(letters) and not letters[-1][1]
            letters.append(("w" if consonant == "v" and after_consonant else consonant, _SCHWA))
        elif char in _VOWELS:
            letters.append(("", _VOWELS[char]))
        elif char in _SIGNS and letters:
            letters[-1] = (letters[-1][0], _SIGNS[char])
        elif char == _VIRAMA and letters:
            letters[-1] = (letters[-1][0], "")
        elif char in _NASALS:
            letters.append(("ng" if following == "ह" else "m" if following and following in _LABIALS else "n", ""))
        elif char == "ः":
            letters.append(("h", ""))
    return letters


def _without_mute_schwas(letters: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The inherent vowel is mute at the end of a word, and between two syllables with vowels: देशमुख, Deshmukh."""
    spoken = list(letters)
    if len(spoken) > 1 and spoken[-1][1] == _SCHWA:
        after_conjunct = not spoken[-2][1] and spoken[-2][0] not in ("n", "m", "ng")
        if not (after_conjunct and spoken[-1][0] in _ENDS_SPOKEN):
            spoken[-1] = (spoken[-1][0], "")
    for at in range(len(spoken) - 2, 0, -1):
        consonant, vowel = spoken[at]
        if vowel == _SCHWA and consonant and spoken[at - 1][1] and all(spoken[at + 1]):
            spoken[at] = (consonant, "")
    return spoken
