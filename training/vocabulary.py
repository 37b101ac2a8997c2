"""The piece ids of the model: which number a SentencePiece piece has, on the Hindi and on the English side.

Both languages share one model, but English never needs a Devanagari piece. So the pieces that English can need come first, and
the loss and the output layer cover only those. Knows nothing of how the pieces were learnt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import regex

from translator.errors import DwibhashiError

END, UNKNOWN = 0, 1

_DEVANAGARI = regex.compile(r"[\u0900-\u0963\u0966-\u097F]")  # without the danda, which quoted Hindi can bring into English


class VocabularyError(DwibhashiError):
    """A vocabulary that cannot be read; the message names the file and the remedy."""


class Vocabulary:
    """A SentencePiece model and the order of its pieces.

    `size` counts all ids, `pad` is the last of them, and the first `outputs` are those that English can need.
    """

    def __init__(self, model: Path, outputs: int, ids: Sequence[int]) -> None:
        import sentencepiece

        self.model = model
        self._pieces: Any = sentencepiece.SentencePieceProcessor(str(model))
        if self._pieces.get_piece_size() != len(ids):
            raise VocabularyError(
                f"{model} has {self._pieces.get_piece_size()} pieces, its ids are {len(ids)}: use the two files made together."
            )
        self._ids = list(ids)
        self._places = {number: place for place, number in enumerate(ids)}
        self.size = len(ids) + 1
        self.pad = len(ids)
        self.outputs = outputs

    @classmethod
    def load(cls, sentencepiece: Path, ids: Path) -> Vocabulary:
        """Read a SentencePiece model and its vocab.json. Raises VocabularyError naming what is missing."""
        for path in (sentencepiece, ids):
            if not path.is_file():
                raise VocabularyError(f"{path} is missing: write it with `python -m training tokenizer`.")
        described = json.loads(ids.read_text(encoding="utf-8"))
        return cls(sentencepiece, described["N"], described["src_ids"])

    @classmethod
    def of(cls, model: Path) -> Vocabulary:
        """Order the pieces of a SentencePiece model: </s>, <unk>, what English can need, the Devanagari rest, <pad>."""
        import sentencepiece

        pieces: Any = sentencepiece.SentencePieceProcessor(str(model))
        order = ordered(pieces.id_to_piece(place) for place in range(2, pieces.get_piece_size()))
        number = {piece: place for place, piece in enumerate(order)}
        ids = [END, UNKNOWN, *(number[pieces.id_to_piece(place)] for place in range(2, pieces.get_piece_size()))]
        return cls(model, sum(not _DEVANAGARI.search(piece) for piece in order), ids)

    def save(self, ids: Path) -> None:
        """Write vocab.json, which together with the model makes the vocabulary again."""
        described = {"V": self.size, "N": self.outputs, "src_ids": self._ids, "tgt_ids": self._ids}
        ids.write_text(json.dumps(described), encoding="utf-8")

    def write_marian(self, path: Path) -> None:
        """Write the vocabulary as transformers' MarianTokenizer reads it: piece → id, <pad> last."""
        numbers = {piece: number for number, piece in enumerate([*self.pieces(), "<pad>"])}
        path.write_text(json.dumps(numbers, ensure_ascii=False), encoding="utf-8")

    def pieces(self) -> list[str]:
        """The pieces by id, without <pad>."""
        return [self._pieces.id_to_piece(self._places[number]) for number in range(len(self._ids))]

    def encode_source(self, text: str) -> list[int]:
        """Ids of a Hindi sentence, ended by </s>."""
        return [*(self._ids[place] for place in self._pieces.encode(text)), END]

    def encode_target(self, text: str) -> list[int]:
        """Ids of an English sentence, ended by </s>."""
        return self.encode_source(text)

    def split(self, text: str) -> list[str]:
        """The pieces of a text, ▁ for a blank."""
        found: list[str] = self._pieces.encode(text, out_type=str)
        return found

    def decode_target(self, ids: Iterable[int]) -> str:
        """The English of ids, up to the first </s>; <pad> is passed over."""
        places = []
        for number in ids:
            if number == END:
                break
            if number != self.pad:
                places.append(self._places[int(number)])
        return str(self._pieces.decode(places))


def ordered(pieces: Iterable[str]) -> list[str]:
    """</s>, <unk>, the pieces without a Devanagari letter, then the others, each in the order given.

    >>> ordered(["▁घर", "▁house", "।"])
    ['</s>', '<unk>', '▁house', '।', '▁घर']
    """
    given = list(pieces)
    return [
        "</s>",
        "<unk>",
        *(piece for piece in given if not _DEVANAGARI.search(piece)),
        *(piece for piece in given if _DEVANAGARI.search(piece)),
    ]
