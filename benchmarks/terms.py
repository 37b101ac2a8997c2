"""What pinning costs and keeps, as WMT's terminology task asks: python benchmarks/terms.py TEST.tsv ...

A test set is a file of Hindi and English, parted by a tab. Three runs over it: without terms, with the built-in ones (proper),
and with random ones, an arbitrary English phrase for a noun of each sentence. Success is exact (letter by letter, but
for the capital at the beginning) or tolerant (the plural, too).
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import regex
import sacrebleu
from rich.console import Console
from rich.table import Table

from glossary.agreed import built_in
from glossary.english import plural
from glossary.matcher import Matcher
from glossary.model import Glossary, Term
from hindi.fold import fold
from hindi.function_words import FUNCTION_WORDS
from translator.engines.compact import CompactEngine
from translator.pipeline import Translator
from translator.values import RUNGS, Segment

_WORD = regex.compile(r"[\u0904-\u0963\u0971-\u097f]{3,}")
_FIRST = "amber quiet northern double rapid open hollow silver joint common seasonal vertical".split()
_SECOND = "lantern harbour review ledger orchard signal compact turnstile meadow forum cabinet relay".split()


def main(paths: Sequence[Path]) -> None:
    """Print the table for each test set."""
    engine = CompactEngine()
    for path in paths:
        pairs = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()]
        sources, references = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        table = Table(title=f"{path.stem}: {len(pairs)} sentences, {engine.model}")
        for column in ("terms", "BLEU", "chrF++", "wanted", "exact", "tolerant", *RUNGS, "s"):
            table.add_column(column, justify="left" if column == "terms" else "right")
        for name, segments, wanted, seconds in _runs(engine, sources):
            _add_row(table, name, segments, references, wanted, seconds)
        Console(width=150).print(table)


def _runs(engine: CompactEngine, sources: Sequence[str]):  # type: ignore[no-untyped-def]
    """Name, segments, terms wanted in each sentence, and seconds of each run."""
    proper = built_in()
    for name, glossary in (("none", Glossary((), "none")), ("proper", proper)):
        translator, matcher = Translator(engine, glossary), Matcher(glossary.terms)
        began = time.perf_counter()
        segments = translator.segments(sources)
        yield (
            name,
            segments,
            [[match.english for match in matcher.find(source)] for source in sources],
            time.perf_counter() - began,
        )
    began = time.perf_counter()
    glossaries = [_random_term(source, at) for at, source in enumerate(sources)]
    matches = [Matcher(terms).find(source) for terms, source in zip(glossaries, sources, strict=True)]
    segments = Translator(engine, Glossary((), "none")).segments(sources, matches)
    yield "random", segments, [[match.english for match in found] for found in matches], time.perf_counter() - began


def _random_term(source: str, seed: int) -> list[Term]:
    chance = random.Random(seed)
    counted = Counter(fold(word) for word in _WORD.findall(source))
    nouns = [word for word in _WORD.findall(source) if fold(word) not in FUNCTION_WORDS and counted[fold(word)] == 1]
    phrase = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"
    return [Term(chance.choice(nouns), phrase, kind="name")] if nouns else []


def _add_row(
    table: Table,
    name: str,
    segments: Sequence[Segment],
    references: Sequence[str],
    wanted: Sequence[Sequence[str]],
    seconds: float,
) -> None:
    english = [segment.target for segment in segments]
    exact = tolerant = 0
    for target, terms in zip(english, wanted, strict=True):
        for term, times in Counter(terms).items():
            exact += min(times, _count(target, [term]))
            tolerant += min(times, _count(target, [term, plural(term)]))
    total = sum(map(len, wanted))
    rungs = Counter(segment.rung for segment in segments)
    bleu = sacrebleu.corpus_bleu(english, [references]).score
    chrf = sacrebleu.corpus_chrf(english, [references], word_order=2).score
    shares = [f"{rungs[rung] / len(segments):.1%}" for rung in RUNGS]
    success = [f"{count / total:.2%}" if total else "–" for count in (exact, tolerant)]
    table.add_row(name, f"{bleu:.1f}", f"{chrf:.1f}", f"{total:,}", *success, *shares, f"{seconds:.0f}")


def _count(target: str, forms: Sequence[str]) -> int:
    pattern = "|".join(regex.escape(form) for form in sorted(forms, key=len, reverse=True))
    return len(regex.findall(rf"(?<!\w)(?:{pattern})(?!\w)", target, regex.IGNORECASE))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
