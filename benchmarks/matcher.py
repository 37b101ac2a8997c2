"""The matcher against a naive regex and spaCy's PhraseMatcher, each in a process of its own, on one core.

50,000 terms (the built-in ones, and pairs of their words) and 1 MB of Hindi (sentences of seeds/ with terms put between).
The regex tries every term at every letter, and is timed on a part of the text.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from glossary.agreed import built_in
from glossary.matcher import Matcher
from glossary.model import Term
from hindi.fold import fold
from hindi.inflection import phrase_forms
from hindi.sentences import split

_TERMS = 50_000
_BYTES = 1_000_000
_SHARE_FOR_REGEX = 0.01

Row = tuple[str, float, float, float, float, int]


def main() -> None:
    """Print seconds to build, to match and to take in one more term, memory, and how many terms were found."""
    rows = [_alone(way) for way in (_ours, _spacy, _regex)]
    table = Table(title=f"{_TERMS:,} terms, {_BYTES / 1e6:.0f} MB of Hindi, one core")
    for column in ("way", "build s", "match s", "one term more s", "memory MB", "terms found"):
        table.add_column(column, justify="left" if column == "way" else "right")
    for way, build, match, change, memory, found in rows:
        table.add_row(way, f"{build:.2f}", f"{match:.2f}", f"{change:.4f}", f"{memory:.0f}", f"{found:,}")
    Console(width=110).print(table)


def _ours(terms: list[Term], sentences: list[str]) -> Row:
    began = time.perf_counter()
    matcher = Matcher(terms)
    built = time.perf_counter()
    found = sum(len(matcher.find(sentence)) for sentence in sentences)
    matched = time.perf_counter()
    matcher.changed(terms[:1], [Term("नया शब्द", "new word")])
    return "dwibhashi", built - began, matched - built, time.perf_counter() - matched, 0.0, found


def _spacy(terms: list[Term], sentences: list[str]) -> Row:
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("hi")
    began = time.perf_counter()
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("term", list(nlp.pipe(term.hindi for term in terms)))
    built = time.perf_counter()
    found = 0
    for document in nlp.pipe(sentences):
        found += len(filter_spans(matcher(document, as_spans=True)))
    matched = time.perf_counter()
    matcher.add("more", [nlp.make_doc("नया शब्द")])
    return "spaCy PhraseMatcher (no inflection)", built - began, matched - built, time.perf_counter() - matched, 0.0, found


def _regex(terms: list[Term], sentences: list[str]) -> Row:
    began = time.perf_counter()
    pattern = _pattern(terms)
    built = time.perf_counter()
    part = sentences[: max(1, int(len(sentences) * _SHARE_FOR_REGEX))]
    found = sum(len(pattern.findall(fold(sentence))) for sentence in part)
    matched = (time.perf_counter() - built) / _SHARE_FOR_REGEX
    way = f"naive regex over all forms ({_SHARE_FOR_REGEX:.0%} of the text, times {1 / _SHARE_FOR_REGEX:.0f})"
    return way, built - began, matched, built - began, 0.0, int(found / _SHARE_FOR_REGEX)


def _pattern(terms: list[Term]) -> re.Pattern[str]:
    forms = {" ".join(form) for term in terms for form, _ in phrase_forms(tuple(fold(term.hindi).split()))}
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(r"(?<![\w\u0900-\u0963])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w\u0900-\u0963])")


def _alone(way: Callable[[list[Term], list[str]], Row]) -> Row:
    """Run `way` in a new process on one core, and measure what memory it takes beyond its terms and text."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[Any] = context.Queue()
    process = context.Process(target=_run, args=(way, queue))
    process.start()
    row: Row = queue.get()
    process.join()
    return row


def _run(way: Callable[[list[Term], list[str]], Row], queue: Any) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    terms, sentences = _terms(), _sentences()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    *row, _, found = way(terms, sentences)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    queue.put((*row, memory, found))


def _terms() -> list[Term]:
    chance = random.Random(1)
    terms = {term.hindi: term for term in built_in().terms}
    words = sorted({word for hindi in terms for word in hindi.split() if len(word) > 2})
    while len(terms) < _TERMS:
        hindi = " ".join(chance.sample(words, 2))
        terms.setdefault(hindi, Term(hindi, "made up"))
    return list(terms.values())


def _sentences() -> list[str]:
    chance = random.Random(2)
    seed = [
        sentence.text
        for note in sorted(Path("seeds").iterdir())
        for line in note.read_text(encoding="utf-8").splitlines()
        for sentence in split(line)
        if sentence.text.strip()
    ]
    terms = [term.hindi for term in _terms()]
    sentences: list[str] = []
    size = 0
    while size < _BYTES:
        words = chance.choice(seed).split()
        for _ in range(3):
            words.insert(chance.randrange(len(words)), chance.choice(terms))
        sentences.append(" ".join(words))
        size += len(sentences[-1].encode())
    return sentences


if __name__ == "__main__":
    main()
