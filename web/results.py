"""The results of a batch as a ZIP: each brief in the formats asked for, and a table of what became of each document."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO

from translator.batch.values import figures_of
from translator.documents.brief_csv import disarmed
from translator.documents.writing import WRITERS
from web.batches import Batch
from web.briefs import Briefs

REPORT = "report.csv"
STATES = {"queued": "waiting", "running": "being translated", "done": "done", "failed": "failed"}
_COLUMNS = ("document", "file", "state", "sentences", "terms pinned", "flags", "errors", "reason")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)  # Windows has no files of these names
_LONGEST = 70  # characters of a name; a file system counts up to 255 bytes, and Hindi has three a character


@dataclass(frozen=True)
class _Line:
    """What the report says of a document; `file` is the name of its briefs without their ending."""

    document: str
    file: str
    state: str
    sentences: int | str = ""
    terms: int | str = ""
    flags: int | str = ""
    errors: int | str = ""
    reason: str = ""


def write_results(file: IO[bytes], briefs: Briefs, batch: Batch, kinds: Sequence[str]) -> None:
    """Write the ZIP into `file`: the briefs that are done, in each of `kinds`, and the report. One is in memory at a time."""
    lines: list[_Line] = []
    kept = briefs.of_batch(batch.id)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, name in zip(kept, archive_names([each.name for each in kept]), strict=True):
            line = _Line(each.name, name, STATES[each.state], each.rows, reason=each.error)
            if each.state == "done":
                brief = briefs.brief(each.id)
                original = briefs.original(each.id)
                for kind in kinds:
                    archive.writestr(name + WRITERS[kind].suffix, WRITERS[kind].write(brief, original))
                figures = figures_of(brief)
                line = replace(line, terms=figures.terms, flags=figures.flags, errors=figures.errors)
            lines.append(line if each.state == "done" else replace(line, file=""))
        lines += [_Line(passed.name, "", "passed over", reason=passed.reason) for passed in batch.passed_over]
        archive.writestr(REPORT, _report(lines))


def archive_names(documents: Sequence[str]) -> list[str]:
    """The path in the ZIP for the brief of each document, without an ending: safe on every system, and no two the same on any.

    >>> archive_names(["नोट/बैठक.txt", "a.txt", "A.md", "../x.txt"])
    ['नोट/बैठक', 'a', 'A (2)', 'x']
    """
    taken = {"", PurePosixPath(REPORT).stem}
    return [_free(_safe(document), taken) for document in documents]


def _safe(document: str) -> str:
    *folders, last = document.split("/")
    parts = [*folders, PurePosixPath(last).stem]
    cleaned = (_NOT_IN_NAMES.sub("_", part)[:_LONGEST].strip(" .") for part in parts)
    return "/".join("_" + part if _DEVICES.match(part) else part for part in cleaned if part) or "brief"


def _free(path: str, taken: set[str]) -> str:
    """`path`, or with a number after it; some systems see no difference between cases or ways to compose a letter."""
    for tried in _numbered(path):
        key = unicodedata.normalize("NFC", tried).casefold()
        if key not in taken:
            taken.add(key)
            return tried
    raise AssertionError("there is always a next number")


def _numbered(path: str) -> Iterator[str]:
    yield path
    number = 2
    while True:
        yield f"{path} ({number})"
        number += 1


def _report(lines: Sequence[_Line]) -> bytes:
    """A table in UTF-8, with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for line in lines:
        cells = (line.document, line.file, line.state, line.sentences, line.terms, line.flags, line.errors, line.reason)
        rows.writerow([disarmed(str(cell)) for cell in cells])
    return text.getvalue().encode("utf-8-sig")
