"""A file into a Document: its bytes into text, its text into blocks by the format that its name tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePath

from hindi.encodings import marked_encoding
from translator.documents.markdown import read_markdown
from translator.documents.plain import read_plain
from translator.errors import DocumentError
from translator.values import Document

READERS = {
    ".txt": read_plain,
    ".text": read_plain,
    "": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def read_document(path: Path) -> Document:
    """Read one file. Raises DocumentError, naming the file, if it cannot be read as text."""
    _reader(str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}. Check the name and your right to read it.") from error
    return read_content(content, str(path))


def read_content(content: bytes, name: str) -> Document:
    """Read the bytes of a file; its name tells the format. Raises DocumentError as `read_document` does."""
    return _reader(name)(decode(content, name), PurePath(name).name)


def readable(name: str) -> bool:
    """Whether files of this name can be read.

    >>> readable("notes/बैठक.TXT"), readable("photo.jpg")
    (True, False)
    """
    return _suffix(name) in READERS


def _reader(name: str) -> Callable[[str, str], Document]:
    if not readable(name):
        known = ", ".join(filter(None, READERS))
        raise DocumentError(f"{name}: files of type {_suffix(name)} cannot be read; use one of {known}.")
    return READERS[_suffix(name)]


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def decode(content: bytes, name: str) -> str:
    """Bytes into text: UTF-8, or what the byte-order mark says. Nothing is replaced or guessed.

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
