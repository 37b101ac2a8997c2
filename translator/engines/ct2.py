"""What the engines that run on CTranslate2 share: decoding, batches, scores, attention, and the name of a model.

How a text becomes pieces, and pieces become English, is the business of each engine; this module never looks into a text.
"""

from __future__ import annotations

import hashlib
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from translator.engines.base import Attention, Hypothesis, PinStyle, Span
from translator.engines.profile import read_profile
from translator.errors import EngineError

END = "</s>"
_LARGEST_BATCH = 1024  # tokens decoded together
_LONGEST_OUTPUT = 256
_WHOLE = 64 * 2**20  # bytes of a model that is read whole to name it
_SAMPLE = 2**20  # bytes of each sample of a larger one


class CTranslate2Engine(ABC):
    """A model of CTranslate2 in memory. Safe to share between threads."""

    name: str
    longest_input: int
    unsure_below = -1.5  # not calibrated: it depends on the model
    # Tags are for models trained on them; the English in place of the Hindi, aligned if it is lost, holds with any.
    pin_styles: tuple[PinStyle, ...] = ("inline", "aligned", "placeholder")
    length_penalty = 1.0
    reads_at_most = 512
    """Pieces that the model has positions for; a longer text is refused, never cut."""
    prefix: tuple[str, ...] = ()
    """What each translation begins with for the model, and not for us."""

    def __init__(self, folder: Path, weights: Path, beam: int, threads: int | None) -> None:
        """Load model.bin in `weights`; the profile is looked for in `folder`. Raises EngineError if either cannot be read."""
        self._beam = beam
        self._threads = threads or os.cpu_count() or 1
        try:
            self._translator = self._load(weights)
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                f"{weights}: CTranslate2 cannot load this model ({error}). Convert it anew: dwibhashi models convert."
            ) from error
        self.model = f"{self.name}-{fingerprint(weights / 'model.bin')}"
        profile = read_profile(folder)
        self.pin_styles = profile.pin_styles or self.pin_styles
        self.unsure_below = self.unsure_below if profile.unsure_below is None else profile.unsure_below

    def _load(self, weights: Path) -> Any:
        """All threads on one batch, in the precision of the file: right for a model whose every layer is work enough."""
        return ctranslate2.Translator(
            str(weights), device="cpu", compute_type="default", inter_threads=1, intra_threads=self._threads
        )

    @abstractmethod
    def _pieces(self, text: str) -> list[str]:
        """What the model is given for `text`, language tags and end included."""

    @abstractmethod
    def _english(self, pieces: Sequence[str], text: str) -> str:
        """What the model has said for `text`."""

    @abstractmethod
    def _source_spans(self, text: str) -> tuple[Span, ...] | None:
        """Where each of `_pieces` stands in `text`, tags and end at an empty place; None if that is not known."""

    @abstractmethod
    def _target_spans(self, pieces: Sequence[str], text: str) -> tuple[Span, ...] | None:
        """Where each of `pieces` stands in what `_english` makes of them; None if that is not known."""

    def length(self, text: str) -> int:
        return len(self._pieces(text))

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        sources = [self._pieces(text) for text in texts]
        for pieces in sources:
            if len(pieces) > self.reads_at_most:
                raise EngineError(
                    f"a text of {len(pieces)} pieces, where this model reads {self.reads_at_most} at most: divide the text."
                )
        results = self._translator.translate_batch(
            sources,
            beam_size=max(self._beam, nbest),
            num_hypotheses=nbest,
            max_batch_size=self._batch_size(sources),
            batch_type="tokens",
            max_input_length=0,  # nothing is ever cut
            max_decoding_length=_LONGEST_OUTPUT,
            length_penalty=self.length_penalty,
            return_scores=True,
            return_attention=attention,
            no_repeat_ngram_size=3 if avoid_repeats else 0,
            target_prefix=[list(self.prefix)] * len(texts) if self.prefix else None,
            use_vmap=True,  # where there is one: training/output_pieces.py
        )
        return [
            tuple(self._hypothesis(text, result, at, attention) for at in range(len(result.hypotheses)))
            for text, result in zip(texts, results, strict=True)
        ]

    def _batch_size(self, sources: Sequence[Sequence[str]]) -> int:
        """Tokens of `sources` that are decoded together."""
        return _LARGEST_BATCH

    def _hypothesis(self, text: str, result: Any, at: int, attention: bool) -> Hypothesis:
        begun = len(self.prefix)
        pieces = result.hypotheses[at][begun:]
        english = self._english(pieces, text)
        # CTranslate2 divides by the length, with the end and the prefix, to the power of the penalty.
        score = result.scores[at] * (begun + len(pieces) + 1) ** self.length_penalty / (len(pieces) + 1)
        source_spans = self._source_spans(text) if attention else None
        target_spans = self._target_spans(pieces, text) if attention else None
        if source_spans is None or target_spans is None:
            return Hypothesis(english, score)
        return Hypothesis(english, score, Attention(result.attention[at][begun:], source_spans, target_spans))


def fingerprint(weights: Path) -> str:
    """Twelve hex digits that tell one file of weights from another: of all its bytes, or of three samples if it is large."""
    size = weights.stat().st_size
    with weights.open("rb") as file:
        if size <= _WHOLE:
            return hashlib.file_digest(file, "sha256").hexdigest()[:12]
        digest = hashlib.sha256(str(size).encode())
        for start in (0, size // 2, size - _SAMPLE):
            file.seek(start)
            digest.update(file.read(_SAMPLE))
        return digest.hexdigest()[:12]


def adds_end(weights: Path) -> bool:
    """Whether CTranslate2 itself ends the source: it does for models converted from Fairseq and Marian, not from transformers."""
    path = weights / "config.json"
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")).get("add_source_eos", False))
    except (OSError, ValueError, AttributeError) as error:
        raise EngineError(f"{path}: cannot be read ({error}). Convert the model anew: dwibhashi models convert.") from error


def vocabulary(weights: Path, side: str) -> frozenset[str]:
    """The pieces that the model knows on one `side`, source or target. Raises EngineError if there is no list of them."""
    for path in (weights / f"{name}_vocabulary.{kind}" for name in (side, "shared") for kind in ("json", "txt")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            return frozenset(json.loads(text) if path.suffix == ".json" else text.split("\n"))
    raise EngineError(f"{weights}: no {side}_vocabulary.json there. Copy the whole folder of the model, not model.bin alone.")


def first_folder(folder: Path, candidates: Iterable[str], names: Sequence[str]) -> Path | None:
    """The first of the `candidates`, given from `folder`, that holds files of all `names`."""
    for candidate in candidates:
        place = folder / candidate
        if all((place / name).is_file() for name in names):
            return place
    return None
