"""The learning curve of a run as a picture: the loss of the training and validation sets against target pieces seen."""

from __future__ import annotations

from pathlib import Path

from training.metrics import Progress, Record, Validation, read
from translator.errors import DwibhashiError

_HIGHEST = 7  # the first steps are far above, and tell nothing


class CurveError(DwibhashiError):
    """A run of which nothing can be drawn."""


def draw(log: Path, picture: Path) -> None:
    """Write the picture, SVG or PNG as its name says. Raises CurveError if the metrics hold no step."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    records = _records(log)
    steps = [record for record in records if isinstance(record, Progress)]
    validations = [record for record in records if isinstance(record, Validation)]
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.plot(
        [step.tokens / 1e6 for step in steps], [step.likelihood for step in steps], color="0.7", linewidth=0.8, label="training"
    )
    for name in dict.fromkeys(name for one in validations for name in one.likelihoods):
        shown = [one for one in validations if name in one.likelihoods]
        axes.plot([one.tokens / 1e6 for one in shown], [one.likelihoods[name] for one in shown], linewidth=1.4, label=name)
    axes.set_xlabel("million target pieces")
    axes.set_ylabel("negative log likelihood of a piece")
    axes.set_ylim(top=_HIGHEST)
    axes.grid(color="0.9")
    axes.legend()
    picture.parent.mkdir(parents=True, exist_ok=True)
    # The same metrics make the same file, letter by letter.
    with rc_context({"svg.hashsalt": "curve"}):
        figure.savefig(picture, metadata={"Date": None} if picture.suffix == ".svg" else None)


def _records(log: Path) -> tuple[Record, ...]:
    try:
        records = read(log)
    except (OSError, ValueError, KeyError) as error:
        raise CurveError(f"{log} cannot be read as the metrics of a run: {error}. Name its metrics.jsonl.") from error
    if not any(isinstance(record, Progress) for record in records):
        raise CurveError(f"{log} has no step yet: let the run go on for a while.")
    return records
