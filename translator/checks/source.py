"""Checks of the Hindi itself: what is wrong there comes out wrong in the English."""

from __future__ import annotations

import regex

from translator.values import Flag

_SIGNS = "\u093a-\u094f\u0955-\u0957\u0962\u0963"  # vowel signs, nukta, virama: they stand on a letter
_MIXED = regex.compile(r"\p{Deva}+\p{Latin}\w*|\p{Latin}+\p{Deva}[\p{L}\p{M}]*")
_BROKEN = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\u200c\u200d])[{_SIGNS}\u0900-\u0903][\p{{L}}\p{{M}}]*"  # a word that begins with a sign
    rf"|[\p{{L}}\p{{M}}]*[\u093e-\u094c]{{2,}}[\p{{L}}\p{{M}}]*"  # two vowel signs on one letter
    r"|[\p{L}\p{M}]*\u094d{2,}[\p{L}\p{M}]*"  # two viramas
    r"|\S*\ufffd\S*"  # what a decoder could not read
    r"|\S*à[¤¥]\S*"  # UTF-8 read as Latin-1
)


def suspicious(source: str) -> list[Flag]:
    """Words of two scripts, and words that no one can have meant: they are seldom translated right.

    >>> [flag.message for flag in suspicious("बैठक मेंhui है")]
    ['“मेंhui” is written in two scripts; check the Hindi.']
    """
    flags = [
        Flag("source-suspicious", f"“{found.group()}” is written in two scripts; check the Hindi.", "warning", found.span())
        for found in _MIXED.finditer(source)
    ]
    flags += [
        Flag("source-suspicious", f"“{found.group()}” looks broken; check the Hindi.", "warning", found.span())
        for found in _BROKEN.finditer(source)
    ]
    return sorted(flags, key=lambda flag: flag.source_span or (0, 0))
