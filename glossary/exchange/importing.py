"""Bringing a glossary file into the termbase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from glossary.exchange.files import read_entries
from glossary.exchange.planning import Report, plan
from glossary.model import Change, Status, Term
from glossary.store import Store


def import_file(store: Store, path: Path, who: str, why: str = "", status: Status = "draft") -> Report:
    """Bring a file into the termbase; what it rejects stays outside. Doing it again changes nothing."""
    reports: list[Report] = []

    def decide(terms: Callable[[], tuple[Term, ...]]) -> list[Change]:
        reports.append(plan(terms(), read_entries(path), status))
        return [*reports[0].added, *reports[0].changed]

    store.apply(decide, who, why or f"imported from {path.name}")
    return reports[0]
