"""How far the score of a translation tells its quality: python benchmarks/confidence.py TEST.tsv ...

A test set is a file of Hindi and English, parted by a tab; use development sets, not those that results are reported on. The
table shows tenths of the sentences by score; an engine's `unsure_below` is where half of them are bad (chrF++ under 30).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import sacrebleu
from rich.console import Console
from rich.table import Table

from translator.pipeline import default_translator

_BAD = 30.0


def main(paths: Sequence[Path]) -> None:
    """Print the table over all test sets together."""
    pairs = [line.split("\t")[:2] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    segments = default_translator().segments([pair[0] for pair in pairs])
    scored = sorted(
        (segment.score, sacrebleu.sentence_chrf(segment.target, [pair[1]], word_order=2).score)
        for segment, pair in zip(segments, pairs, strict=True)
    )
    table = Table("score from", "to", "mean chrF++", f"below {_BAD:.0f}", title=f"{len(scored)} sentences")
    for tenth in range(10):
        part = scored[tenth * len(scored) // 10 : (tenth + 1) * len(scored) // 10]
        bad = sum(quality < _BAD for _, quality in part) / len(part)
        table.add_row(f"{part[0][0]:.2f}", f"{part[-1][0]:.2f}", f"{mean(quality for _, quality in part):.1f}", f"{bad:.0%}")
    Console(width=80).print(table)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
