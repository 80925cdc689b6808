"""Reads CSV as Excel, LibreOffice and KoboToolbox write it: UTF-8, UTF-16, Windows-1252; commas, semicolons, tabs."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from imports.reading.faults import FileFault, Unreadable
from imports.reading.sheet import MAX_COLUMNS, MAX_ROWS, Note, NoteKind, Row, Sheet, Workbook, letter, trimmed

DELIMITERS = (",", ";", "\t", "|")
# How other files begin whose name somebody changed.
OTHERS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"\x1f\x8b",
)
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
CELL_CHARACTERS = 32_767


def read_csv(path: Path) -> Workbook:
    """Return the file as one sheet. Raises Unreadable."""
    content = path.read_bytes()
    text, notes = _decoded(content)
    if not text.strip():
        raise Unreadable(FileFault.EMPTY)
    if text.lstrip()[:1] in {"<", "{", "["}:
        raise Unreadable(FileFault.NOT_A_SHEET)
    if found := CONTROL.search(text):
        raise Unreadable(FileFault.NOT_A_SHEET, row=text.count("\n", 0, found.start()) + 1)
    return Workbook((Sheet("", _rows(text)),), notes)


def _decoded(content: bytes) -> tuple[str, tuple[Note, ...]]:
    if content.startswith(OTHERS):
        raise Unreadable(FileFault.NOT_A_SHEET)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(content, "utf-16"), ()
    if b"\x00" in content:
        return _with_nuls(content), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return _of_windows(content, error), (Note(NoteKind.READ_AS_WINDOWS),)


def _as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(FileFault.ENCODING) from error
    if "\x00" in text:
        raise Unreadable(FileFault.NULS, row=text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _with_nuls(content: bytes) -> str:
    """Return UTF-16 that does not say so: every other byte of Latin letters is nought."""
    for encoding, odd in (("utf-16-le", content[1::2]), ("utf-16-be", content[0::2])):
        if odd.count(0) > len(odd) * 0.8:
            return _as(content, encoding)
    raise Unreadable(FileFault.NULS, row=content.count(b"\n", 0, content.index(b"\x00")) + 1)


def _of_windows(content: bytes, error: UnicodeDecodeError) -> str:
    """Return text of Windows; a file that is UTF-8 in other lines was put together of two, and is refused."""
    wrong = content.count(b"\n", 0, error.start) + 1
    for line in content.split(b"\n"):
        try:
            if not line.isascii() and line.decode("utf-8"):
                raise Unreadable(FileFault.ENCODING, row=wrong)
        except UnicodeDecodeError:
            continue
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as other:
        raise Unreadable(FileFault.ENCODING, row=content.count(b"\n", 0, other.start) + 1) from other


def _rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(FileFault.QUOTES, row=number) from error
        if number > MAX_ROWS:
            raise Unreadable(FileFault.TOO_MANY_ROWS, row=number)
        kept = trimmed(list(cells))
        if len(kept) > MAX_COLUMNS:
            raise Unreadable(FileFault.TOO_MANY_COLUMNS, row=number, column=letter(MAX_COLUMNS))
        yield Row(number, kept)


def delimiter_of(text: str) -> str:
    """Return what stands between the cells: what divides most of the first lines into equally many.

    >>> delimiter_of("nombre;correo\\nRosa;a,b@example.org\\n")
    ';'
    """
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    best, most = ",", 0
    for mark in DELIMITERS:
        counted = Counter(len(_outside(line, mark)) for line in lines)
        columns, times = max(
            counted.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(1, 0)
        )
        if columns > 1 and times * 100 + columns > most:
            best, most = mark, times * 100 + columns
    return best


def _outside(line: str, mark: str) -> list[str]:
    """Return the line's parts between marks that stand outside of quotation marks."""
    return re.sub(r'"[^"]*"', "", line).split(mark)
