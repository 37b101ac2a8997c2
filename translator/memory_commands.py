"""`dwibhashi memory …`: approved sentences, kept and exchanged."""

from __future__ import annotations

from pathlib import Path

import click

from glossary.database import default_url
from translator.memory.importing import import_tmx, plan_import
from translator.memory.store import Memory
from translator.memory.tmx import write_tmx
from translator.memory.values import Remembered
from translator.terminal import as_json_option, print_json, print_rows, user

_COLUMNS = ("id", "source", "target", "who", "at", "document")


@click.group()
def memory() -> None:
    """Keep approved sentences: the same sentence gets the same English again, one like it is shown with it."""


_who = click.option("--as", "who", default=user, show_default="your login name", help="Who makes the change.")


@memory.command()
@click.argument("source", metavar="HINDI")
@click.argument("target", metavar="ENGLISH")
@click.option("--document", default="", help="Where the sentence is from.")
@_who
@as_json_option
def add(source: str, target: str, document: str, who: str, as_json: bool) -> None:
    """Approve ENGLISH for HINDI.

    \b
    dwibhashi memory add "बैठक अस्ताना में हुई।" "The meeting was held in Astana."
    """
    _print([_open().remember(source, target, who, document=document)], as_json)


@memory.command("list")
@click.argument("words", default="")
@click.option("--most", default=50, show_default=True, help="No more than these, the newest first.")
@as_json_option
def list_segments(words: str, most: int, as_json: bool) -> None:
    """List what is kept, or what of it has WORDS in its Hindi or English."""
    _print(_open().search(words, most), as_json)


@memory.command()
@click.argument("text")
@click.option("--at-least", default=75, show_default=True, help="Likeness, of 100.")
@as_json_option
def similar(text: str, at_least: int, as_json: bool) -> None:
    """Show what was approved for sentences like TEXT."""
    rows = [
        (near.segment.id, round(near.score), near.segment.source, near.segment.target) for near in _open().fuzzy(text, at_least)
    ]
    print_rows(("id", "likeness", "source", "target"), rows, as_json)


@memory.command()
@click.argument("number", type=int)
@_who
@as_json_option
def forget(number: int, who: str, as_json: bool) -> None:
    """Take sentence NUMBER out of use; its history stays."""
    _print([_open().forget(number, who)], as_json)


@memory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@_who
@as_json_option
def import_segments(file: Path, dry_run: bool, who: str, as_json: bool) -> None:
    """Bring in a TMX file. What it rejects stays outside, with the reason; all else comes in together."""
    report = plan_import(_open(), file) if dry_run else import_tmx(_open(), file, who)
    rows = [
        *(("replaced", change.place, f"{change.before.target} → {change.after.target}") for change in report.replaced),
        *(("codes left out", place, ", ".join(codes)) for place, codes in report.left_out.items()),
        *(("rejected", rejection.place, rejection.reason) for rejection in report.rejected),
    ]
    if as_json:
        details = [dict(zip(("what", "where", "detail"), row, strict=True)) for row in rows]
        print_json({"added": report.added, "unchanged": report.unchanged, "details": details})
        return
    print_rows(("what", "where", "detail"), rows, as_json=False)
    replaced, rejected = len(report.replaced), len(report.rejected)
    click.echo(f"{report.added} added, {replaced} replaced, {report.unchanged} unchanged, {rejected} rejected", err=True)


@memory.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
def export(file: Path, as_json: bool) -> None:
    """Write all that is kept into a TMX file."""
    kept = _open()
    write_tmx(file, kept.all())
    if as_json:
        print_json({"file": str(file), "segments": kept.count()})
    else:
        click.echo(f"{kept.count()} segments in {file}", err=True)


def _open() -> Memory:
    return Memory(default_url())


def _print(segments: list[Remembered] | tuple[Remembered, ...], as_json: bool) -> None:
    print_rows(_COLUMNS, [[getattr(segment, name) for name in _COLUMNS] for segment in segments], as_json)
