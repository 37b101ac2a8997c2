"""The subcommands of `python -m training` that make the model: train, average, export, evaluate, card, curve, embedded, smoke.

Knows arguments and reports; what is done is done by the modules named like the commands.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace, _SubParsersAction
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from training import config, processor

if TYPE_CHECKING:
    from training.evaluate import Report
    from training.vocabulary import Vocabulary

_EMBEDDED = Path(__file__).parent.parent / "translator" / "models" / "compact"
_NOTES = Path(__file__).with_name("data")


def add_commands(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands; each sets `run`, which takes the arguments."""
    command = _command(subparsers, "train", _train, "start a run, or go on with the one in the run's folder")
    command.add_argument("--minutes", type=float, help="end after so many minutes")
    command.add_argument("--steps", type=int, help="end after so many steps; the same seed then gives the same weights")
    command.add_argument("--decay", type=float, metavar="SHARE", help="the last share of the run over which the rates fall")
    _settings(command)

    command = _command(subparsers, "average", _average, "one state from several: the weighted mean of their moving averages")
    command.add_argument("states", nargs="+", type=Path, metavar="STATE")
    command.add_argument("--shares", nargs="+", type=float, help="the share of each state; even if left out")
    command.add_argument("--out", type=Path, required=True, metavar="STATE")

    command = _command(subparsers, "export", _export, "write a state as a transformers folder and a CTranslate2 int8 folder")
    command.add_argument("out", type=Path, metavar="FOLDER", help="the transformers folder; CTranslate2's is FOLDER/ct2")
    _state(command)
    _settings(command)

    command = _command(subparsers, "evaluate", _evaluate, "measure a CTranslate2 folder on test sets")
    command.add_argument("folder", type=Path, metavar="CT2")
    command.add_argument("sets", nargs="*", type=Path, metavar="SET.tsv", help="hindi<TAB>english; the settings' if left out")
    command.add_argument("--limit", type=int, metavar="N", help="only the first N sentences of each set")
    command.add_argument("--json", action="store_true", help="print a report that the card can be made of")
    _settings(command)

    command = _command(subparsers, "card", _card, "write the model card")
    command.add_argument("report", type=Path, metavar="REPORT.json", help="what `evaluate --json` has printed")
    command.add_argument("--sources", type=Path, help="the table of sources, if not training/sources.yaml")
    command.add_argument("--out", type=Path, metavar="CARD.md", help="standard output if left out")
    _state(command)
    _settings(command)

    command = _command(subparsers, "curve", _curve, "draw the learning curve of a run")
    command.add_argument("metrics", nargs="?", type=Path, help="metrics.jsonl or a log; those of the run's folder if left out")
    command.add_argument("--out", type=Path, default=Path("docs/learning-curve.svg"), metavar="PICTURE", help=".svg or .png")
    _settings(command)

    command = _command(subparsers, "embedded", _embedded, "the embedded model back into a state that a run can go on from")
    command.add_argument("out", type=Path, metavar="STATE")
    command.add_argument("tokens", type=float, help="target pieces that it counts as having seen")

    command = _command(subparsers, "smoke", _smoke, "the whole recipe on 2,000 pairs, in a folder that is removed again")
    command.add_argument("corpus", nargs="?", type=Path, help="a corpus; the notes of training/data if left out")
    command.add_argument("--pairs", type=int, default=2000, metavar="N")
    command.add_argument("--minutes", type=float, default=1.5, help="of training")
    command.add_argument("--sentencepiece", type=Path, default=_EMBEDDED / "sentencepiece.model")
    _settings(command)


def _train(arguments: Namespace) -> None:
    from training.trainer import train
    from training.worker import STOP, Limit

    settings = config.load(arguments.config)
    if arguments.decay is not None:
        settings = replace(settings, schedule=replace(settings.schedule, decay=arguments.decay))
    print(f"weights in {str(processor.working_type()).removeprefix('torch.')}, settings of {arguments.config}")
    if advice := processor.advice():
        print(advice, file=sys.stderr)
    settings.paths.run.mkdir(parents=True, exist_ok=True)
    stop = settings.paths.run / STOP
    print(f"touch {stop} to end the run; it is saved then, and every {settings.schedule.save_minutes:g} minutes", flush=True)

    def end(number: int, frame: FrameType | None) -> None:
        stop.touch()

    before = [(number, signal.signal(number, end)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        state = train(settings, Limit(arguments.minutes, arguments.steps))
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    print(f"{settings.paths.run}: step {state.step:,}, {state.tokens / 1e6:.2f} M target pieces")


def _average(arguments: Namespace) -> None:
    from training.averaging import average
    from training.states import read_state, write_state

    shares = arguments.shares or [1.0] * len(arguments.states)
    write_state(average([read_state(path) for path in arguments.states], shares), arguments.out)


def _export(arguments: Namespace) -> None:
    from training.export import export
    from training.states import read_state

    settings = config.load(arguments.config)
    exported = export(read_state(arguments.state or _last(settings)), _vocabulary(settings), arguments.out)
    print(f"{exported.marian}, {exported.ctranslate2}: largest logit difference {exported.difference:.1e}")


def _evaluate(arguments: Namespace) -> None:
    from training.evaluate import evaluate
    from training.validation import read_set

    settings = config.load(arguments.config)
    places = arguments.sets or [settings.paths.evaluation / f"{name}.tsv" for name in settings.evaluation.sets]
    sets = [(place.stem, read_set(place.parent, place.stem, arguments.limit)) for place in places]
    report = evaluate(arguments.folder, sets, settings.evaluation)
    print(json.dumps(report.as_json(), indent=1) if arguments.json else _table(report))


def _table(report: Report) -> str:
    rows = [f"{report.model}, beam {report.beam}, length penalty {report.length_penalty:g}"]
    width = max((len(one.name) for one in report.sets), default=0)
    rows += [
        f"{one.name:{width}}  {one.sentences:5,} sentences  BLEU {one.bleu.value:.1f}  chrF {one.chrf.value:.1f}  "
        f"chrF++ {one.chrf2.value:.1f}  numbers {one.numbers}  terms {one.terms}  loops {one.loops}"
        for one in report.sets
    ]
    return "\n".join([*rows, *sorted({score.signature for one in report.sets for score in (one.bleu, one.chrf, one.chrf2)})])


def _card(arguments: Namespace) -> None:
    from training import sources
    from training.card import card
    from training.evaluate import read_report
    from training.states import read_state

    settings = config.load(arguments.config)
    state = read_state(arguments.state or _last(settings))
    known = sources.load(arguments.sources or sources.SOURCES)
    text = card(state, read_report(arguments.report), known, settings.evaluation.anchors)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


def _curve(arguments: Namespace) -> None:
    from training.curve import draw
    from training.metrics import METRICS

    draw(arguments.metrics or config.load(arguments.config).paths.run / METRICS, arguments.out)
    print(arguments.out)


def _embedded(arguments: Namespace) -> None:
    from training.embedded import main

    main(arguments.out, arguments.tokens)


def _smoke(arguments: Namespace) -> None:
    from training import corpus, heldout
    from training.smoke import smoke
    from training.worker import Limit

    read = corpus.read(arguments.corpus) if arguments.corpus else heldout.for_training(_NOTES)
    pairs = list(islice(read, arguments.pairs))
    with tempfile.TemporaryDirectory() as folder:
        settings = config.load(arguments.config)
        outcome = smoke(settings, pairs, arguments.sentencepiece, Limit(minutes=arguments.minutes), Path(folder))
    print(f"nll {outcome.first.likelihood:.2f} → {outcome.last.likelihood:.2f}, logits {outcome.exported.difference:.1e} apart")
    print(_table(outcome.report))


def _command(subparsers: _SubParsersAction[ArgumentParser], name: str, run: object, does: str) -> ArgumentParser:
    command = subparsers.add_parser(name, help=does, description=does)
    command.set_defaults(run=run)
    return command


def _settings(command: ArgumentParser) -> None:
    command.add_argument("--config", type=Path, default=config.DEFAULT, metavar="FILE", help="settings (YAML)")


def _state(command: ArgumentParser) -> None:
    command.add_argument("--state", type=Path, metavar="STATE", help="the last of the run's folder if left out")


def _last(settings: config.Config) -> Path:
    from training.states import STATE

    return settings.paths.run / STATE


def _vocabulary(settings: config.Config) -> Vocabulary:
    from training.vocabulary import Vocabulary

    return Vocabulary.load(settings.paths.sentencepiece, settings.paths.vocabulary)
