"""The report of a batch as a page of links, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from translator.batch.ledger import Entry
from translator.batch.values import NONE, Order, Report
from translator.pages import template


@dataclass(frozen=True)
class Link:
    """A brief: the format that its name ends in, and its address from the index."""

    kind: str
    address: str


def write_index(order: Order, entries: Sequence[Entry]) -> bytes:
    """A self-contained page with a link to every brief; those that someone must look at come first."""
    there = [entry for entry in entries if entry.error or all((order.out / output).is_file() for output in entry.outputs)]
    ranked = sorted(there, key=lambda entry: (not entry.error, -entry.figures.errors, -entry.figures.flags, entry.note))
    total = sum((entry.figures for entry in there), NONE)
    made = sorted({entry.made_with for entry in there if not entry.error})
    page = template("index.html").render(
        entries=ranked,
        total=total,
        links=_links,
        made_with=made,
        created=datetime.now(UTC),
        failed=sum(bool(entry.error) for entry in there),
    )
    return page.encode(errors="replace")


def report_as_json(order: Order, report: Report) -> dict[str, Any]:
    """The report, with every note in the order of their names; paths of notes and briefs are relative to the two folders."""
    return {
        "folder": str(order.folder),
        "out": str(order.out),
        "seconds": round(report.seconds, 3),
        **{status: len(report.having(status)) for status in ("translated", "unchanged", "failed")},
        "total": asdict(report.figures),
        "documents": [
            {"note": each.note, "status": each.status, **asdict(each.figures), "outputs": each.outputs, "error": each.error}
            for each in report.outcomes
        ],
        "passed_over": [path.relative_to(order.folder).as_posix() for path in report.passed_over],
    }


def _links(entry: Entry) -> list[Link]:
    return [Link(PurePosixPath(output).suffix[1:], quote(output, errors="surrogateescape")) for output in entry.outputs]
