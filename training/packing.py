"""From a corpus to packed arrays: texts become piece ids, links between words links between pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from training.alignment import words_of_pieces
from training.corpus import Link, Pair
from training.packed import PackedPair
from training.vocabulary import Vocabulary

_LONGEST_LINKED = 250  # pieces: a link is target_index * 256 + source_index in 16 bits
_AT_ONCE = 2000  # pairs for a process


def packed_pairs(pairs: Iterable[Pair], sentencepiece: Path, ids: Path, processes: int = 1) -> Iterator[PackedPair]:
    """The pairs of a corpus with their pieces, in its order, however many processes work at it."""
    vocabulary = Vocabulary.load(sentencepiece, ids)  # here too, so that a missing file is told at once
    if processes == 1:
        yield from (packed_pair(pair, vocabulary) for pair in pairs)
        return
    tasks = ((pair, sentencepiece, ids) for pair in pairs)
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(_packed, tasks, chunksize=_AT_ONCE)


def packed_pair(pair: Pair, vocabulary: Vocabulary) -> PackedPair:
    """A pair with its pieces. Its text stays with it only where it has terms that may be switched."""
    return PackedPair(
        pair.weight,
        vocabulary.encode_source(pair.hindi),
        vocabulary.encode_target(pair.english),
        _links(pair, vocabulary),
        pair.hindi if pair.spans else "",
        pair.english if pair.spans else "",
        pair.spans,
    )


def piece_links(links: Sequence[Link], source_words: Sequence[int | None], target_words: Sequence[int | None]) -> list[int]:
    """Links between words as links between their pieces, the ends of both sentences linked as well.

    `source_words` and `target_words` give the word that each piece (</s> not counted) belongs to. Sentences too long for the
    16 bits of a link have none.

    >>> piece_links([(0, 1)], [0, 0, None], [0, 1])
    [256, 257, 515]
    """
    if max(len(source_words), len(target_words)) + 1 >= _LONGEST_LINKED:
        return []
    pieces: dict[int, list[int]] = {}
    for place, word in enumerate(source_words):
        if word is not None:
            pieces.setdefault(word, []).append(place)
    partners: dict[int, list[int]] = {}
    for source_word, target_word in links:
        partners.setdefault(target_word, []).append(source_word)
    found = [
        place * 256 + source_place
        for place, word in enumerate(target_words)
        if word is not None
        for partner in partners.get(word, ())
        for source_place in pieces.get(partner, ())
    ]
    return [*found, len(target_words) * 256 + len(source_words)] if found else []


def _links(pair: Pair, vocabulary: Vocabulary) -> list[int]:
    if not pair.links:
        return []
    source, target = (words_of_pieces(text, vocabulary.split(text)) for text in (pair.hindi, pair.english))
    return piece_links(pair.links, source, target) if source and target else []


def _packed(task: tuple[Pair, Path, Path]) -> PackedPair:
    pair, sentencepiece, ids = task
    return packed_pair(pair, _vocabulary(sentencepiece, ids))


@cache
def _vocabulary(sentencepiece: Path, ids: Path) -> Vocabulary:
    return Vocabulary.load(sentencepiece, ids)
