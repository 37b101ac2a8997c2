"""Documents an hour that one core translates, for docs/operations.md.

    python benchmarks/sizing.py newstest2014.tsv --format html

The text is a table whose first column is Hindi, one sentence a line; each is used once. The clock is that of the processor, so
that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from glossary.agreed import built_in
from translator.batch import Order, run
from translator.engines.compact import CompactEngine
from translator.pipeline import Translator

_SIZES = (3, 15)  # sentences of a note; a page has about 15


def main() -> None:
    """Print, for notes of each size, the processor's seconds a document and documents an hour and core."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--sentences", type=int, default=900, help="for each size")
    parser.add_argument("--format", default="html")
    asked = parser.parse_args()
    sentences = [line.split("\t")[0] for line in asked.text.read_text(encoding="utf-8").splitlines()]
    engine = CompactEngine(threads=1)
    table = Table(title=f"{asked.text.name}, {engine.model}, {asked.format}")
    for column in ("sentences a note", "notes", "seconds of a core a note", "notes an hour and core", "sentences/s and core"):
        table.add_column(column, justify="right")
    for size in _SIZES:
        notes = [sentences[start : start + size] for start in range(0, min(asked.sentences, len(sentences)), size)]
        seconds = _seconds(notes, engine, asked.format)
        each = seconds / len(notes)
        table.add_row(str(size), str(len(notes)), f"{each:.3f}", f"{3600 / each:,.0f}", f"{size / each:.1f}")
    Console(width=110).print(table)


def _seconds(notes: list[list[str]], engine: CompactEngine, kind: str) -> float:
    """What the processor needs for a batch of these notes, from files to files."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "notes")
        folder.mkdir()
        for number, sentences in enumerate(notes):
            (folder / f"{number:06}.txt").write_text("\n".join(sentences), encoding="utf-8")
        translator = Translator(engine, built_in())
        began = time.process_time()
        run(Order(folder, Path(place, "briefs"), (kind,), jobs=1), translator)
        return time.process_time() - began


if __name__ == "__main__":
    main()
