"""Glossaries as CSV tables: the one that comes with the product, and those that people keep beside it."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, replace
from importlib import resources
from io import StringIO
from pathlib import Path
from typing import get_args

import regex

from glossary.errors import GlossaryError
from glossary.model import Kind, Term
from hindi.fold import parts

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


def from_file(path: Path) -> Glossary:
    """The glossary in a CSV file. Raises GlossaryError, naming the file, if it cannot be read."""
    try:
        table = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GlossaryError(f"{path}: {error.strerror}. Check the name and your right to read it.") from error
    except UnicodeDecodeError as error:
        raise GlossaryError(f"{path}: byte {error.start} is not valid UTF-8. Save the table as CSV in UTF-8.") from error
    return read_csv(table, str(path))


def combine(base: Glossary, own: Glossary) -> Glossary:
    """Both glossaries; where they have a spelling in common, `own` decides its English."""
    decided = {key_of(spelling) for term in own.terms for spelling in (term.hindi, *term.variants)}
    kept = []
    for term in base.terms:
        spellings = [spelling for spelling in (term.hindi, *term.variants) if key_of(spelling) not in decided]
        if spellings:
            kept.append(replace(term, hindi=spellings[0], variants=tuple(spellings[1:])))
    version = hashlib.sha256(f"{base.version} {own.version}".encode()).hexdigest()[:12]
    return Glossary((*own.terms, *kept), version)


def read_csv(table: str, name: str) -> Glossary:
    """Read a table with the columns hindi and english and any others of COLUMNS; variants are parted by `|`.

    Raises GlossaryError, naming the table and the line, where a row cannot be used.
    """
    rows = csv.DictReader(StringIO(table), strict=True)
    columns = [column.strip().lower() for column in rows.fieldnames or ()]
    if not {"hindi", "english"} <= set(columns) <= set(COLUMNS) or len(set(columns)) < len(columns):
        raise GlossaryError(f"{name}, line 1: the columns must be hindi, english and any of {', '.join(COLUMNS[2:])}.")
    rows.fieldnames = columns
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
    return "".join(parts(hindi))


def _term(row: dict[str, str | None], place: str) -> Term:
    if None in row or None in row.values():
        raise GlossaryError(f"{place}: the row has more or fewer columns than line 1; quote a cell that holds a comma.")
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    cells["kind"] = cells["kind"] or "term"
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
