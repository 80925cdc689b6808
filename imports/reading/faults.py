"""What can be wrong with a file as a whole, and what to do about it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class FileFault(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_SHEET = "not_a_sheet"
    OLD_FORMAT = "old_format"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    BOMB = "bomb"
    DAMAGED = "damaged"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    ENCODING = "encoding"
    NULS = "nuls"
    QUOTES = "quotes"
    NO_HEADER = "no_header"
    SAME_HEADER = "same_header"
    TWO_TABLES = "two_tables"
    NO_LINES = "no_lines"


REASONS = {
    FileFault.EMPTY: _("The file is empty."),
    FileFault.TOO_LARGE: _("The file is larger than 20 MB."),
    FileFault.NOT_A_SHEET: _("This is no sheet, whatever its name says."),
    FileFault.OLD_FORMAT: _("This kind of file is not read."),
    FileFault.ENCRYPTED: _("The file is locked with a password."),
    FileFault.MACROS: _("The file holds macros, which are programs."),
    FileFault.BOMB: _("The file unpacks to far more than a list of people ever is."),
    FileFault.DAMAGED: _("The file is damaged, or was cut off."),
    FileFault.TOO_MANY_COLUMNS: _("The sheet has more than 200 columns."),
    FileFault.TOO_MANY_ROWS: _("The sheet has more than 50,000 lines."),
    FileFault.ENCODING: _("The letters of this line are written in another encoding than the rest."),
    FileFault.NULS: _("There are bytes in the text that are no letters."),
    FileFault.QUOTES: _("A quotation mark is opened and never closed."),
    FileFault.NO_HEADER: _("No line says what the columns are."),
    FileFault.SAME_HEADER: _("Two columns have the same header."),
    FileFault.TWO_TABLES: _("Two lists of people stand side by side."),
    FileFault.NO_LINES: _("Below the header there is no line."),
}

REMEDIES = {
    FileFault.EMPTY: _("Send the file again; perhaps it was not saved."),
    FileFault.TOO_LARGE: _("Take pictures out of it, or divide it into several files."),
    FileFault.NOT_A_SHEET: _("Open it in Excel or LibreOffice and save it as .xlsx, or as .csv in UTF-8."),
    FileFault.OLD_FORMAT: _("Open it in Excel or LibreOffice and save it as .xlsx."),
    FileFault.ENCRYPTED: _("Open it and save it without a password."),
    FileFault.MACROS: _("Save it as .xlsx, which holds none."),
    FileFault.BOMB: _("Copy the lines into a new book and send that one."),
    FileFault.DAMAGED: _("Open it in Excel or LibreOffice, save it again and send it again."),
    FileFault.TOO_MANY_COLUMNS: _(
        "Take out the columns that say nothing of people, the empty ones at the right too."
    ),
    FileFault.TOO_MANY_ROWS: _("Divide it into several files."),
    FileFault.ENCODING: _("Save it as .xlsx, or as .csv in UTF-8."),
    FileFault.NULS: _("Save it as .xlsx, or as .csv in UTF-8."),
    FileFault.QUOTES: _("Take the quotation mark out, or close it."),
    FileFault.NO_HEADER: _("Write a line above the people: «Nombres», «Apellidos», «Institución»…"),
    FileFault.SAME_HEADER: _("Give each column its own header, or take one of the two out."),
    FileFault.TWO_TABLES: _("Put the second list below the first, or on a sheet of its own."),
    FileFault.NO_LINES: _("Write the people below the header and send it again."),
}


class Unreadable(Exception):  # a state of the file, told to its sender
    """The file is not read: why, and where that was seen. `row` as a spreadsheet counts; `column` is a letter."""

    def __init__(
        self, fault: FileFault, *, sheet: str = "", row: int | None = None, column: str = "", value: str = ""
    ) -> None:
        super().__init__(fault.value)
        self.fault, self.sheet, self.row, self.column, self.value = fault, sheet, row, column, value[:200]

    @property
    def reason(self) -> str:
        """Return what is wrong, in the reader's language."""
        return str(REASONS[self.fault])

    @property
    def remedy(self) -> str:
        """Return what to do, in the reader's language."""
        return str(REMEDIES[self.fault])
