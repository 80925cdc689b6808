"""More files that are no good list: what is inside a workbook, and lists of attendance and of past trainings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

from tests.imports.strange import GOOD, HEADER, Strange, book, lines, repacked, saved, with_cell

NS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
PAST = ["Nombre completo", "Curso", "Fecha", "Horas", "Nota"]
TRAINED = ["Rosa Ajú", "Primeros auxilios psicológicos", "2026-03-12", 16, 85]
MARKED = ["Nombre completo", "Sesión 1", "Sesión 2", "Minutos"]


def with_sheet(xml: bytes) -> Callable[[], bytes]:
    return lambda: repacked(book(HEADER, GOOD), xl__worksheets__sheet1_DOT_xml=xml)


def past(*changed: tuple[int, object]) -> list[object]:
    line: list[object] = list(TRAINED)
    for at, value in changed:
        line[at] = value
    return line


def packed(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, value in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), value)
    return kept.getvalue()


def with_types(word: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        whole = book(HEADER, GOOD)
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            types = archive.read("[Content_Types].xml")
        return repacked(whole, **{"[Content_Types]_DOT_xml": types.replace(b"</Types>", word + b"</Types>")})

    return make


def a_hidden_declaration() -> bytes:
    """Entities behind a comment that is longer than what is looked at first."""
    return (
        b"<!--" + b"x" * 70_000 + b'--><!DOCTYPE s [<!ENTITY a "Rosa">]>' + NS
        + b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>' + END
    )  # fmt: skip


def many_texts() -> bytes:
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    texts = b"".join(b"<si><t>%d</t></si>" % number for number in range(610_000))
    return repacked(book(HEADER, GOOD), xl__sharedStrings_DOT_xml=head + texts + b"</sst>")


def only_hidden_sheets() -> bytes:
    made = Workbook()
    made.active.append(["Sin datos"])
    made.create_sheet("Lista").append(HEADER)
    made["Lista"].sheet_state = "hidden"
    return saved(made)


XLSX = [
    Strange("era-xls.xlsx", "old_format", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000)),
    Strange(
        "era-ods.xlsx",
        "old_format",
        lambda: packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    ),
    Strange("era-xlsb.xlsx", "old_format", lambda: packed(xl__workbook_DOT_bin=b"x")),
    Strange("era-docx.xlsx", "not_a_sheet", lambda: packed(word__document_DOT_xml=b"<a/>")),
    Strange("era-pdf.xlsx", "not_a_sheet", lambda: b"%PDF-1.7\n" + bytes(3000)),
    Strange("era-csv.xlsx", "not_a_sheet", lambda: lines(HEADER, GOOD).encode()),
    Strange(
        "programa-con-otro-nombre.xlsx",
        "macros",
        with_types(b'<Default Extension="x" ContentType="application/vnd.ms-office.vbaProject"/>'),
    ),
    Strange(
        "macros-de-1992.xlsx", "macros", lambda: repacked(book(HEADER), xl__macrosheets__s_DOT_xml=b"<a/>")
    ),
    Strange("lista.xlsm", "macros", with_types(b"<!-- vnd.ms-excel.sheet.macroEnabled.main+xml -->")),
    Strange("entidades-escondidas.xlsx", "damaged", with_sheet(a_hidden_declaration())),
    Strange(
        "una-fila-sin-fin.xlsx", "bomb", with_sheet(NS + b'<row r="1">' + b"<c/>" * 900_000 + b"</row>" + END)
    ),
    Strange(
        "cola-sin-fin.xlsx", "bomb", with_sheet(NS + b"</sheetData>" + b"<a/>" * 2_300_000 + b"</worksheet>")
    ),
    Strange("celdas-unidas-sin-fin.xlsx", "bomb", with_sheet(NS + b"<mergeCell " * 400_000)),
    Strange("seiscientos-mil-textos.xlsx", "bomb", many_texts),
    Strange(
        "estilos-enormes.xlsx", "bomb", lambda: repacked(book(HEADER), xl__styles_DOT_xml=b" " * 9_000_000)
    ),
    Strange("todo-oculto.xlsx", "no_header", only_hidden_sheets),
    Strange("nota-menos-cinco.xlsx", "score", lambda: book(PAST, TRAINED, past((4, -5))), 3, "E", "historic"),
    Strange("nota-de-120.xlsx", "score", lambda: book(PAST, past((4, "120 %")), TRAINED), 2, "E", "historic"),
    Strange("horas-negativas.xlsx", "hours", lambda: book(PAST, past((3, -8))), 2, "D", "historic"),
    Strange("31-de-febrero.xlsx", "day", lambda: book(PAST, past((2, "31/02/2026"))), 2, "C", "historic"),
    Strange(
        "dia-o-mes.xlsx", "which_day", lambda: book(PAST, TRAINED, past((2, "03/04/26"))), 3, "C", "historic"
    ),
    Strange("nota-o-parte.xlsx", "share", lambda: book(PAST, past((4, 0.85))), 2, "E", "historic"),
    Strange(
        "marca-rara.xlsx", "mark", lambda: book(MARKED, ["Rosa Ajú", "P", "?!", 90]), 2, "C", "attendance"
    ),
    Strange(
        "tres-dias.xlsx", "minutes", lambda: book(MARKED, ["Rosa Ajú", "P", "A", 4320]), 2, "D", "attendance"
    ),
    Strange("h-y-m.xlsx", "sex", lambda: book(HEADER, GOOD, with_cell(2, "M")), 3, "C"),
    Strange(
        "hospital-entre-la-gente.xlsx", "no_name", lambda: book(["Nombre completo"], ["Hospital Uno"]), 2, "A"
    ),
    Strange(
        "calculo-sin-valor.xlsx", "formula", lambda: book(PAST, past((4, "=SUM(A1:A2)"))), 2, "E", "historic"
    ),
]

CSV = [
    Strange(
        "dos-codigos.csv", "encoding", lambda: lines(HEADER, GOOD).encode() + "José,Núñez".encode("cp1252")
    ),
    Strange("utf16-cortado.csv", "encoding", lambda: lines(HEADER, GOOD).encode("utf-16")[:-1]),
    Strange("era-zip.csv", "not_a_sheet", lambda: packed(a=b"b")),
    Strange("era-xls.csv", "not_a_sheet", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)),
    Strange(
        "celda-sin-fin.csv", "quotes", lambda: lines(HEADER, with_cell(0, '"' + "a" * 40_000 + '"')).encode()
    ),
    Strange(
        "dos-encabezados-iguales.csv", "same_header", lambda: lines(["Nombre", "Correo", "correo:"]).encode()
    ),
    Strange("dieciseis-mil-columnas.csv", "too_many_columns", ("Nombre," * 16_384 + "x").encode),
    Strange("solo-blancos.csv", "empty", lambda: b" \r\n\t\r\n  "),
    Strange("sin-encabezado.csv", "no_header", lambda: lines(GOOD, GOOD).encode()),
    Strange("control.csv", "not_a_sheet", lambda: lines(HEADER, with_cell(0, "Ro\x07sa")).encode()),
    Strange(
        "nota-menos-cinco.csv", "score", lambda: lines(PAST, past((4, "-5 %"))).encode(), 2, "E", "historic"
    ),
    Strange(
        "nota-de-120.csv", "score", lambda: lines(PAST, TRAINED, past((4, 120))).encode(), 3, "E", "historic"
    ),
    Strange("edad-o-ano.csv", "birth", lambda: lines(HEADER, with_cell(5, 41)).encode(), 2, "F"),
    Strange(
        "correo-con-hueco.csv",
        "email",
        lambda: lines(HEADER, with_cell(4, "rosa aju@example.org")).encode(),
        2,
        "E",
    ),
    Strange(
        "ausente-90.csv",
        "mark",
        lambda: lines(MARKED, ["Rosa Ajú", "A 90", "P", ""]).encode(),
        2,
        "B",
        "attendance",
    ),
    Strange(
        "minutos-y-medio.csv",
        "minutes",
        lambda: lines(MARKED, ["Rosa Ajú", "P", "P", 90.5]).encode(),
        2,
        "D",
        "attendance",
    ),
    Strange(
        "telefono-corto.csv",
        "phone",
        lambda: lines(["Nombre", "Teléfono"], ["Rosa Ajú", "123"]).encode(),
        2,
        "B",
    ),
    Strange("marcado-con-x.csv", "sex", lambda: lines(HEADER, with_cell(2, "X")).encode(), 2, "C"),
    Strange("dos-nombres.csv", "no_name", lambda: lines(HEADER, with_cell(0, '"a, b, c"')).encode(), 2, "A"),
    Strange(
        "aprobo-quiza.csv",
        "result",
        lambda: lines([*PAST, "Resultado"], [*TRAINED, "quizá"]).encode(),
        2,
        "F",
        "historic",
    ),
]
