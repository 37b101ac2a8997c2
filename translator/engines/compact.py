"""The embedded engine: our Marian-format model of a few megabytes, run by CTranslate2 in int8."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece

from translator.engines.base import Attention, Hypothesis, PinStyle, spans_of_pieces
from translator.errors import EngineError

EMBEDDED = Path(__file__).parent.parent / "models" / "compact"
_END = "</s>"
_LARGEST_BATCH, _SMALLEST_BATCH = 1024, 256  # tokens decoded together by one thread
# A small model says too little: with 1, its English is 6 % shorter than people's on the development sets; with 2, 3 %, and chrF++
# rises by 0.5.
_LENGTH_PENALTY = 2.0
_LONGEST_OUTPUT = 256


class CompactEngine:
    """A CTranslate2 folder with its SentencePiece model beside it. Safe to share between threads."""

    name = "compact"
    longest_input = 100  # the model has seen few sentences of more pieces
    # Of the development sets 5 % of the sentences score below it; 42 % of those have a chrF++ below 30, of the others 9 %.
    unsure_below = -0.95
    pin_styles: tuple[PinStyle, ...] = ("tagged", "inline", "aligned", "placeholder")

    def __init__(self, folder: Path = EMBEDDED, beam: int = 4, threads: int | None = None) -> None:
        """Raises EngineError if `folder` does not hold a model."""
        missing = [name for name in ("model.bin", "config.json", "sentencepiece.model") if not (folder / name).is_file()]
        if missing:
            raise EngineError(f"{folder}: no {missing[0]} there. Install dwibhashi again, or name a folder with a model.")
        self._beam = beam
        self._pieces = sentencepiece.SentencePieceProcessor(str(folder / "sentencepiece.model"))
        self._threads = threads or os.cpu_count() or 1
        # One thread a batch: a model this small gains little from two on one sentence, and two that wait for each other in every
        # layer come to a standstill where the machine has other work.
        self._translator = ctranslate2.Translator(
            str(folder), device="cpu", compute_type="int8", inter_threads=self._threads, intra_threads=1
        )
        self.model = "compact-" + hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()[:12]

    def length(self, text: str) -> int:
        return len(self._pieces.encode(text)) + 1

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        sources = [self._pieces.encode(text, out_type=str) for text in texts]
        share = sum(map(len, sources)) // self._threads
        results = self._translator.translate_batch(
            [[*pieces, _END] for pieces in sources],
            beam_size=max(self._beam, nbest),
            num_hypotheses=nbest,
            max_batch_size=min(max(share, _SMALLEST_BATCH), _LARGEST_BATCH),
            batch_type="tokens",
            max_input_length=0,  # nothing is ever cut
            max_decoding_length=_LONGEST_OUTPUT,
            length_penalty=_LENGTH_PENALTY,
            return_scores=True,
            return_attention=attention,
            no_repeat_ngram_size=3 if avoid_repeats else 0,
            use_vmap=True,  # training/output_pieces.py
        )
        return [
            tuple(self._hypothesis(text, result, at, attention) for at in range(len(result.hypotheses)))
            for text, result in zip(texts, results, strict=True)
        ]

    def _hypothesis(self, text: str, result: Any, at: int, attention: bool) -> Hypothesis:
        pieces = result.hypotheses[at]
        decoded = self._pieces.decode(pieces)
        score = result.scores[at] * (len(pieces) + 1) ** (_LENGTH_PENALTY - 1)
        if not attention:
            return Hypothesis(decoded, score)
        source_spans = spans_of_pieces(self._pieces.encode(text, out_type=str), text)
        target_spans = spans_of_pieces(pieces, decoded)
        if source_spans is None or target_spans is None:
            return Hypothesis(decoded, score)
        return Hypothesis(decoded, score, Attention(result.attention[at], source_spans, target_spans))
