"""The command line. Results go to standard output, all else to standard error.

Exit codes: 0 fine, 1 finished with errors flagged (under --strict), 2 wrong use, 3 something failed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from glossary.agreed import combine, from_file
from glossary.model import Glossary
from glossary.termbase import current
from translator import batch as batches
from translator.documents.brief_json import write_json
from translator.documents.plain import read_plain
from translator.documents.reading import decode, require_text
from translator.documents.writing import WRITERS, all_flags, write_text
from translator.glossary_commands import glossary
from translator.house_style import NAMES, USUAL
from translator.memory_commands import memory as memory_commands
from translator.pipeline import Style, Units, default_translator
from translator.terminal import FAILED, Commands

_FLAGGED = 1


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dwibhashi")
def main() -> None:
    """Hindi briefing notes into English briefs, offline, with agreed terms pinned."""


_own_glossary = click.option(
    "--glossary",
    "tables",
    multiple=True,
    type=click.Path(path_type=Path),
    help="CSV, TSV, XLSX or TBX; decides before the agreed terms. May be given more than once.",
)


_domains = click.option(
    "--domain",
    "domains",
    multiple=True,
    help="Where a term has an English for each domain, take this. May be given more than once.",
)


def _rules(ctx: click.Context, param: click.Parameter, value: str) -> frozenset[str]:
    """The rules of the house style that are on: `headline,-dates` changes the usual ones."""
    rules = set(USUAL)
    for word in filter(None, (part.strip() for part in value.split(","))):
        name = word.removeprefix("-")
        if name not in NAMES:
            raise click.BadParameter(f"{name} is not one of {', '.join(NAMES)}.")
        (rules.discard if word.startswith("-") else rules.add)(name)
    return frozenset(rules)


_house_style = click.option(
    "--style",
    "rules",
    default="",
    callback=_rules,
    help=f"Rules of the finished English: headline switches one on, -dates one off (on are {', '.join(sorted(USUAL))}).",
)
_units = click.option(
    "--units",
    type=click.Choice(["indian", "international"]),
    default="indian",
    show_default=True,
    help="lakh and crore, or million and billion, converted exactly.",
)
_memory = click.option("--memory/--no-memory", default=True, help="Use what was approved before, or not.")
_strict = click.option("--strict", is_flag=True, help="Exit code 1 if a flag says that something is wrong.")


def _glossary(tables: tuple[Path, ...]) -> Glossary:
    agreed = current()
    for table in tables:
        agreed = combine(agreed, from_file(table))
    return agreed


@main.command()
@click.argument("text", default="-")
@click.option("--json", "as_json", is_flag=True, help="Print segments, pins and flags as JSON.")
@_own_glossary
@_domains
@_house_style
@_units
@_memory
@_strict
def translate(
    text: str,
    as_json: bool,
    tables: tuple[Path, ...],
    domains: tuple[str, ...],
    rules: frozenset[str],
    units: Units,
    memory: bool,
    strict: bool,
) -> None:
    """Translate TEXT, or standard input if TEXT is - or left out.

    \b
    dwibhashi translate "भारत-कजाकिस्तान संयुक्त कार्य समूह की बैठक हुई।"
    dwibhashi translate < note.txt > brief.txt
    """
    if text == "-":
        text = decode(sys.stdin.buffer.read(), "standard input")
    else:
        require_text(text, "the text")
    brief = default_translator(_glossary(tables), domains, Style(rules, units), memory).brief(read_plain(text, "text"))
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
    unknown = [kind for kind in formats if kind not in WRITERS]
    if unknown or not formats:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not one of {', '.join(WRITERS)}.")
    return formats


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the briefs; made if need be.")
@click.option("--format", "formats", default="html", show_default=True, callback=_formats, help=",".join(WRITERS))
@_own_glossary
@_domains
@_house_style
@_units
@_memory
@_strict
def batch(
    folder: Path,
    out: Path,
    formats: tuple[str, ...],
    tables: tuple[Path, ...],
    domains: tuple[str, ...],
    rules: frozenset[str],
    units: Units,
    memory: bool,
    strict: bool,
) -> None:
    """Translate every note below FOLDER into a brief.

    \b
    dwibhashi batch seeds --out briefs --format html,md,json
    """
    errors = Console(stderr=True)
    translator = default_translator(_glossary(tables), domains, Style(rules, units), memory)
    notes, _ = batches.notes_in(folder, out)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as progress:
        task = progress.add_task("Translating", total=len(notes))
        report = batches.run(folder, out, formats, translator, lambda outcome: progress.advance(task))
    for path in report.passed_over:
        click.echo(f"dwibhashi: {path}: passed over; files of this type cannot be read.", err=True)
    for outcome in report.failed:
        click.echo(f"dwibhashi: {outcome.error}", err=True)
    _print_summary(report, out)
    if report.failed:
        sys.exit(FAILED)
    if strict and report.errors:
        sys.exit(_FLAGGED)


def _print_summary(report: batches.Report, out: Path) -> None:
    table = Table(title=f"Briefs in {out}", title_justify="left")
    for column in ("documents", "failed", "sentences", "terms pinned", "flags", "sentences/s"):
        table.add_column(column, justify="right")
    figures = (
        len(report.outcomes) - len(report.failed),
        len(report.failed),
        report.sentences,
        report.terms,
        report.flags,
    )
    table.add_row(*map(str, figures), f"{report.sentences / max(report.seconds, 1e-9):.1f}")
    Console().print(table)


main.add_command(glossary)
main.add_command(memory_commands)


if __name__ == "__main__":
    main()
