"""The termbase for those who keep it: the queue of drafts, each term with its history, proposals, and conflicts.

Files of terms are brought in and out by web.pages.glossary_files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from glossary.conflicts import Conflict
from glossary.errors import ConflictError, GlossaryError
from glossary.forms import surface_forms
from glossary.model import LIFE, Change, Term, Verdict
from glossary.validation import validated
from web.access import needs, note, user
from web.briefs import NotFoundError
from web.language import word
from web.parts import parts
from web.terms import KINDS, STATUSES, Sighting, field_changes, filters, in_words, sightings
from web.views import asks_for_part, pager

pages = Blueprint("pages_glossary", __name__)
_PAGE = 50
_SEEN = 3  # sentences of evidence in a list
_REFUSALS = 3  # told of one bulk action: what is flashed travels in a cookie
_TYPED = tuple("hindi english acronym acronym_hindi kind variants case domain preferred note example source".split())


@dataclass(frozen=True)
class TermRow:
    """A term as the list shows it. `judged` says that it was judged just now, `problem` why it could not be."""

    term: Term
    seen: list[Sighting]
    conflicts: list[Conflict]
    judged: bool = False
    problem: str = ""


@pages.get("/glossary")
@needs("viewer")
def review() -> str:
    """The drafts that wait for a decision, or the terms that the filters choose."""
    chosen = filters(request.args)
    catalogue = parts().catalogue
    found = catalogue.find(chosen)
    shown = pager(len(found), _PAGE)
    terms = found[shown.after : shown.after + shown.size]
    seen = sightings(catalogue.engine, terms, _SEEN)
    return render_template(
        "glossary_list.html",
        chosen=chosen,
        asked=chosen.asked,
        pager=shown,
        rows=[TermRow(term, seen[term.id], catalogue.conflicts_of(term)) for term in terms],
        domains=catalogue.domains(),
        statuses=STATUSES,
        kinds=KINDS,
        in_words=in_words,
    )


@pages.get("/glossary/terms/<int:number>")
@needs("viewer")
def term(number: int) -> Response | str:
    """All that is known of a term; to htmx its row in the list, or with `edit=1` its form there."""
    known = _known(number)
    if asks_for_part():
        return _row(known, editing=bool(request.args.get("edit")))
    return _term_page(known, editing=bool(request.args.get("edit")))


@pages.post("/glossary/terms/<int:number>")
@needs("reviewer")
def edit(number: int) -> Response | str:
    """Change fields of a draft or approved term."""
    before, typed = _known(number), _typed()
    try:
        after = parts().terms.edit(number, typed, user().name, request.form.get("why", "").strip())
    except GlossaryError as error:
        return _refused(replace(before, **typed), error, editing=True)
    note("term edited", number)
    return _done(after, gettext("%(term)s was changed.", term=f"{after.hindi} → {after.english}"))


@pages.post("/glossary/terms/<int:number>/judge")
@needs("reviewer")
def judge(number: int) -> Response | str:
    """Approve or reject a draft, or retire an approved term."""
    before, verdict = _known(number), _verdict()
    try:
        after = parts().terms.judge([number], verdict, user().name, request.form.get("why", "").strip())[0]
    except GlossaryError as error:
        return _refused(before, error)
    note(f"term {after.status}", number)
    said = gettext("%(term)s is %(status)s now.", term=f"{after.hindi} → {after.english}", status=word(after.status))
    return _done(after, said, judged=True)


@pages.post("/glossary/judge")
@needs("reviewer")
def judge_many() -> Response:
    """Approve or reject the chosen drafts one after another; those that cannot be are named, and stay as they are."""
    verdict, why = _verdict(), request.form.get("why", "").strip()
    numbers = request.form.getlist("terms", type=int)
    refused: list[str] = []
    for number in numbers:
        try:
            after = parts().terms.judge([number], verdict, user().name, why)[0]
        except GlossaryError as error:
            refused.append(str(error))
        else:
            note(f"term {after.status}", number)
    done = len(numbers) - len(refused)
    said = _judged(done, len(numbers), word(LIFE[verdict][1])) if numbers else gettext("Choose some terms first.")
    flash(said)
    for reason in refused[:_REFUSALS]:
        flash(reason)
    if len(refused) > _REFUSALS:
        more = len(refused) - _REFUSALS
        flash(gettext("%(count)s more could not be judged; the conflicts are listed under Conflicts.", count=more))
    return redirect(url_for("pages_glossary.review", **filters(request.args).asked), 303)  # type: ignore[arg-type]


@pages.get("/glossary/new")
@needs("translator")
def new() -> str:
    """The form for a new term; what the query says is in it already."""
    return _new_page(_proposed(request.args))


@pages.post("/glossary/terms")
@needs("translator")
def propose() -> Response | str:
    """Add a draft, with the row of a brief as its evidence; a term that says the same already is shown instead."""
    asked = _proposed(request.form)
    same: list[Term] = []

    def decide(_: object) -> list[Change]:
        found = parts().catalogue.same(asked)
        same.extend(filter(None, [found]))
        return [] if found else [Change(None, asked, "suggested", evidence)]

    try:
        evidence = _evidence()
        asked = validated(asked)
        added = parts().terms.apply(decide, user().name, request.form.get("why", "").strip())
    except GlossaryError as error:
        if asks_for_part():
            return render_template("glossary_proposed.html", problem=str(error))  # 200: htmx shows nothing else in its place
        return make_response(_new_page(asked, str(error)), 400)
    known = (*same, *added)[0]
    if added:
        note("term proposed", known.id)
    conflicts = parts().catalogue.conflicts_of(known)
    if asks_for_part():
        return render_template("glossary_proposed.html", term=known, is_new=bool(added), conflicts=conflicts)
    if added:
        flash(gettext("The term was proposed; a reviewer will judge it."))
    else:
        flash(gettext("This term is there already, and %(status)s.", status=word(known.status)))
    return redirect(url_for("pages_glossary.term", number=known.id), 303)


@pages.get("/glossary/conflicts")
@needs("viewer")
def conflicting() -> str:
    """Drafts and approved terms that contradict each other, and what can be done."""
    found = parts().catalogue.conflicts()
    shown = pager(len(found), _PAGE)
    return render_template("glossary_conflicts.html", conflicts=found[shown.after : shown.after + shown.size], pager=shown)


def _known(number: int) -> Term:
    try:
        return parts().terms.term(number)
    except GlossaryError as error:
        raise NotFoundError(
            gettext("There is no term with the number %(number)s. Look for it among all terms.", number=number)
        ) from error


def _verdict() -> Verdict:
    verdict = request.form.get("verdict", "")
    for known in LIFE:
        if verdict == known:
            return known
    raise GlossaryError(f"{verdict!r} is no verdict; these are: {', '.join(LIFE)}.")


def _judged(done: int, chosen: int, status: str) -> str:
    return str(
        ngettext(
            "%(done)s of %(num)s chosen term is %(status)s now.",
            "%(done)s of %(num)s chosen terms are %(status)s now.",
            chosen,
            done=done,
            status=status,
        )
    )


def _typed(given: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields of a term that a form or query has."""
    given = request.form if given is None else given
    typed: dict[str, Any] = {name: given[name].replace("\r\n", "\n").strip() for name in _TYPED if name in given}
    if "variants" in typed:
        typed["variants"] = tuple(filter(None, map(str.strip, typed["variants"].split("|"))))
    return typed


def _proposed(given: Mapping[str, str]) -> Term:
    """A draft as it was typed: it may not be fit for the glossary yet."""
    typed = {name: value for name, value in _typed(given).items() if value}
    return Term(**{"hindi": "", "english": "", **typed, "status": "draft"})


def _evidence() -> tuple[tuple[str, str], ...]:
    """The row of the brief in which the term was selected."""
    brief_id, position = request.form.get("brief", ""), request.form.get("position", type=int)
    if not brief_id or position is None:
        return ()
    return ((parts().briefs.kept(brief_id).name, parts().briefs.row(brief_id, position).source),)


def _done(after: Term, words: str, judged: bool = False) -> Response | str:
    """The row as it is now, or the page that the form was on."""
    if asks_for_part():
        return _row(after, judged=judged)
    flash(words)
    then = request.args.get("then")
    if then == "conflicts":
        return redirect(url_for("pages_glossary.conflicting"), 303)
    if then == "list":
        asked: Any = filters(request.args).asked
        return redirect(url_for("pages_glossary.review", **asked, _anchor=f"term-{after.id}"), 303)
    return redirect(url_for("pages_glossary.term", number=after.id), 303)


def _refused(shown: Term, error: GlossaryError, editing: bool = False) -> Response:
    """The same place again, with the reason. The header tells review.js that the answer is a row, although it is an error."""
    status = 409 if isinstance(error, ConflictError) else 400
    if not asks_for_part():
        return make_response(_term_page(shown, editing, str(error)), status)
    response = make_response(_row(shown, editing=editing, problem=str(error)), status)
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _row(shown: Term, judged: bool = False, editing: bool = False, problem: str = "") -> str:
    catalogue = parts().catalogue
    seen = sightings(catalogue.engine, [shown], _SEEN)[shown.id]
    conflicts = [] if editing else catalogue.conflicts_of(shown)
    return render_template(
        "glossary_row.html",
        row=TermRow(shown, seen, conflicts, judged, problem),
        asked=filters(request.args).asked,
        editing=editing,
        kinds=KINDS,
        in_words=in_words,
    )


def _term_page(shown: Term, editing: bool = False, problem: str = "") -> str:
    catalogue = parts().catalogue
    return render_template(
        "glossary_term.html",
        term=shown,
        forms=[] if editing else surface_forms(shown),
        history=[(event, field_changes(event.before, event.after)) for event in reversed(parts().terms.history(shown.id))],
        seen=sightings(catalogue.engine, [shown])[shown.id],
        used=parts().briefs.used(shown.id),
        conflicts=[] if editing else catalogue.conflicts_of(shown),
        editing=editing and shown.status in ("draft", "approved"),
        problem=problem,
        domains=catalogue.domains(),
        kinds=KINDS,
        in_words=in_words,
    )


def _new_page(asked: Term, problem: str = "") -> str:
    return render_template(
        "glossary_new.html",
        term=asked,
        problem=problem,
        brief=request.values.get("brief", ""),
        position=request.values.get("position", ""),
        domains=parts().catalogue.domains(),
        kinds=KINDS,
        in_words=in_words,
    )
