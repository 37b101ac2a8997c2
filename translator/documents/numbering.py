"""The labels of numbered lists as word processors and browsers write them, and the counting of lists within lists."""

from __future__ import annotations

from collections.abc import Callable

_CONSONANTS = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"
_VOWELS = "अआइईउऊऋएऐओऔ"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LARGEST = 3999  # a larger number is written in digits, whatever its form
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def label(number: int, form: str) -> str:
    """The label of an item; a form is named by its first label, and one that is not known here is that of digits.

    >>> [label(28, form) for form in ("1", "a", "I", "१", "क", "अ")]
    ['28', 'bb', 'XXVIII', '२८', 'ल', 'ऊऊऊ']
    """
    if not 0 < number <= _LARGEST:
        return str(number)
    return _FORMS.get(form, str)(number)


def _letters(alphabet: str) -> Callable[[int], str]:
    """After the last letter come doubled ones: a … z, aa, bb."""
    return lambda number: alphabet[(number - 1) % len(alphabet)] * min(1 + (number - 1) // len(alphabet), 9)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written + _ROMAN_ONES[number]


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FORMS: dict[str, Callable[[int], str]] = {
    "1": str,
    "01": lambda number: f"{number:02}",
    "a": _letters(_LATIN),
    "A": _letters(_LATIN.upper()),
    "i": _roman,
    "I": lambda number: _roman(number).upper(),
    "१": lambda number: str(number).translate(_DEVANAGARI),
    "क": _letters(_CONSONANTS),
    "अ": _letters(_VOWELS),
}


class Counters:
    """The numbers of the items of one list, by level, as they are counted from its beginning."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}

    def next(self, level: int, start: int = 1) -> int:
        """The number of the next item of a level; the levels below it begin anew."""
        return self.begin(level, self._at.get(level, start - 1) + 1)

    def begin(self, level: int, number: int) -> int:
        """Give the next item of a level this number."""
        self._at = {other: at for other, at in self._at.items() if other < level}
        self._at[level] = number
        return number

    def at(self, level: int, start: int = 1) -> int:
        """The number of the last item of a level, or that of its first if there is none yet."""
        return self._at.get(level, start)
