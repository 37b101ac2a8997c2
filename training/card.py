"""The model card, written from what is known elsewhere: the state, the report of the evaluation, the sources and the settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from training.config import Anchor
from training.evaluate import Report
from training.sources import Sources
from training.states import State

_TEMPLATE = Path(__file__).with_name("card.md.jinja")
_UNKNOWN = "–"
_NONE = ("unknown", "none", "no licence")  # how the table of sources says that no licence was found
_COMMON = 3  # sources that make a licence worth a line


@dataclass(frozen=True)
class DataSummary:
    """How many sources were used, written for this project, without a known licence, and left out.

    `licences` are the common ones of those used, and `others` counts the sources that have another.
    """

    used: int
    own: int
    unlicensed: int
    left_out: int
    licences: tuple[tuple[str, int], ...]
    others: int


def data_summary(sources: Sources) -> DataSummary:
    """The table of sources in a few figures."""
    used = [source for source in sources.listed if not source.unused]
    licences = Counter(source.licence for source in used if not source.licence.startswith(_NONE))
    common = [(licence, count) for licence, count in licences.items() if count >= _COMMON]
    return DataSummary(
        len(used),
        sum(source.own for source in used),
        sum(source.licence.startswith(_NONE) for source in used),
        len(sources.listed) - len(used),
        tuple(sorted(common, key=lambda item: (-item[1], item[0]))),
        licences.total() - sum(count for _, count in common),
    )


def card(state: State, report: Report, sources: Sources, anchors: Sequence[Anchor]) -> str:
    """The card, as Markdown."""
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True, autoescape=False
    )
    parameters = sum(weight.numel() for weight in state.average.values())
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        shape=state.shape,
        state=state,
        millions=f"{parameters / 1e6:.1f}",
        report=report,
        data=data_summary(sources),
        names=[one.name for one in report.sets],
        figures=_figures(report, anchors),
        counts=_counts(report),
        worst=report.sets[-1].worst,
        signatures=sorted({score.signature for one in report.sets for score in (one.bleu, one.chrf, one.chrf2)}),
    )


def _figures(report: Report, anchors: Sequence[Anchor]) -> list[list[str]]:
    """A row for each system: BLEU / chrF++ of each set, a dash where they are not known."""
    own = [f"**{one.bleu.value:.1f} / {one.chrf2.value:.1f}**" for one in report.sets]
    names = [one.name for one in report.sets]
    known = {(anchor.system, anchor.set): f"{anchor.bleu:.1f} / {anchor.chrf2:.1f}" for anchor in anchors}
    systems = dict.fromkeys(anchor.system for anchor in anchors if anchor.set in names)
    others = [[system, *(known.get((system, name), _UNKNOWN) for name in names)] for system in systems]
    return [["**compact (this model)**", *own], *others]


def _counts(report: Report) -> list[list[str]]:
    return [
        ["sentences", *(f"{one.sentences:,}" for one in report.sets)],
        ["chrF", *(f"{one.chrf.value:.1f}" for one in report.sets)],
        ["numbers in digits kept", *(str(one.numbers) for one in report.sets)],
        ["pinned terms kept", *(str(one.terms) for one in report.sets)],
        ["sentences that loop", *(str(one.loops) for one in report.sets)],
    ]
