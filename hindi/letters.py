"""The Latin letters as Hindi spells them: बी.जे.पी. is B.J.P. (DESIGN.md, rule 6)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

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

LETTER_NAMES = frozenset(name for names in _SPELLINGS.values() for name in names.split())

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
