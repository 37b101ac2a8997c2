"""The subcommands of `python -m training` that make the data: templates, data, align, tokenizer, pack, register.

Knows arguments and reports; what is done is done by the modules named like the commands.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from training import corpus, heldout, linking, sources, templates, tokenizer
from training.corpus import Pair
from training.gathering import Gathering, Tally
from training.heldout import HeldOut

_NOTES = Path(__file__).with_name("data")
_WORK = Path("work")
_CORPUS = _WORK / "corpus.tsv.zst"


def add_commands(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands; each sets `run`, which takes the arguments."""
    command = _command(subparsers, "templates", _templates, "expand slot templates")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="template files: ## T, ## S, ## slot NAME")
    command.add_argument("--per-template", type=int, default=templates.PER_TEMPLATE, metavar="N", help="expansions of each")
    command.add_argument("--out", type=Path, default=_WORK / "templates.tsv.zst")
    _seed(command)

    command = _command(
        subparsers, "data", _data, "clean and merge collections into a weighted corpus, and say what became of them"
    )
    command.add_argument("collections", nargs="+", type=Path, metavar="COLLECTION", help=".tsv or .tsv.zst, the best first")
    command.add_argument(
        "--notes", type=Path, default=_NOTES, metavar="FOLDER", help="notes written by hand; one in six is held out"
    )
    evaluation = "sets never to be trained on; give the option without a file if there are none"
    command.add_argument("--evaluation", nargs="*", type=Path, required=True, metavar="FILE", help=evaluation)
    command.add_argument("--sources", type=Path, default=sources.SOURCES, help="weights, licences and provenance")
    command.add_argument("--out", type=Path, default=_CORPUS)
    command.add_argument("--json", action="store_true", help="print the report as JSON")

    command = _command(subparsers, "align", _align, "give links and term spans to the sentences that have none (eflomal)")
    command.add_argument("corpus", nargs="?", type=Path, default=_CORPUS)
    command.add_argument("--context", type=int, default=linking.CONTEXT, metavar="N", help="pairs with links to align along")
    command.add_argument("--sources", type=Path, default=sources.SOURCES)
    command.add_argument("--out", type=Path, default=_WORK / "aligned.tsv.zst")
    _seed(command)

    command = _command(subparsers, "tokenizer", _tokenizer, "train the pieces that both languages share")
    command.add_argument("corpus", nargs="?", type=Path, default=_CORPUS)
    command.add_argument("--size", type=int, default=tokenizer.SIZE, metavar="N", help="pieces")
    command.add_argument("--out", type=Path, default=_WORK, metavar="FOLDER")
    _seed(command)

    command = _command(subparsers, "pack", _pack, "turn a corpus into the arrays that the training reads")
    command.add_argument("corpus", nargs="?", type=Path, default=_WORK / "aligned.tsv.zst")
    command.add_argument("--sentencepiece", type=Path, default=_WORK / tokenizer.MODEL)
    command.add_argument("--vocabulary", type=Path, default=_WORK / tokenizer.IDS)
    command.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")
    command.add_argument("--out", type=Path, default=_WORK / "packed", metavar="FOLDER")

    command = _command(subparsers, "register", _register, "write the held-out notes as an evaluation set")
    command.add_argument("--notes", type=Path, default=_NOTES, metavar="FOLDER")
    command.add_argument("--out", type=Path, default=_WORK / "eval" / "register.tsv")


def report(tallies: Mapping[str, Tally]) -> str:
    """The report of the data command as a table: a line a source, those with the most words first, and the sum."""
    total = Tally()
    for tally in tallies.values():
        total.read, total.kept, total.words = total.read + tally.read, total.kept + tally.kept, total.words + tally.words
        total.rejected.update(tally.rejected)
    rows = sorted(tallies.items(), key=lambda row: (-row[1].words, row[0]))
    width = max(map(len, [*tallies, "source"]))
    head = f"{'source':{width}} {'read':>9} {'kept':>9} {'words':>10}  rejected"
    return "\n".join([head, *(_row(name, tally, width) for name, tally in rows), _row("all", total, width)])


def _row(name: str, tally: Tally, width: int) -> str:
    rejected = ", ".join(
        f"{reason} {count}" for reason, count in sorted(tally.rejected.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{name:{width}} {tally.read:9} {tally.kept:9} {tally.words:10}  {rejected}".rstrip()


def _templates(arguments: Namespace) -> None:
    files = [templates.read(path) for path in arguments.files]
    expanded = [templates.expand(file, arguments.seed, arguments.per_template) for file in files]
    corpus.write(arguments.out, chain.from_iterable(expanded))
    counts = Counter(pair.source for pairs in expanded for pair in pairs)
    for source, count in sorted(counts.items()):
        print(f"{source} {count}")


def _data(arguments: Namespace) -> None:
    known = sources.load(arguments.sources)
    held_out = HeldOut(chain(heldout.register(arguments.notes), heldout.evaluation_pairs(arguments.evaluation)))
    gathering = Gathering(known, held_out)
    corpus.write(arguments.out, gathering.keep(_in_order(arguments.collections, arguments.notes)))
    if arguments.json:
        print(json.dumps({name: vars(tally) for name, tally in gathering.tallies.items()}, ensure_ascii=False, indent=1))
    else:
        print(report(gathering.tallies))


def _in_order(collections: list[Path], notes: Path) -> Iterator[Pair]:
    """Corpora with weights first: they stay as they are. Then the notes, then the others as they were given."""
    weighted = [path for path in collections if corpus.is_weighted(path)]
    yield from chain.from_iterable(map(corpus.read, weighted))
    yield from heldout.for_training(notes)
    yield from chain.from_iterable(corpus.read(path) for path in collections if path not in weighted)


def _align(arguments: Namespace) -> None:
    found = linking.LinkReport()
    known = sources.load(arguments.sources)
    corpus.write(arguments.out, linking.link(arguments.corpus, known, found, arguments.seed, arguments.context))
    print(f"linked {found.linked}, of these with term spans {found.with_spans}, dropped {found.dropped}")


def _tokenizer(arguments: Namespace) -> None:
    vocabulary = tokenizer.train(corpus.read_corpus(arguments.corpus), arguments.out, arguments.seed, arguments.size)
    print(f"{vocabulary.size} ids, of these {vocabulary.outputs} for English")


def _pack(arguments: Namespace) -> None:
    from training.packed import Packed  # needs numpy
    from training.packing import packed_pairs

    pairs = corpus.read_corpus(arguments.corpus)
    packed = Packed.of(packed_pairs(pairs, arguments.sentencepiece, arguments.vocabulary, arguments.processes))
    packed.save(arguments.out)
    print(packed.summary())


def _register(arguments: Namespace) -> None:
    print(f"{arguments.out}: {heldout.write_register(arguments.notes, arguments.out)} pairs")
    if not arguments.out.stat().st_size:
        print(f"{arguments.notes} has no held-out notes: add notes to it.", file=sys.stderr)


def _command(subparsers: _SubParsersAction[ArgumentParser], name: str, run: object, does: str) -> ArgumentParser:
    command = subparsers.add_parser(name, help=does, description=does)
    command.set_defaults(run=run)
    return command


def _seed(command: ArgumentParser) -> None:
    command.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same result")
