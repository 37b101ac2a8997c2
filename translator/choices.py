"""The choices on the command line that decide the English: glossary, domains, house style, units, memory and model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from glossary.agreed import combine, from_file
from glossary.model import Glossary
from glossary.termbase import current
from translator.house_style import NAMES, USUAL
from translator.pipeline import Style, Translator, Units, default_translator


@dataclass(frozen=True)
class Choices:
    """What was chosen. Which glossary and model that is, the translator knows; `str` names the rest."""

    tables: tuple[Path, ...]
    domains: tuple[str, ...]
    rules: frozenset[str]
    units: Units
    memory: bool
    model: str = ""

    @property
    def house_style(self) -> Style:
        return Style(self.rules, self.units)

    def glossary(self) -> Glossary:
        """The agreed terms, and those of the tables. Raises GlossaryError if one cannot be read."""
        agreed = current()
        for table in self.tables:
            agreed = combine(agreed, from_file(table))
        return agreed

    def translator(self) -> Translator:
        """A translator as chosen. Raises GlossaryError as `glossary` does, and EngineError if the model cannot be had."""
        return default_translator(self.glossary(), self.domains, self.house_style, self.memory, self.model)

    def __str__(self) -> str:
        parts = (
            f"domains {', '.join(self.domains) or 'none'}",
            f"style {', '.join(sorted(self.rules)) or 'none'}",
            f"{self.units} units",
            f"{'with' if self.memory else 'without'} memory",
        )
        return "; ".join(parts)


def _rules(ctx: click.Context, param: click.Parameter, value: str) -> frozenset[str]:
    """The rules of the house style that are on: `headline,-dates` changes the usual ones."""
    rules = set(USUAL)
    for word in filter(None, (part.strip() for part in value.split(","))):
        name = word.removeprefix("-")
        if name not in NAMES:
            raise click.BadParameter(f"{name} is not one of {', '.join(NAMES)}.")
        (rules.discard if word.startswith("-") else rules.add)(name)
    return frozenset(rules)


_OPTIONS = (
    click.option(
        "--glossary",
        "tables",
        multiple=True,
        type=click.Path(path_type=Path),
        help="CSV, TSV, XLSX or TBX; decides before the agreed terms. May be given more than once.",
    ),
    click.option(
        "--domain",
        "domains",
        multiple=True,
        help="Where a term has an English for each domain, take this. May be given more than once.",
    ),
    click.option(
        "--style",
        "rules",
        default="",
        callback=_rules,
        help=f"Rules of the finished English: headline switches one on, -dates one off (on are {', '.join(sorted(USUAL))}).",
    ),
    click.option(
        "--units",
        type=click.Choice(["indian", "international"]),
        default="indian",
        show_default=True,
        help="lakh and crore, or million and billion, converted exactly.",
    ),
    click.option("--memory/--no-memory", default=True, help="Use what was approved before, or not."),
    click.option("--model", default="", help="A model of `dwibhashi models list`, or a folder; the one in use if left out."),
)


def with_choices(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options, as one argument `choices`."""

    @wraps(command)
    def gathered(
        *arguments: Any,
        tables: tuple[Path, ...],
        domains: tuple[str, ...],
        rules: frozenset[str],
        units: Units,
        memory: bool,
        model: str,
        **others: Any,
    ) -> None:
        command(*arguments, choices=Choices(tables, domains, rules, units, memory, model), **others)

    decorated: Callable[..., None] = gathered
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
