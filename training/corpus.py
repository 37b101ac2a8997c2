"""Sentence pairs on disk: collections, corpora, and notes written by hand. Refuses to know what makes a good pair.

A line is tab-separated, and the number of its columns says what it is:

    2  hindi, english                                   a collection of one source: folder/name of the file
    3  source, hindi, english                           a collection of many
    4  source, weight, hindi, english                   a corpus: cleaned and weighted pairs, as the data command writes them
    6  source, weight, hindi, english, spans, links     the same with its switchable term spans and the links between its words
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from translator.errors import DwibhashiError

Span = tuple[int, int, int, int]  # Hindi start and end, English start and end, in characters
Link = tuple[int, int]  # Hindi word, English word


class CorpusError(DwibhashiError):
    """A line or file that is no sentence pair; the message names file and line."""


@dataclass(frozen=True)
class Pair:
    """A sentence and its translation. The weight, how often it is drawn, is 0 until the pair has been cleaned."""

    source: str
    hindi: str
    english: str
    weight: float = 0.0
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Note:
    """The pairs of one note, in its order."""

    pairs: tuple[Pair, ...]


def read(path: Path) -> Iterator[Pair]:
    """The pairs of a collection or corpus, .tsv or .tsv.zst. Raises CorpusError for a line that is none."""
    source = f"{path.parent.name}/{path.name.removesuffix('.zst').removesuffix('.tsv')}"
    for number, line in enumerate(_lines(path), 1):
        if line:
            yield _pair(line.split("\t"), source, f"{path}, line {number}")


def read_notes(path: Path) -> list[Note]:
    """The notes of a file: hindi<TAB>english, blank lines part them. Their source is notes/NAME. Raises CorpusError."""
    notes: list[Note] = []
    pairs: list[Pair] = []
    for number, line in enumerate([*_lines(path), ""], 1):
        if line.strip():
            columns = line.split("\t")
            if len(columns) != 2 or not all(map(str.strip, columns)):
                raise CorpusError(
                    f"{path}, line {number}: a line of a note is Hindi, one tab, English. Put it so, or leave it blank."
                )
            pairs.append(Pair(f"notes/{path.stem}", columns[0].strip(), columns[1].strip()))
        elif pairs:
            notes.append(Note(tuple(pairs)))
            pairs = []
    return notes


def write(path: Path, pairs: Iterable[Pair]) -> None:
    """Write pairs with their columns, compressed where the name ends in .zst. A file half written never bears the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    with _writable(unfinished, path.suffix == ".zst") as file:
        for pair in pairs:
            file.write(_line(pair))
    unfinished.replace(path)


def is_weighted(path: Path) -> bool:
    """Whether a file is a corpus, by its first pair."""
    return any(pair.weight for pair in islice(read(path), 1))


def read_corpus(path: Path) -> Iterator[Pair]:
    """The pairs of a corpus. Raises CorpusError for one that has not been cleaned and weighted."""
    for pair in read(path):
        if not pair.weight:
            raise CorpusError(f"{path} has pairs without a weight ({pair.source}): put it through `python -m training data`.")
        yield pair


def _pair(columns: list[str], source: str, place: str) -> Pair:
    try:
        match columns:
            case [hindi, english]:
                return Pair(source, hindi, english)
            case [source, hindi, english]:
                return Pair(source, hindi, english)
            case [source, weight, hindi, english]:
                return Pair(source, hindi, english, float(weight))
            case [source, weight, hindi, english, spans, links]:
                return Pair(source, hindi, english, float(weight), _spans(spans), _links(links))
    except ValueError as error:
        raise CorpusError(f"{place}: {error}. Columns are source, weight, hindi, english, spans, links.") from error
    raise CorpusError(f"{place} has {len(columns)} columns; a pair has 2, 3, 4 or 6 (hindi and english; see the data README).")


def _spans(text: str) -> tuple[Span, ...]:
    return tuple((a, b, c, d) for a, b, c, d in json.loads(text)) if text else ()


def _links(text: str) -> tuple[Link, ...]:
    return (
        tuple((int(hindi), int(english)) for hindi, _, english in (link.partition("-") for link in text.split(" ")))
        if text
        else ()
    )


def _line(pair: Pair) -> str:
    if not pair.weight:
        return f"{pair.source}\t{pair.hindi}\t{pair.english}\n"
    spans = json.dumps(pair.spans) if pair.spans else ""
    links = " ".join(f"{hindi}-{english}" for hindi, english in pair.links)
    return f"{pair.source}\t{pair.weight}\t{pair.hindi}\t{pair.english}\t{spans}\t{links}\n"


def _lines(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise CorpusError(f"{path} is not a file: give a .tsv or .tsv.zst file of sentence pairs.")
    with _readable(path) as file:
        try:
            for line in file:
                yield line.rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise CorpusError(f"{path} is not UTF-8: save it as UTF-8.") from error


def _readable(path: Path) -> IO[str]:
    if path.suffix == ".zst":
        import zstandard

        return io.TextIOWrapper(zstandard.open(path, "rb"), encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def _writable(path: Path, compressed: bool) -> IO[str]:
    if compressed:
        import zstandard

        return io.TextIOWrapper(zstandard.open(path, "wb"), encoding="utf-8", newline="\n")
    return path.open("w", encoding="utf-8", newline="\n")
