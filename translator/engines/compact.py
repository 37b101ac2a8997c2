"""The embedded engine: our Marian-format model of a few megabytes, run by CTranslate2 in int8.

Layout: model.bin, config.json and shared_vocabulary.json of CTranslate2, sentencepiece.model for both languages, and vmap.txt,
which names the pieces that English may need (written by training/export.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece

from translator.engines.base import PinStyle, Span, spans_of_pieces
from translator.engines.ct2 import END, CTranslate2Engine
from translator.errors import EngineError

EMBEDDED = Path(__file__).parent.parent / "models" / "compact"
_LARGEST_BATCH, _SMALLEST_BATCH = 1024, 256  # tokens decoded together by one thread


class CompactEngine(CTranslate2Engine):
    """A CTranslate2 folder with its SentencePiece model beside it. Safe to share between threads."""

    name = "compact"
    longest_input = 100  # the model has seen few sentences of more pieces
    # Of the development sets 6 % of the sentences score below it; 48 % of those have a chrF++ below 30, of the others 9 %.
    unsure_below = -0.9
    pin_styles: tuple[PinStyle, ...] = ("tagged", "inline", "aligned", "placeholder")
    # A small model says too little: with 1, its English is 6 % shorter than people's on the development sets; with 2, 3 %, and
    # chrF++ rises by 0.5.
    length_penalty = 2.0

    def __init__(self, folder: Path = EMBEDDED, beam: int = 4, threads: int | None = None) -> None:
        """Raises EngineError if `folder` does not hold a model."""
        missing = [name for name in ("model.bin", "config.json", "sentencepiece.model") if not (folder / name).is_file()]
        if missing:
            raise EngineError(f"{folder}: no {missing[0]} there. Install dwibhashi again, or name a folder with a model.")
        self._sentencepiece = sentencepiece.SentencePieceProcessor(str(folder / "sentencepiece.model"))
        super().__init__(folder, folder, beam, threads)

    def _load(self, weights: Path) -> Any:
        # One thread a batch: a model this small gains little from two on one sentence, and two that wait for each other in every
        # layer come to a standstill where the machine has other work.
        return ctranslate2.Translator(
            str(weights), device="cpu", compute_type="int8", inter_threads=self._threads, intra_threads=1
        )

    def _batch_size(self, sources: Sequence[Sequence[str]]) -> int:
        share = sum(map(len, sources)) // self._threads
        return min(max(share, _SMALLEST_BATCH), _LARGEST_BATCH)

    def _pieces(self, text: str) -> list[str]:
        return [*self._sentencepiece.encode(text, out_type=str), END]

    def _english(self, pieces: Sequence[str], text: str) -> str:
        return str(self._sentencepiece.decode(pieces))

    def _source_spans(self, text: str) -> tuple[Span, ...] | None:
        return spans_of_pieces(self._sentencepiece.encode(text, out_type=str), text)

    def _target_spans(self, pieces: Sequence[str], text: str) -> tuple[Span, ...] | None:
        return spans_of_pieces(pieces, self._english(pieces, text))
