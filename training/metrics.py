"""How a run goes: figures of its steps and of the validation sets, one JSON object a line, and the line that a person reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

METRICS = "metrics.jsonl"

_STEP = re.compile(r"step (\d+) tok ([\d.]+)M loss ([\d.]+) nll ([\d.]+) ga ([\d.]+) lr (\S+) tok/s (\d+) min ([\d.]+)")
_DEV = re.compile(r"\s*DEV nll (.+)")


@dataclass(frozen=True)
class Progress:
    """Means over the steps since the last report; `left` is in minutes, None where no end is known."""

    step: int
    tokens: float
    """Target pieces seen so far."""
    loss: float
    likelihood: float
    """Negative log likelihood of a target piece, in nats."""
    alignment: float
    rate: float
    per_second: float
    """Target pieces a second, of all processes."""
    minutes: float
    left: float | None = None

    def __str__(self) -> str:
        left = "" if self.left is None else f", {self.left:.0f} min left"
        return (
            f"step {self.step:,}  {self.tokens / 1e6:.2f} M pieces  loss {self.loss:.3f}  nll {self.likelihood:.3f}  "
            f"alignment {self.alignment:.3f}  rate {self.rate:.1e}  {self.per_second:,.0f} pieces/s  "
            f"{self.minutes:.1f} min{left}"
        )


@dataclass(frozen=True)
class Validation:
    """Negative log likelihood of a target piece in each validation set."""

    step: int
    tokens: float
    likelihoods: Mapping[str, float]

    def __str__(self) -> str:
        return "  validation nll: " + ", ".join(f"{name} {value:.3f}" for name, value in self.likelihoods.items())


Record = Progress | Validation


def append(record: Record, run: Path) -> None:
    """Add a record to the metrics of a run."""
    with (run / METRICS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record)) + "\n")


def read(path: Path) -> tuple[Record, ...]:
    """The records of metrics.jsonl, or of the log of the first training scripts, in order.

    Where a run went on from an earlier state, what had come after that state is left out: it is in no model.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    found = _from_json(lines) if lines and lines[0].startswith("{") else _from_log(lines)
    records: list[Record] = []
    for record in found:
        while records and records[-1].tokens > record.tokens:
            records.pop()
        records.append(record)
    return tuple(records)


def _from_json(lines: Iterable[str]) -> Iterator[Record]:
    for line in lines:
        values = json.loads(line)
        yield Validation(**values) if "likelihoods" in values else Progress(**values)


def _from_log(lines: Iterable[str]) -> Iterator[Record]:
    step, tokens = 0, 0.0
    for line in lines:
        if found := _STEP.match(line):
            step, tokens = int(found[1]), float(found[2]) * 1e6
            yield Progress(step, tokens, *(float(found[at]) for at in range(3, 9)))
        elif found := _DEV.match(line):
            words = found[1].split()
            yield Validation(step, tokens, dict(zip(words[::2], map(float, words[1::2]), strict=True)))
