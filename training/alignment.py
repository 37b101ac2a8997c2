"""Which word of the English comes from which word of the Hindi, found by eflomal (Östling and Tiedemann 2016).

Knows words, links, and where the pieces of a text lie in it; refuses to know what the links are for. eflomal samples with a
random state that cannot be set: two runs differ in some links. A corpus that has its links keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from training.corpus import Link
from translator.errors import DwibhashiError

# The links of the corpora count these words; `re`, in which Devanagari vowel signs are no \w, is what they were counted with.
_WORD = re.compile(r"[\u0900-\u097F]+|[A-Za-z]+(?:'[a-z]+)?|\d+|[^\w\s]")
_FEWEST_WORDS, _MOST_WORDS = 3, 100
_MODEL = 2  # IBM 1, then HMM: the fertility model takes longer and gives the same spans
_RELATIVE_ITERATIONS = 0.4


class AlignmentError(DwibhashiError):
    """eflomal is missing or has failed; the message says what to do."""


@dataclass(frozen=True)
class Word:
    """A word, number or mark of a text and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Alignment:
    """The links of a pair as found from the Hindi to the English and from the English to the Hindi."""

    forward: frozenset[Link]
    reverse: frozenset[Link]

    @property
    def agreed(self) -> frozenset[Link]:
        """What both directions found: few links, most of them right."""
        return self.forward & self.reverse

    @property
    def links(self) -> tuple[Link, ...]:
        """What both found; for English words without such a link, what either found."""
        linked = {english for _, english in self.agreed}
        return tuple(sorted(self.agreed | {link for link in self.forward | self.reverse if link[1] not in linked}))


def words(text: str) -> list[Word]:
    """
    >>> [word.text for word in words("भारत-चीन की 5वीं बैठक।")]
    ['भारत', '-', 'चीन', 'की', '5', 'वीं', 'बैठक।']
    """
    return [Word(found[0], *found.span()) for found in _WORD.finditer(text)]


def can_be_aligned(hindi: str, english: str) -> bool:
    """Whether a pair is a sentence, and short enough for an alignment to be worth the time."""
    lengths = len(words(hindi)), len(words(english))
    return len(hindi.split()) >= _FEWEST_WORDS and min(lengths) > 0 and max(lengths) <= _MOST_WORDS


def align(pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
    """The alignment of each pair (Hindi, English); the more pairs, the better. Raises AlignmentError without eflomal."""
    try:
        import eflomal
    except ImportError as error:
        raise AlignmentError(
            "eflomal is not installed: pip install 'dwibhashi[align]' (it is built with a C compiler, such as gcc), "
            "or use a corpus that has its links."
        ) from error
    with TemporaryDirectory() as folder:
        forward, reverse = Path(folder) / "forward", Path(folder) / "reverse"
        eflomal.Aligner(model=_MODEL, rel_iterations=_RELATIVE_ITERATIONS).align(
            [_spaced(hindi) for hindi, _ in pairs],
            [_spaced(english.lower()) for _, english in pairs],
            links_filename_fwd=str(forward),
            links_filename_rev=str(reverse),
        )
        found = [_links(path) for path in (forward, reverse)]
    if not len(found[0]) == len(found[1]) == len(pairs):
        raise AlignmentError(f"eflomal gave links for {len(found[0])} of {len(pairs)} pairs; run it again with fewer pairs.")
    return [Alignment(*both) for both in zip(*found, strict=True)]


def words_of_pieces(text: str, pieces: Sequence[str]) -> list[int | None] | None:
    """The number of the word that each SentencePiece piece begins in, None for a blank between words.

    None for the whole where the pieces do not spell the text letter for letter, because SentencePiece has normalised it.

    >>> words_of_pieces("the UN met", ["▁the", "▁U", "N", "▁", "met"])
    [0, 1, 1, None, 2]
    """
    if "".join(pieces).replace("▁", " ") != f" {text}":
        return None
    spans = [(word.start, word.end) for word in words(text)]
    found: list[int | None] = []
    word, end = 0, -1
    for piece in pieces:
        start, end = end, end + len(piece)
        begin = max(start, 0) + text[max(start, 0) : end].startswith(" ")
        while word < len(spans) and spans[word][1] <= begin:
            word += 1
        found.append(word if word < len(spans) and spans[word][0] < end else None)
    return found


def _spaced(text: str) -> str:
    return " ".join(word.text for word in words(text))


def _links(path: Path) -> list[frozenset[Link]]:
    return [
        frozenset((int(hindi), int(english)) for hindi, english in (link.split("-") for link in line.split()))
        for line in path.read_text(encoding="ascii").splitlines()
    ]
