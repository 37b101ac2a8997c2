"""What must come out as it stands: addresses, codes, dates, acronyms, words in other scripts, emoji (DESIGN.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from glossary.model import Match
from hindi.letters import Spelled, spelled_in
from translator.quantities import dates_in
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
_INITIALS = 3  # letters up to which dots stay: ए.पी.जे. is A.P.J., एम.एस.एम.ई. MSME
_ASCII_DIGITS = {0x0966 + digit: str(digit) for digit in range(10)}


def pins_in(text: str, matches: Sequence[Match]) -> tuple[Pin, ...]:
    """Agreed terms and protected tokens of a sentence as pins, in order.

    A term wins where the two overlap, but not within a token: UN in UN Women, भारत in an address.

    >>> [pin.target for pin in pins_in("Talgat Kaliyev ने KAZIND-2023 पर UN को बताया", ())]
    ['Talgat Kaliyev', 'KAZIND-2023', 'UN']
    """
    tokens = [Pin(*found.span(), found.group().translate(_ASCII_DIGITS)) for found in _PROTECTED.finditer(text)]
    tokens += dates_in(text)
    tokens += [Pin(found.start, found.end, _acronym(found)) for found in spelled_in(text)]
    pins = [
        Pin(match.start, match.end, match.english, match.term)
        for match in matches
        if not any(_within(match, token, text) for token in tokens)
    ]
    for token in tokens:
        if all(token.end <= pin.start or pin.end <= token.start for pin in pins):
            pins.append(token)
    return tuple(sorted(pins, key=lambda pin: pin.start))


def _within(match: Match, token: Pin, text: str) -> bool:
    """Whether a term is but a part of a token. A term within a date whose English the date has not is more than that."""
    inside = token.start <= match.start and match.end <= token.end and match.form != text[token.start : token.end]
    kept = match.form in token.target or set(match.english.casefold().split()) <= set(token.target.casefold().split())
    return inside and kept


def _acronym(found: Spelled) -> str:
    return "".join(f"{letter}." for letter in found.latin) if found.dotted and len(found.latin) <= _INITIALS else found.latin
