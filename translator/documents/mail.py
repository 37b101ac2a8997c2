"""An e-mail (.eml, RFC 5322 and MIME) into a Document: who, to whom and when, what was written, and what was attached.

How attached files and HTML are read, others know: the reader of files is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError, StartBoundaryNotFoundDefect
from email.header import decode_header
from email.message import Message
from pathlib import PurePath

from translator.documents.left_out import left_out
from translator.documents.plain import read_plain
from translator.errors import DocumentError
from translator.values import Block, Document

_MOST_BYTES = 25 * 2**20
_DEEPEST = 10  # parts within parts
_MOST_PARTS = 500
_SHOWN = ("From", "To", "Cc", "Date")
_KNOWN = (*_SHOWN, "Subject", "Received", "MIME-Version", "Message-ID")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_QUOTED = re.compile(r"(?P<marks>(?:> ?)*)(?P<text>.*)", re.DOTALL)
_COLUMNS = 76  # at which programs break lines (RFC 5322, section 2.1.1)


def read_mail(content: bytes, name: str, read: Callable[[bytes, str], Document]) -> Document:
    """The blocks of an e-mail and of its attachments; `read` reads a file, and raises DocumentError for what it cannot read.

    Raises DocumentError for what is no whole e-mail, is encrypted, or too large.
    """
    if len(content) > _MOST_BYTES:
        raise DocumentError(f"{name}: is larger than {_MOST_BYTES // 2**20} MiB. Save its attachments, and give them alone.")
    try:
        message = message_from_bytes(content)
        if not any(header in message for header in _KNOWN):
            raise DocumentError(f"{name}: is no e-mail: it has no sender and no subject. Give it its right name, such as .txt.")
        mail = _Mail(name, read)
        blocks = [*_head(message), *mail.blocks(message, 0)]
    except RecursionError as error:
        raise DocumentError(f"{name}: has parts within parts, too many. Save its attachments, and give them alone.") from error
    return Document(name, tuple(blocks), mail.left_out())


class _Mail:
    """What is read of one e-mail, and what had to be left out of it."""

    def __init__(self, name: str, read: Callable[[bytes, str], Document]) -> None:
        self._name, self._read = name, read
        self._lacking: Counter[str] = Counter()
        self._said: list[str] = []
        self._parts = 0

    def left_out(self) -> dict[str, str]:
        said = [*left_out(self._lacking).values(), *self._said]
        return {"left out": " ".join(said)} if said else {}

    def blocks(self, part: Message, depth: int) -> Iterator[Block]:
        """The blocks of a part and of those within it, without the head of the message."""
        self._parts += 1
        if depth > _DEEPEST or self._parts > _MOST_PARTS:
            raise DocumentError(f"{self._name}: has too many parts. Save its attachments, and give them alone.")
        kind = part.get_content_type()
        if kind in _ENCRYPTED and part.get_param("smime-type") != "signed-data":
            raise DocumentError(f"{self._name}: is encrypted. Decrypt it in the mail program, and save its text.")
        if any(isinstance(defect, CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect) for defect in part.defects):
            raise DocumentError(f"{self._name}: the end of the e-mail is missing. Save it again from the mail program.")
        if kind == "message/rfc822":
            yield from self._within(part, depth)
        elif part.is_multipart():
            parts = [each for each in part.get_payload() if isinstance(each, Message)]
            for each in _preferred(parts) if kind == "multipart/alternative" else parts:
                yield from self.blocks(each, depth + 1)
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            yield from self._text(part, kind)
        elif kind not in _SIGNATURES:
            yield from self._attachment(part, kind, depth)

    def _within(self, part: Message, depth: int) -> Iterator[Block]:
        for message in part.get_payload():
            if isinstance(message, Message):
                yield Block("verbatim", "Attached e-mail:")
                yield from _head(message)
                yield from self.blocks(message, depth + 1)

    def _text(self, part: Message, kind: str) -> Iterator[Block]:
        text = _decoded(_payload(part), part.get_content_charset())
        if kind == "text/plain":
            flowed = str(part.get_param("format") or "").lower() == "flowed"
            yield from _plain_blocks(text, flowed)
            return
        try:
            document = self._read(text.encode("utf-8-sig", "replace"), "body.html")
        except DocumentError as error:
            yield from self._unread("The HTML text", str(error).removeprefix("body.html: "))
            return
        yield from self._taken(document)

    def _attachment(self, part: Message, kind: str, depth: int) -> Iterator[Block]:
        name = _file_name(part)
        if kind.startswith("image/") and (part.get("Content-ID") or not name):
            self._lacking["picture"] += 1
            return
        if PurePath(name).suffix.lower() == ".eml":
            message = message_from_bytes(_payload(part))
            yield _named("Attachment: ", name)
            yield from _head(message)
            yield from self.blocks(message, depth + 1)
            return
        try:
            document = self._read(_payload(part), name or kind)
        except DocumentError as error:
            yield from self._unread(f"The attachment {name or kind}", str(error).removeprefix(f"{name or kind}: "))
            return
        yield _named("Attachment: ", name)
        yield from self._taken(document)

    def _unread(self, what: str, reason: str) -> Iterator[Block]:
        self._lacking["attachment"] += 1
        yield Block("verbatim", f"{what} was not read: {reason}")

    def _taken(self, document: Document) -> Iterator[Block]:
        if "left out" in document.metadata:
            self._said.append(document.metadata["left out"])
        yield from document.blocks


def _head(message: Message) -> Iterator[Block]:
    """Subject, sender, receivers and date; what has no Hindi in it stays as it is."""
    if subject := _header(message, "Subject"):
        yield Block("heading", subject, 1)
    for name in _SHOWN:
        if value := _header(message, name):
            yield Block("paragraph" if _DEVANAGARI.search(value) else "verbatim", value, marker=f"{name}: ")


def _named(marker: str, name: str) -> Block:
    return Block("heading", name, 2, marker) if _DEVANAGARI.search(name) else Block("verbatim", name, marker=marker)


def _preferred(parts: list[Message]) -> list[Message]:
    """Of parts that say the same, the plain text if it says anything, or else the last, the fullest (RFC 2046, 5.1.4)."""
    plain = [part for part in parts if part.get_content_type() == "text/plain" and _payload(part).strip()]
    return plain[:1] or parts[-1:]


def _header(message: Message, name: str) -> str:
    """The values of a header in readable form: encoded words decoded, lines that were folded joined."""
    values = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    return ", ".join(filter(None, (" ".join(_unworded(value).split()) for value in values)))


def _unworded(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        words = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return "".join(word if isinstance(word, str) else _decoded(word, charset, "latin-1") for word, charset in words)


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename("")
    except (LookupError, TypeError, ValueError):
        name = ""
    return PurePath(" ".join(_unworded(name).replace("\\", "/").split())).name


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(content: bytes, charset: str | None, otherwise: str = "utf-8") -> str:
    """Text in the encoding that is named; U+FFFD stands for what is not valid in it."""
    try:
        text = content.decode(charset or otherwise, "replace")
    except (LookupError, ValueError):
        text = content.decode("utf-8", "replace")
    return text.replace("\0", "\ufffd")


def _plain_blocks(text: str, flowed: bool) -> Iterator[Block]:
    for quoted, line in _unwrapped(text.splitlines(), flowed):
        for block in read_plain(line, "").blocks:
            yield replace(block, marker=quoted + block.marker)


def _unwrapped(lines: list[str], flowed: bool) -> Iterator[tuple[str, str]]:
    """Lines that a program broke, whole again: where the line says so (RFC 3676), or where the next word found no place in it."""
    quoted, whole, last = "", "", ""
    for line in lines:
        found = _QUOTED.fullmatch(line)
        marks = "> " * (found["marks"].count(">") if found else 0)
        text = found["text"] if found else line
        soft = last.endswith(" ") and last != "-- " if flowed else _found_no_place(last, text)
        if whole and marks == quoted and soft and text.strip():
            whole = f"{whole.rstrip()} {text.strip()}"
        else:
            if whole.strip():
                yield quoted, whole
            quoted, whole = marks, text
        last = text
    if whole.strip():
        yield quoted, whole


def _found_no_place(line: str, after: str) -> bool:
    words = after.split(maxsplit=1)
    return bool(words) and not after[0].isspace() and len(line) <= _COLUMNS + 4 and len(line) + len(words[0]) >= _COLUMNS
