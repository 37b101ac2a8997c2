"""The Latin letters as Hindi spells them: बी.जे.पी. is B.J.P. (DESIGN.md, rule 6)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import regex

# The first spelling is the usual one.
_SPELLINGS = {
    "A": "ए",
    "B": "बी",
    "C": "सी",
    "D": "डी",
    "E": "ई",
    "F": "एफ",
    "G": "जी",
    "H": "एच",
    "I": "आई",
    "J": "जे",
    "K": "के",
    "L": "एल",
    "M": "एम",
    "N": "एन",
    "O": "ओ",
    "P": "पी",
    "Q": "क्यू",
    "R": "आर",
    "S": "एस",
    "T": "टी",
    "U": "यू",
    "V": "वी",
    "W": "डब्ल्यू डब्लू डबल्यू",
    "X": "एक्स",
    "Y": "वाई वाय",
    "Z": "जेड जैड",
}

_LETTER_OF = {name: letter for letter, names in _SPELLINGS.items() for name in names.split()}
_ANY_LETTER = "|".join(sorted(_LETTER_OF, key=len, reverse=True))
_LETTERS = regex.compile(rf"(?:({_ANY_LETTER})\.? ?)+")

_NAME = f"(?:{_ANY_LETTER})"
_IN_TEXT = regex.compile(
    rf"(?<![\p{{Deva}}.])(?:(?:{_NAME}\.)+{_NAME}(?![\p{{Deva}}.])|(?:{_NAME}\.[ ]?)+{_NAME}\.|{_NAME}{{2,}}(?!\p{{Deva}}))"
)

LETTER_NAMES = frozenset(_LETTER_OF)

# Letter names that together are another word: सीटी is a whistle before it is C.T.
_WORDS = frozenset({"सीटी", "पीके", "एके", "आईओ", "ईई"})


def spellings(acronym: str) -> Iterator[tuple[str, ...]]:
    """The letter names of a Latin acronym, in every spelling; none if it has other characters, or if they make a Hindi word.

    >>> list(spellings("MSME")), list(spellings("C-UAS")), list(spellings("CT"))
    ([('एम', 'एस', 'एम', 'ई')], [], [])
    """
    letters = [_SPELLINGS.get(letter.upper(), "").split() for letter in acronym]
    if len(letters) > 1 and all(letters):
        yield from (names for names in product(*letters) if "".join(names) not in _WORDS)


def latin(name: str) -> str:
    """The Latin acronym that `name` spells in letter names; empty if it does not.

    >>> latin("एनएसए"), latin("ए.पी.जे."), latin("एसीईआई"), latin("नाटो")
    ('NSA', 'APJ', 'ACEI', '')
    """
    spelled = _LETTERS.fullmatch(name)
    letters = spelled.captures(1) if spelled else []
    return "".join(_LETTER_OF[letter] for letter in letters) if len(letters) > 1 else ""


class Spelled(NamedTuple):
    """Letters that a text spells out: `text[start:end]`, and what they are in Latin."""

    start: int
    end: int
    latin: str
    dotted: bool


def spelled_in(text: str) -> Iterator[Spelled]:
    """Acronyms and initials in letter names: as one word of three letters or more, or dotted.

    Of 6,798 such words in the training text 97 % are acronyms in its English; of two letters many are other words (सीटी, पीके).

    >>> [(found.latin, found.dotted) for found in spelled_in("जीआरएसई ने ए.पी.जे. अब्दुल कलाम और बी. एस. एफ. के जवान")]
    [('GRSE', False), ('APJ', True), ('BSF', True)]
    """
    for found in _IN_TEXT.finditer(text):
        acronym = latin(found.group())
        dotted = "." in found.group()
        if dotted or len(acronym) > 2:
            yield Spelled(*found.span(), acronym, dotted)
