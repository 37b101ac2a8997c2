"""A file into a Document, by the format that its name tells. How a format is read, its own module knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from translator.documents.exchange import read_tmx, read_xliff
from translator.documents.mail import read_mail
from translator.documents.markdown import read_markdown
from translator.documents.pdf import read_pdf
from translator.documents.plain import read_plain
from translator.documents.reading_html import read_html
from translator.documents.reading_opendocument import read_odt
from translator.documents.reading_rtf import read_rtf
from translator.documents.reading_word import read_docx
from translator.documents.subtitles import read_srt, read_vtt
from translator.documents.text import decode, require_text
from translator.errors import DocumentError
from translator.values import Document

__all__ = ["READERS", "Reader", "decode", "read_content", "read_document", "readable", "require_text"]

Reader = Callable[[bytes, str], Document]
"""The bytes of a file and its name, which may be a path, for messages. Raises DocumentError."""


def _of_text(read: Callable[[str, str], Document]) -> Reader:
    return lambda content, name: read(decode(content, name), name)


READERS: dict[str, Reader] = {
    ".txt": _of_text(read_plain),
    ".text": _of_text(read_plain),
    "": _of_text(read_plain),
    ".md": _of_text(read_markdown),
    ".markdown": _of_text(read_markdown),
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".eml": lambda content, name: read_mail(content, name, read_content),
    ".srt": _of_text(read_srt),
    ".vtt": _of_text(read_vtt),
    ".xlf": read_xliff,
    ".xliff": read_xliff,
    ".tmx": read_tmx,
}

_REMEDIES = {
    ".doc": "Word documents from before 2007 cannot be read. Open it in Word or LibreOffice and save it as .docx.",
}


def read_document(path: Path) -> Document:
    """Read one file. Raises DocumentError, naming the file, if it cannot be read."""
    _reader(str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}. Check the name and your right to read it.") from error
    return read_content(content, str(path))


def read_content(content: bytes, name: str) -> Document:
    """Read the bytes of a file; its name tells the format. Raises DocumentError as `read_document` does."""
    return replace(_reader(name)(content, name), name=PurePath(name).name)


def readable(name: str) -> bool:
    """Whether files of this name can be read.

    >>> readable("notes/बैठक.TXT"), readable("photo.jpg")
    (True, False)
    """
    return _suffix(name) in READERS


def _reader(name: str) -> Reader:
    suffix = _suffix(name)
    if suffix in READERS:
        return READERS[suffix]
    if suffix in _REMEDIES:
        raise DocumentError(f"{name}: {_REMEDIES[suffix]}")
    known = ", ".join(filter(None, READERS))
    raise DocumentError(f"{name}: files of type {suffix} cannot be read; use one of {known}.")


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
