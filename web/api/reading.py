"""What programs send, as the service takes it: options, and documents to be kept."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from werkzeug.datastructures import FileStorage

from translator.documents.plain import read_plain
from translator.documents.reading import read_content, require_text
from translator.errors import DocumentError
from translator.values import Document
from web.briefs import Accepted
from web.options import OptionError, Options, options
from web.parts import parts

_NAME_WORDS = 8
_LONGEST_NAME = 100


def chosen(domains: Sequence[str] = (), rules: Sequence[str] | None = None, units: str = "") -> Options:
    """Options of which the service knows all. Raises OptionError, naming what can be had."""
    known = parts().translators.domains() if domains else ()
    for domain in filter(None, domains):
        if domain not in known:
            raise OptionError(f"{domain!r} is no domain of the glossary; these are: {', '.join(known)}.")
    return options(domains, rules, units)


def read_text(text: str, name: str, most: int, instead: str) -> Document:
    """A text of at most `most` characters; `instead` says what to do with a longer one. Raises DocumentError if it is blank."""
    if len(text) > most:
        abort(413, f"The text has {len(text):,} characters, more than {most:,}. {instead}")
    require_text(text, "the text")
    document = read_plain(text, name.strip() or first_words(text))
    if not document.blocks:
        raise DocumentError("There is no text in it; send a note.")
    return document


def read_file(file: FileStorage, options: Options, name: str = "") -> Accepted:
    """A file to be kept. Raises DocumentError, naming it, if it cannot be read or has no text."""
    given, content = file.filename or "", file.stream.read()
    require_text(given, "the name of the file")
    document = read_content(content, given)
    if not document.blocks:
        raise DocumentError(f"{given}: there is no text in it. Choose another file.")
    return Accepted(Document(name.strip() or document.name, document.blocks, document.metadata), content, options)


def first_words(text: str) -> str:
    """What a note without a name is called: how its text begins."""
    words = text.split()
    return " ".join(words[:_NAME_WORDS])[:_LONGEST_NAME] + ("…" if len(words) > _NAME_WORDS else "")
