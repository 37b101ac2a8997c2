"""The signs that an RTF file is made of: groups, control words, text. What the words mean is not known here.

Rich Text Format Specification, version 1.9.1, "RTF Syntax".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?\ ?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[\s\S])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)"
)


class Token(NamedTuple):
    """One sign. `kind` is word, byte, symbol, brace or text; `number` is that of a word, None where it has none."""

    kind: str
    text: str
    number: int | None = None


def tokens(content: bytes) -> Iterator[Token]:
    """The signs of a file, in order; line ends between them mean nothing, and the data of \\bin is left out."""
    written = content.decode("latin-1")
    at = 0
    while match := _TOKEN.search(written, at):
        at = match.end()
        kind = match.lastgroup or ""
        if kind in ("word", "number"):
            number = None if match["number"] is None else int(match["number"])
            if match["word"] == "bin":
                at += max(number or 0, 0)
            yield Token("word", match["word"], number)
        else:
            yield Token(kind, match[kind])
