"""The agreed terms that a translation uses: those of the termbase, or the built-in ones, and of files given beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from glossary.errors import GlossaryError
from glossary.exchange.files import read_entries
from glossary.exchange.planning import plan
from glossary.model import Glossary, Term
from glossary.validation import key_of


@cache
def built_in() -> Glossary:
    """The terms that come with the product."""
    with resources.as_file(resources.files("glossary").joinpath("data/builtin.csv")) as table:
        terms = from_file(table).terms
    return Glossary(terms, f"built-in {fingerprint(terms)}")


def from_file(path: Path) -> Glossary:
    """The terms in a glossary file, approved unless it says otherwise. Raises GlossaryError at the first that cannot be used."""
    report = plan((), read_entries(path), status="approved")
    for rejection in report.rejected[:1]:
        raise GlossaryError(f"{path}, {rejection.place}: {rejection.reason}")
    terms = tuple(change.after for change in report.added)
    return Glossary(terms, fingerprint(terms))


def combine(base: Glossary, own: Glossary) -> Glossary:
    """Both glossaries; where they have a spelling in common, `own` decides its English."""
    decided = {key_of(spelling) for term in own.terms for spelling in (term.hindi, *term.variants)}
    kept = []
    for term in base.terms:
        spellings = [spelling for spelling in (term.hindi, *term.variants) if key_of(spelling) not in decided]
        if spellings:
            kept.append(replace(term, hindi=spellings[0], variants=tuple(spellings[1:])))
    return Glossary((*own.terms, *kept), f"{base.version} + {own.version}")


def fingerprint(terms: Iterable[Term]) -> str:
    """Twelve characters that change with anything in `terms`."""
    return hashlib.sha256("\n".join(map(repr, terms)).encode()).hexdigest()[:12]
