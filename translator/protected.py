"""What must pass through as it stands: addresses, codes, words in other scripts, emoji (DESIGN.md, section 5)."""

from __future__ import annotations

import regex

from glossary.model import Match
from translator.values import Pin

_LETTER = r"[\p{L}--\p{Deva}]"
_REST = r"[\p{M}\p{N}[\p{L}--\p{Deva}]]*"
_WORD = rf"{_LETTER}{_REST}(?:[-'’&./_]{{1,2}}[\p{{N}}[\p{{L}}--\p{{Deva}}]]{_REST})*"
_PROTECTED = regex.compile(
    rf"""  (?:https?://|www\.)[^\s<>"'।]+[^\s<>"'।.,;:!?)\]]                # address of a page
        | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                    # e-mail address
        | \p{{N}}+(?:[/_-]\p{{N}}+){{2,}}(?:[/_-]{_WORD})*                # file number, date in digits: 26/01/2024
        | (?:{_LETTER}\.){{2,}}                                           # U.S.
        | \p{{N}}*{_WORD}(?:[ ]{_WORD})*                                  # words in another script: KD Dewal, KAZIND-2023
        | (?:(?!\p{{N}})\p{{Extended_Pictographic}}[\uFE0F\u200D\p{{Emoji_Modifier}}]*)+
        | \p{{Co}}+                                                        # private use: we cannot know what it means
    """,
    regex.VERBOSE | regex.V1,
)
_ASCII_DIGITS = {0x0966 + digit: str(digit) for digit in range(10)}


def pins_in(text: str, matches: tuple[Match, ...]) -> tuple[Pin, ...]:
    """Agreed terms and protected tokens of a sentence as pins, in order.

    A term wins where the two overlap, but not within a token: UN in UN Women, भारत in an address.

    >>> [pin.target for pin in pins_in("Talgat Kaliyev ने KAZIND-2023 पर UN को बताया", ())]
    ['Talgat Kaliyev', 'KAZIND-2023', 'UN']
    """
    tokens = list(_PROTECTED.finditer(text))
    pins = [
        Pin(match.start, match.end, match.english, match.term)
        for match in matches
        if not any(token.start() <= match.start and match.end <= token.end() and match.form != token.group() for token in tokens)
    ]
    for found in tokens:
        start, end = found.span()
        if all(end <= pin.start or pin.end <= start for pin in pins):
            pins.append(Pin(start, end, found.group().translate(_ASCII_DIGITS)))
    return tuple(sorted(pins, key=lambda pin: pin.start))
