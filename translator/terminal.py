"""What all commands share: how results and errors are printed."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.table import Table

from glossary.model import Term
from translator.errors import DwibhashiError

FAILED = 3

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


class Commands(click.Group):
    """Our errors become one line on standard error and exit code 3."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DwibhashiError as error:
            fail(str(error))


def fail(message: str) -> NoReturn:
    """Say what went wrong and end."""
    click.echo(f"dwibhashi: {message}", err=True)
    sys.exit(FAILED)


def user() -> str:
    """The login name of who runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def print_json(value: Any) -> None:
    """Print a value as JSON, with Hindi as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], as_json: bool) -> None:
    """A table on a terminal, tab-separated lines elsewhere, or a list of objects."""
    texts = [["" if cell is None else cell for cell in row] for row in rows]
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in texts])
    elif not Console().is_terminal:
        for row in texts:
            click.echo("\t".join(" ".join(str(cell).split()) for cell in row))
    else:
        table = Table(*columns)
        for row in texts:
            table.add_row(*map(str, row))
        Console().print(table)


def term_as_json(term: Term) -> Mapping[str, Any]:
    """All fields of a term."""
    return asdict(term)
