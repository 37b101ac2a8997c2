"""Reading a glossary from a CSV table, and the table that comes with the product."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from importlib import resources
from io import StringIO
from typing import get_args

import regex

from glossary.errors import GlossaryError
from glossary.model import Kind, Term
from hindi.fold import fold

COLUMNS = ("hindi", "english", "acronym", "kind", "variants", "domain", "note", "source")
_DEVANAGARI = regex.compile(r"\p{Deva}")


@dataclass(frozen=True)
class Glossary:
    """Terms in the order of their table; `version` names exactly this content."""

    terms: tuple[Term, ...]
    version: str


def built_in() -> Glossary:
    """The glossary that comes with the product."""
    table = resources.files("glossary").joinpath("data/builtin.csv").read_text(encoding="utf-8")
    return read_csv(table, "the built-in glossary")


def read_csv(table: str, name: str) -> Glossary:
    """Read a table with the columns COLUMNS; variants are parted by `|`.

    Raises GlossaryError, naming the table and the line, where a row cannot be used.
    """
    rows = csv.DictReader(StringIO(table), strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise GlossaryError(f"{name}, line 1: the columns must be {','.join(COLUMNS)}.")
    terms: list[Term] = []
    line_of: dict[str, int] = {}
    try:
        for row in rows:
            term = _term(row, f"{name}, line {rows.line_num}")
            for spelling in (term.hindi, *term.variants):
                key = key_of(spelling)
                if key in line_of:
                    raise GlossaryError(
                        f"{name}, line {rows.line_num}: {spelling} stands already on line {line_of[key]}; keep one of the two."
                    )
                line_of[key] = rows.line_num
            terms.append(term)
    except csv.Error as error:
        raise GlossaryError(f"{name}, line {rows.line_num}: {error}. Save the table as CSV with quoted commas.") from error
    return Glossary(tuple(terms), hashlib.sha256(table.encode()).hexdigest()[:12])


def key_of(hindi: str) -> str:
    """What two spellings of one term share: folded, with nothing between the parts of a compound or the letters of an acronym."""
    return regex.sub(r"[\s.\-‐‑–]+", "", fold(hindi))


def _term(row: dict[str, str | None], place: str) -> Term:
    if None in row or None in row.values():
        raise GlossaryError(f"{place}: the row needs {len(COLUMNS)} columns.")
    cells = {column: (row[column] or "").strip() for column in COLUMNS}
    if not _DEVANAGARI.search(cells["hindi"]):
        raise GlossaryError(f"{place}: the column hindi holds no Hindi: {cells['hindi']!r}.")
    if not cells["english"] or _DEVANAGARI.search(cells["english"]):
        raise GlossaryError(f"{place}: the column english must hold the English of {cells['hindi']}.")
    if cells["kind"] not in get_args(Kind):
        raise GlossaryError(f"{place}: kind must be one of {', '.join(get_args(Kind))}, not {cells['kind']!r}.")
    return Term(
        hindi=cells["hindi"],
        english=cells["english"],
        acronym=cells["acronym"],
        kind="name" if cells["kind"] == "name" else "term",
        variants=tuple(filter(None, (variant.strip() for variant in cells["variants"].split("|")))),
        domain=cells["domain"],
        note=cells["note"],
        source=cells["source"],
    )
