"""IndicTrans2 of AI4Bharat, from the languages of India to English, in the CTranslate2 layout of its release.

Layout: ct2_int8_model (or ct2_fp16_model) with model.bin, config.json, source_vocabulary.json and target_vocabulary.json (.txt
in older ones), and vocab/model.SRC and vocab/model.TGT, the SentencePiece models. A folder may be that one, with the two files in
vocab/ or beside model.bin, or the unpacked archive (indic-en-preprint, indic-en-dist), which may have the two under
fairseq_model/vocab alone. Described in the repository AI4Bharat/IndicTrans2: README.md, “CT2 Inference”, and inference/engine.py.
The source is `hin_Deva eng_Latn …`; beam and longest input are theirs, but a longer text is divided by the caller where theirs is
cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sentencepiece

from translator.engines.base import Span, spans_of_pieces
from translator.engines.ct2 import END, CTranslate2Engine, adds_end, first_folder, vocabulary
from translator.engines.indic_text import finish, prepare
from translator.errors import EngineError

HINDI, ENGLISH = "hin_Deva", "eng_Latn"
SOURCE, TARGET = "model.SRC", "model.TGT"
_WEIGHTS = (".", "ct2_int8_model", "ct2_fp16_model", "ct2_model")
_SPELLING = (".", "vocab", "../vocab", "../fairseq_model/vocab")


class IndicTrans2Engine(CTranslate2Engine):
    """A model from Hindi to English. Safe to share between threads."""

    name = "indictrans2"
    longest_input = 160
    reads_at_most = 256

    def __init__(self, folder: Path, beam: int = 5, threads: int | None = None) -> None:
        """Raises EngineError if a part of the model is missing, or it is not one that translates Hindi into English."""
        weights = weights_of(folder)
        if weights is None:
            raise EngineError(
                f"{folder}: no model.bin and config.json there. Unpack the release and name the folder of its model."
            )
        spelling = first_folder(weights, _SPELLING, (SOURCE, TARGET))
        if spelling is None:
            raise EngineError(f"{weights}: no {SOURCE} and {TARGET} there. Copy both from fairseq_model/vocab of the release.")
        unknown = {HINDI, ENGLISH} - vocabulary(weights, "source")
        if unknown:
            raise EngineError(
                f"{weights}: the model does not know {' and '.join(sorted(unknown))}. "
                "Name the model from Indian languages to English (indic-en)."
            )
        self._source = sentencepiece.SentencePieceProcessor(str(spelling / SOURCE))
        self._target = sentencepiece.SentencePieceProcessor(str(spelling / TARGET))
        self._ending = [] if adds_end(weights) else [END]
        super().__init__(folder, weights, beam, threads)

    def _pieces(self, text: str) -> list[str]:
        return [HINDI, ENGLISH, *self._source.encode(prepare(text).text.text, out_type=str), *self._ending]

    def _english(self, pieces: Sequence[str], text: str) -> str:
        return finish(self._target.decode(pieces), prepare(text).kept).text

    def _source_spans(self, text: str) -> tuple[Span, ...] | None:
        prepared = prepare(text).text
        spans = spans_of_pieces(self._source.encode(prepared.text, out_type=str), prepared.text)
        return None if spans is None else ((0, 0), (0, 0), *map(prepared.origin, spans))

    def _target_spans(self, pieces: Sequence[str], text: str) -> tuple[Span, ...] | None:
        said = self._target.decode(pieces)
        spans = spans_of_pieces(pieces, said)
        if spans is None:
            return None
        english = finish(said, prepare(text).kept)
        return tuple(english.result(span) for span in spans)


def weights_of(folder: Path) -> Path | None:
    """The folder that holds model.bin: `folder` itself, or one of the archive's that lies in it."""
    return first_folder(folder, _WEIGHTS, ("model.bin", "config.json"))
