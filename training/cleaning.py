"""What makes two texts a pair worth learning from: one spelling of marks and blanks, and the rules that a pair must keep.

Refuses to know where a pair comes from. The limits are those with which the corpora of the first runs were cleaned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from hashlib import blake2b

import regex

from hindi.fold import fold
from translator.canonical import canonical

MOST_WORDS = 110
LONGEST_WORD = 40
MOST_OF_ONE_HINDI = 4  # pairs with the same Hindi
MOST_OF_ONE_ENGLISH = 6

_DEVANAGARI = regex.compile(r"[\u0900-\u097f]")
_LATIN = regex.compile(r"[A-Za-z]")
_BLANK_BEFORE_STOP = regex.compile(r"\s+([.])(?=\s|$)")
_BLANK_BEFORE_ENDING = regex.compile(r"\s+('s|n't|'re|'ve|'ll|'d|'m)\b")
_MARKUP = regex.compile(r"https?://|www\.|[{}<>\\]|\$\$|==|::")
_SYMBOL = regex.compile(r"[^\w\s\u0900-\u097f.,;:!?'\"()%/-]")
_NUMBER = regex.compile(r"[0-9]+")
_NOT_COMPARED = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def tidy_hindi(text: str) -> str:
    """Hindi as the engines are given it.

    >>> tidy_hindi("“बैठक  हुई |")
    '"बैठक हुई।'
    """
    return canonical(text)


def tidy_english(text: str) -> str:
    """English with plain marks, and without the blanks that tokenisers leave.

    >>> tidy_english("It is India 's 3rd “round” .")
    'It is India\\'s 3rd "round".'
    """
    return _BLANK_BEFORE_ENDING.sub(r"\1", _BLANK_BEFORE_STOP.sub(r"\1", canonical(text)))


def key(text: str) -> str:
    """Letters and digits alone, folded: texts with the same key count as one.

    >>> key("हिन्दी, २०२४!") == key("हिंदी 2024"), key("The End.")
    (True, 'theend')
    """
    return _NOT_COMPARED.sub("", fold(text).lower())


def fault(hindi: str, english: str, fewest_words: int = 2) -> str | None:
    """The first rule that a tidy pair breaks, in a few words, or None. `fewest_words`: what its longer side must have.

    >>> fault("बैठक 5 मई को हुई।", "The meeting was held on 6 May.")
    'other numbers'
    """
    if max(len(hindi.split()), len(english.split())) < fewest_words:
        return "too short"
    return next((name for name, broken in _RULES.items() if broken(hindi, english)), None)


def _is_no_hindi(hindi: str, english: str) -> bool:
    return not _DEVANAGARI.search(hindi) or len(_LATIN.findall(hindi)) > 1.5 * len(_DEVANAGARI.findall(hindi))


def _is_no_english(hindi: str, english: str) -> bool:
    return bool(_DEVANAGARI.search(english)) or not _LATIN.search(english)


def _is_too_long(hindi: str, english: str) -> bool:
    return any(len(text.split()) > MOST_WORDS or max(map(len, text.split())) > LONGEST_WORD for text in (hindi, english))


def _differs_in_length(hindi: str, english: str) -> bool:
    """A word count ratio that no translation has, smoothed by three words for short ones."""
    return not 0.45 <= (len(hindi.split()) + 3) / (len(english.split()) + 3) <= 2.4


def _has_markup(hindi: str, english: str) -> bool:
    return bool(_MARKUP.search(hindi) or _MARKUP.search(english))


def _differs_in_numbers(hindi: str, english: str) -> bool:
    """Less than half of the numbers stand on both sides. One number against none is let pass: it can be a word there."""
    numbers = [Counter(_NUMBER.findall(text.replace(",", ""))) for text in (hindi, english)]
    most = max(numbers[0].total(), numbers[1].total())
    same = (numbers[0] & numbers[1]).total()
    if most == 1:
        return not same and all(numbers)
    return same < most / 2


def _is_full_of_symbols(hindi: str, english: str) -> bool:
    return len(_SYMBOL.findall(english)) > 0.12 * len(english) + 2


_RULES: dict[str, Callable[[str, str], bool]] = {
    "no Hindi": _is_no_hindi,
    "no English": _is_no_english,
    "too long": _is_too_long,
    "other length": _differs_in_length,
    "markup": _has_markup,
    "other numbers": _differs_in_numbers,
    "symbols": _is_full_of_symbols,
}


class Duplicates:
    """The pairs seen so far: none twice, and not too many of one Hindi or one English sentence."""

    def __init__(self) -> None:
        self._pairs: set[bytes] = set()
        self._hindi: Counter[bytes] = Counter()
        self._english: Counter[bytes] = Counter()

    def add(self, hindi: str, english: str) -> bool:
        """Remember a pair by its two keys; False, and not remembered, where there are enough of it."""
        hindi_mark, english_mark = _mark(hindi), _mark(english)
        pair = _mark(f"{hindi}\t{english}")
        if (
            pair in self._pairs
            or self._hindi[hindi_mark] >= MOST_OF_ONE_HINDI
            or self._english[english_mark] >= MOST_OF_ONE_ENGLISH
        ):
            return False
        self._pairs.add(pair)
        self._hindi[hindi_mark] += 1
        self._english[english_mark] += 1
        return True


def _mark(text: str) -> bytes:
    """Eight bytes instead of a sentence: a million of them fit into memory."""
    return blake2b(text.encode(), digest_size=8).digest()
