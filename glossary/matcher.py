"""Finding agreed terms in Hindi text: whole words, longest match, any spelling and any inflected form (DESIGN.md, rule 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import ahocorasick
import regex

from glossary.english import plural
from glossary.model import Match, Term
from hindi.fold import end_in_text, fold, fold_with_origin, parts
from hindi.inflection import Number, phrase_forms
from hindi.letters import spellings

# What may stand between the parts of a compound or the letters of an acronym, or not: कार्य-समूह, एम. एस. एम. ई.
_BETWEEN = regex.compile(r"\.?[ \t\-‐‑–]{0,3}")
_NO_JOINTS: frozenset[int] = frozenset()
_SEPARATORS = frozenset(" \t-‐‑–.")
_WORD = regex.compile(r"\w")
_DOTTED_BEFORE = regex.compile(r"\w\.\Z")
_DOTTED_AFTER = regex.compile(r"\.\w")


class _Form(NamedTuple):
    """One surface form of a term and its English; `joints` are the places in its key where its parts meet."""

    term: Term
    english: str
    joints: frozenset[int]
    acronym: bool = False


class Matcher:
    """An Aho–Corasick automaton over all surface forms, built once and safe to share between threads.

    Text and forms are compared without blanks and hyphens, so that कार्य समूह, कार्यसमूह and कार्य-समूह are one;
    a match then counts only if the text is divided nowhere but at the joints of the term.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        forms: dict[str, list[_Form]] = {}
        for term in terms:
            for spelling in (term.hindi, *term.variants):
                for key, form in _forms(term, spelling):
                    forms.setdefault(key, []).append(form)
        for term in terms:  # after all terms in words, which come first where the two are spelled alike
            for key, form in _acronym_forms(term):
                forms.setdefault(key, []).append(form)
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
            places = kept[last - length + 1 : last + 1]
            form = next((form for form in forms if _stands(form, folded.text, places)), None)
            if form is None:
                continue
            begin, stop = folded.origin[places[0]], end_in_text(text, folded.origin[places[-1]])
            if form.acronym and "." in text[begin:stop] and text.startswith(".", stop):
                stop += 1  # the dot of the last letter is part of the acronym
            yield Match(form.term, begin, stop, text[begin:stop], form.english)


def _forms(term: Term, spelling: str) -> Iterator[tuple[str, _Form]]:
    """The keys of a spelling in every form it can take. Names have one form: पटने is no Patna."""
    words = parts(spelling)
    inflected: Iterable[tuple[tuple[str, ...], Number]] = phrase_forms(words) if term.kind == "term" else [(words, "singular")]
    english = {"singular": term.english, "plural": plural(term.english)}
    for phrase, number in inflected:
        yield "".join(phrase), _Form(term, english[number], _joints(phrase))


def _acronym_forms(term: Term) -> Iterator[tuple[str, _Form]]:
    """The acronym of a term as Hindi spells it, letter by letter; its English is the Latin acronym."""
    for names in spellings(term.acronym):
        letters = tuple(map(fold, names))
        yield "".join(letters), _Form(term, term.acronym, _joints(letters), acronym=True)


def _joints(words: tuple[str, ...]) -> frozenset[int]:
    return frozenset(accumulate(map(len, words[:-1]))) if len(words) > 1 else _NO_JOINTS


def _stands(form: _Form, text: str, places: Sequence[int]) -> bool:
    """Whether the letters of `form` at `places` are whole words of the folded `text`, divided nowhere but at its joints."""
    first, last = places[0], places[-1]
    if _WORD.match(text[first - 1 : first]) or _WORD.match(text[last + 1 : last + 2]):
        return False
    gaps = [(at, start + 1, end) for at, (start, end) in enumerate(pairwise(places), 1) if end > start + 1]
    if not all(at in form.joints and _BETWEEN.fullmatch(text, start, end) for at, start, end in gaps):
        return False
    return not (form.acronym and gaps and _more_letters(text, first, last))


def _more_letters(text: str, first: int, last: int) -> bool:
    """Whether a dotted acronym goes on before or after: ई.डी. is not found in सी.ई.डी."""
    return bool(_DOTTED_BEFORE.search(text, 0, first) or _DOTTED_AFTER.match(text, last + 1))
