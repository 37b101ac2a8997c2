"""Folding: one spelling for the many that Hindi allows, so that text and glossary can be compared.

Folded text is for comparing only and is never shown (DESIGN.md, rules 1 and 2). It knows nothing of words or terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

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
_NASAL_BEFORE_STOP = re.compile("|".join(f"{nasal}{_VIRAMA}(?=[{stops}])" for nasal, stops in _STOPS_OF_NASAL.items()))

# अंतर्राष्ट्रीय, अंतरराष्ट्रीय: both are in use, for the prefix अंतर before a word in र.
_ANTAR_R, _ANTAR_R_PLAIN = re.compile("अंतर्र"), "अंतरर"

_AWAY = dict.fromkeys(map(ord, _DROPPED))
_FOLDED: dict[int, str | None] = {**_SAME_AS, **_AWAY}

# ASCII, Devanagari without accents, general punctuation. In canonical decomposition (Unicode, section 3.11) none of them gives
# more than a letter and a nukta.
_PLAIN = re.compile("[\0-\x7f\xa0\u0900-\u0950\u0955-\u097f\u2000-\u206f]*")
_LETTER_FOR_LETTER = {
    **{code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0x0929, 0x0960)},  # क़ → क
    **_SAME_AS,
}


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
    plain = unicodedata.normalize("NFD", text).translate(_FOLDED)
    return _ANTAR_R.sub(_ANTAR_R_PLAIN, _NASAL_BEFORE_STOP.sub(_ANUSVARA, plain))


def parts(text: str) -> tuple[str, ...]:
    """The folded parts of a compound or an acronym, however they are put together.

    >>> parts("कार्य-समूह"), parts("एम.एस.")
    (('कार्य', 'समूह'), ('एम', 'एस'))
    """
    return tuple(filter(None, _BETWEEN_PARTS.split(fold(text))))


def fold_with_origin(text: str) -> Folded:
    """Fold `text`, remembering where each folded character comes from, so that a match can be shown as it was typed."""
    if _PLAIN.fullmatch(text):
        return _fold_plain(text)
    letters = [(char, at) for char, at in _decomposed(text) if char not in _DROPPED]
    letters = [(char.translate(_SAME_AS), at) for char, at in letters]
    letters = _with_anusvara(letters)
    letters = _with_plain_antar(letters)
    return Folded("".join(char for char, _ in letters), tuple(at for _, at in letters))


def _fold_plain(text: str) -> Folded:
    """`fold_with_origin` for text in which every character folds to one or none, as nearly all that people write."""
    letters = text.translate(_LETTER_FOR_LETTER)
    folded = letters.translate(_AWAY)
    origin: Iterable[int] = range(len(text))
    if len(folded) < len(letters):
        origin = compress(origin, (char not in _DROPPED for char in letters))
    for pattern, virama, plain in ((_NASAL_BEFORE_STOP, 1, _ANUSVARA), (_ANTAR_R, len("अंतर"), _ANTAR_R_PLAIN)):
        viramas = [found.start() + virama for found in pattern.finditer(folded)]
        if viramas:
            keep = bytearray(b"\1" * len(folded))
            for at in viramas:
                keep[at] = 0
            folded, origin = pattern.sub(plain, folded), compress(origin, keep)
    return Folded(folded, tuple(origin))


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
    """अंतर्राष्ट्रीय → अंतरराष्ट्रीय."""
    text = "".join(char for char, _ in letters)
    viramas = {found.start() + len("अंतर") for found in _ANTAR_R.finditer(text)}
    return [letter for at, letter in enumerate(letters) if at not in viramas] if viramas else letters
