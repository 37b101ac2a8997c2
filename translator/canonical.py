"""The one spelling of marks and blanks that the engines were trained on. What people read is never put through it."""

from __future__ import annotations

import unicodedata

import regex

_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚`´", "'"),
        **dict.fromkeys("–—−‐‑", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff\u202a\u202b\u202c\u202d\u202e•·●"),
        "…": "...",
        "॥": "।",
        "\u00a0": " ",
        **{chr(0x0966 + digit): str(digit) for digit in range(10)},
    }
)
_CONTROL = regex.compile(r"\p{Cc}+")
_BLANKS = regex.compile(r"\s+")
_PIPE_AS_DANDA = regex.compile(r"(?<=\p{Deva})\s*\|(?=\s|\Z)")
_BLANK_BEFORE_MARK = regex.compile(r"\s+([।,;:!?])")


def canonical(text: str) -> str:
    """`text` as the engines know it.

    >>> canonical("“हाँ ।”  २०२४ – बैठक हुई|")
    '"हाँ।" 2024 - बैठक हुई।'
    """
    text = unicodedata.normalize("NFC", text).translate(_MARKS)
    text = _BLANKS.sub(" ", _CONTROL.sub(" ", text)).strip().replace("''", '"')
    text = _PIPE_AS_DANDA.sub("।", text)
    return _BLANK_BEFORE_MARK.sub(r"\1", text)
