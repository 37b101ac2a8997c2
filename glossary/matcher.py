"""Finding agreed terms in Hindi text: whole words, longest match, any spelling and any inflected form (DESIGN.md, rule 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick
import regex

from glossary.english import plural
from glossary.model import Match, Term
from hindi.fold import end_in_text, fold, fold_with_origin
from hindi.inflection import Number, phrase_forms

_BETWEEN = regex.compile(r"[ \t\-‐‑–]{1,3}")  # what may stand between the parts of a compound, or not
_SEPARATORS = frozenset(" \t-‐‑–")
_WORD = regex.compile(r"[\w.]")


@dataclass(frozen=True)
class _Form:
    """One surface form of a term; `joints` are the places in its key where its parts meet."""

    term: Term
    number: Number
    joints: frozenset[int]


class Matcher:
    """An Aho–Corasick automaton over all surface forms, built once and safe to share between threads.

    Text and forms are compared without blanks and hyphens, so that कार्य समूह, कार्यसमूह and कार्य-समूह are one;
    a match then counts only if the text is divided nowhere but at the joints of the term.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        forms: dict[str, dict[_Form, None]] = {}
        for term in terms:
            for spelling in (term.hindi, *term.variants):
                for key, form in _forms(term, spelling):
                    forms.setdefault(key, {})[form] = None
        self._automaton = ahocorasick.Automaton()
        for key, found in forms.items():
            self._automaton.add_word(key, (len(key), tuple(found)))
        if forms:
            self._automaton.make_automaton()
        self._empty = not forms

    def find(self, text: str) -> tuple[Match, ...]:
        """All terms in `text`, in order, none overlapping: the longest wins, then the earlier."""
        candidates = sorted(self._candidates(text), key=lambda match: (match.start - match.end, match.start))
        taken: list[Match] = []
        for match in candidates:
            if all(match.end <= other.start or other.end <= match.start for other in taken):
                taken.append(match)
        return tuple(sorted(taken, key=lambda match: match.start))

    def _candidates(self, text: str) -> Iterator[Match]:
        if self._empty:
            return
        folded = fold_with_origin(text)
        kept = [at for at, char in enumerate(folded.text) if char not in _SEPARATORS]
        squeezed = "".join(folded.text[at] for at in kept)
        for last, (length, forms) in self._automaton.iter(squeezed):
            first = last - length + 1
            start, end = kept[first], kept[last]
            if not _whole_words(folded.text, start, end + 1):
                continue
            gaps = _gaps(folded.text, kept, first, last)
            form = next((form for form in forms if gaps is not None and gaps <= form.joints), None)
            if form is None:
                continue
            begin, stop = folded.origin[start], end_in_text(text, folded.origin[end])
            yield Match(form.term, begin, stop, text[begin:stop], _english(form))


def _forms(term: Term, spelling: str) -> Iterator[tuple[str, _Form]]:
    """The keys of a spelling in every form it can take. Names have one form: पटने is no Patna."""
    words = tuple(filter(None, regex.split(r"[\s\-‐‑–]+", fold(spelling))))
    inflected: Iterable[tuple[tuple[str, ...], Number]] = phrase_forms(words) if term.kind == "term" else [(words, "singular")]
    for phrase, number in inflected:
        joints: list[int] = []
        length = 0
        for word in phrase[:-1]:
            length += len(word)
            joints.append(length)
        yield "".join(phrase), _Form(term, number, frozenset(joints))


def _english(form: _Form) -> str:
    return plural(form.term.english) if form.number == "plural" else form.term.english


def _whole_words(text: str, start: int, end: int) -> bool:
    return not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1]))


def _is_word(char: str) -> bool:
    return bool(char) and char != "." and bool(_WORD.match(char))


def _gaps(text: str, kept: list[int], first: int, last: int) -> frozenset[int] | None:
    """Where blanks or hyphens divide the match, counted in its key; None if something longer than a joint does."""
    gaps = set()
    for at in range(first, last):
        if kept[at + 1] != kept[at] + 1:
            if not _BETWEEN.fullmatch(text, kept[at] + 1, kept[at + 1]):
                return None
            gaps.add(at + 1 - first)
    return frozenset(gaps)
