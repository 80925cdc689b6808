"""Reads XLSX row by row, after looking at the archive itself: what it unpacks to, whether it holds programs."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from imports.reading.faults import FileFault, Unreadable
from imports.reading.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Formula,
    Merge,
    Note,
    NoteKind,
    Row,
    Sheet,
    Workbook,
    letter,
    trimmed,
)

OLE = b"\xd0\xcf\x11\xe0"
MAX_PARTS = 2_000
MAX_UNPACKED = 150 * 1024 * 1024
# A sheet of many alike cells packs to a thirtieth; a bomb to a thousandth.
MAX_RATIO = 200
FREE_BYTES = 2 * 1024 * 1024
HEAD_BYTES = 64 * 1024
MERGE = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
MERGES_AT_MOST = 20_000
FORMULA_TAG = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"


def read_xlsx(path: Path) -> Workbook:
    """Return the visible sheets of a workbook. Raises Unreadable."""
    with path.open("rb") as file:
        if file.read(4) == OLE:
            # Excel wraps a workbook with a password, and an old one, alike.
            raise Unreadable(FileFault.ENCRYPTED)
    _guard(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out: nothing that a list of people has.
            warnings.simplefilter("ignore")
            # An open file, since openpyxl would judge a path by its ending.
            book = load_workbook(path.open("rb"), read_only=True, data_only=True)
    except Exception as error:
        # openpyxl raises whatever the parser, the archive or a missing part raised.
        raise Unreadable(FileFault.DAMAGED) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    notes = [
        Note(NoteKind.HIDDEN_SHEET, one.title) for one in book.worksheets if one.sheet_state != "visible"
    ]
    return Workbook(tuple(_sheet(one) for one in shown), tuple(notes))


def _guard(path: Path) -> None:
    """Raise Unreadable for an archive that is no workbook, holds programs or swells."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _guard_size(parts)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unreadable(FileFault.MACROS)
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise Unreadable(FileFault.NOT_A_SHEET)
            for part in parts:
                _guard_part(archive, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        with path.open("rb") as file:
            fault = FileFault.DAMAGED if file.read(2) == b"PK" else FileFault.NOT_A_SHEET
        raise Unreadable(fault) from error


def _guard_size(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(FileFault.BOMB)
    for part in parts:
        if part.file_size > FREE_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Unreadable(FileFault.BOMB)


def _guard_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise Unreadable(FileFault.ENCRYPTED)
    if not part.filename.endswith((".xml", ".rels")):
        return
    with archive.open(part) as file:
        head = file.read(HEAD_BYTES)
    # No workbook declares entities. One in UTF-16, in which they would hide, Excel does not write either.
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\x00" in head:
        raise Unreadable(FileFault.BOMB)


class _Parser(WorkSheetParser):
    """openpyxl's own, which tells besides what is calculated."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        calculated = element.find(FORMULA_TAG)
        if calculated is not None:
            cell["value"] = Formula(f"={calculated.text or ''}"[:200], cell["value"])
        return cell


def _sheet(sheet: Any) -> Sheet:
    return Sheet(sheet.title, _rows(sheet), _merges(sheet))


def _source(sheet: Any) -> IO[bytes]:
    source: IO[bytes] = sheet._get_source()
    return source


def _merges(sheet: Any) -> tuple[Merge, ...]:
    """Return which cells are one. The sheet says so at its end, and its header has to be known at its beginning."""
    found: list[Merge] = []
    tail = b""
    with _source(sheet) as file:
        while chunk := file.read(1 << 20):
            text = tail + chunk
            found += [_merge(match[1].decode()) for match in MERGE.finditer(text)]
            if len(found) > MERGES_AT_MOST:
                raise Unreadable(FileFault.BOMB, sheet=sheet.title)
            # What is cut in two by the end of a chunk is read with the next one; what was counted is not.
            cut = text.rfind(b"<", max(len(text) - 200, 0))
            tail = text[cut:] if cut >= 0 and b">" not in text[cut:] else b""
    return tuple(dict.fromkeys(found))


def _merge(said: str) -> Merge:
    first_column, first_row, last_column, last_row = range_boundaries(said)
    return Merge(first_row or 1, first_column or 1, last_row or 1, last_column or 1)


def _rows(sheet: Any) -> Iterator[Row]:
    parser = _parser(sheet)
    with warnings.catch_warnings(), parser.source:
        warnings.simplefilter("ignore")
        try:
            for number, cells in parser.parse():
                if number > MAX_ROWS:
                    if any(cell["value"] not in (None, "") for cell in cells):
                        raise Unreadable(FileFault.TOO_MANY_ROWS, sheet=sheet.title, row=number)
                    continue
                hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in {"1", "true"}
                yield Row(number, _cells(sheet, number, cells), hidden)
        except Unreadable:
            raise
        except Exception as error:
            # Broken XML, a shared string that is not there, a damaged archive: openpyxl passes on whatever it met.
            raise Unreadable(FileFault.DAMAGED, sheet=sheet.title) from error


def _parser(sheet: Any) -> _Parser:
    book = sheet.parent
    return _Parser(
        _source(sheet),
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _cells(sheet: Any, number: int, cells: list[dict[str, Any]]) -> tuple[Cell, ...]:
    row: list[Cell] = []
    for cell in cells:
        value = _plain(cell["value"])
        if value is None or value == "":
            continue
        if cell["column"] > MAX_COLUMNS:
            fault = FileFault.TOO_MANY_COLUMNS
            raise Unreadable(fault, sheet=sheet.title, row=number, column=letter(cell["column"] - 1))
        row.extend([None] * (cell["column"] - len(row)))
        row[cell["column"] - 1] = value
    return trimmed(row)


def _plain(value: Any) -> Cell:
    if isinstance(value, CellRichText):
        return str(value)
    if isinstance(value, ArrayFormula | DataTableFormula):
        return Formula("=")
    return value
