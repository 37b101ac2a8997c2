"""Speed of the whole way of a note against the bare engine on the same sentences: python benchmarks/speed.py FOLDER."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import sentencepiece
from rich.console import Console
from rich.table import Table

from translator.batch import notes_in
from translator.canonical import canonical
from translator.documents.reading import read_document
from translator.engines.compact import EMBEDDED
from translator.pipeline import default_translator

_AT_LEAST = 5.0  # seconds of measuring for each row


def main(folder: Path) -> None:
    """Print sentences a second, the share of the bare engine's speed, and the peak memory."""
    began = time.perf_counter()
    translator = default_translator()
    loading = time.perf_counter() - began
    notes, _ = notes_in(folder, folder / "briefs")
    documents = [read_document(note) for note in notes]
    sentences = [segment.source for document in documents for segment in translator.brief(document).segments]

    pieces = sentencepiece.SentencePieceProcessor(str(EMBEDDED / "sentencepiece.model"))
    engine = ctranslate2.Translator(str(EMBEDDED), compute_type="int8", intra_threads=0)
    tokens = [[*pieces.encode(canonical(sentence), out_type=str), "</s>"] for sentence in sentences]

    def bare(beam: int) -> Callable[[], object]:
        return lambda: engine.translate_batch(tokens, beam_size=beam, max_batch_size=2048, batch_type="tokens")

    rows = [
        ("bare CTranslate2, greedy", _rate(bare(1), len(sentences))),
        ("bare CTranslate2, beam 4", _rate(bare(4), len(sentences))),
        ("dwibhashi", _rate(lambda: [translator.brief(document) for document in documents], len(sentences))),
    ]
    table = Table(title=f"{len(sentences)} sentences of {folder}, CTranslate2 {ctranslate2.__version__}")
    for column in ("way", "sentences/s", "of bare beam 4"):
        table.add_column(column, justify="left" if column == "way" else "right")
    for way, rate in rows:
        table.add_row(way, f"{rate:.1f}", f"{rate / rows[1][1]:.0%}")
    Console(width=90).print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"engine and glossary loaded in {loading:.2f} s; peak memory {peak:.0f} MiB")


def _rate(work: Callable[[], object], sentences: int) -> float:
    work()
    began = time.perf_counter()
    rounds = 0
    while time.perf_counter() - began < _AT_LEAST:
        work()
        rounds += 1
    return rounds * sentences / (time.perf_counter() - began)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/speed.py FOLDER")
    main(Path(sys.argv[1]))
