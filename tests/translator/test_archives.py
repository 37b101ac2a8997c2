"""Archives that people send, and those that they should not: real ones, by zipfile and by patched bytes."""

from __future__ import annotations

import io
import itertools
import shutil
import stat
import struct
import subprocess
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.documents.archives import DEFAULT, Limits, documents_in
from translator.errors import DocumentError

NOTE = "बैठक अस्ताना में हुई।".encode()
ZIP = shutil.which("zip")


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for file, content in files:
            archive.writestr(file, content, compress_type=method)
    return out.getvalue()


def with_mode(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def patched(archive: bytes, central: int, local: int, new: bytes) -> bytes:
    """`new` at these places of the first file's two headers."""
    data = bytearray(archive)
    for signature, place in ((b"PK\1\2", central), (b"PK\3\4", local)):
        at = data.index(signature) + place
        data[at : at + len(new)] = new
    return bytes(data)


def overlapping(files: int) -> bytes:
    """Many names in the directory for the bytes of one file."""
    content = zlib.compress(bytes(60_000), 9, -15)
    head = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0x21, zlib.crc32(bytes(60_000)), len(content), 60_000, 5, 0)
    data = b"PK\3\4" + head + b"a.txt" + content
    directory = b"".join(
        b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + b"a.txt" for _ in range(files)
    )
    return data + directory + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, files, files, len(directory), len(data), 0)


def renamed_overlap() -> bytes:
    """The first file, stored, holds the whole second one, as Fifield's bombs quote the headers that follow."""
    inner = packed(("b.txt", bytes(1000)))
    local = inner[: inner.index(b"PK\1\2")]
    outer = packed(("a.txt", local), ("b.txt", bytes(1000)), method=zipfile.ZIP_STORED)
    at = outer.rindex(b"PK\1\2")
    data = bytearray(outer)
    entry = inner.index(b"PK\1\2")
    data[at : at + 46] = inner[entry : entry + 46]
    data[at + 42 : at + 46] = struct.pack("<L", 30 + len("a.txt"))
    return bytes(data)


GOOD = packed(("note.txt", NOTE), ("folder/b.md", b"b"))
ZEROS = packed(("zeros.txt", bytes(10 * 2**20)))

HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not a ZIP archive"),
    "text": (NOTE * 10, "not a ZIP archive"),
    "truncated": (GOOD[: len(GOOD) // 2], "end of the archive is missing"),
    "cut in front": (GOOD[20:], "damaged"),
    "encrypted": (patched(GOOD, 8, 6, b"\1\0"), r"note\.txt is encrypted.*without a password"),
    "absolute": (packed(("/etc/passwd", NOTE)), "/etc/passwd' has the name of a place on a disk"),
    "drive": (packed(("C:/note.txt", NOTE)), "place on a disk"),
    "drive within": (packed(("a/C:note.txt", NOTE)), "place on a disk"),
    "up": (packed(("../note.txt", NOTE)), "leads out"),
    "up within": (packed(("a/../../note.txt", NOTE)), "leads out"),
    "a folder that leads out": (packed(("a/../../", b"")), "leads out"),
    "nowhere": (packed((".", NOTE)), "leads out"),
    "backslash": (packed(("..\\note.txt", NOTE)), "backslash"),
    "share": (packed(("\\\\host\\note.txt", NOTE)), "backslash"),
    "NUL": (packed(("noteXtxt", NOTE)).replace(b"noteXtxt", b"note\0txt"), "control character"),
    "line break": (packed(("note\n.txt", NOTE)), "control character"),
    "symlink": (packed((with_mode("note.txt", stat.S_IFLNK | 0o777), b"/etc/passwd")), r"note\.txt is a link"),
    "pipe": (packed((with_mode("note.txt", stat.S_IFIFO | 0o644), b"")), r"note\.txt is a link or no ordinary file"),
    "twice": (packed(("aXtxt", b"1"), ("a.txt", b"2")).replace(b"aXtxt", b"a.txt"), r"a\.txt is in it twice"),
    "twice by a detour": (packed(("a.txt", b"1"), ("./a.txt", b"2")), r"a\.txt is in it twice"),
    "twice by normal form": (packed(("\u095c.txt", b"1"), ("\u0921\u093c.txt", b"2")), "is in it twice"),
    "nested by name": (packed(("b.ZIP", b"PK")), r"b\.ZIP is an archive within"),
    "nested by content": (packed(("b.txt", GOOD)), r"b\.txt is an archive within"),
    "bzip2": (packed(("note.txt", NOTE), method=zipfile.ZIP_BZIP2), "method 12"),
    "lzma": (packed(("note.txt", NOTE), method=zipfile.ZIP_LZMA), "method 14"),
    "unknown method": (patched(GOOD, 10, 8, b"\x63\0"), "method 99"),
    "zeros": (ZEROS, r"zeros\.txt is more than 200 times larger than packed"),
    "says less": (patched(packed(("a.txt", NOTE)), 24, 22, struct.pack("<L", 3)), r"a\.txt is not as large as the archive says"),
    "bomb that says little": (patched(ZEROS, 24, 22, struct.pack("<L", 100)), r"zeros\.txt is not as large as"),
    "says more": (
        patched(packed(("a.txt", NOTE)), 24, 22, struct.pack("<L", 999)),
        r"a\.txt is not as large as the archive says",
    ),
    "wrong checksum": (patched(GOOD, 16, 14, b"\0\0\0\0"), r"note\.txt: the archive is damaged"),
    "another name in front of the file": (packed(("note.txt", NOTE)).replace(b"note.txt", b"vote.txt", 1), "damaged"),
    "name that is not UTF-8": (packed(("नोट.txt", NOTE)).replace("नोट".encode(), b"\xff" * 9), "damaged"),
    "overlap, one name": (overlapping(50), "share the same bytes|in it twice"),
    "overlap": (renamed_overlap(), r"a\.txt and b\.txt share the same bytes"),
    "reaches into the directory": (patched(packed(("a.txt", b"")), 20, 18, struct.pack("<L", 30)), "reaches into the list"),
    "endless directory": (overlapping(50_000), "lists more files than the 2000"),
    "ZIP64": (GOOD.replace(b"PK\5\6", b"PK\6\7" + bytes(16) + b"PK\5\6"), "ZIP64"),
}


@pytest.mark.parametrize(("archive", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_or_damaged_archive_is_refused(archive: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as refused:
        list(documents_in(archive, "upload.zip"))
    assert str(refused.value).startswith("upload.zip: ")
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(files=1), "has 2 files; 1 are allowed"),
        (Limits(file_bytes=10), r"note\.txt has 57 bytes unpacked; 10 are allowed"),
        (Limits(total_bytes=57), "has 58 bytes unpacked; 57 are allowed"),
    ],
)
def test_an_archive_over_a_limit_is_refused_before_its_first_file(limits: Limits, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        next(documents_in(GOOD, "upload.zip", limits))


def test_an_archive_at_its_limits_is_read() -> None:
    assert len(list(documents_in(GOOD, "upload.zip", Limits(2, len(NOTE), len(NOTE) + 1, 1)))) == 2


def test_a_bomb_takes_no_memory() -> None:
    archive = patched(packed(("zeros.txt", bytes(20 * 2**20))), 24, 22, struct.pack("<L", 1000))
    tracemalloc.start()
    with pytest.raises(DocumentError):
        list(documents_in(archive, "upload.zip"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


def test_one_file_is_in_memory_at_a_time() -> None:
    letters = b"".join(number.to_bytes(4, "big") for number in range(2**18))
    archive = packed(*((f"{number}.txt", letters) for number in range(8)), method=zipfile.ZIP_STORED)
    tracemalloc.start()
    assert sum(len(content) for _, content in documents_in(archive, "upload.zip")) == 8 * 2**20
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(archive) + 5 * 2**20


def test_files_come_in_their_order_from_bytes_and_from_disk(tmp_path: Path) -> None:
    (tmp_path / "upload.zip").write_bytes(GOOD)
    expected = [("note.txt", NOTE), ("folder/b.md", b"b")]
    assert list(documents_in(GOOD, "upload.zip")) == expected
    assert list(documents_in(tmp_path / "upload.zip", "upload.zip")) == expected


def test_a_missing_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.zip: No such file"):
        list(documents_in(tmp_path / "none.zip", "none.zip"))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/", None),
        ("__MACOSX/a/._note.txt", None),
        ("a/.DS_Store", None),
        ("./a//note.txt", "a/note.txt"),
        ("a/टिप्पणी 1.txt", "a/टिप्पणी 1.txt"),
        ("नोट: 8 अप्रैल.txt", "नोट: 8 अप्रैल.txt"),
        ("report.docx", "report.docx"),
        ("a..b.txt", "a..b.txt"),
    ],
)
def test_names(name: str, path: str | None) -> None:
    content = b"" if name.endswith("/") else GOOD if name.endswith("docx") else NOTE
    assert [found for found, _ in documents_in(packed((name, content)), "upload.zip")] == ([path] if path else [])


@pytest.mark.parametrize(("written", "path"), [("नोट.txt".encode(), "नोट.txt"), (b"caf\x82.txt", "café.txt")])
def test_a_name_without_the_flag_is_recovered(written: bytes, path: str) -> None:
    place = "x" * len(written)
    archive = packed((place, NOTE)).replace(place.encode(), written)
    assert list(documents_in(archive, "upload.zip")) == [(path, NOTE)]


@pytest.mark.skipif(ZIP is None, reason="the zip program is not here")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_what_the_zip_program_packs_is_read(tmp_path: Path, locale: str) -> None:
    (tmp_path / "टिप्पणियाँ").mkdir()
    (tmp_path / "टिप्पणियाँ" / "बैठक.txt").write_bytes(NOTE * 100)
    (tmp_path / "empty.txt").touch()
    environment = {"LC_ALL": locale}
    subprocess.run([ZIP, "-qr", "notes.zip", "."], cwd=tmp_path, env=environment, check=True)
    assert sorted(documents_in(tmp_path / "notes.zip", "notes.zip")) == [("empty.txt", b""), ("टिप्पणियाँ/बैठक.txt", NOTE * 100)]
    streamed = subprocess.run(
        [ZIP, "-qr", "-", "empty.txt", "टिप्पणियाँ"], cwd=tmp_path, env=environment, check=True, capture_output=True
    )
    assert dict(documents_in(streamed.stdout, "notes.zip"))["टिप्पणियाँ/बैठक.txt"] == NOTE * 100


def test_a_link_that_the_zip_program_packs_is_refused(tmp_path: Path) -> None:
    if ZIP is None:
        pytest.skip("the zip program is not here")
    (tmp_path / "note.txt").symlink_to("/etc/passwd")
    subprocess.run([ZIP, "-qry", "notes.zip", "."], cwd=tmp_path, check=True)
    with pytest.raises(DocumentError, match=r"note\.txt is a link"):
        list(documents_in(tmp_path / "notes.zip", "notes.zip"))


def changed(archive: bytes, at: int, byte: int) -> bytes:
    return archive[: at % len(archive)] + bytes([byte]) + archive[at % len(archive) + 1 :]


def cut(archive: bytes, at: int, _: int) -> bytes:
    return archive[: at % len(archive)]


def doubled(archive: bytes, at: int, length: int) -> bytes:
    return archive[:at] + archive[max(0, at - length) :]


@given(st.lists(st.tuples(st.sampled_from([changed, cut, doubled]), st.integers(0, 400), st.integers(0, 255)), max_size=6))
def test_a_damaged_archive_gives_whole_files_or_is_refused(damages: list[tuple[Callable[..., bytes], int, int]]) -> None:
    archive = GOOD
    for damage, at, value in damages:
        archive = damage(archive, at, value) or b"PK"
    try:
        for _, content in itertools.islice(documents_in(archive, "upload.zip"), 5):
            assert content in (NOTE, b"b", b"")
    except DocumentError:
        pass


def test_the_limits_are_those_that_are_documented() -> None:
    assert Limits(2000, 20 * 2**20, 200 * 2**20, 200) == DEFAULT
