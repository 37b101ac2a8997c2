"""Files that came together: documents of those that can be read, reasons for the others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from translator.errors import DocumentError
from web.batches import MOST, PassedOver
from web.briefs import Accepted
from web.incoming import Given, incoming
from web.options import Options

MANY = 2**20
NOTE = "बैठक समाप्त हुई।".encode()


def packed(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return archive.getvalue()


def bytes_of(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def read(*given: tuple[str, bytes], most_bytes: int = MANY) -> list[Accepted | PassedOver]:
    return list(incoming([Given(name, bytes_of(content)) for name, content in given], Options(), most_bytes))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"\xff\xd8", "Files of type .jpg cannot be read"),
        ("old.txt", "बैठक 1".encode("utf-16-le"), "NUL"),
        ("broken.txt", b"\xe0\xa4", "not valid UTF-8"),
        ("empty.txt", b"", "no text"),
        ("blank.md", b" \n\n", "no text"),
        ("no.zip", b"PK", "not a ZIP"),
        ("hostile.zip", packed({"a.txt": NOTE, "../../b.txt": NOTE}), "leads out of the archive"),
        ("bomb.zip", packed({"a.txt": NOTE, "z.txt": b"0" * MANY}), "times larger than packed"),
        ("nested.zip", packed({"a.txt": NOTE, "b.txt": packed({"c.txt": NOTE})}), "archive within the archive"),
    ],
)
def test_one_that_cannot_be_read_does_not_stop_the_others(name: str, content: bytes, reason: str) -> None:
    first, passed, last = read(("a.txt", NOTE), (name, content), ("b.txt", NOTE))
    assert isinstance(passed, PassedOver)
    assert passed.name == name
    assert reason in passed.reason
    for file in (first, last):
        assert isinstance(file, Accepted)
        assert file.original == NOTE


def test_a_zip_is_its_files_with_their_folders() -> None:
    pack = packed({"नोट/बैठक.txt": NOTE, "नोट/photo.jpg": b"\xff", "b.md": b"# \xe0\xa4\x95"})
    whole, photo, other = read(("dir/pack.ZIP", pack))
    assert isinstance(whole, Accepted)
    assert whole.document.name == "dir/नोट/बैठक.txt"
    assert isinstance(photo, PassedOver)
    assert photo.name == "dir/नोट/photo.jpg"
    assert isinstance(other, Accepted)
    assert other.document.blocks[0].kind == "heading"


def test_a_file_whose_reading_fails_is_passed_over() -> None:
    def gone() -> bytes:
        raise DocumentError("It cannot be read: gone.")

    assert list(incoming([Given("a\0b.txt", gone)], Options(), MANY)) == [PassedOver("a_b.txt", "It cannot be read: gone.")]


def test_too_much_is_refused() -> None:
    with pytest.raises(DocumentError, match="MiB together"):
        read(*[(f"{at}.txt", NOTE) for at in range(3)], most_bytes=2 * len(NOTE))
    with pytest.raises(DocumentError, match="files"):
        read(*[(f"{at}.jpg", b"") for at in range(2 * MOST + 1)])
