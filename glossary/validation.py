"""What makes a term fit for the glossary. Every message names the value and says what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import get_args

import regex

from glossary.errors import GlossaryError
from glossary.model import Case, Kind, Status, Term
from hindi.fold import parts

_DEVANAGARI = regex.compile(r"\p{Deva}")
_CONTROL = regex.compile(r"[\p{Cc}--[\n\t]]|\p{Cs}", regex.VERSION1)
_LONGEST = 300  # letters of Hindi or English; a longer one is a sentence
_LONGEST_NOTE = 5000
_CHOICES = {"kind": get_args(Kind), "status": get_args(Status), "case": get_args(Case)}


def validated(term: Term) -> Term:
    """`term` without blanks around its fields. Raises GlossaryError if it cannot stand in a glossary."""
    term = _stripped(term)
    if term.kind == "do-not-translate" and not term.english:
        term = replace(term, english=term.hindi)
    problem = next(_problems(term), None)
    if problem:
        raise GlossaryError(problem)
    return term


def key_of(hindi: str) -> str:
    """What two spellings of one term share: folded, with nothing between the parts of a compound or the letters of an acronym."""
    return "".join(parts(hindi))


def keys_of(term: Term) -> frozenset[str]:
    """The keys of all spellings of `term`. Two terms conflict if they have one in common."""
    return frozenset(map(key_of, term.spellings))


def _stripped(term: Term) -> Term:
    stripped = {field.name: getattr(term, field.name).strip() for field in fields(term) if field.type == "str"}
    variants = tuple(dict.fromkeys(filter(None, map(str.strip, term.variants))))
    return replace(term, **stripped, variants=variants)


def _problems(term: Term) -> Iterator[str]:
    for name, choices in _CHOICES.items():
        if getattr(term, name) not in choices:
            yield f"{name} must be one of {', '.join(choices)}, not {getattr(term, name)!r}."
    untranslated = term.kind == "do-not-translate"
    if not key_of(term.hindi) or not (untranslated or _DEVANAGARI.search(term.hindi)):
        yield f"hindi must hold the Hindi term, not {term.hindi!r}."
    if not term.english or (not untranslated and _DEVANAGARI.search(term.english)):
        yield f"english must hold the English of {term.hindi}, not {term.english!r}."
    if untranslated and term.english != term.hindi:
        yield f"{term.hindi} is not to be translated, but its english is {term.english!r}. Leave it empty, or make it a term."
    if (term.kind == "forbidden") != bool(term.preferred):
        yield f"{term.english!r}: a forbidden english needs the preferred one, and nothing else has one."
    if term.preferred and term.preferred.casefold() == term.english.casefold():
        yield f"{term.english!r} cannot be forbidden and preferred."
    if term.acronym and _DEVANAGARI.search(term.acronym):
        yield f"acronym must be in Latin letters, not {term.acronym!r}; use acronym_hindi for the Hindi one."
    if term.acronym_hindi and not (term.acronym and _DEVANAGARI.search(term.acronym_hindi)):
        yield f"acronym_hindi must be in Devanagari and stand beside an acronym in Latin letters, not {term.acronym_hindi!r}."
    for variant in term.variants:
        if not key_of(variant) or "|" in variant or not (untranslated or _DEVANAGARI.search(variant)):
            yield f"variants must hold other spellings of {term.hindi}, not {variant!r}."
    for field in fields(term):
        text = "".join(term.variants) if field.name == "variants" else str(getattr(term, field.name))
        if found := _CONTROL.search(text):
            yield f"{field.name} holds a control character (U+{ord(found[0]):04X})."
        if len(text) > (_LONGEST_NOTE if field.name in ("note", "example", "variants") else _LONGEST):
            yield f"{field.name} is longer than a term can be: {text[:40]}…"
