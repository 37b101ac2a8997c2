"""Models of OPUS-MT, and any other Marian model, converted to CTranslate2.

Layout: model.bin, config.json and shared_vocabulary.json of CTranslate2, with source.spm and target.spm of the release beside
them. ct2-opus-mt-converter and ct2-transformers-converter both make it, the two SentencePiece models copied along; they are
described in CTranslate2's guides on OPUS-MT, Marian and Transformers. Which of them has made it shows in config.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sentencepiece

from translator.engines.base import Span, spans_of_pieces
from translator.engines.ct2 import END, CTranslate2Engine, adds_end
from translator.errors import EngineError

FILES = ("model.bin", "config.json", "source.spm", "target.spm")


class OpusMtEngine(CTranslate2Engine):
    """A converted Marian model. Safe to share between threads."""

    name = "opus-mt"
    longest_input = 100

    def __init__(self, folder: Path, beam: int = 4, threads: int | None = None) -> None:
        """Raises EngineError if a part of the model is missing."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise EngineError(f"{folder}: no {missing[0]} there. Copy it from the release that model.bin was converted from.")
        self._source = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
        self._target = sentencepiece.SentencePieceProcessor(str(folder / "target.spm"))
        self._ending = [] if adds_end(folder) else [END]
        super().__init__(folder, folder, beam, threads)

    def _pieces(self, text: str) -> list[str]:
        return [*self._source.encode(text, out_type=str), *self._ending]

    def _english(self, pieces: Sequence[str], text: str) -> str:
        return str(self._target.decode(pieces))

    def _source_spans(self, text: str) -> tuple[Span, ...] | None:
        return spans_of_pieces(self._source.encode(text, out_type=str), text)

    def _target_spans(self, pieces: Sequence[str], text: str) -> tuple[Span, ...] | None:
        return spans_of_pieces(pieces, self._english(pieces, text))
