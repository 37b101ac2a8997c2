"""`dwibhashi glossary …`: looking into the termbase, reviewing it, and exchanging it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import click

from glossary.agreed import built_in
from glossary.conflicts import conflicts
from glossary.exchange.files import WRITERS, read_entries, write_terms
from glossary.exchange.importing import import_file
from glossary.exchange.planning import Report, plan
from glossary.forms import surface_forms
from glossary.matcher import Matcher
from glossary.model import Case, Change, Event, Kind, Status, Term, Verdict
from glossary.termbase import current, exists, open_store, update_built_in
from hindi.fold import fold
from translator.pipeline import default_translator
from translator.suggestions import Suggestion, as_changes, suggest
from translator.terminal import as_json_option, fail, print_json, print_rows, term_as_json, user

_SHOWN = ("id", "hindi", "english", "acronym", "kind", "status", "domain")
_ALL_STATUSES = "all"


@click.group()
def glossary() -> None:
    """Look into the agreed terms, review and exchange them."""


_who = click.option("--as", "who", default=user, show_default="your login name", help="Who makes the change.")
_why = click.option("--why", default="", help="Why; kept in the history.")
_domain = click.option("--domain", help="Only the terms of this domain.")
_status = click.option(
    "--status", default="approved", show_default=True, type=click.Choice([*get_args(Status), _ALL_STATUSES]), help="Only these."
)


@glossary.command("list")
@_status
@_domain
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only the terms of this kind.")
@as_json_option
def list_terms(status: str, domain: str | None, kind: str | None, as_json: bool) -> None:
    """List terms."""
    _print_terms(_chosen(status, domain, kind), as_json)


@glossary.command()
@click.argument("reference", metavar="TERM")
@as_json_option
def show(reference: str, as_json: bool) -> None:
    """Show all that is known of TERM: a number, or Hindi as listed."""
    store = open_store()
    term = store.term(reference)
    history = store.history(term.id)
    known = {
        **term_as_json(term),
        "forms": surface_forms(term),
        "created": history[0].at,
        "updated": history[-1].at,
        "evidence": [{"document": document, "sentence": sentence} for document, sentence in store.evidence(term.id)],
    }
    if as_json:
        print_json(known)
        return
    known["evidence"] = [f"{document}: {sentence}" for document, sentence in store.evidence(term.id)]
    rows = [(name, "\n".join(value) if isinstance(value, (list, tuple)) else value) for name, value in known.items() if value]
    print_rows(("field", "value"), rows, as_json=False)


@glossary.command()
@click.argument("text")
@as_json_option
def find(text: str, as_json: bool) -> None:
    """Find the agreed terms that occur in TEXT, or whose Hindi or English contains it.

    \b
    dwibhashi glossary find "संयुक्त कार्य समूहों की बैठक"
    dwibhashi glossary find "working group"
    """
    terms = current().terms
    found = {match.term: None for match in Matcher(terms).find(text)}
    asked = fold(text.strip()).casefold()
    for term in terms:
        spellings = (term.hindi, term.english, term.acronym, *term.variants)
        if asked and any(asked in fold(spelling).casefold() for spelling in spellings):
            found[term] = None
    if not found:
        fail(f"no agreed term for {text!r}.")
    _print_terms(list(found), as_json)


def _fields(command: Callable[..., None]) -> Callable[..., None]:
    """The options that stand for fields of a term."""
    options = (
        click.option("--acronym", help="In Latin letters; its letter names in Hindi are known from it."),
        click.option("--acronym-hindi", help="Where Hindi says the acronym otherwise: नाटो."),
        click.option("--kind", type=click.Choice(get_args(Kind)), help="name: never inflects."),
        click.option("--variant", "variants", multiple=True, help="Another Hindi for the same. May be given more than once."),
        click.option("--case", type=click.Choice(get_args(Case)), help="keep: no capital at the beginning of a sentence."),
        click.option("--domain"),
        click.option("--preferred", help="For a forbidden English: what to write instead."),
        click.option("--note"),
        click.option("--example"),
        click.option("--source"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@glossary.command()
@click.argument("hindi")
@click.argument("english")
@_fields
@click.option("--approve", is_flag=True, help="Approve it at once.")
@_who
@_why
@as_json_option
def add(hindi: str, english: str, approve: bool, who: str, why: str, as_json: bool, **fields: Any) -> None:
    """Add a term as a draft.

    \b
    dwibhashi glossary add "संयुक्त कार्य समूह" "Joint Working Group" --acronym JWG --domain diplomacy --approve
    """
    store = open_store()
    given = {name: value for name, value in fields.items() if value}
    term = store.add(Term(hindi, english, **given), who, why, approve=approve)
    _print_terms([term], as_json)


@glossary.command()
@click.argument("reference", metavar="TERM")
@click.option("--hindi")
@click.option("--english")
@_fields
@_who
@_why
@as_json_option
def edit(reference: str, who: str, why: str, as_json: bool, **fields: Any) -> None:
    """Change fields of TERM; an empty text clears one."""
    given = {name: value for name, value in fields.items() if value is not None and value != ()}
    if given.get("variants") == ("",):
        given["variants"] = ()
    if not given:
        raise click.UsageError("Give at least one field to change.")
    store = open_store()
    _print_terms([store.edit(store.term(reference).id, given, who, why)], as_json)


def _judge(verdict: Verdict, references: Sequence[str], who: str, why: str, as_json: bool) -> None:
    store = open_store()
    ids = [store.term(reference).id for reference in references]
    _print_terms(store.judge(ids, verdict, who, why), as_json)


def _verdict(verdict: Verdict, text: str) -> None:
    @glossary.command(verdict, help=text)
    @click.argument("references", metavar="TERM...", nargs=-1, required=True)
    @_who
    @_why
    @as_json_option
    def command(references: tuple[str, ...], who: str, why: str, as_json: bool) -> None:
        _judge(verdict, references, who, why, as_json)


_verdict("approve", "Approve drafts: from now on they pin. All or none, if one conflicts with an approved term.")
_verdict("reject", "Reject drafts; they stay in the history.")
_verdict("retire", "Retire approved terms: from now on they no longer pin.")


@glossary.command()
@click.argument("reference", metavar="[TERM]", required=False)
@click.option("--last", default=20, show_default=True, help="Without TERM: so many of the last changes.")
@as_json_option
def history(reference: str | None, last: int, as_json: bool) -> None:
    """What was done to TERM, or to the whole termbase, by whom and why."""
    store = open_store()
    events = store.history(store.term(reference).id) if reference else store.events(last)
    columns = ("version", "at", "who", "action", "term", "changed", "why")
    rows = [(event.version, event.at, event.who, event.action, event.after.hindi, _changed(event), event.why) for event in events]
    print_rows(columns, rows, as_json)


@glossary.command()
@click.argument("old", type=int)
@click.argument("new", type=int, required=False)
@as_json_option
def diff(old: int, new: int | None, as_json: bool) -> None:
    """What changed from version OLD of the glossary to version NEW, or to now. Each brief names its version."""
    store = open_store()
    changes = store.diff(old, store.version if new is None else new)
    rows = [
        (change.after.id, change.after.hindi, "added" if change.before is None else "changed", _changed(change))
        for change in changes
    ]
    print_rows(("id", "hindi", "what", "fields"), rows, as_json)


@glossary.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--approve", is_flag=True, help="New terms are approved, where the file does not say otherwise; else they are drafts."
)
@_who
@_why
@as_json_option
def import_terms(file: Path, dry_run: bool, approve: bool, who: str, why: str, as_json: bool) -> None:
    """Bring in a CSV, TSV, XLSX or TBX file. What it rejects stays outside, with the reason; all else comes in together."""
    status: Status = "approved" if approve else "draft"
    if dry_run:
        report = plan(_chosen(_ALL_STATUSES), read_entries(file), status)
    else:
        report = import_file(open_store(), file, who, why, status)
    _print_report(report, as_json)


@glossary.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
def check(file: Path, as_json: bool) -> None:
    """Check a glossary FILE without bringing it in; exit code 3 if anything in it would be rejected."""
    report = plan(_chosen(_ALL_STATUSES), read_entries(file), "approved")
    _print_report(report, as_json)
    if report.rejected:
        fail(f"{file}: {len(report.rejected)} of its terms cannot be used.")


@glossary.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice(tuple(WRITERS)), help="Told by the name of FILE; tbx2 is TBX version 2.")
@_status
@_domain
@as_json_option
def export(file: Path, kind: str | None, status: str, domain: str | None, as_json: bool) -> None:
    """Write terms into a CSV, TSV, XLSX or TBX file."""
    terms = _chosen(status, domain)
    write_terms(file, terms, kind or "")
    if as_json:
        print_json({"file": str(file), "terms": len(terms)})
    else:
        click.echo(f"{len(terms)} terms in {file}", err=True)


@glossary.command("suggest")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--at-least", default=2, show_default=True, help="How often a phrase must occur.")
@click.option("--most", default=100, show_default=True, help="No more suggestions than these.")
@click.option("--dry-run", is_flag=True, help="Print them, and add nothing.")
@_who
@as_json_option
def suggest_terms(folder: Path, at_least: int, most: int, dry_run: bool, who: str, as_json: bool) -> None:
    """Find what may be terms in the notes below FOLDER, and add them as drafts with their evidence."""
    suggestions = suggest(folder, _chosen(_ALL_STATUSES), default_translator(), at_least, most)
    if not dry_run and suggestions:
        open_store().apply(as_changes(suggestions), who, f"suggested from {folder}")
    columns = ("hindi", "english", "acronym", "reason", "count", "notes", "context")
    print_rows(columns, map(_suggested, suggestions), as_json)


@glossary.command("conflicts")
@as_json_option
def list_conflicts(as_json: bool) -> None:
    """Drafts and approved terms that are the same Hindi in one domain, and what is forbidden and agreed at once."""
    rows = [
        (conflict.kind, str(conflict.one), str(conflict.other), conflict.advice) for conflict in conflicts(_chosen(_ALL_STATUSES))
    ]
    print_rows(("what", "one", "other", "advice"), rows, as_json)


@glossary.command()
@click.option("--update", is_flag=True, help="Bring the termbase up to the built-in terms of this release.")
@as_json_option
def builtin(update: bool, as_json: bool) -> None:
    """The built-in terms by domain, or with --update: bring in those of this release without touching what people decided."""
    if update:
        done = update_built_in(open_store())
        rows = [(done.added, done.changed, done.retired, len(done.kept))]
        print_rows(("added", "changed", "retired", "kept as people decided"), rows, as_json)
        return
    domains = Counter(term.domain for term in built_in().terms)
    print_rows(("domain", "terms"), [*domains.most_common(), ("all", domains.total())], as_json)


def _chosen(status: str, domain: str | None = None, kind: str | None = None) -> tuple[Term, ...]:
    """Terms of the termbase, or the built-in ones as long as there is none."""
    having = {"status": None if status == _ALL_STATUSES else status, "domain": domain, "kind": kind}
    asked = {name: value for name, value in having.items() if value}
    terms = open_store().terms() if exists() else built_in().terms
    if domain and domain not in (domains := sorted({term.domain for term in terms})):
        raise click.BadParameter(f"{domain} is not one of {', '.join(filter(None, domains))}.", param_hint="--domain")
    return tuple(term for term in terms if all(getattr(term, name) == value for name, value in asked.items()))


def _changed(change: Change | Event) -> str:
    """The fields in which a term differs from before."""
    if change.before is None:
        return change.after.english
    before, after = term_as_json(change.before), term_as_json(change.after)
    return "; ".join(f"{name}: {before[name] or '–'} → {after[name] or '–'}" for name in after if after[name] != before[name])


def _suggested(suggestion: Suggestion) -> tuple[object, ...]:
    term, candidate = suggestion.term, suggestion.candidate
    return (
        term.hindi,
        term.english,
        term.acronym,
        candidate.reason,
        candidate.count,
        candidate.documents,
        candidate.contexts[0][1],
    )


def _print_report(report: Report, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "added": [term_as_json(change.after) for change in report.added],
                "changed": [{"term": str(change.after), "fields": _changed(change)} for change in report.changed],
                "unchanged": report.unchanged,
                "rejected": [{"place": rejection.place, "reason": rejection.reason} for rejection in report.rejected],
            }
        )
        return
    rows = [
        *(("added", "", str(change.after)) for change in report.added),
        *(("changed", "", f"{change.after}: {_changed(change)}") for change in report.changed),
        *(("rejected", rejection.place, rejection.reason) for rejection in report.rejected),
    ]
    print_rows(("what", "where", "term"), rows, as_json=False)
    added, changed, rejected = len(report.added), len(report.changed), len(report.rejected)
    click.echo(f"{added} added, {changed} changed, {report.unchanged} unchanged, {rejected} rejected", err=True)


def _print_terms(terms: Iterable[Term], as_json: bool) -> None:
    if as_json:
        print_json([term_as_json(term) for term in terms])
        return
    print_rows(_SHOWN, ([getattr(term, name) for name in _SHOWN] for term in terms), as_json=False)
