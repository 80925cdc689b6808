"""Writes rows as a workbook for Excel that leaves while it is made: a row that was sent is kept nowhere.

The usual writers lay the whole aside before its first byte leaves. An archive ends with its table of contents, and
needs nothing before it: here the text of the sheet is packed into the archive as it comes. Every text is a text to
Excel, whatever it begins with: formulas are another kind of cell, which is not written.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel reads no more rows in a sheet, the heading's included, and no more letters in a cell.
MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
# Before so much is made, nothing is sent.
A_PIECE = 16 * 1024
# What XML cannot hold, whoever pasted it into a name.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel counts days from here; it takes 1900 for a leap year.
DAY_NONE = dt.date(1899, 12, 30)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Cells of style 1 are days, of style 2 moments, as the reader's own Excel writes them.
DAY, MOMENT = 1, 2

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Senda" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"'
    ' borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    ' xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class _Pieces:
    """A file that is written to and emptied; it has no place to go back to."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        """Take what the archive writes."""
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held leaves when it is asked for."""

    def taken(self) -> bytes:
        """Return what was written since it was asked for last."""
        data = bytes(self.held)
        self.held.clear()
        return data


def workbook(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Give the workbook piece by piece; no more than a piece of it is ever held."""
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:  # type: ignore[call-overload]  # it asks for no more than a file that is written
        for name, text in PARTS.items():
            book.writestr(name, HEAD + text)
        yield pieces.taken()
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row(number, row).encode())
                if len(pieces.held) > A_PIECE:
                    yield pieces.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield pieces.taken()


def _row(number: int, cells: Iterable[object]) -> str:
    # An empty cell is left out, so that each one says where it stands.
    written = "".join(_cell(f"{_column(at)}{number}", cell) for at, cell in enumerate(cells))
    return f'<row r="{number}">{written}</row>'


def _column(at: int) -> str:
    tens, ones = divmod(at, 26)
    return (_column(tens - 1) if tens else "") + chr(ord("A") + ones)


def _cell(where: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{where}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float, Decimal)):
        return f'<c r="{where}"><v>{value}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{where}" s="{_style(value)}"><v>{_days(value)}</v></c>'
    text = escape(FORBIDDEN.sub("", str(value)[:MOST_LETTERS]), quote=False)
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _style(value: dt.date) -> int:
    return MOMENT if isinstance(value, dt.datetime) else DAY


def _days(value: dt.date) -> float:
    if not isinstance(value, dt.datetime):
        return (value - DAY_NONE).days
    # Excel knows no time zones: what the clock showed is counted.
    since = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    return (value.date() - DAY_NONE).days + since / dt.timedelta(days=1)
