"""Folding: one spelling for the many that Hindi allows, so that text and glossary can be compared.

Folded text is for comparing only and is never shown (DESIGN.md, rules 1 and 2). It knows nothing of words or terms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BETWEEN_PARTS = re.compile(r"[\s.\-‐‑–]+")
_NUKTA = "\u093c"
_VIRAMA = "\u094d"
_ANUSVARA = "\u0902"

# Joiners, soft hyphen, byte-order mark, direction marks: they change how a word looks, not which word it is.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
_DROPPED = _INVISIBLE | {_NUKTA}

_SAME_AS = str.maketrans(
    {
        "ँ": "ं",  # हाँ, हां
        "ऑ": "आ",  # ऑफ़िस, आफिस
        "ॉ": "ा",  # कॉलेज, कालेज
        "ऍ": "ए",  # ऍप, एप
        "ॲ": "ए",  # ॲप, एप
        "ॅ": "े",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        **{chr(0x0966 + digit): str(digit) for digit in range(10)},  # २०२४, 2024
    }
)

# A nasal with virama before a stop of its own class is another spelling of the anusvara: हिन्दी, हिंदी.
_STOPS_OF_NASAL = {"ङ": "कखगघ", "ञ": "चछजझ", "ण": "टठडढ", "न": "तथदध", "म": "पफबभ"}


@dataclass(frozen=True)
class Folded:
    """Folded text; `origin[i]` is the position in the given text of the character that `text[i]` comes from."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> str:
    """The spelling under which `text` is compared. Idempotent, and the same for NFC and NFD input.

    >>> fold("हिन्दी") == fold("हिंदी"), fold("क़ज़ाक़िस्तान") == fold("कजाकिस्तान"), fold("२०२४")
    (True, True, '2024')
    """
    return fold_with_origin(text).text


def parts(text: str) -> tuple[str, ...]:
    """The folded parts of a compound or an acronym, however they are put together.

    >>> parts("कार्य-समूह"), parts("एम.एस.")
    (('कार्य', 'समूह'), ('एम', 'एस'))
    """
    return tuple(filter(None, _BETWEEN_PARTS.split(fold(text))))


def fold_with_origin(text: str) -> Folded:
    """Fold `text`, remembering where each folded character comes from, so that a match can be shown as it was typed."""
    letters = [(char, at) for char, at in _decomposed(text) if char not in _DROPPED]
    letters = [(char.translate(_SAME_AS), at) for char, at in letters]
    letters = _with_anusvara(letters)
    letters = _with_plain_antar(letters)
    return Folded("".join(char for char, _ in letters), tuple(at for _, at in letters))


def end_in_text(text: str, last: int) -> int:
    """Where the character at `last` ends in the given text, with the marks on it that folding has dropped."""
    end = last + 1
    while end < len(text) and text[end] in _DROPPED:
        end += 1
    return end


def _decomposed(text: str) -> list[tuple[str, int]]:
    """Canonical decomposition (Unicode, section 3.11) with the position of each character in `text`."""
    if text.isascii():
        return [(char, at) for at, char in enumerate(text)]
    result: list[tuple[str, int]] = []
    marks: list[tuple[int, str, int]] = []
    for at, composed in enumerate(text):
        for char in unicodedata.normalize("NFD", composed):
            order = unicodedata.combining(char)
            if order:
                marks.append((order, char, at))
                continue
            if marks:
                result += [(mark, origin) for _, mark, origin in sorted(marks, key=lambda mark: mark[0])]
                marks.clear()
            result.append((char, at))
    return result + [(mark, origin) for _, mark, origin in sorted(marks, key=lambda mark: mark[0])]


def _with_anusvara(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """सम्बन्ध → संबंध; अन्न and सम्मान stay, for there the nasal is doubled."""
    result: list[tuple[str, int]] = []
    at = 0
    while at < len(letters):
        char, origin = letters[at]
        stops = _STOPS_OF_NASAL.get(char)
        if stops and at + 2 < len(letters) and letters[at + 1][0] == _VIRAMA and letters[at + 2][0] in stops:
            result.append((_ANUSVARA, origin))
            at += 2
        else:
            result.append((char, origin))
            at += 1
    return result


def _with_plain_antar(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """अंतर्राष्ट्रीय → अंतरराष्ट्रीय: both are in use, for the prefix अंतर before a word in र."""
    text = "".join(char for char, _ in letters)
    at = text.find("अंतर्र")
    while at >= 0:
        virama = at + len("अंतर")
        del letters[virama]
        text = text[:virama] + text[virama + 1 :]
        at = text.find("अंतर्र", virama)
    return letters
