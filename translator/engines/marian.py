"""Marian models through transformers and torch: Helsinki-NLP/opus-mt-hi-en, or any folder in that layout.

Layout: config.json, weights (model.safetensors or pytorch_model.bin), vocab.json, source.spm and target.spm, and
tokenizer_config.json; described in transformers' documentation of MarianMT. Converted to CTranslate2 in float32, the same weights
say the same and are two to three times faster (translator.engines.opus_mt); here a model runs as it is. Extra `[transformers]`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from translator.engines.base import Attention, Hypothesis, PinStyle, spans_of_pieces
from translator.engines.profile import read_profile
from translator.errors import EngineError

_LARGEST_BATCH = 2048  # pieces, padding counted
_LONGEST_OUTPUT = 256
_WITHOUT_EXTRA = "The marian engine needs transformers and torch: pip install 'dwibhashi[transformers]'."


class MarianEngine:
    """A model in a folder, or by its name on the hub."""

    name = "marian"
    longest_input = 100
    unsure_below = -1.5  # not calibrated: it depends on the model
    # Tags are for models trained on them; the English in place of the Hindi, aligned if it is lost, holds with any.
    pin_styles: tuple[PinStyle, ...] = ("inline", "aligned", "placeholder")

    def __init__(
        self, folder: str | Path, beam: int = 4, pin_styles: tuple[PinStyle, ...] | None = None, threads: int | None = None
    ) -> None:
        """Raises EngineError if the extra is not installed or `folder` holds no Marian model.

        `threads` is for all of torch: it has one setting for the whole process.
        """
        try:
            import torch
            from transformers import MarianMTModel, MarianTokenizer
        except ImportError as error:
            raise EngineError(_WITHOUT_EXTRA) from error
        try:
            self._tokenizer = MarianTokenizer.from_pretrained(str(folder))
            self._model = MarianMTModel.from_pretrained(str(folder), attn_implementation="eager")
        except (OSError, TypeError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise EngineError(
                f"{folder}: no Marian model there ({reason}). Name a folder with config.json and its weights."
            ) from error
        self._model.train(False)
        self._model.generation_config.max_length = None  # max_new_tokens says it
        self._torch = torch
        if threads:
            torch.set_num_threads(threads)
        self._beam = beam
        profile = read_profile(Path(folder))
        self.pin_styles = pin_styles or profile.pin_styles or self.pin_styles
        self.unsure_below = self.unsure_below if profile.unsure_below is None else profile.unsure_below
        digest = hashlib.sha256(self._model.state_dict()["final_logits_bias"].numpy().tobytes()).hexdigest()
        self.model = f"marian-{Path(folder).name}-{digest[:8]}"

    def length(self, text: str) -> int:
        return len(self._tokenizer(text)["input_ids"])

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        longest, most = max(map(self.length, texts), default=0), self._model.config.max_position_embeddings
        if longest > most:
            raise EngineError(f"a text of {longest} pieces, where this model reads {most} at most: divide the text.")
        results: dict[int, tuple[Hypothesis, ...]] = {}
        with self._torch.inference_mode():
            for batch in self._batches(texts):
                for at, hypotheses in zip(
                    batch, self._batch([texts[at] for at in batch], nbest, attention, avoid_repeats), strict=True
                ):
                    results[at] = hypotheses
        return [results[at] for at in range(len(texts))]

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Numbers of texts of like length, as many as fit."""
        lengths = [self.length(text) for text in texts]
        batch: list[int] = []
        for at in sorted(range(len(texts)), key=lambda at: lengths[at]):
            if batch and lengths[at] * (len(batch) + 1) > _LARGEST_BATCH:
                yield batch
                batch = []
            batch.append(at)
        if batch:
            yield batch

    def _batch(self, texts: Sequence[str], nbest: int, attention: bool, avoid_repeats: bool) -> list[tuple[Hypothesis, ...]]:
        inputs = self._tokenizer(list(texts), return_tensors="pt", padding=True)
        beam = max(self._beam, nbest)
        output = self._model.generate(
            **inputs,
            num_beams=beam,
            num_return_sequences=nbest,
            early_stopping=beam > 1,  # as CTranslate2 does: when as many translations are complete as the beam is wide
            max_new_tokens=_LONGEST_OUTPUT,
            no_repeat_ngram_size=3 if avoid_repeats else 0,
            return_dict_in_generate=True,
            output_scores=True,
        )
        english = self._tokenizer.batch_decode(output.sequences, skip_special_tokens=True)
        looked = self._attention(inputs, output.sequences, nbest) if attention else [None] * len(english)
        scores = output.sequences_scores if beam > 1 else self._greedy_scores(output)
        hypotheses = []
        for at, text in enumerate(english):
            source = texts[at // nbest]
            weights = None if looked[at] is None else self._aligned(source, text, output.sequences[at], looked[at])
            hypotheses.append(Hypothesis(text, float(scores[at]), weights))
        return [tuple(hypotheses[at : at + nbest]) for at in range(0, len(hypotheses), nbest)]

    def _greedy_scores(self, output: Any) -> Any:
        """The mean log probability of a piece, which transformers reckons for beams alone."""
        model: Any = self._model
        scores = model.compute_transition_scores(output.sequences, output.scores, normalize_logits=True)
        said = output.sequences[:, 1:] != self._model.config.pad_token_id
        return scores.masked_fill(~said, 0.0).sum(dim=1) / said.sum(dim=1)

    def _attention(self, inputs: Any, sequences: Any, nbest: int) -> list[Any]:
        """Cross attention of the last layer, heads averaged, for each hypothesis: the model reads its own output once more."""
        encoded = {name: value.repeat_interleave(nbest, dim=0) for name, value in inputs.items()}
        output = self._model(**encoded, decoder_input_ids=sequences[:, :-1], output_attentions=True)
        return list(output.cross_attentions[-1].mean(dim=1))

    def _aligned(self, source: str, english: str, sequence: Any, weights: Any) -> Attention | None:
        """The attention of the pieces that spell `english`; None if they spell it otherwise."""
        source_pieces = self._tokenizer.convert_ids_to_tokens(self._tokenizer(source)["input_ids"])[:-1]
        target_pieces = self._tokenizer.convert_ids_to_tokens(sequence[1:])
        special = set(self._tokenizer.all_special_tokens)
        kept = [at for at, piece in enumerate(target_pieces) if piece not in special]
        source_spans = spans_of_pieces(source_pieces, source)
        target_spans = spans_of_pieces([target_pieces[at] for at in kept], english)
        if source_spans is None or target_spans is None:
            return None
        rows: list[list[float]] = [weights[at, : len(source_pieces)].tolist() for at in kept]
        return Attention(rows, source_spans, target_spans)
