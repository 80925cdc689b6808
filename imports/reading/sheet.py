"""What a file consists of: sheets, rows as a spreadsheet numbers them, cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MAX_COLUMNS = 200
MAX_ROWS = 50_000


@dataclass(frozen=True)
class Formula:
    """A cell that is calculated. `value` is what the spreadsheet showed last; None where it was never calculated."""

    text: str
    value: str | int | float | dt.date | dt.datetime | dt.time | bool | None = None


Cell = str | int | float | dt.date | dt.datetime | dt.time | dt.timedelta | bool | Formula | None


@dataclass(frozen=True)
class Row:
    """One row; `number` begins with 1. `cells` ends with the last one that holds something."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    # Most of its words are crossed out.
    struck: bool = False

    def cell(self, index: int) -> Cell:
        """Return a cell, counted from 0; None beyond the last."""
        return self.cells[index] if index < len(self.cells) else None

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in it."""
        return all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True)
class Merge:
    """Cells that are one; all counted from 1, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class NoteKind(StrEnum):
    """What a sender should know of what was not read."""

    HIDDEN_SHEET = "hidden_sheet"
    EMPTY_SHEET = "empty_sheet"
    READ_AS_WINDOWS = "read_as_windows"


@dataclass(frozen=True)
class Note:
    """Something about the file that is told, and refuses nothing."""

    kind: NoteKind
    sheet: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` are read while they are asked for, and once only."""

    name: str
    rows: Iterable[Row]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """What a file holds; a CSV file is one sheet without a name."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = field(default=())


def letter(index: int) -> str:
    """Return how a spreadsheet calls a column, counted from 0.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    said = ""
    index += 1
    while index:
        index, left = divmod(index - 1, 26)
        said = chr(65 + left) + said
    return said


def trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """Return the cells without the empty ones at the end."""
    end = len(cells)
    while end and (cells[end - 1] is None or cells[end - 1] == ""):
        end -= 1
    return tuple(cells[:end])
