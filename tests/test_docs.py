"""The documentation says what there is. `python -P tests/test_docs.py` writes the reference of the command line anew."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import regex

from web.commands import main
from web.settings import Settings, variable

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "cli.md"
BEGIN = "## Commands\n"
ELSEWHERE = {"DWIBHASHI_MODELS"}  # variables that are no settings of the service


def pages() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))


def commands(command: click.Command = main, path: str = "dwibhashi") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, f"{path} {name}")
    else:
        yield path, command


def reference() -> str:
    """Every command with its arguments, what it does, and its options."""
    return BEGIN + "".join(_described(path, command) for path, command in sorted(commands(), key=lambda each: each[0]))


def _described(path: str, command: click.Command) -> str:
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    names = [(argument.human_readable_name, argument.required) for argument in arguments]
    usage = [path, *(name if required else f"[{name}]" for name, required in names)]
    told = inspect.cleandoc(command.help or "").replace("\b\n", "")
    told = regex.sub(r"^(dwibhashi .*)$", r"    \1", told, flags=regex.M)
    options = [option for option in command.params if isinstance(option, click.Option)]
    rows = "".join(f"| `{_written(option)}` | {option.help or ''} |\n".replace("ADDRESS|", r"ADDRESS\|") for option in options)
    return f"\n### {' '.join(usage)}\n\n{told}\n" + (f"\n| option | |\n|---|---|\n{rows}" if rows else "")


def _written(option: click.Option) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    kind = "CHOICE" if isinstance(option.type, click.Choice) else option.type.name.split()[0].upper()
    return names if option.is_flag else f"{names} {option.metavar or kind}"


def test_the_reference_of_the_command_line_is_what_the_commands_say() -> None:
    assert REFERENCE.read_text(encoding="utf-8").endswith(reference()), "Run python -P tests/test_docs.py."


def test_every_command_and_option_that_a_page_names_exists() -> None:
    groups = {path.rpartition(" ")[0] for path, _ in commands()}
    known = {path for path, _ in commands()} | groups
    named = regex.findall(r"^ {4}(dwibhashi(?: [a-z][a-z-]*)+)", pages(), regex.M)
    assert len(named) > 30
    for words in named:
        assert any(f"{words} ".startswith(f"{path} ") for path in known - {"dwibhashi"}), words
    for words, option in regex.findall(r"(dwibhashi [a-z][^\n`]*?) (--[a-z-]+)", pages()):
        command = max((path for path in known if f"{words} ".startswith(f"{path} ")), key=len)
        options = {name for path, each in commands() if path == command for parameter in each.params for name in parameter.opts}
        options |= {name for path, each in commands() if path == command for one in each.params for name in one.secondary_opts}
        assert option in options | {"--help", "--version"}, (words, option)


def test_every_setting_is_documented_and_the_other_way_round() -> None:
    documented = set(regex.findall(r"^\| `(DWIBHASHI_[A-Z_]+)` \|", (ROOT / "docs" / "web.md").read_text("utf-8"), regex.M))
    assert documented == {variable(setting.name) for setting in fields(Settings)}
    assert set(regex.findall(r"(?<!_)DWIBHASHI_[A-Z_]+", pages())) == documented | ELSEWHERE


def test_every_kind_of_flag_is_documented_and_the_other_way_round() -> None:
    documented = set(
        regex.findall(r"^\| ([a-z-]+) \| (?:error|warning)", (ROOT / "docs" / "flags.md").read_text("utf-8"), regex.M)
    )
    raised: set[str] = set()
    for path in (ROOT / "translator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Flag" and node.args:
                chosen = node.args[0]  # one kind, or one of two; brief_json reads them from a file
                kinds = [chosen.body, chosen.orelse] if isinstance(chosen, ast.IfExp) else [chosen]
                raised |= {kind.value for kind in kinds if isinstance(kind, ast.Constant)}
    chosen_at_run_time = {"term-missing", "text-missing", "number", "date"}
    assert raised | chosen_at_run_time == documented


if __name__ == "__main__":
    written = REFERENCE.read_text(encoding="utf-8").partition(BEGIN)[0]
    REFERENCE.write_text(written + reference(), encoding="utf-8")
