"""The HTML templates of briefs and of the index of a batch, which stand alone, and the fonts for those that can have them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

FONTS = Path(__file__).parent / "fonts"


@cache
def template(name: str) -> jinja2.Template:
    """A template by the name of its file."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("translator"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
