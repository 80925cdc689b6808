"""Files as they are sent: what is read of them, and how is one refused that is no sheet?"""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from imports import value_words
from imports.cells import packed, shown
from imports.columns import propose
from imports.layout import lay_out
from imports.line_cells import read_line, settle, together
from imports.reading import FileFault, Formula, Unreadable, read
from imports.reading.csv_file import delimiter_of
from imports.reading.sheet import NoteKind
from imports.values import Refused
from tests.imports import odd, strange


def kept(folder: Path, name: str, content: bytes):
    path = folder / "upload"
    path.write_bytes(content)
    return read(path, name)


def read_whole(folder: Path, one: strange.Strange):
    """Read a file to its end; return what is said of its lines: (row, letter, what)."""
    said = []
    for sheet in kept(folder, one.name, one.make()).sheets:
        layout = lay_out(sheet)
        mapping = propose(layout.columns, one.kind)
        rows = list(layout.data)
        if not rows:
            raise Unreadable(FileFault.NO_LINES)
        (custom,) = together([settle(rows, mapping, {}, dt.date(2026, 11, 23))])
        for row in rows:
            line = read_line(row, mapping, custom, layout.columns)
            said += [(row.number, one.letter, one.found.trouble.value) for one in line.troubles]
            said += [] if line.name or line.troubles else [(row.number, "", "nobody")]
    return said


FILES = (*strange.XLSX, *strange.CSV, *odd.XLSX, *odd.CSV)
WHOLE_FILES = [one for one in FILES if one.row == strange.WHOLE]
WITH_A_PLACE = [one for one in FILES if one.row != strange.WHOLE]


@pytest.mark.parametrize("one", WHOLE_FILES, ids=lambda one: one.name)
def test_a_file_that_is_no_list_is_refused_with_a_reason_and_a_remedy(tmp_path, one):
    with pytest.raises(Unreadable) as told:
        read_whole(tmp_path, one)
    assert told.value.fault == one.what
    assert told.value.reason
    assert told.value.remedy


@pytest.mark.parametrize("one", WITH_A_PLACE, ids=lambda one: one.name)
def test_a_strange_line_is_told_with_its_place(tmp_path, one):
    said = read_whole(tmp_path, one)
    assert (one.row, one.what) in {(row, what) for row, _letter, what in said}
    assert not one.column or (one.row, one.column, one.what) in said
    assert {row for row, _letter, _what in said} == {one.row}, "Nothing is said of the lines that are good"
    assert one.what == "nobody" or value_words.REMEDIES[value_words.Trouble(one.what)]


def test_a_hundred_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "grande.csv"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(Unreadable) as told:
        read(path, path.name)
    assert told.value.fault == FileFault.TOO_LARGE


@pytest.mark.parametrize(
    ("name", "fault"),
    [("lista.xls", "old_format"), ("lista.ods", "old_format"), ("lista.pdf", "not_a_sheet")],
)
def test_another_kind_of_file_is_refused_with_what_to_do(tmp_path, name, fault):
    with pytest.raises(Unreadable) as told:
        kept(tmp_path, name, b"something")
    assert told.value.fault == fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_letters_arrive_whole_in_every_encoding(tmp_path, encoding, mark):
    text = strange.lines(["Nombres", "Apellidos", "Institución"], ["Íngrid", "Ñáñez", "Clínica"], mark=mark)
    book = kept(tmp_path, "lista.csv", text.encode(encoding))
    rows = list(book.sheets[0].rows)
    assert rows[1].cells == ("Íngrid", "Ñáñez", "Clínica")
    assert [note.kind for note in book.notes] == ([NoteKind.READ_AS_WINDOWS] if encoding == "cp1252" else [])


def test_a_file_put_together_of_two_encodings_is_refused_with_its_line(tmp_path):
    content = "Nombres,Apellidos\nÍngrid,Ñáñez\n".encode() + "José,Núñez\n".encode("cp1252")
    with pytest.raises(Unreadable) as told:
        kept(tmp_path, "lista.csv", content)
    assert (told.value.fault, told.value.row) == (FileFault.ENCODING, 3)


def test_a_comma_within_quotation_marks_divides_nothing():
    assert (
        delimiter_of('nombre;lugar\n"Ajú, Rosa";"Tapachula, Chiapas"\n"Tzoc, Luis";"Tecún, San Marcos"\n')
        == ";"
    )


def workbook() -> bytes:
    book = Book()
    sheet = book.active
    sheet.title = "Marzo"
    sheet.append(["MINISTERIO DE PRUEBA"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Nombre completo", "Sexo", "Asistencia"])
    sheet.append([None, None, dt.date(2026, 3, 12), dt.date(2026, 3, 13)])
    for merged in ("A2:A3", "B2:B3", "C2:D2"):
        sheet.merge_cells(merged)
    sheet.append(["ROSA AJÚ", "F", "P", "A/E"])
    sheet.append(["Luis Tzoc", "M", "=1+1", 0.5])
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("Borrador").sheet_state = "hidden"
    return strange.saved(book)


def test_merged_hidden_and_calculated_cells_are_known_of_a_workbook(tmp_path):
    book = kept(tmp_path, "marzo.xlsx", workbook())
    assert [(note.kind, note.sheet) for note in book.notes] == [(NoteKind.HIDDEN_SHEET, "Borrador")]
    layout = lay_out(book.sheets[0])
    assert layout.header_rows == (2, 3)
    sessions = propose(layout.columns, "attendance").sessions
    assert [one.day for one in sessions.values()] == [dt.date(2026, 3, 12), dt.date(2026, 3, 13)]
    rosa, luis = layout.data
    assert (rosa.hidden, luis.hidden) == (False, True)
    assert luis.cells[2] == Formula("=1+1", None)


def test_a_workbook_with_a_broken_sheet_is_refused_while_it_is_read(tmp_path):
    whole = strange.book(strange.HEADER, *[strange.GOOD] * 50)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    content = strange.repacked(whole, xl__worksheets__sheet1_DOT_xml=sheet[: len(sheet) // 2])
    book = kept(tmp_path, "rota.xlsx", content)
    with pytest.raises(Unreadable) as told:
        list(book.sheets[0].rows)
    assert told.value.fault == FileFault.DAMAGED


def test_an_archive_of_thousands_of_parts_is_no_sheet(tmp_path):
    kept_in = io.BytesIO()
    with zipfile.ZipFile(kept_in, "w") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/{number}.xml", "<a/>")
    with pytest.raises(Unreadable) as told:
        kept(tmp_path, "partes.xlsx", kept_in.getvalue())
    assert told.value.fault == FileFault.BOMB


def test_the_fifty_thousand_and_first_line_is_refused(tmp_path):
    content = b"Nombres\n" + b"Rosa\n" * 50_001
    with pytest.raises(Unreadable) as told:
        list(kept(tmp_path, "larga.csv", content).sheets[0].rows)
    assert (told.value.fault, told.value.row) == (FileFault.TOO_MANY_ROWS, 50_001)


def test_a_line_with_a_cell_too_many_says_so(tmp_path):
    book = kept(tmp_path, "x.csv", b"Nombres,Apellidos\nRosa,Aju,sobra\n")
    layout = lay_out(book.sheets[0])
    mapping = propose(layout.columns, "people")
    (row,) = layout.data
    troubles = read_line(row, mapping, settle([], mapping, {}).custom, layout.columns).troubles
    assert [type(one.found) for one in troubles] == [Refused]


def test_a_cell_far_below_is_one_row_and_a_formula_that_was_never_calculated_is_shown(tmp_path):
    made = Book()
    made.active.append(["Nombres", "Apellidos"])
    made.active.append(["Rosa", "Ajú"])
    made.active.cell(1_048_576, 1, "=A2&B2")
    path = tmp_path / "lista.xlsx"
    made.save(path)
    (sheet,) = read(path, path.name).sheets
    last = list(sheet.rows)[-1]
    assert last.number == 1_048_576
    assert shown(packed(last.cells[0])) == "=A2&B2"
