"""Reads XLSX row by row, after looking at the archive itself: what it unpacks to, whether it holds programs."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from imports.reading.archive import BROKEN, guard, looked_through
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

FORMULA_TAG = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"


def read_xlsx(path: Path) -> Workbook:
    """Return the visible sheets of a workbook. Raises Unreadable."""
    guard(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out: nothing that a list of people has.
            warnings.simplefilter("ignore")
            # An open file, since openpyxl would judge a path by its ending.
            book = load_workbook(path.open("rb"), read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever the parser, the archive or a missing part raised.
        raise Unreadable(FileFault.DAMAGED) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    notes = [
        Note(NoteKind.HIDDEN_SHEET, one.title) for one in book.worksheets if one.sheet_state != "visible"
    ]
    return Workbook(tuple(_sheet(one) for one in shown), tuple(notes))


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
    with _source(sheet) as file:
        try:
            return tuple(dict.fromkeys(_merge(said) for said in looked_through(file)))
        except Unreadable as error:
            raise Unreadable(error.fault, sheet=sheet.title, row=error.row) from error
        except BROKEN as error:
            raise Unreadable(FileFault.DAMAGED, sheet=sheet.title) from error


def _merge(said: str) -> Merge:
    first_column, first_row, last_column, last_row = range_boundaries(said)
    return Merge(first_row or 1, first_column or 1, last_row or 1, last_column or 1)


def _rows(sheet: Any) -> Iterator[Row]:
    parser, struck = _parser(sheet), _struck_styles(sheet.parent)
    with warnings.catch_warnings(), parser.source:
        warnings.simplefilter("ignore")
        try:
            filled = 0
            for number, cells in parser.parse():
                # A cell that somebody filled by mistake far below is one row, not a million.
                says_something = any(cell["value"] not in (None, "") for cell in cells)
                filled += says_something
                if filled > MAX_ROWS:
                    raise Unreadable(FileFault.TOO_MANY_ROWS, sheet=sheet.title, row=number)
                if number > MAX_ROWS and not says_something:
                    continue
                hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in {"1", "true"}
                yield Row(number, _cells(sheet, number, cells), hidden, _is_struck(cells, struck))
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


def _struck_styles(book: Any) -> frozenset[int]:
    """Return the numbers of the styles that cross out: lists of people keep so whoever cancelled."""
    fonts = book._fonts
    return frozenset(at for at, style in enumerate(book._cell_styles) if fonts[style.fontId].strikethrough)


def _is_struck(cells: list[dict[str, Any]], struck: frozenset[int]) -> bool:
    """Say whether the words of a row are crossed out, for the most part; a number alone may stay as it was."""
    if not struck:
        return False
    words = [cell for cell in cells if isinstance(cell["value"], str) and cell["value"].strip()]
    crossed = sum(cell["style_id"] in struck for cell in words)
    return bool(words) and crossed * 2 > len(words)


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
