"""`dwibhashi serve` and the commands for its users, beside those of the translator. What one needs is imported when it runs."""

from __future__ import annotations

import sys

import click

from translator.cli import main
from translator.terminal import FAILED, as_json_option, print_rows
from web.user_commands import keys, users

__all__ = ["main"]


@main.command()
@click.option("--host", help="Where to listen; any other address than this machine's needs users.")
@click.option("--port", type=click.IntRange(0, 65535))
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages and the API at http://127.0.0.1:8000.

    \b
    dwibhashi serve
    dwibhashi serve --port 9000
    """
    from web.server import run
    from web.settings import from_environment

    run(
        from_environment(host=host, port=port),
        lambda address: click.echo(f"Dwibhashi is at {address} (Ctrl-C ends it)", err=True),
    )


@main.command()
@as_json_option
def doctor(as_json: bool) -> None:
    """Check the installation, and say what is missing and how to get it. Exit code 3 if something is wrong."""
    from web.doctor import findings

    found = list(findings())
    columns = ("what", "state", "found", "remedy")
    print_rows(columns, [(each.what, each.state, each.found, each.remedy) for each in found], as_json)
    if any(each.state == "wrong" for each in found):
        sys.exit(FAILED)


main.add_command(users)
main.add_command(keys)


if __name__ == "__main__":
    main()
