"""The command line. Results go to standard output, all else to standard error.

Exit codes: 0 fine, 1 finished with errors flagged (under --strict), 2 wrong use, 3 something failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from translator import batch as batches
from translator.batch.on_ray import Job, Recipe, memory_for, run_on_ray
from translator.choices import Choices, with_choices
from translator.documents.brief_json import write_json
from translator.documents.brief_pdf import require_pdf
from translator.documents.plain import read_plain
from translator.documents.reading import decode, require_text
from translator.documents.writing import WRITERS, all_flags, write_text
from translator.glossary_commands import glossary
from translator.memory_commands import memory as memory_commands
from translator.models_commands import export_argos, models
from translator.terminal import FAILED, Commands, as_json_option, fail, print_json

_FLAGGED = 1


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dwibhashi")
def main() -> None:
    """Hindi briefing notes into English briefs, offline, with agreed terms pinned."""


_strict = click.option("--strict", is_flag=True, help="Exit code 1 if a flag says that something is wrong.")


@main.command()
@click.argument("text", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print segments, pins and flags as JSON.")
@with_choices
@_strict
def translate(text: str, as_json: bool, choices: Choices, strict: bool) -> None:
    """Translate TEXT, or standard input if TEXT is - or left out.

    \b
    dwibhashi translate "भारत-कजाकिस्तान संयुक्त कार्य समूह की बैठक हुई।"
    dwibhashi translate < note.txt > brief.txt
    """
    if text == "-":
        text = decode(sys.stdin.buffer.read(), "standard input")
    else:
        require_text(text, "the text")
    brief = choices.translator().brief(read_plain(text, "text"))
    if as_json:
        click.echo(write_json(brief), nl=False)
    else:
        click.echo(write_text(brief), nl=False)
        for flag in all_flags(brief):
            click.echo(f"{flag.severity}: {flag.message}", err=True)
    if strict and any(flag.severity == "error" for flag in all_flags(brief)):
        sys.exit(_FLAGGED)


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if "pdf" in formats:
        require_pdf()
    unknown = [kind for kind in formats if kind not in WRITERS]
    if unknown or not formats:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not one of {', '.join(WRITERS)}.")
    return formats


@main.command()
@click.argument("folder")
@click.option("--out", required=True, help="Folder for the briefs; made if need be.")
@click.option("--format", "formats", default="html", show_default=True, callback=_formats, help=",".join(WRITERS))
@click.option("--include", multiple=True, help="Only files that fit: '*.md', 'reports/*'. May be given more than once.")
@click.option("--exclude", multiple=True, help="No files that fit, nor those in folders that fit. May be given more than once.")
@click.option("--resume/--no-resume", default=True, help="Leave out notes whose briefs are there already, or do all again.")
@click.option("--watch", is_flag=True, help="Translate new and changed notes as they come, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1), help="Notes worked on at once; one for each core if left out.")
@click.option("--ray", "cluster", metavar="ADDRESS|local", help="Do it on a Ray cluster; FOLDER and --out may then be URLs.")
@as_json_option
@with_choices
@_strict
def batch(
    folder: str,
    out: str,
    formats: tuple[str, ...],
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    resume: bool,
    watch: bool,
    jobs: int | None,
    cluster: str | None,
    as_json: bool,
    choices: Choices,
    strict: bool,
) -> None:
    """Translate every note below FOLDER, or in a ZIP, into a brief; the same command again does only what is new.

    \b
    dwibhashi batch seeds --out briefs --format html,md,json
    dwibhashi batch notes --out briefs --exclude drafts --watch
    dwibhashi batch s3://records/notes --out s3://records/briefs --ray head.example.org:6379
    """
    selection = batches.Selection(include, exclude)
    try:
        if cluster:
            if watch:
                raise click.UsageError("--watch is for a folder of this machine; leave out --ray.")
            if choices.model:
                raise click.UsageError("--model is for this machine; the nodes of a cluster use the embedded model.")
            job = Job(folder, out, formats, selection, str(choices), resume, jobs)
            report = _batch_on_ray(cluster, job, choices, as_json)
        else:
            workers = jobs or os.cpu_count() or 1
            order = batches.Order(_path(folder), _path(out), formats, selection, str(choices), resume, workers)
            if watch:
                _watch(order, choices, as_json)
                return
            report = _batch_here(order, choices, as_json)
    except KeyboardInterrupt:
        fail("stopped. The same command goes on from here.")
    if report.having("failed"):
        sys.exit(FAILED)
    if strict and report.figures.errors:
        sys.exit(_FLAGGED)


def _path(text: str) -> Path:
    if "://" in text:
        raise click.UsageError(f"{text}: URLs are for --ray; name a folder.")
    return Path(text)


def _batch_here(order: batches.Order, choices: Choices, as_json: bool) -> batches.Report:
    notes, _ = batches.notes_in(order.folder, order.out, order.selection)
    with _progress(len(notes)) as progress:
        report = batches.run(order, choices.translator(), lambda outcome: progress.advance(progress.task_ids[0]))
    _print_report(report, str(order.out), batches.report_as_json(order, report) if as_json else None)
    return report


def _batch_on_ray(cluster: str, job: Job, choices: Choices, as_json: bool) -> batches.Report:
    memory = memory_for(cluster) if choices.memory else None
    recipe = Recipe(choices.glossary(), choices.domains, choices.house_style, memory)
    with _progress(None) as progress:
        report = run_on_ray(cluster, job, recipe, lambda outcome: progress.advance(progress.task_ids[0]))
    below = batches.report_as_json(batches.Order(Path(), Path()), report)
    _print_report(report, job.out, {**below, "folder": job.folder, "out": job.out} if as_json else None)
    return report


def _watch(order: batches.Order, choices: Choices, as_json: bool) -> None:
    def reported(report: batches.Report) -> None:
        _print_report(report, str(order.out), batches.report_as_json(order, report) if as_json else None)

    click.echo(f"Watching {order.folder}; Ctrl-C ends it.", err=True)
    try:
        batches.watch(order, choices.translator(), reported)
    except KeyboardInterrupt:
        return


@contextmanager
def _progress(total: int | None) -> Iterator[Progress]:
    """How far a batch is and how long it will take, on a terminal."""
    errors = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as progress:
        progress.add_task("Translating", total=total)
        yield progress


def _print_report(report: batches.Report, out: str, as_json: Mapping[str, Any] | None) -> None:
    for path in report.passed_over:
        click.echo(f"dwibhashi: {path}: passed over; files of this type cannot be read.", err=True)
    for outcome in report.having("failed"):
        click.echo(f"dwibhashi: {outcome.error}", err=True)
    if as_json is not None:
        print_json(as_json)
        return
    click.echo(f"{report}; briefs in {out}")
    table = Table()
    for column in ("sentences", "terms pinned", "flags", "sentences/s"):
        table.add_column(column, justify="right")
    figures = report.figures
    table.add_row(*map(str, (figures.sentences, figures.terms, figures.flags)), f"{report.rate:.1f}")
    Console().print(table)


main.add_command(glossary)
main.add_command(memory_commands)
main.add_command(models)
main.add_command(export_argos)


if __name__ == "__main__":
    main()
