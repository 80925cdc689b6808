"""Makes files that somebody once sent, or might send, and that are no good list of people.

Whoever wrote them knew what people do with spreadsheets, and not how they are read. Each says what must be told: of the
whole file (row 0), or of a row as the spreadsheet numbers it, with the letter of its column where one cell is to blame.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook

HEADER = ["Nombres", "Apellidos", "Sexo", "Institución", "Correo electrónico", "Año de nacimiento"]
GOOD = ["Rosa", "Ajú Sis", "Mujer", "Hospital Regional de Prueba", "rosa.aju@example.org", 1984]
WHOLE = 0


@dataclass(frozen=True)
class Strange:
    """A file and what must be said of it: a FileFault of the whole, a Trouble of a cell, `nobody` of a line.

    Another file is one line more in a table: its name, what is wrong, how it is made, where that is seen.
    """

    name: str
    what: str
    make: Callable[[], bytes]
    row: int = WHOLE
    column: str = ""
    kind: str = "people"


def book(*rows: list[object], title: str = "Participantes") -> bytes:
    """Return a workbook of one sheet."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """Return the workbook with some of its parts replaced or added; names have `__` for `/` and `_DOT_` for `.`."""
    parts = {name.replace("__", "/").replace("_DOT_", "."): value for name, value in changed.items()}
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, value in parts.items():
            new.writestr(name, value)
    return kept.getvalue()


def with_cell(column: int, value: object) -> list[object]:
    """Return the good line with another value in a column, counted from nought."""
    return [value if at == column else cell for at, cell in enumerate(GOOD)]


def lines(*rows: list[object], mark: str = ",") -> str:
    return "\r\n".join(mark.join(str(cell) for cell in row) for row in rows) + "\r\n"


def laughing() -> bytes:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"
t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>"""
    return repacked(book(HEADER, GOOD), xl__worksheets__sheet1_DOT_xml=bomb)


def swollen() -> bytes:
    """A few hundred kilobytes that unpack to a hundred and sixty megabytes."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(book(HEADER, GOOD), xl__worksheets__sheet1_DOT_xml=head + b" " * 160_000_000)


def twice_the_same_column() -> bytes:
    header = [*HEADER, "Correo electrónico"]
    return book(header, [*GOOD, "otra@example.org"])


def headed_by_a_picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


def a_formula() -> bytes:
    return book(HEADER, with_cell(0, '=HYPERLINK("https://example.org","Rosa")'))


def locked() -> bytes:
    return (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    )


def a_packed_text() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("lista.txt", "Rosa Ajú\n")
    return kept.getvalue()


XLSX = [
    Strange("foto-de-la-lista.xlsx", "not_a_sheet", headed_by_a_picture),
    Strange("se-corto-la-descarga.xlsx", "damaged", lambda: book(HEADER, GOOD)[:2500]),
    Strange("carpeta-comprimida.xlsx", "not_a_sheet", a_packed_text),
    Strange("con-contrasena.xlsx", "encrypted", locked),
    Strange(
        "con-macros.xlsx", "macros", lambda: repacked(book(HEADER, GOOD), xl__vbaProject_DOT_bin=bytes(900))
    ),
    Strange("entidades.xlsx", "bomb", laughing),
    Strange("se-hincha.xlsx", "bomb", swollen),
    Strange("hoja-en-blanco.xlsx", "empty", book),
    Strange(
        "solo-un-titulo.xlsx", "no_header", lambda: book(["Ministerio de Prueba"], ["Lista de participantes"])
    ),
    Strange(
        "todas-las-columnas.xlsx", "too_many_columns", lambda: book([f"Columna {n}" for n in range(16_384)])
    ),
    Strange("dos-columnas-de-correo.xlsx", "same_header", twice_the_same_column),
    Strange("formula-en-el-nombre.xlsx", "formula", a_formula, 2, "A"),
    Strange(
        "novela-en-el-nombre.xlsx", "too_long", lambda: book(HEADER, with_cell(0, "Rosa " * 6000)), 2, "A"
    ),
    Strange("un-numero-por-nombre.xlsx", "no_name", lambda: book(HEADER, ["4817", 4817, *GOOD[2:]]), 2),
    Strange("nacera-en-2090.xlsx", "birth", lambda: book(HEADER, GOOD, with_cell(5, 2090)), 3, "F"),
    Strange("nacio-en-1084.xlsx", "birth", lambda: book(HEADER, with_cell(5, 1084)), 2, "F"),
    Strange(
        "correo-sin-arroba.xlsx", "email", lambda: book(HEADER, with_cell(4, "rosa.example.org")), 2, "E"
    ),
    Strange(
        "dos-correos-en-una-celda.xlsx",
        "several_emails",
        lambda: book(HEADER, with_cell(4, "a@example.org; b@example.org")),
        2,
        "E",
    ),
    Strange("sexo-que-nadie-entiende.xlsx", "sex", lambda: book(HEADER, with_cell(2, "7")), 2, "C"),
    Strange("hoja-de-errores.xlsx", "failed", lambda: book(HEADER, with_cell(0, "#REF!")), 2, "A"),
]


def an_address_of_two_lines() -> bytes:
    return lines(HEADER, with_cell(4, '"a@example.org\nBcc: b@example.org"')).encode()


CSV = [
    Strange("vacio.csv", "empty", lambda: b""),
    Strange("solo-la-marca.csv", "empty", lambda: b"\xef\xbb\xbf"),
    Strange("solo-encabezado.csv", "no_lines", lambda: lines(HEADER).encode()),
    Strange(
        "la-pagina-de-entrada.csv",
        "not_a_sheet",
        lambda: b"<!DOCTYPE html><html><body><h1>Entrar</h1></body></html>",
    ),
    Strange("json.csv", "not_a_sheet", lambda: b'{"nombres": "Rosa", "apellidos": "Aju"}'),
    Strange("azar.csv", "nuls", lambda: bytes((n * 7919 + 31) % 256 for n in range(4000))),
    Strange("un-excel-con-otro-nombre.csv", "not_a_sheet", lambda: book(HEADER, GOOD)),
    Strange("pdf.csv", "not_a_sheet", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
    Strange("nulos.csv", "nuls", lambda: lines(HEADER, GOOD, with_cell(0, "Ro\x00sa")).encode()),
    Strange(
        "comilla-sin-cerrar.csv", "quotes", lambda: lines(HEADER, GOOD, with_cell(0, '"Rosa'), GOOD).encode()
    ),
    Strange(
        "celdas-de-mas.csv", "too_many_cells", lambda: lines(HEADER, GOOD, [*GOOD, "x", "y", "z"]).encode(), 3
    ),
    Strange("orden.csv", "formula", lambda: lines(HEADER, with_cell(0, "=1+1")).encode(), 2, "A"),
    Strange("arroba.csv", "formula", lambda: lines(HEADER, with_cell(0, "@SUM(A1)")).encode(), 2, "A"),
    Strange("al-reves.csv", "direction", lambda: lines(HEADER, with_cell(0, "\u202easoR")).encode(), 2, "A"),
    Strange("sin-nombre.csv", "nobody", lambda: lines(HEADER, ["", "", *GOOD[2:]]).encode(), 2),
    Strange("fecha-por-ano.csv", "birth", lambda: lines(HEADER, with_cell(5, "31/02/1984")).encode(), 2, "F"),
    Strange("edad-por-ano.csv", "birth", lambda: lines(HEADER, with_cell(5, "-3")).encode(), 2, "F"),
    Strange(
        "nombre-solo-signos.csv", "no_name", lambda: lines(HEADER, ["---", "***", *GOOD[2:]]).encode(), 2
    ),
    Strange(
        "correo-con-salto.csv",
        "several_emails",
        lambda: lines(HEADER, with_cell(4, '"a@example.org\nBcc: b@example.org"')).encode(),
        2,
        "E",
    ),
    Strange("separado-con-barras.csv", "no_header", lambda: lines(["Hola"], ["Rosa"], mark="/").encode()),
]
