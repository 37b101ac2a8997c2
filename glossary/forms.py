"""What a term is found as: for reviewers, who need not type what the rules derive."""

from __future__ import annotations

from glossary.model import Term
from hindi.fold import parts
from hindi.inflection import phrase_forms
from hindi.letters import spellings


def surface_forms(term: Term) -> list[str]:
    """All forms of `term` in modern spelling: inflected, and its acronym in letter names."""
    words = [parts(spelling) for spelling in (term.hindi, *term.variants)]
    if term.kind == "term":
        words = [form for spelling in words for form, _ in phrase_forms(spelling)]
    letters = ["".join(names) for names in spellings(term.acronym)]
    return list(dict.fromkeys([*map(" ".join, words), *letters, *filter(None, [term.acronym_hindi])]))
