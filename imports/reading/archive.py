"""Looks at the archive that a workbook is, before anything unpacks it: how large, whether it holds programs."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from imports.reading.faults import FileFault, Unreadable

OLE = b"\xd0\xcf\x11\xe0"
# The stream in which Excel wraps a workbook with a password; an old .xls has the same first bytes and not this.
WRAPPED = "EncryptedPackage".encode("utf-16-le")
MEGABYTE = 1024 * 1024
MAX_PARTS = 2_000
MAX_UNPACKED = 150 * MEGABYTE
# Read whole into memory, other than sheets: the shared texts of 50,000 lines, and styles.
MAX_TEXTS = 24 * MEGABYTE
MAX_OTHERS = 8 * MEGABYTE
TEXTS_AT_MOST = 600_000
# A sheet of many alike cells packs to a thirtieth; a bomb to a thousandth.
MAX_RATIO = 200
FREE_BYTES = 2 * MEGABYTE
HEAD_BYTES = 64 * 1024
# A parser holds one row whole, and all that follows the rows.
ROW_BYTES = 2 * MEGABYTE
AFTER_BYTES = 8 * MEGABYTE
MERGES_AT_MOST = 20_000
# Each part bounded: without it, a text of many beginnings and no end is looked through once for each of them.
SEEN = re.compile(
    rb"<(?:\w{1,20}:)?(?:(?P<row>row)[\s/>]|(?P<after>/(?:\w{1,20}:)?sheetData>)|"
    rb"mergeCell [^<>]{0,200}?ref=\"(?P<merge>[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\")"
)
CUT = 300
MACROS = (b"macroEnabled", b"vbaProject", b"macrosheet")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def guard(path: Path) -> None:
    """Raise Unreadable for what is no workbook, holds programs, is locked or swells."""
    _guard_kind(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _guard_parts(archive)
    except BROKEN as error:
        with path.open("rb") as file:
            fault = FileFault.DAMAGED if file.read(2) == b"PK" else FileFault.NOT_A_SHEET
        raise Unreadable(fault) from error


def _guard_kind(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) != OLE:
            return
        fault = FileFault.ENCRYPTED if WRAPPED in file.read() else FileFault.OLD_FORMAT
    raise Unreadable(fault)


def _guard_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    _guard_size(parts)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(FileFault.ENCRYPTED)
    if "xl/workbook.bin" in names or _is_open_document(archive, names):
        raise Unreadable(FileFault.OLD_FORMAT)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Unreadable(FileFault.NOT_A_SHEET)
    _guard_programs(archive, names)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _guard_entities(archive, part)


def _guard_size(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(FileFault.BOMB)
    for part in parts:
        swells = part.file_size > FREE_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        if swells or part.file_size > _most(part.filename):
            raise Unreadable(FileFault.BOMB)


def _most(name: str) -> int:
    """Return how large a part may be: rows are read one by one, pictures not at all, the rest whole."""
    if name.startswith(("xl/worksheets/", "xl/media/", "xl/pivotCache/")):
        return MAX_UNPACKED
    return MAX_TEXTS if name.endswith("sharedStrings.xml") else MAX_OTHERS


def _is_open_document(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "mimetype" not in names:
        return False
    with archive.open("mimetype") as file:
        return b"opendocument.spreadsheet" in file.read(200)


def _guard_programs(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Raise Unreadable for a workbook with programs: by what it says of its parts, since a part may have any name."""
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise Unreadable(FileFault.MACROS)
    with archive.open("[Content_Types].xml") as file:
        said = file.read(MEGABYTE)
    if any(word in said for word in MACROS):
        raise Unreadable(FileFault.MACROS)


def _guard_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    texts = 0
    with archive.open(part) as file:
        head = file.read(HEAD_BYTES)
        # No workbook declares entities. One in UTF-16, in which they would hide, Excel does not write either.
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\x00" in head:
            raise Unreadable(FileFault.BOMB)
        if part.filename.endswith("sharedStrings.xml"):
            texts = head.count(b"<si") + sum(chunk.count(b"<si") for chunk in _chunks(file))
    if texts > TEXTS_AT_MOST:
        raise Unreadable(FileFault.BOMB)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(MEGABYTE):
        yield chunk


def looked_through(file: IO[bytes]) -> list[str]:
    """Return which cells of a sheet are one. Raises Unreadable for a row, or a tail, that no memory should hold."""
    merges: list[str] = []
    done, begun, most, tail = 0, 0, ROW_BYTES, b""
    for chunk in _chunks(file):
        text = tail + chunk
        end = len(text)
        for found in SEEN.finditer(text):
            at = done + found.start()
            if at - begun > most:
                break
            if found["merge"]:
                merges.append(found["merge"].decode())
            else:
                begun, most = at, AFTER_BYTES if found["after"] else ROW_BYTES
        if done + end - begun > most or len(merges) > MERGES_AT_MOST:
            raise Unreadable(FileFault.BOMB)
        # A tag cut in two by the end of a chunk is read with the next one.
        cut = max(text.rfind(b"<", max(end - CUT, 0)), 0) if b"<" in text[-CUT:] else end
        done, tail = done + cut, text[cut:]
    return merges
