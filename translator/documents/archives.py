"""The files of a ZIP that a stranger sent, each whole and within limits. What is in them is for their readers to know.

Nothing that the archive says of itself is believed: names, places and sizes are checked before anything is given, and the
sizes again while a file is inflated. One file is in memory at a time.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from translator.errors import DocumentError

_MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """How many files an archive may have, how large one and all of them may be, and how many times larger than packed."""

    files: int = 2000
    file_bytes: int = 20 * _MIB
    total_bytes: int = 200 * _MIB
    ratio: int = 200


DEFAULT = Limits()
_Member = tuple[str, zipfile.ZipInfo]  # a file of a ZIP, and its path in there

_SMALL = 2**16  # bytes up to which no file is a danger, however well it was packed
_LISTED = 2**10  # bytes that the directory of an archive may take for each file: a long path in Hindi, and folders besides
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # of a file, strongly, of the directory
_UTF8 = 0x800
_PLAIN_FILES = frozenset({0, stat.S_IFREG})  # 0: the packer did not say

_LOCAL = struct.Struct("<4s22xHH")  # signature, length of the name, length of the extra field
_END = struct.Struct("<4s8xL4xH")  # signature, bytes of the directory, length of the comment
_END_SIGNATURE, _LOCAL_SIGNATURE, _ZIP64_SIGNATURE = b"PK\5\6", b"PK\3\4", b"PK\6\7"
_ZIP64_LOCATOR = 20  # bytes
_COMMENT = 2**16 - 1  # bytes at most

_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]")
_ARCHIVE_NAME = re.compile(r"\.(?:zip|zipx|jar|7z|rar|tar|tgz|tbz2?|txz|gz|bz2|xz|zst|lz4?|lzma|z|cab|arj|iso)\Z", re.IGNORECASE)
_ARCHIVE = re.compile(
    rb"PK(?:\x03\x04|\x05\x06|\x07\x08)|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|MSCF\0"
    rb"|[\s\S]{257}ustar"
)
_OFFICE_NAME = re.compile(r"\.(?:do[ct][xm]|xl[st][xm]|pp[ts][xm]|od[tsp])\Z", re.IGNORECASE)  # documents that are ZIP inside
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, RuntimeError, OverflowError)


def documents_in(archive: bytes | Path, name: str, limits: Limits = DEFAULT) -> Iterator[tuple[str, bytes]]:
    """The files of a ZIP as (path in the archive, content), in its order; folders and what macOS adds of its own are left out.

    Raises DocumentError as `parts_in` does, and on reaching a file that is an archive.
    """
    for path, content in parts_in(archive, name, limits):
        if _ARCHIVE.match(content) and not _OFFICE_NAME.search(path):
            raise _nested(path, name)
        yield path, content


def parts_in(
    archive: bytes | Path, name: str, limits: Limits = DEFAULT, wanted: Callable[[str], bool] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of a ZIP whatever they hold, or those whose path is `wanted`; the others are not inflated, and have no limits.

    Raises DocumentError, naming the archive and the file in it, before the first file is given: for what is no whole ZIP, is
    encrypted, is larger than `limits` or packed in a way that hides its size, and for files whose names lead out of a folder;
    and on reaching a file that is damaged, or is not as large as the archive says.
    """
    with _listed(archive, name, limits) as (opened, listed):
        members = [(path, info) for path, info in listed if wanted is None or wanted(path)]
        _require_small([info for _, info in members], name, limits)
        for path, info in members:
            yield path, _content(opened, path, info, name)


def sizes_in(archive: bytes | Path, name: str, limits: Limits = DEFAULT) -> dict[str, int]:
    """How large each file of a ZIP says it is, by its path in there; nothing is inflated. Raises DocumentError as `parts_in`."""
    with _listed(archive, name, limits) as (_, members):
        _require_small([info for _, info in members], name, limits)
        return {path: info.file_size for path, info in members}


def is_archive(name: str) -> bool:
    """Whether a file of this name is a ZIP of documents, and no document itself.

    >>> is_archive("week.ZIP"), is_archive("note.docx")
    (True, False)
    """
    return name.lower().endswith(".zip")


@contextmanager
def _listed(archive: bytes | Path, name: str, limits: Limits) -> Iterator[tuple[zipfile.ZipFile, list[_Member]]]:
    with _opened(archive, name) as file:
        _require_short_directory(file, name, limits)
        with _reported(name):
            opened = zipfile.ZipFile(file)
            members = _members(opened, name)
            _require_apart(file, opened, name)
        yield opened, members


def _members(opened: zipfile.ZipFile, name: str) -> list[_Member]:
    """The files that are to be read, by their paths."""
    members: dict[str, _Member] = {}
    for info in opened.infolist():
        written = _name(info)
        path = _path(written, name)
        if written.endswith("/") or path.startswith("__MACOSX/") or path.rpartition("/")[2] == ".DS_Store":
            continue
        _require_readable(path, info, name)
        key = unicodedata.normalize("NFC", path)
        if key in members:
            raise DocumentError(f"{name}: {path} is in it twice. Rename one of the two and pack them again.")
        members[key] = path, info
    return list(members.values())


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant. Many packers write UTF-8 and do not say so; cp437 is what the format then assumes."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _path(written: str, name: str) -> str:
    """`written` as a path below some folder, wherever it is unpacked."""
    parts = written.split("/")
    if _CONTROL.search(written):
        why = "has a control character in its name"
    elif "\\" in written:
        why = "has a backslash in its name"
    elif written.startswith("/") or any(map(_DRIVE.match, parts)):
        why = "has the name of a place on a disk"
    elif ".." in parts or not any(part not in ("", ".") for part in parts):
        why = "has a name that leads out of the archive"
    else:
        return "/".join(part for part in parts if part not in ("", "."))
    raise DocumentError(f"{name}: {written!r} {why}. Pack the folder again with plain names, and / between folders.")


def _require_readable(path: str, info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError(f"{name}: {path} is encrypted. Pack the files again without a password.")
    if stat.S_IFMT(info.external_attr >> 16) not in _PLAIN_FILES:
        raise DocumentError(f"{name}: {path} is a link or no ordinary file. Pack the file that it stands for.")
    if info.compress_type not in _METHODS:
        how = f"is packed with method {info.compress_type}, which is not read here"
        raise DocumentError(f"{name}: {path} {how}. Pack the files again as a plain ZIP (deflate).")
    if _ARCHIVE_NAME.search(path):
        raise _nested(path, name)


def _require_small(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if len(members) > limits.files:
        raise DocumentError(f"{name}: has {len(members)} files; {limits.files} are allowed. Send it in parts.")
    for info in members:
        path = _name(info)
        if info.file_size > limits.file_bytes:
            sizes = f"{info.file_size} bytes unpacked; {limits.file_bytes} are allowed"
            raise DocumentError(f"{name}: {path} has {sizes}. Divide the file or leave it out.")
        if info.file_size > max(_SMALL, limits.ratio * info.compress_size):
            how = f"more than {limits.ratio} times larger than packed, as no note is"
            raise DocumentError(f"{name}: {path} is {how}. Leave it out.")
    total = sum(info.file_size for info in members)
    if total > limits.total_bytes:
        raise DocumentError(f"{name}: has {total} bytes unpacked; {limits.total_bytes} are allowed. Send it in parts.")


def _require_short_directory(file: BinaryIO, name: str, limits: Limits) -> None:
    """Refuse an archive whose list of files alone would fill the memory. The end record is sought as zipfile seeks it."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - _COMMENT - _END.size)
    before = min(start, _ZIP64_LOCATOR)
    file.seek(start - before)
    tail = file.read()
    last = len(tail) - _END.size
    at = last if tail.startswith(_END_SIGNATURE, max(0, last)) and tail.endswith(b"\0\0") else tail.rfind(_END_SIGNATURE, before)
    if at < 0 or at > last:
        file.seek(0)
        if file.read(4) == _LOCAL_SIGNATURE:
            raise DocumentError(f"{name}: the end of the archive is missing. Copy or send it again.")
        raise DocumentError(f"{name}: this is not a ZIP archive. Pack the notes as ZIP, or send them one by one.")
    if tail.startswith(_ZIP64_SIGNATURE, max(0, at - _ZIP64_LOCATOR)):
        raise DocumentError(f"{name}: is in the ZIP64 form for huge archives. Send it in parts, as plain ZIP.")
    _, listed, _ = _END.unpack_from(tail, at)
    if listed > limits.files * _LISTED:
        raise DocumentError(f"{name}: lists more files than the {limits.files} that are allowed. Send it in parts.")


def _require_apart(file: BinaryIO, opened: zipfile.ZipFile, name: str) -> None:
    """No byte of the archive may belong to two files: so a few bytes are made to unpack to petabytes (Fifield, 2019)."""
    end = 0
    path = ""
    for info in sorted(opened.infolist(), key=lambda info: info.header_offset):
        before, path = path, _name(info)
        file.seek(info.header_offset)
        signature, *lengths = _LOCAL.unpack(file.read(_LOCAL.size))
        if signature != _LOCAL_SIGNATURE:
            raise zipfile.BadZipFile(f"no file at {info.header_offset}")
        if info.header_offset < end:
            raise DocumentError(f"{name}: {before} and {path} share the same bytes, as in a ZIP bomb. Pack the files again.")
        end = info.header_offset + _LOCAL.size + sum(lengths) + info.compress_size
    if end > opened.start_dir:
        raise DocumentError(f"{name}: {path} reaches into the list of files, as in a ZIP bomb. Pack the files again.")


def _content(opened: zipfile.ZipFile, path: str, info: zipfile.ZipInfo, name: str) -> bytes:
    """One file, inflated to one byte more than the archive says at most: enough to know that it lies."""
    unbelieved = copy(info)
    unbelieved.file_size += _SMALL  # zipfile would cut what is larger, and call it damaged
    with _reported(f"{name}: {path}"), opened.open(unbelieved) as member:
        content = member.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise DocumentError(f"{name}: {path} is not as large as the archive says. Pack the files again.")
    return content


def _nested(path: str, name: str) -> DocumentError:
    return DocumentError(f"{name}: {path} is an archive within the archive. Unpack it, and pack its files with the others.")


@contextmanager
def _opened(archive: bytes | Path, name: str) -> Iterator[BinaryIO]:
    if isinstance(archive, bytes):
        yield io.BytesIO(archive)
        return
    try:
        file = archive.open("rb")
    except OSError as error:
        raise DocumentError(f"{name}: {error.strerror}. Check the name and your right to read it.") from error
    with file:
        yield file


@contextmanager
def _reported(what: str) -> Iterator[None]:
    """What zipfile and zlib raise on damaged archives, in our words."""
    try:
        yield
    except _DAMAGED as error:
        remedy = "Copy or send it again, or pack the files anew."
        raise DocumentError(f"{what}: the archive is damaged ({error}). {remedy}") from error
