"""The whole recipe on a few pairs: pack, train, export, evaluate. It shows that the parts fit together, not what they can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training import metrics
from training.cleaning import tidy_english, tidy_hindi
from training.config import Config, Evaluation, Paths, Stage
from training.corpus import Pair
from training.evaluate import Report, evaluate
from training.export import Exported, export
from training.metrics import Progress
from training.packed import Packed
from training.packing import packed_pairs
from training.trainer import train
from training.vocabulary import Vocabulary
from training.worker import Limit
from translator.errors import DwibhashiError

_HELD_OUT = 50  # pairs for the evaluation


class SmokeError(DwibhashiError):
    """The parts of the recipe do not fit together, or there is too little to try them on."""


@dataclass(frozen=True)
class Outcome:
    """Training loss at the first and the last report, the exported folders, and the figures on the held-out pairs."""

    first: Progress
    last: Progress
    exported: Exported
    report: Report


def smoke(config: Config, pairs: Sequence[Pair], sentencepiece: Path, limit: Limit, folder: Path) -> Outcome:
    """Train a model of the settings' shape on `pairs` but the last 50, and measure it on those.

    Pairs without a weight have not been cleaned: they are made tidy, and weigh 1. Raises SmokeError if the loss does not fall.
    """
    pairs = [pair if pair.weight else _tidy(pair) for pair in pairs]
    if len(pairs) <= 2 * _HELD_OUT:
        raise SmokeError(f"{len(pairs)} pairs are too few; give at least {2 * _HELD_OUT + 1}.")
    trained_on, held_out = pairs[:-_HELD_OUT], [(pair.hindi, pair.english) for pair in pairs[-_HELD_OUT:]]
    paths = Paths(folder / "packed", sentencepiece, folder / "vocab.json", folder / "run", folder / "eval")
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary.of(sentencepiece)
    vocabulary.save(paths.vocabulary)
    Packed.of(packed_pairs(trained_on, sentencepiece, paths.vocabulary)).save(paths.packed)
    schedule = replace(
        config.schedule, warmup=20, report_steps=5, switched_from=0, stages=(Stage(longest=60, batch=800, batches=1),)
    )
    small = Config(paths, config.model, schedule, Evaluation(validation=(), pinned=_HELD_OUT, longest_output=100))
    state = train(small, limit)
    reports = [record for record in metrics.read(paths.run / metrics.METRICS) if isinstance(record, Progress)]
    if not reports or not reports[-1].likelihood < reports[0].likelihood:
        raise SmokeError(f"the loss has not fallen in {state.step} steps; give the run more time, or look at the optimiser.")
    exported = export(state, vocabulary, folder / "model")
    return Outcome(reports[0], reports[-1], exported, evaluate(exported.ctranslate2, [("held-out", held_out)], small.evaluation))


def _tidy(pair: Pair) -> Pair:
    return replace(pair, hindi=tidy_hindi(pair.hindi), english=tidy_english(pair.english), weight=1.0)
