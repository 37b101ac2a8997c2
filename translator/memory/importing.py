"""Bringing a TMX file into the memory: what it would change, said before it is done, and the doing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from glossary.exchange.planning import Rejection
from translator.memory.store import Memory
from translator.memory.tmx import read_tmx
from translator.memory.values import Outcome, Remembered, context_key, source_key


@dataclass(frozen=True)
class Replacement:
    """A segment of the memory whose English a file replaces."""

    place: str
    before: Remembered
    after: Remembered


@dataclass
class Report:
    """What a file adds, leaves as it is, replaces, and cannot bring in; `left_out` says where inline codes were not taken."""

    added: int = 0
    unchanged: int = 0
    replaced: list[Replacement] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)


def plan_import(memory: Memory, path: Path) -> Report:
    """What `import_tmx` would do now. Nothing is changed."""
    return _report(path, memory.outcomes)


def import_tmx(memory: Memory, path: Path, who: str) -> Report:
    """Bring a TMX file into the memory, all of it that can be had or nothing; doing it again changes nothing.

    Of several translations of one sentence in one context the newest counts, or else the last. It replaces what the memory holds,
    unless that was approved later. `who` is whose approval it is where the file does not say.
    """
    return _report(path, lambda segments: memory.remember_all(segments, who))


@dataclass(frozen=True)
class _Winner:
    """The unit of a file that counts for a sentence in a context."""

    position: int
    place: str
    at: str
    target: int  # its hash: a file may be large


def _report(path: Path, bring: Callable[[Iterable[Remembered]], list[Outcome]]) -> Report:
    """Read the file twice, so as not to hold it: which unit counts for a sentence is known only at its end."""
    report = Report()
    winners = _winners(path)
    taken: list[str] = []

    def segments() -> Iterator[Remembered]:
        for position, unit in enumerate(read_tmx(path)):
            if unit.segment is None:
                report.rejected.append(Rejection(unit.place, unit.problem))
                continue
            winner = winners[_key(unit.segment)]
            if position == winner.position:
                if unit.left_out:
                    report.left_out[unit.place] = unit.left_out
                taken.append(unit.place)
                yield unit.segment
            elif hash(unit.segment.target) == winner.target:
                report.unchanged += 1
            else:
                reason = f"{winner.place} has a newer translation of this sentence in this context."
                report.rejected.append(Rejection(unit.place, reason))

    for place, outcome in zip(taken, bring(segments()), strict=True):
        _tell(report, place, outcome)
    report.rejected.sort(key=lambda rejection: int(rejection.place.split()[-1]))
    return report


def _winners(path: Path) -> dict[str, _Winner]:
    winners: dict[str, _Winner] = {}
    for position, unit in enumerate(read_tmx(path)):
        if segment := unit.segment:
            key = _key(segment)
            if key not in winners or segment.at >= winners[key].at:
                winners[key] = _Winner(position, unit.place, segment.at, hash(segment.target))
    return winners


def _key(segment: Remembered) -> str:
    return source_key(segment.source) + context_key(segment.context)


def _tell(report: Report, place: str, outcome: Outcome) -> None:
    if outcome.kind == "added":
        report.added += 1
    elif outcome.before is None or outcome.after is None:
        report.unchanged += 1
    elif outcome.kind == "replaced":
        report.replaced.append(Replacement(place, outcome.before, outcome.after))
    else:
        reason = f"the memory has a newer translation of this sentence, {outcome.before.target!r} of {outcome.before.at}."
        report.rejected.append(Rejection(place, reason))
