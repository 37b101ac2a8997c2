"""The glossary: its terms, what is decided on them, their history, and terms found in a text."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for

from glossary.model import LIFE
from glossary.model import Term as AgreedTerm
from web.access import note, require, user
from web.api.asked import NewTerm, NewVerdict, TermChanges, TermSearch, TextToSearch
from web.api.models import FoundTerms, GlossaryVersion, Term, TermHistory, TermPage
from web.api.reading import chosen
from web.api.routes import Made, v1
from web.briefs import NotFoundError
from web.parts import parts
from web.terms import Filters

_TAG = "Glossary"


@v1.route("GET", "/terms", _TAG, "viewer", query=TermSearch, answer=TermPage)
def terms(query: TermSearch) -> TermPage:
    """List the terms of the glossary, or some of them."""
    found = parts().catalogue.find(Filters(query.status or "all", query.domain, query.kind, query.query.strip()))
    shown = [Term.model_validate(term) for term in found[query.after : query.after + query.size]]
    return TermPage(page=query.page, size=query.size, count=len(found), terms=shown)


@v1.route("POST", "/terms", _TAG, "translator", body=NewTerm, answer=Term, status=201, errors=(409,))
def add_term(asked: NewTerm) -> Made:
    """Add a term as a draft, or approved at once."""
    if asked.approve:
        require("reviewer")
    given: dict[str, Any] = asked.model_dump(exclude={"why", "approve"})
    term = AgreedTerm(**{**given, "variants": tuple(asked.variants)})
    added = parts().terms.add(term, user().name, asked.why, asked.approve)
    note("term added", added.id)
    return Made(Term.model_validate(added), url_for("api_v1.term", number=added.id))


@v1.route("GET", "/terms/<number:number>", _TAG, "viewer", answer=Term)
def term(number: int) -> Term:
    """Show a term."""
    return Term.model_validate(_term(number))


@v1.route("PATCH", "/terms/<number:number>", _TAG, "reviewer", body=TermChanges, answer=Term, errors=(409,))
def edit_term(number: int, asked: TermChanges) -> Term:
    """Change fields of a draft or of an approved term. What was rejected or retired cannot be changed."""
    changes = asked.model_dump(exclude_unset=True, exclude={"why"})
    if "variants" in changes:
        changes["variants"] = tuple(changes["variants"])
    present = _term(number)
    if present.status not in ("draft", "approved"):
        abort(409, f"{present} is {present.status}; add a new term instead of editing it.")
    edited = parts().terms.edit(number, changes, user().name, asked.why)
    note("term edited", number)
    return Term.model_validate(edited)


@v1.route("POST", "/terms/<number:number>/verdict", _TAG, "reviewer", body=NewVerdict, answer=Term, errors=(409,))
def judge_term(number: int, asked: NewVerdict) -> Term:
    """Approve or reject a draft, or retire an approved term."""
    present, origin = _term(number), LIFE[asked.verdict][0]
    if present.status != origin:
        abort(409, f"{present} is {present.status}; one can {asked.verdict} only what is {origin}.")
    judged = parts().terms.judge([number], asked.verdict, user().name, asked.why)[0]
    note(f"term {judged.status}", number)
    return Term.model_validate(judged)


@v1.route("GET", "/terms/<number:number>/history", _TAG, "viewer", answer=TermHistory)
def history(number: int) -> TermHistory:
    """Show all that was done to a term."""
    _term(number)
    return TermHistory.model_validate({"events": parts().terms.history(number)})


@v1.route("POST", "/terms/find", _TAG, "viewer", body=TextToSearch, answer=FoundTerms, errors=(413, 503))
def find_terms(asked: TextToSearch) -> FoundTerms:
    """Find the agreed terms in a text."""
    most = parts().settings.text_characters
    if len(asked.text) > most:
        abort(413, f"The text has {len(asked.text):,} characters, more than {most:,}. Send it in parts.")
    matches = parts().translators.of(chosen(asked.domains)).matches(asked.text)
    return FoundTerms.model_validate({"matches": matches})


@v1.route("GET", "/glossary/version", _TAG, "viewer", answer=GlossaryVersion)
def glossary_version() -> GlossaryVersion:
    """Say which version of the glossary new briefs are made with."""
    return GlossaryVersion(version=str(parts().terms.version))


def _term(number: int) -> AgreedTerm:
    """The term of this number, as its last change left it. Raises NotFoundError if there is none."""
    events = parts().terms.history(number)
    if not events:
        raise NotFoundError(f"There is no term {number}. Look for it in the list of terms.")
    return events[-1].after
