"""NLLB-200 of Meta, converted to CTranslate2: two hundred languages, of which Hindi and English are used here.

Layout: what ct2-transformers-converter makes of facebook/nllb-200-distilled-600M and its larger sisters (model.bin, config.json,
shared_vocabulary.json), with sentencepiece.bpe.model of the release beside it; some repositories name that file
flores200_sacrebleu_tokenizer_spm.model. Described in CTranslate2's guide on Transformers. The source is `hin_Deva …</s>`, the
English `eng_Latn …</s>`, as NLLB's authors have it (arXiv 2207.04672), and transformers too where its `legacy_behaviour` is off.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sentencepiece

from translator.engines.base import Span, spans_of_pieces
from translator.engines.ct2 import END, CTranslate2Engine, adds_end, vocabulary
from translator.errors import EngineError

HINDI, ENGLISH = "hin_Deva", "eng_Latn"
SENTENCEPIECE = ("sentencepiece.bpe.model", "flores200_sacrebleu_tokenizer_spm.model")


class NllbEngine(CTranslate2Engine):
    """A converted NLLB model. Safe to share between threads."""

    name = "nllb"
    longest_input = 150  # it was trained on sentences, and leaves parts of longer texts out
    reads_at_most = 1024
    prefix = (ENGLISH,)

    def __init__(self, folder: Path, beam: int = 4, threads: int | None = None) -> None:
        """Raises EngineError if a part of the model is missing, or it does not know Hindi and English by NLLB's tags."""
        spelling = next((folder / name for name in SENTENCEPIECE if (folder / name).is_file()), None)
        missing = [name for name in ("model.bin", "config.json") if not (folder / name).is_file()]
        if missing or spelling is None:
            raise EngineError(f"{folder}: no {[*missing, SENTENCEPIECE[0]][0]} there. Copy it from the release of the model.")
        unknown = {HINDI, ENGLISH} - vocabulary(folder, "source")
        if unknown:
            raise EngineError(
                f"{folder}: the model does not know {' and '.join(sorted(unknown))}. Name a folder with a model of NLLB-200."
            )
        self._sentencepiece = sentencepiece.SentencePieceProcessor(str(spelling))
        self._ending = [] if adds_end(folder) else [END]
        super().__init__(folder, folder, beam, threads)

    def _pieces(self, text: str) -> list[str]:
        return [HINDI, *self._sentencepiece.encode(text, out_type=str), *self._ending]

    def _english(self, pieces: Sequence[str], text: str) -> str:
        return str(self._sentencepiece.decode(pieces))

    def _source_spans(self, text: str) -> tuple[Span, ...] | None:
        spans = spans_of_pieces(self._sentencepiece.encode(text, out_type=str), text)
        return None if spans is None else ((0, 0), *spans)

    def _target_spans(self, pieces: Sequence[str], text: str) -> tuple[Span, ...] | None:
        return spans_of_pieces(pieces, self._english(pieces, text))
