"""Finding what may be terms in a folder of notes: phrases with an acronym beside them, repeated noun chains, names.

It knows no English. The English of a candidate is proposed by whoever asks; `choose` picks among the readings of a candidate that
has an acronym the one whose English spells it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from glossary.validation import key_of
from hindi import names
from hindi.fold import fold
from hindi.function_words import CONJUNCTIONS, GENITIVES, HONORIFICS
from hindi.inflection import citations
from hindi.letters import latin

Reason = Literal["acronym", "repeated", "name"]

_WORD = regex.compile(r"\p{Deva}+")
_IN_BRACKETS = regex.compile(r"\s*\(\s*([^()]{2,40}?)\s*\)")
_LATIN_ACRONYM = regex.compile(r"[A-Z][A-Z&.\-]{1,9}")
_LATIN_ACRONYM_LAST = regex.compile(r"(?<!\w)[A-Z][A-Z&.\-]{1,9}\Z")
_JOINING = GENITIVES | CONJUNCTIONS
_NO_CHAIN = CONJUNCTIONS | HONORIFICS
_UNCOUNTED = frozenset("of and the for on in to".split())  # give no letter to an acronym
_SURELY_PLURAL = ("ों", "ियां")
_LONGEST = 8  # words of a long form
_LONGEST_CHAIN = 5
_CONTEXTS = 5  # kept for each candidate


@dataclass(frozen=True)
class Candidate:
    """What may be a term. `readings` are the phrases that may be meant, the likeliest first; `contexts`: document, sentence."""

    readings: tuple[str, ...]
    reason: Reason
    count: int
    documents: int
    contexts: tuple[tuple[str, str], ...]
    score: float
    acronym: str = ""
    acronym_hindi: str = ""

    @property
    def hindi(self) -> str:
        return self.readings[0]


def candidates(notes: Iterable[tuple[str, Sequence[str]]], known: frozenset[str], at_least: int = 2) -> list[Candidate]:
    """Candidates in `notes` (name and sentences of each), the best first, without those whose key is in `known`.

    Names and phrases with an acronym count from their first occurrence, all else from `at_least`.
    """
    seen = _Seen()
    for name, sentences in notes:
        for sentence in sentences:
            seen.read(name, sentence)
    found: dict[str, Candidate] = {}
    for candidate in (*seen.acronyms(), *seen.names(), *seen.chains(at_least)):
        key = key_of(candidate.hindi)
        if key not in known:
            found.setdefault(key, candidate)
    return sorted(found.values(), key=lambda candidate: -candidate.score)


def choose(candidate: Candidate, english: Mapping[str, str]) -> tuple[str, str]:
    """The reading of `candidate` that is meant, and its English: where there is an acronym, the one that spells it."""
    for reading in candidate.readings:
        if candidate.acronym and _initials(english[reading]) == candidate.acronym.replace(".", ""):
            return reading, english[reading]
    return candidate.hindi, english[candidate.hindi]


def _initials(english: str) -> str:
    words = regex.split(r"[\s-]+", english)
    return "".join(word[0] for word in words if word[:1].isalpha() and word.lower() not in _UNCOUNTED).upper()


class _Occurrences:
    """Where a phrase was seen, and how it was written."""

    def __init__(self) -> None:
        self.count = 0
        self.documents: set[str] = set()
        self.contexts: dict[tuple[str, str], None] = {}
        self.written: Counter[str] = Counter()

    def add(self, document: str, sentence: str, written: str) -> None:
        self.count += 1
        self.documents.add(document)
        self.written[written] += 1
        if len(self.contexts) < _CONTEXTS:
            self.contexts[document, sentence] = None

    def candidate(self, readings: Sequence[str], reason: Reason, score: float, acronym: str = "", hindi: str = "") -> Candidate:
        contexts = tuple(self.contexts)
        return Candidate(tuple(readings), reason, self.count, len(self.documents), contexts, score, acronym, hindi)


class _Seen:
    """All that has been read."""

    def __init__(self) -> None:
        self._chains: dict[tuple[str, ...], _Occurrences] = defaultdict(_Occurrences)
        self._names: dict[tuple[str, ...], _Occurrences] = defaultdict(_Occurrences)
        self._words: Counter[str] = Counter()
        self._acronyms: dict[tuple[tuple[str, ...], str, str], _Occurrences] = defaultdict(_Occurrences)

    def read(self, document: str, sentence: str) -> None:
        for readings, acronym, hindi in _with_acronyms(sentence):
            self._acronyms[readings, acronym, hindi].add(document, sentence, readings[0])
        for words in names.find(sentence):
            name = [word.written for word in words]
            self._names[_folded(name)].add(document, sentence, " ".join(name))
        for words_together in names.runs(sentence):
            run = [word.written for word in words_together]
            self._words.update(_folded(run))
            for chain in _chains(run):
                self._chains[_folded(chain)].add(document, sentence, " ".join(chain))

    def acronyms(self) -> Iterator[Candidate]:
        for (readings, acronym, hindi), seen in self._acronyms.items():
            yield seen.candidate(readings, "acronym", 1000 + seen.count, acronym, hindi)

    def names(self) -> Iterator[Candidate]:
        for seen in self._names.values():
            yield seen.candidate([seen.written.most_common(1)[0][0]], "name", 2.0 * seen.count)

    def chains(self, at_least: int) -> Iterator[Candidate]:
        """Noun chains by C-value (Frantzi, Ananiadou and Mima 2000): long, frequent, and not only seen within longer ones."""
        grouped = self._by_citation()
        frequent = {
            chain: seen for chain, seen in grouped.items() if seen.count >= at_least + any(word in GENITIVES for word in chain)
        }
        within: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for longer, seen in frequent.items():
            for shorter in set(_parts_of(longer)) & frequent.keys():
                within[shorter].append(seen.count)
        for chain, seen in frequent.items():
            nested = sum(within[chain]) / len(within[chain]) if chain in within else 0.0
            score = math.log2(len(chain)) * (seen.count - nested)
            if score > 0:
                yield seen.candidate([_written(chain, seen)], "repeated", score)

    def _by_citation(self) -> dict[tuple[str, ...], _Occurrences]:
        """The chains with all forms of their last word taken together."""
        grouped: dict[tuple[str, ...], _Occurrences] = defaultdict(_Occurrences)
        for chain, seen in self._chains.items():
            group = grouped[(*chain[:-1], self._citation(chain[-1]))]
            group.count += seen.count
            group.documents |= seen.documents
            group.written += seen.written
            group.contexts = dict.fromkeys([*group.contexts, *seen.contexts][:_CONTEXTS])
        return grouped

    def _citation(self, word: str) -> str:
        """The noun that `word` is a form of: one that stands elsewhere in the notes, or the likeliest of a plural."""
        nouns = citations(word)[1:]
        seen = [noun for noun in nouns if self._words[noun]]
        if seen:
            return max(seen, key=lambda noun: self._words[noun])
        return nouns[0] if nouns and word.endswith(_SURELY_PLURAL) else word


def _chains(run: Sequence[str]) -> Iterator[Sequence[str]]:
    """All parts of `run` of two to five words that begin and end with a noun and hold one genitive at most, no conjunction."""
    folded = _folded(run)
    for first in range(len(run)):
        for end in range(first + 2, min(len(run), first + _LONGEST_CHAIN) + 1):
            words = folded[first:end]
            ends_in_nouns = words[0] not in GENITIVES and words[-1] not in GENITIVES
            if ends_in_nouns and sum(word in GENITIVES for word in words) <= 1 and not _NO_CHAIN & set(words):
                yield run[first:end]


def _with_acronyms(sentence: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Readings, Latin acronym and Hindi acronym of each राष्ट्रीय सुरक्षा सलाहकार (NSA) and NSA (राष्ट्रीय सुरक्षा सलाहकार)."""
    for brackets in _IN_BRACKETS.finditer(sentence):
        inside, before = brackets[1], sentence[: brackets.start()]
        acronym = inside if _LATIN_ACRONYM.fullmatch(inside) else latin(inside)
        if acronym:
            readings = _readings(before, len(regex.findall("[A-Z]", acronym)))
            if readings and latin(readings[0]) != acronym:
                yield readings, acronym, "" if inside == acronym else inside
        elif (found := _LATIN_ACRONYM_LAST.search(before)) and len(_WORD.findall(inside)) > 1:
            yield (inside,), found[0], ""


def _readings(before: str, letters: int) -> tuple[str, ...]:
    """The phrases at the end of `before` that an acronym of so many letters may stand for, the likeliest first."""
    run = [word.written for word in list(names.runs(before))[-1]][-_LONGEST:]
    if not run or not before.rstrip().endswith(run[-1]):
        return ()
    starts = [at for at, word in enumerate(run) if fold(word) not in _JOINING]
    nouns = {at: sum(fold(word) not in _JOINING for word in run[at:]) for at in starts}
    ranked = sorted(starts, key=lambda at: (abs(nouns[at] - letters), at))
    return tuple(" ".join(run[at:]) for at in ranked)


def _parts_of(chain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for first in range(len(chain)):
        for end in range(first + 1, len(chain) + 1):
            if end - first < len(chain):
                yield chain[first:end]


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def _written(chain: tuple[str, ...], seen: _Occurrences) -> str:
    """The chain in citation form, as people write it."""
    usual = next((text for text, _ in seen.written.most_common() if _folded(text.split()) == chain), "")
    return usual or " ".join([*seen.written.most_common(1)[0][0].split()[:-1], chain[-1]])
