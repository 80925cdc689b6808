"""Lists as institutions send them: does everybody on them arrive, as they are called, and nobody else?"""

import datetime as dt

from imports.columns import propose
from imports.headers import Field
from imports.layout import lay_out
from imports.line_cells import read_line, settle, together
from imports.reading import read
from tests.imports import good

TODAY = dt.date(2026, 11, 23)


def lines_of(folder, name, content, kind="people", answers=None):
    path = folder / "upload"
    path.write_bytes(content)
    (sheet,) = read(path, name).sheets
    layout = lay_out(sheet)
    mapping = propose(layout.columns, kind)
    rows = list(layout.data)
    (custom,) = together([settle(rows, mapping, answers or {}, TODAY)])
    return rows, [read_line(row, mapping, custom, layout.columns) for row in rows], layout


def test_of_a_ministrys_list_its_people_arrive_and_nobody_who_signed_it(tmp_path):
    rows, read_lines, layout = lines_of(tmp_path, "lista.xlsx", good.a_ministrys_list())
    assert [line.name for line in read_lines] == good.MINISTRY_NAMES
    assert [line.said[Field.SEX] for line in read_lines] == ["woman", "man", "woman", "woman"]
    assert [row.number for row in rows if row.hidden] == [10]
    assert not any(line.troubles for line in read_lines)
    placed = [*layout.title_rows, *layout.header_rows, *(row.number for row in rows)]
    # The blank row 14 is in no file of Excel.
    every = [*range(1, 14), *range(15, 18)]
    assert sorted([*placed, *(one.row for one in layout.left_out)]) == every


def test_attendance_below_two_rows_of_header_arrives_by_day(tmp_path):
    _rows, (rosa, luis), _layout = lines_of(
        tmp_path, "asistencia.xlsx", good.attendance_of_two_rows(), "attendance"
    )
    assert rosa.name == "Rosa María de la Cruz Ajú"
    assert [(one.mark, one.minutes) for one in rosa.marks.values()] == [
        ("present", None),
        ("excused", None),
        ("partial", 90),
    ]
    assert [one.mark for one in luis.marks.values()] == ["late", "withdrawn", "dropped"]


def test_what_kobo_exports_arrives_without_its_groups(tmp_path):
    _rows, (rosa, luis), _layout = lines_of(tmp_path, "kobo.csv", good.of_kobo())
    assert (rosa.name, rosa.said[Field.SEX], rosa.said[Field.INSTITUTION]) == (
        "Rosa Ajú",
        "woman",
        "Clínica; turno A",
    )
    assert not rosa.troubles
    assert not luis.troubles


def test_of_h_and_m_each_is_asked_once_and_answered_for_all(tmp_path):
    _rows, asked, _layout = lines_of(tmp_path, "lista.csv", good.of_windows())
    assert [one.found.key for line in asked for one in line.troubles] == ["sex", "sex"]
    answers = {"sex": {"M": "mujer", "H": "hombre"}}
    _rows, (ingrid, jose), _layout = lines_of(tmp_path, "lista.csv", good.of_windows(), answers=answers)
    assert (ingrid.name, ingrid.said[Field.SEX]) == ("Íngrid Ñáñez", "woman")
    assert (jose.name, jose.said[Field.SEX]) == ("José Núñez", "man")
