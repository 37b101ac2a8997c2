"""The bytes of a text file into text: what encoding they are in, and what is no text at all. Nothing is replaced or guessed."""

from __future__ import annotations

import re

from hindi.encodings import marked_encoding
from translator.errors import DocumentError

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def decode(content: bytes, name: str) -> str:
    """Bytes into text: UTF-8, or what the byte-order mark says.

    Raises DocumentError with the offset of the first byte that is wrong.
    """
    encoding = marked_encoding(content) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {error.start} (0x{content[error.start]:02X}) is not valid {error.encoding.upper()}. "
            "Save the file as UTF-8 and try again."
        ) from error
    require_text(text, name)
    return text


def require_text(text: str, name: str) -> None:
    """Raises DocumentError if `text` holds what no text does: NUL, or bytes that were not UTF-8."""
    found = _NO_TEXT.search(text)
    if found is None:
        return
    if found.group() == "\0":
        raise DocumentError(
            f"{name}: NUL character at position {found.start()}. This is not a text file, or one in UTF-16 without a "
            "byte-order mark; save it as UTF-8 text and try again."
        )
    raise DocumentError(f"{name}: position {found.start()} is not valid UTF-8. Give the text in UTF-8.")
