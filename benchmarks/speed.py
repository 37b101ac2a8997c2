"""Speed of the whole way of a note against the bare engine and other programs that run the same weights.

    python -m benchmarks.speed seeds
    python -m benchmarks.speed newstest2014.tsv --sentences 1000 --terms 5000

The text is a folder of notes or a table whose first column is Hindi. Every program translates the same sentences, in documents
of ten, with beam 4, at one and at two threads. transformers and Argos Translate have a row where they are installed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, product
from pathlib import Path

import ctranslate2
import sentencepiece
from rich.console import Console
from rich.table import Table

from glossary.agreed import built_in
from glossary.model import Glossary, Term
from translator.batch import notes_in
from translator.canonical import canonical
from translator.documents.reading import read_document
from translator.engines.compact import EMBEDDED, CompactEngine
from translator.pipeline import Translator, sentences_of
from translator.values import Block, Document

Work = Callable[[], object]
_DOCUMENT = 10  # sentences
_AT_LEAST = 10.0  # seconds of measuring for each row


def main() -> None:
    """Print sentences a second, and the share of the bare engine's speed at as many threads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--sentences", type=int, default=1000, help="no more than these")
    parser.add_argument("--terms", type=int, default=0, help="add made-up terms to the built-in ones until there are so many")
    asked = parser.parse_args()
    sentences = list(islice(_sentences(asked.text), asked.sentences))
    glossary = _glossary(asked.terms)
    table = Table(title=f"{len(sentences)} sentences of {asked.text.name}, {len(glossary.terms)} terms, {os.cpu_count()} cores")
    for column in ("way", "threads", "sentences/s", "of bare"):
        table.add_column(column, justify="left" if column == "way" else "right")
    for threads in (1, 2):
        bare = 0.0
        for way, work in _ways(sentences, glossary, threads).items():
            rate = _rate(work, len(sentences))
            bare = bare or rate
            table.add_row(way, str(threads), f"{rate:.1f}", f"{rate / bare:.0%}")
    Console(width=90).print(table)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _ways(sentences: Sequence[str], glossary: Glossary, threads: int) -> dict[str, Work]:
    """Each way of translating the sentences; the bare engine first, in the faster of its two kinds of threads."""
    documents = [
        Document(str(start), tuple(Block("paragraph", text) for text in sentences[start : start + _DOCUMENT]))
        for start in range(0, len(sentences), _DOCUMENT)
    ]
    ways: dict[str, Work] = {"bare CTranslate2": _bare(sentences, threads), "dwibhashi": _dwibhashi(documents, glossary, threads)}
    for name, make in (("transformers", _transformers), ("Argos Translate", _argos)):
        try:
            ways[name] = make(documents, threads)
        except ImportError as error:
            print(f"{name}: left out, {error}")
    return ways


def _bare(sentences: Sequence[str], threads: int) -> Work:
    pieces = sentencepiece.SentencePieceProcessor(str(EMBEDDED / "sentencepiece.model"))
    engine = ctranslate2.Translator(str(EMBEDDED), compute_type="int8", inter_threads=threads, intra_threads=1)
    tokens = [[*pieces.encode(canonical(sentence), out_type=str), "</s>"] for sentence in sentences]
    return lambda: engine.translate_batch(
        tokens, beam_size=4, max_batch_size=2048, batch_type="tokens", max_decoding_length=256, length_penalty=2
    )


def _dwibhashi(documents: Sequence[Document], glossary: Glossary, threads: int) -> Work:
    def work() -> None:
        translator = Translator(engine, glossary)  # a new one remembers nothing of the round before
        with ThreadPoolExecutor(2 * threads) as jobs:
            list(jobs.map(translator.brief, documents))

    engine = CompactEngine(threads=threads)
    return work


def _transformers(documents: Sequence[Document], threads: int) -> Work:
    import torch
    import transformers  # noqa: F401

    from training.embedded import read_checkpoint
    from training.marian_folder import write_marian_folder
    from translator.engines.marian import MarianEngine

    def work() -> None:
        torch.set_num_threads(threads)
        for start in range(0, len(texts), 8 * _DOCUMENT):
            engine.translate(texts[start : start + 8 * _DOCUMENT])

    texts = [block.text for document in documents for block in document.blocks]
    with tempfile.TemporaryDirectory() as folder:
        pieces = json.loads((EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8"))
        write_marian_folder(read_checkpoint(EMBEDDED), pieces, EMBEDDED / "sentencepiece.model", Path(folder))
        engine = MarianEngine(folder)
    return work


def _argos(documents: Sequence[Document], threads: int) -> Work:
    """Argos Translate's own steps on our weights; it is told the sentences, as it has no model for Hindi sentences here."""
    from argostranslate import translate

    class Package:
        tokenizer: object
        target_prefix = ""

    class Lines:
        def split_sentences(self, text: str) -> list[str]:
            return text.split("\n")

    class Tokenizer:
        def encode(self, sentence: str) -> list[str]:
            return [*pieces.encode(sentence, out_type=str), "</s>"]

        def decode(self, tokens: list[str]) -> str:
            return str(pieces.decode(tokens))

    pieces = sentencepiece.SentencePieceProcessor(str(EMBEDDED / "sentencepiece.model"))
    engine = ctranslate2.Translator(str(EMBEDDED), compute_type="int8", inter_threads=1, intra_threads=threads)
    package = Package()
    package.tokenizer = Tokenizer()
    texts = ["\n".join(block.text for block in document.blocks) for document in documents]
    return lambda: [translate.apply_packaged_translation(package, text, engine, Lines()) for text in texts]


def _sentences(text: Path) -> Sequence[str]:
    if text.is_dir():
        notes, _ = notes_in(text, text / "briefs")
        files = [text / note.file for note in notes]
        return [sentence for file in files for block in read_document(file).blocks for sentence in sentences_of(block)]
    return [line.split("\t")[0] for line in text.read_text(encoding="utf-8").splitlines()]


def _glossary(terms: int) -> Glossary:
    agreed = built_in()
    words = [term for term in agreed.terms if term.kind == "term"]
    made = (
        Term(f"{first.hindi} {second.hindi}", f"{first.english} {second.english}")
        for first, second in product(words, words)
        if first is not second
    )
    return Glossary((*agreed.terms, *islice(made, max(0, terms - len(agreed.terms)))), agreed.version)


def _rate(work: Work, sentences: int) -> float:
    work()
    began = time.perf_counter()
    rounds = 0
    while time.perf_counter() - began < _AT_LEAST:
        work()
        rounds += 1
    return rounds * sentences / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
