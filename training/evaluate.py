"""How good a model is: BLEU, chrF and chrF++ with their signatures, numbers and terms kept, and loops.

It is the engine alone that is measured: nothing is tried twice, nothing repaired.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import regex

from glossary.agreed import built_in
from glossary.matcher import Matcher
from hindi import numbers
from training.config import Evaluation
from translator.canonical import canonical
from translator.checks.surface import repetition
from translator.engines.ct2 import fingerprint
from translator.errors import DwibhashiError
from translator.pinning import tagged_source
from translator.quantities import quantities_kept
from translator.values import Pin

_BATCH = 2048  # tokens
_SHORT = range(6, 17)  # words of a sentence that shows a fault and can be read in a table
_WORST = 3  # sentences
_TAG = regex.compile(r"\s*</?pin>\s*")


class EvaluationError(DwibhashiError):
    """A model or a report that cannot be read."""


@dataclass(frozen=True)
class Score:
    """A figure and the signature that tells how it was computed (Post 2018)."""

    value: float
    signature: str


@dataclass(frozen=True)
class Kept:
    """How many of those that should be in the English are."""

    kept: int
    wanted: int

    @property
    def share(self) -> float:
        """0 where there were none."""
        return self.kept / self.wanted if self.wanted else 0.0

    def __str__(self) -> str:
        return f"{self.kept:,} of {self.wanted:,} ({self.share:.1%})"


@dataclass(frozen=True)
class Example:
    """A sentence as it came out, and as a person translated it."""

    hindi: str
    english: str
    reference: str


@dataclass(frozen=True)
class SetScores:
    """A model on one set. `terms` are agreed terms, pinned with tags; `loops` counts sentences that repeat themselves; `worst`
    are the short sentences that came out worst."""

    name: str
    sentences: int
    bleu: Score
    chrf: Score
    chrf2: Score
    numbers: Kept
    terms: Kept
    loops: int
    worst: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Report:
    """A model on all sets, and how it was decoded."""

    model: str
    beam: int
    length_penalty: float
    sets: tuple[SetScores, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_report(path: Path) -> Report:
    """What `evaluate --json` has printed. Raises EvaluationError."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        sets = tuple(
            SetScores(
                **{
                    **one,
                    **{name: Score(**one[name]) for name in ("bleu", "chrf", "chrf2")},
                    **{name: Kept(**one[name]) for name in ("numbers", "terms")},
                    "worst": tuple(Example(**example) for example in one.get("worst", ())),
                }
            )
            for one in values.pop("sets")
        )
        return Report(**values, sets=sets)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path} is no report: write it with `python -m training evaluate … --json`.") from error


class Decoder:
    """A CTranslate2 folder with its SentencePiece model, decoding as the settings say."""

    def __init__(self, folder: Path, settings: Evaluation) -> None:
        import ctranslate2
        import sentencepiece

        missing = [name for name in ("model.bin", "sentencepiece.model") if not (folder / name).is_file()]
        if missing:
            raise EvaluationError(
                f"{folder}: no {missing[0]} there; name the ct2 folder that `python -m training export` writes."
            )
        self.model = f"compact-{fingerprint(folder / 'model.bin')}"
        self._settings = settings
        self._pieces: Any = sentencepiece.SentencePieceProcessor(str(folder / "sentencepiece.model"))
        self._translator = ctranslate2.Translator(
            str(folder), device="cpu", compute_type="int8", inter_threads=os.cpu_count() or 1, intra_threads=1
        )
        self._mapped = (folder / "vmap.txt").is_file()

    def translate(self, texts: Sequence[str]) -> list[str]:
        """The best English for each text."""
        results = self._translator.translate_batch(
            [[*self._pieces.encode(canonical(text), out_type=str), "</s>"] for text in texts],
            beam_size=self._settings.beam,
            length_penalty=self._settings.length_penalty,
            max_decoding_length=self._settings.longest_output,
            max_batch_size=_BATCH,
            batch_type="tokens",
            max_input_length=0,
            use_vmap=self._mapped,
        )
        return [self._pieces.decode(result.hypotheses[0]) for result in results]


def evaluate(folder: Path, sets: Sequence[tuple[str, Sequence[tuple[str, str]]]], settings: Evaluation) -> Report:
    """Translate each set, a name and its pairs, and count. Raises EvaluationError if `folder` holds no model."""
    decoder = Decoder(folder, settings)
    scored = tuple(_scores(decoder, name, pairs, settings.pinned) for name, pairs in sets)
    return Report(decoder.model, settings.beam, settings.length_penalty, scored)


def _scores(decoder: Decoder, name: str, pairs: Sequence[tuple[str, str]], pinned: int) -> SetScores:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    sources, references = [pair[0] for pair in pairs], [[pair[1] for pair in pairs]]
    english = decoder.translate(sources)

    def score(metric: Any) -> Score:
        value = float(metric.corpus_score(english, references).score)
        return Score(value, str(metric.get_signature()))

    return SetScores(
        name,
        len(pairs),
        score(BLEU()),
        score(CHRF()),
        score(CHRF(word_order=2)),
        numbers_kept(sources, english),
        terms_kept(decoder, sources, pinned),
        sum(bool(repetition(source, target)) for source, target in zip(sources, english, strict=True)),
        worst(pairs, english),
    )


def worst(pairs: Sequence[tuple[str, str]], english: Sequence[str]) -> tuple[Example, ...]:
    """The short sentences whose English has the lowest chrF, the worst first."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    short = [
        Example(hindi, target, reference)
        for (hindi, reference), target in zip(pairs, english, strict=True)
        if len(hindi.split()) in _SHORT
    ]
    return tuple(sorted(short, key=lambda one: metric.sentence_score(one.english, [one.reference]).score)[:_WORST])


def numbers_kept(sources: Sequence[str], english: Sequence[str]) -> Kept:
    """Numbers that the Hindi writes in digits, against those that its English has lost or changed.

    >>> numbers_kept(["8 बजे 24 लोग आए।"], ["24 people came at 9."])
    Kept(kept=1, wanted=2)
    """
    wanted = sum(number.digits for source in sources for number in numbers.find(source))
    lost = sum(
        flag.source_span is not None
        for source, target in zip(sources, english, strict=True)
        for flag in quantities_kept(source, target)
    )
    return Kept(max(0, wanted - lost), wanted)


def terms_kept(decoder: Decoder, sources: Sequence[str], count: int) -> Kept:
    """Built-in terms, pinned with tags in the first `count` sentences that have any: how many come out as told."""
    matcher = Matcher(built_in().terms)
    texts: list[str] = []
    terms: list[list[str]] = []
    for source in sources:
        if len(texts) == count:
            break
        if matches := matcher.find(source):
            pins = [Pin(match.start, match.end, match.english, match.term) for match in matches]
            texts.append(tagged_source(source, pins).text)
            terms.append([pin.target for pin in pins])
    found = zip(decoder.translate(texts), terms, strict=True)
    return Kept(sum(_found(target, wanted) for target, wanted in found), sum(map(len, terms)))


def _found(target: str, wanted: Sequence[str]) -> int:
    """How many of the terms stand in the English as often as they should."""
    text = _TAG.sub(" ", target)
    return sum(
        min(times, len(regex.findall(rf"(?<!\w){regex.escape(term)}(?!\w)", text))) for term, times in Counter(wanted).items()
    )
