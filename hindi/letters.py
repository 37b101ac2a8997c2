"""The Latin letters as Hindi spells them: बी.जे.पी. is B.J.P. (DESIGN.md, rule 6)."""

from __future__ import annotations

LETTER_NAMES = {
    "ए": "A",
    "बी": "B",
    "सी": "C",
    "डी": "D",
    "ई": "E",
    "एफ": "F",
    "जी": "G",
    "एच": "H",
    "आई": "I",
    "जे": "J",
    "के": "K",
    "एल": "L",
    "एम": "M",
    "एन": "N",
    "ओ": "O",
    "पी": "P",
    "क्यू": "Q",
    "आर": "R",
    "एस": "S",
    "टी": "T",
    "यू": "U",
    "वी": "V",
    "डब्ल्यू": "W",
    "एक्स": "X",
    "वाई": "Y",
    "जेड": "Z",
}
