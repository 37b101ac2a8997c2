"""Files that came together, read one by one: a document of each that can be read, and of each other the reason.

It knows ZIPs and the formats of documents; where the files come from is for others to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from translator.documents.archives import Limits, documents_in
from translator.documents.reading import read_content
from translator.errors import DocumentError
from web.batches import MOST, PassedOver
from web.briefs import Accepted
from web.options import Options

_MOST_FILES = 2 * MOST  # with those that cannot be read
_NO_NAME = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")  # what no database or no reader can take
_LONGEST_NAME = 200  # characters


@dataclass(frozen=True)
class Given:
    """A file that someone gave: its name, with folders where it came in some, and how its bytes are had.

    `read` raises DocumentError for a file that cannot be read; it is called at most once.
    """

    name: str
    read: Callable[[], bytes]


def incoming(given: Iterable[Given], options: Options, most_bytes: int) -> Iterator[Accepted | PassedOver]:
    """What becomes of each file, and of each file in a ZIP, in order; one of them is in memory at a time.

    A ZIP is checked as a whole before anything in it is read, and passed over as a whole if anything is wrong with it.
    Raises DocumentError for too many files, or if their bytes, unpacked, are more than `most_bytes`.
    """
    seen = total = 0
    for name, content in _unpacked(given, most_bytes):
        seen += 1
        if seen > _MOST_FILES:
            raise DocumentError(f"There are more than {_MOST_FILES:,} files. Send them in parts.")
        if isinstance(content, PassedOver):
            yield content
            continue
        total += len(content)
        if total > most_bytes:
            raise DocumentError(f"The files have more than {most_bytes // 2**20} MiB together. Send them in parts.")
        yield _read(name, content, options)


def _unpacked(given: Iterable[Given], most_bytes: int) -> Iterator[tuple[str, bytes | PassedOver]]:
    limits = Limits(files=MOST, file_bytes=min(Limits.file_bytes, most_bytes), total_bytes=most_bytes)
    for file in given:
        name = clean_name(file.name)
        try:
            content = file.read()
            if PurePosixPath(name).suffix.lower() != ".zip":
                yield name, content
                continue
            for _ in documents_in(content, name, limits):
                pass  # to the end, before anything is made of it
        except DocumentError as error:
            yield name, _passed_over(name, error)
            continue
        for path, member in documents_in(content, name, limits):
            yield clean_name(str(PurePosixPath(name).parent / path)), member


def _read(name: str, content: bytes, options: Options) -> Accepted | PassedOver:
    try:
        document = read_content(content, name)
        if not document.blocks:
            raise DocumentError("There is no text in it. Choose another file.")
    except DocumentError as error:
        return _passed_over(name, error)
    return Accepted(replace(document, name=name), content, options)


def _passed_over(name: str, error: DocumentError) -> PassedOver:
    """The reason without the name, which is shown beside it."""
    reason = str(error).removeprefix(f"{name}: ")
    return PassedOver(name, reason[:1].upper() + reason[1:])


def clean_name(name: str) -> str:
    """A name that can be kept and shown: without control characters, or marks that turn the direction of what is read.

    >>> clean_name("a" + chr(0) + "b.txt"), clean_name("नोट्स/बैठक.txt")
    ('a_b.txt', 'नोट्स/बैठक.txt')
    """
    cleaned = _NO_NAME.sub("_", name)
    return cleaned if len(cleaned) <= _LONGEST_NAME else "…" + cleaned[1 - _LONGEST_NAME :]
