"""CSV, TSV and XLSX, a row at a time."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from glossary.errors import GlossaryError
from glossary.exchange.entries import COLUMNS, Entry, entry_of_row, fields_of_columns, without_header
from glossary.model import Term
from hindi.encodings import marked_encoding

_HEAD = 1 << 18  # bytes from which the encoding and the separator are told
_LARGEST_WORKBOOK = 1 << 29  # bytes unpacked

# A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text (OWASP, CSV Injection).
_FORMULA = re.compile(r"'*[=+\-@\t]")
_DISARMED = re.compile(r"'+[=+\-@\t]")


def read_separated(path: Path) -> Iterator[Entry]:
    """The rows of a CSV or TSV file in any of the encodings that Hindi is written in."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    with path.open(encoding=_encoding(head, path), newline="") as file:
        first_line = file.readline()
        file.seek(0)
        rows = csv.reader(file, delimiter=_separator(first_line, path), strict=True)
        yield from _entries(_numbered(rows), path)


def write_separated(path: Path, terms: Iterable[Term]) -> None:
    """A table in UTF-8, with the mark by which spreadsheets know it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows([_disarmed(cell) for cell in _cells(term)] for term in terms)


def read_workbook(path: Path) -> Iterator[Entry]:
    """The rows of the first sheet of an Excel workbook. A formula is refused: what it shows is not what it says."""
    from openpyxl import load_workbook

    _refuse_large(path)
    try:
        workbook = load_workbook(path, read_only=True)
    except (KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise GlossaryError(f"{path}: this is not an Excel workbook ({error}). Save it as .xlsx.") from error
    try:
        yield from _entries(_workbook_rows(workbook.worksheets[0]), path)
    finally:
        workbook.close()


def write_workbook(path: Path, terms: Iterable[Term]) -> None:
    """A workbook of one sheet; every cell is text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("glossary")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKLMN", (36, 36, 10, 14, 10, 10, 30, 8, 14, 24, 30, 40, 20, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    header = [WriteOnlyCell(sheet, column) for column in COLUMNS]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for term in terms:
        cells = [WriteOnlyCell(sheet, value) for value in _cells(term)]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    workbook.save(path)


def _entries(rows: Iterator[tuple[str, Sequence[str]]], path: Path) -> Iterator[Entry]:
    columns: list[str] | None = None
    try:
        for place, cells in rows:
            if not any(map(str.strip, cells)):
                continue
            if columns is None:
                columns = fields_of_columns(cells)
                if columns is not None:
                    continue
                columns = without_header(len(cells))
            yield entry_of_row(place, columns, cells)
    except GlossaryError as error:
        raise GlossaryError(f"{path}, {error}") from error
    except csv.Error as error:
        raise GlossaryError(f"{path}: {error}. Save the table as CSV with quoted commas and quotes.") from error
    except UnicodeDecodeError as error:
        raise GlossaryError(f"{path}: byte {error.start} is not valid {error.encoding}. Save the table as UTF-8.") from error
    if columns is None:
        raise GlossaryError(
            f"{path}: the table is empty. It needs a line with the columns hindi and english, and a line for each term."
        )


def _numbered(rows: Any) -> Iterator[tuple[str, Sequence[str]]]:
    for cells in rows:
        yield f"line {rows.line_num}", [_armed(cell) for cell in cells]


def _workbook_rows(sheet: Any) -> Iterator[tuple[str, Sequence[str]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if any(cell.data_type == "f" for cell in row):
            raise GlossaryError(f"row {number}: a cell holds a formula. Copy the sheet and paste its values only.")
        yield f"row {number}", ["" if cell.value is None else str(cell.value) for cell in row]


def _cells(term: Term) -> list[str]:
    return ["|".join(term.variants) if column == "variants" else getattr(term, column) for column in COLUMNS]


def _disarmed(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if _DISARMED.match(cell) else cell


def _encoding(head: bytes, path: Path) -> str:
    if marked := marked_encoding(head):
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        guess = from_bytes(head).best()
        if guess is None or "Devanagari" not in guess.alphabets:
            raise GlossaryError(f"{path}: this is not UTF-8, nor another encoding of Hindi. Save the table as UTF-8.") from None
        return str(guess.encoding)
    return "utf-16-be" if head.startswith(b"\0") else "utf-16-le" if head[1:2] == b"\0" else "utf-8"


def _separator(line: str, path: Path) -> str:
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    unquoted = re.sub(r'"[^"]*"', "", line)
    return max(",;\t", key=unquoted.count)


def _refuse_large(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise GlossaryError(f"{path}: this is not an Excel workbook ({error}). Save it as .xlsx.") from error
    if size > _LARGEST_WORKBOOK:
        raise GlossaryError(f"{path}: the workbook unpacks to {size:,} bytes, too many for a glossary.")
