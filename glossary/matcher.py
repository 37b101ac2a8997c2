"""Finding agreed terms in Hindi text: whole words, longest match, any spelling and any inflected form (DESIGN.md, rule 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import ahocorasick
import regex

from glossary.english import plural
from glossary.model import Match, Term
from hindi.fold import end_in_text, fold, fold_with_origin, parts
from hindi.inflection import Number, phrase_stems
from hindi.letters import spellings

# What may stand between the parts of a compound or the letters of an acronym, or not: कार्य-समूह, एम. एस. एम. ई.
_BETWEEN = regex.compile(r"\.?[ \t\-‐‑–]{0,3}")
_SEPARATORS = frozenset(" \t-‐‑–.")
_SQUEEZED = dict.fromkeys(map(ord, _SEPARATORS))
_WORD = regex.compile(r"\w+")
_DOTTED_BEFORE = regex.compile(r"\w\.\Z")
_DOTTED_AFTER = regex.compile(r"\.\w")
_UNINFLECTED: Mapping[str, Number] = {"": "singular"}
_OVERLAY_SHARE = 0.1  # of all terms: a larger overlay is slower than building anew


class _Stem(NamedTuple):
    """What all forms of a term have in common. Bit n of `joints` is set where two parts meet before the n-th letter."""

    term: Term
    endings: Mapping[str, Number]
    joints: int
    rank: int
    acronym: bool = False


class _Candidate(NamedTuple):
    """A match among others, the best of which has the smallest precedence."""

    precedence: tuple[int, ...]
    match: Match


class _Index:
    """An Aho–Corasick automaton over the stems of terms, which is some five times smaller than one over all forms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(term for term in terms if term.pins)
        stems: dict[str, list[_Stem]] = {}
        for rank, term in enumerate(self.terms):
            for key, stem in chain(_stems(term, rank), _acronym_stems(term, rank)):
                stems.setdefault(key, []).append(stem)
        self._automaton = ahocorasick.Automaton()
        for key, found in stems.items():
            self._automaton.add_word(key, (len(key), tuple(found)))
        if stems:
            self._automaton.make_automaton()

    def find(self, squeezed: str, starts: bytearray) -> Iterator[tuple[int, int, tuple[_Stem, ...]]]:
        """First letter, last letter and stems of all that begins where a word may begin."""
        if not self._automaton:
            return
        for last, (length, stems) in self._automaton.iter(squeezed):
            first = last - length + 1
            if starts[first]:
                yield first, last, stems


class Matcher:
    """Finds terms in text. It never changes, and is safe to share between threads; `changed` gives one for other terms.

    Text and terms are compared without blanks and hyphens, so that कार्य समूह, कार्यसमूह and कार्य-समूह are one;
    a match then counts only if the text is divided nowhere but at the joints of the term.
    Where two terms are spelled alike, one of the preferred `domains` wins, then one without a domain, then the earlier.
    """

    def __init__(self, terms: Iterable[Term], domains: Sequence[str] = ()) -> None:
        self._domains = {domain: rank for rank, domain in enumerate(domains)}
        self._domains.setdefault("", len(domains))
        self._layers: tuple[tuple[_Index, frozenset[Term]], ...] = ((_Index(terms), frozenset()),)

    def changed(self, gone: Iterable[Term], new: Iterable[Term]) -> Matcher:
        """A matcher without the terms in `gone` and with those in `new`, in time that goes with the change, not the glossary."""
        away = frozenset(gone)
        matcher = copy(self)
        matcher._layers = (*((index, hidden | away) for index, hidden in self._layers), (_Index(new), frozenset()))
        (base, hidden), *overlays = matcher._layers
        overlaid = len(hidden) + sum(len(index.terms) + len(hidden) for index, hidden in overlays)
        if overlaid > _OVERLAY_SHARE * len(base.terms):
            terms = (term for index, hidden in matcher._layers for term in index.terms if term not in hidden)
            matcher._layers = ((_Index(terms), frozenset()),)
        return matcher

    def find(self, text: str) -> tuple[Match, ...]:
        """All terms in `text`, in order, none overlapping: the longest wins, then the earlier."""
        matches: list[Match] = []
        taken = bytearray(len(text))
        for _, match in sorted(self._candidates(text), key=lambda candidate: candidate.precedence):
            if not any(taken[match.start : match.end]):
                taken[match.start : match.end] = b"\1" * (match.end - match.start)
                matches.append(match)
        return tuple(sorted(matches, key=lambda match: match.start))

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        folded = fold_with_origin(text)
        kept = [at for at, char in enumerate(folded.text) if char not in _SEPARATORS]
        squeezed = folded.text.translate(_SQUEEZED)
        may_start, word_end = _word_bounds(folded.text)
        starts = bytearray(may_start[at] for at in kept)
        for index, hidden in self._layers:
            for first, last, stems in index.find(squeezed, starts):
                places = kept[first : last + 1]
                end = word_end[places[-1]]
                ending = folded.text[places[-1] + 1 : end]
                for stem in stems:
                    number = stem.endings.get(ending)
                    if number is None or (hidden and stem.term in hidden) or not _stands(stem, folded.text, places):
                        continue
                    begin, stop = folded.origin[places[0]], end_in_text(text, folded.origin[end - 1])
                    if stem.acronym and "." in text[begin:stop] and text.startswith(".", stop):
                        stop += 1  # the dot of the last letter is part of the acronym
                    term, form = stem.term, text[begin:stop]
                    domain = self._domains.get(term.domain, len(self._domains))
                    precedence = (begin - stop, begin, stem.acronym, domain, term.id, stem.rank)
                    yield _Candidate(precedence, Match(term, begin, stop, form, _english(stem, number, form)))


def _word_bounds(text: str) -> tuple[bytearray, list[int]]:
    """Where a word may begin, and for each letter of a word where the word ends."""
    starts = bytearray(b"\1" * (len(text) + 1))
    ends = list(range(1, len(text) + 1))
    for word in _WORD.finditer(text):
        start, end = word.span()
        starts[start + 1 : end + 1] = bytes(end - start)
        ends[start:end] = [end] * (end - start)
    return starts, ends


def _english(stem: _Stem, number: Number, form: str) -> str:
    if stem.acronym:
        return stem.term.acronym
    if stem.term.kind == "do-not-translate":
        return form
    return plural(stem.term.english) if number == "plural" else stem.term.english


def _stems(term: Term, rank: int) -> Iterator[tuple[str, _Stem]]:
    """The keys of a term. Names have one form: पटने is no Patna."""
    for spelling in (term.hindi, *term.variants):
        words = parts(spelling)
        phrases, endings = phrase_stems(words) if term.kind == "term" else ([words], _UNINFLECTED)
        for phrase in phrases:
            yield "".join(phrase), _Stem(term, endings, _joints(phrase), rank)


def _acronym_stems(term: Term, rank: int) -> Iterator[tuple[str, _Stem]]:
    """The acronym of a term in Latin, and as Hindi spells it, letter by letter or as agreed; its English is the Latin one."""
    if not term.acronym:
        return
    names = {tuple(map(fold, letters)) for letters in spellings(term.acronym)}
    names.add(tuple(fold(term.acronym)) if term.acronym.isalpha() else parts(term.acronym))
    if term.acronym_hindi:
        names.add(parts(term.acronym_hindi))
    for letters in sorted(names):
        yield "".join(letters), _Stem(term, _UNINFLECTED, _joints(letters), rank, acronym=True)


def _joints(words: Sequence[str]) -> int:
    return sum(1 << at for at in accumulate(map(len, words[:-1])))


def _stands(stem: _Stem, text: str, places: Sequence[int]) -> bool:
    """Whether the letters at `places` are divided nowhere but at the joints of the term."""
    first, last = places[0], places[-1]
    if last - first == len(places) - 1:
        return True
    gaps = [(at, start + 1, end) for at, (start, end) in enumerate(pairwise(places), 1) if end > start + 1]
    if not all(stem.joints >> at & 1 and _BETWEEN.fullmatch(text, start, end) for at, start, end in gaps):
        return False
    return not (stem.acronym and _more_letters(text, first, last))


def _more_letters(text: str, first: int, last: int) -> bool:
    """Whether a dotted acronym goes on before or after: ई.डी. is not found in सी.ई.डी."""
    return bool(_DOTTED_BEFORE.search(text, 0, first) or _DOTTED_AFTER.match(text, last + 1))
