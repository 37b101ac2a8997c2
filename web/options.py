"""How a note is to be translated: what a person chooses beside the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from translator.errors import DwibhashiError
from translator.house_style import NAMES, USUAL
from translator.pipeline import Style, Units


class OptionError(DwibhashiError):
    """An option that does not exist, or has no such value."""


@dataclass(frozen=True)
class Options:
    """The domains whose English is preferred, the rules of the house style that are on, and the units of large numbers."""

    domains: tuple[str, ...] = ()
    rules: frozenset[str] = USUAL
    units: Units = "indian"

    @property
    def style(self) -> Style:
        """The rules and units as the pipeline takes them."""
        return Style(self.rules, self.units)


def options(domains: Sequence[str] = (), rules: Sequence[str] | None = None, units: str = "") -> Options:
    """Options from texts. Raises OptionError, naming what can be had."""
    for rule in rules or ():
        if rule not in NAMES:
            raise OptionError(f"{rule!r} is no rule of the house style; these are: {', '.join(NAMES)}.")
    found = next((known for known in get_args(Units) if known == (units or "indian")), None)
    if found is None:
        raise OptionError(f"Units are {' or '.join(get_args(Units))}, not {units!r}.")
    return Options(tuple(filter(None, domains)), USUAL if rules is None else frozenset(rules), found)


def options_as_json(chosen: Options) -> dict[str, Any]:
    """Options as plain values."""
    return {"domains": list(chosen.domains), "rules": sorted(chosen.rules), "units": chosen.units}


def options_from_json(values: Mapping[str, Any]) -> Options:
    """What `options_as_json` made."""
    return options(values["domains"], values["rules"], values["units"])
