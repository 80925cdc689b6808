"""Reads a file that somebody sent as rows of cells, and refuses what is no sheet, whatever its rows mean."""

from pathlib import Path

from imports.reading.csv_file import read_csv
from imports.reading.faults import FileFault, Unreadable
from imports.reading.sheet import Cell, Formula, Note, Row, Sheet, Workbook, letter
from imports.reading.xlsx_file import read_xlsx

__all__ = ["Cell", "FileFault", "Formula", "Note", "Row", "Sheet", "Unreadable", "Workbook", "letter", "read"]

MAX_BYTES = 20 * 1024 * 1024


def read(path: Path, name: str) -> Workbook:
    """Return the sheets of a file; `name` is what its sender called it, whose ending says what it should be.

    The rows are read while they are asked for. Raises Unreadable, also while rows are read.
    """
    size = path.stat().st_size
    if not size:
        raise Unreadable(FileFault.EMPTY)
    if size > MAX_BYTES:
        raise Unreadable(FileFault.TOO_LARGE)
    ending = name.lower().rpartition(".")[2]
    if ending in {"xlsx", "xlsm", "xltx", "xltm"}:
        return read_xlsx(path)
    if ending in {"csv", "txt", "tsv"}:
        return read_csv(path)
    raise Unreadable(
        FileFault.OLD_FORMAT if ending in {"xls", "xlsb", "ods", "numbers"} else FileFault.NOT_A_SHEET
    )
