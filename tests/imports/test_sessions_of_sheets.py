"""Of which session is a column of marks? By a day, or a number, that stands there; by its place never."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from imports.answering import leave_key
from imports.days import day_in, day_under, is_lone_day, month_in
from imports.models import Import
from imports.queries import screen
from learning import meeting
from learning.models import Attendance, Session
from tests.factories.learning import enrol
from tests.imports.sheets import answers, brought, csv_of

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("month", "title", "day"),
    [
        ("NOVIEMBRE 2026", "18", dt.date(2026, 11, 18)),
        ("Noviembre de 2026", "Mié 18", dt.date(2026, 11, 18)),
        ("nov-26", "3", dt.date(2026, 11, 3)),
        ("Diciembre", "2", dt.date(2026, 12, 2)),
        ("Febrero", "30", None),
        ("Noviembre 2026", "31", None),
        ("Asistencia", "18", None),
        ("Noviembre 2026", "Lunes", None),
        ("Noviembre 2026", "Sesión 18", None),
    ],
)
def test_a_day_is_read_below_its_month(month: str, title: str, day: dt.date | None) -> None:
    assert day_under(month, title, today=TODAY) == day


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (["Hoja1", "LISTA DE ASISTENCIA 11 de noviembre de 2026"], dt.date(2026, 11, 11)),
        (["11-nov", "Lista de asistencia"], dt.date(2026, 11, 11)),
        (["11-nov", "Fecha: 11/11/2026"], dt.date(2026, 11, 11)),
        (["18-nov", "Fecha: 11/11/2026"], None),
        (["Hoja1", "Del 11 al 13 de noviembre de 2026"], None),
        (["Hoja1", "11 y 12 de noviembre de 2026"], None),
        (["Hoja1", "Grupo 3, 40 horas"], None),
    ],
)
def test_a_sheet_of_one_day_says_it_in_its_name_or_title(texts: list[str], day: dt.date | None) -> None:
    assert day_in(texts, today=TODAY) == day


def test_a_month_is_taken_from_a_title_that_names_just_one() -> None:
    assert month_in(["Hoja1", "Mes: noviembre 2026"]) == "noviembre 2026"
    assert month_in(["Hoja1", "octubre y noviembre 2026"]) == ""
    assert month_in(["Hoja1", "Mar de la Plata"]) == ""


@pytest.mark.parametrize(
    ("title", "alone"), [("18", True), ("Lun", True), ("32", False), ("L", False), ("Sí 3", False)]
)
def test_which_headers_are_days_without_a_month(title: str, alone: bool) -> None:
    assert is_lone_day(title) is alone


# From here on with a group: sessions on the 11th, the 18th and the 23rd of November

pytestmark = pytest.mark.django_db
NOVEMBER = [dt.date(2026, 11, day) for day in (11, 18, 23)]


@pytest.fixture
def days(cohort: Any, bruno: Any) -> list[Session]:
    made = []
    for day in NOVEMBER:
        hours = meeting.Hours(day, dt.time(9), dt.time(13))
        made += meeting.plan(cohort=cohort, title=f"Taller {day.day}", hours=hours, by=bruno.person)
    return made


@pytest.fixture
def named(amina: Any, cohort: Any) -> Any:
    type(amina.person).objects.filter(pk=amina.person.pk).update(
        certificate_name="Amina Xol Caal", display_name="Amina"
    )
    return enrol(amina.person, cohort.course, cohort=cohort)


@pytest.fixture(autouse=True)
def afterwards(freezer_after: Any) -> None:
    """It is the end of November: each of these sessions is over."""


@pytest.fixture
def freezer_after(monkeypatch: pytest.MonkeyPatch) -> None:
    from common import clock

    at = dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: at)


def noted() -> dict[int, str]:
    return {row.session.local_date.day: row.mark for row in Attendance.objects.select_related("session")}


def workbook(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", "-"))
        for row in rows:
            sheet.append(row)
    path = tmp_path / "asistencia.xlsx"
    book.save(path)
    return path


def bring(path: Path, cohort: Any, **more: Any) -> dict:
    return brought(path, kind="attendance", cohort=cohort.code, apply=True, **more)


def test_marks_below_a_month_go_to_their_days_and_not_to_the_first_sessions(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["No.", "NOMBRE COMPLETO", "NOVIEMBRE 2026", None])
    sheet.append([None, None, 18, 23])
    sheet.append([1, "AMINA XOL CAAL", "P", "A"])
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(cells)
    path = tmp_path / "lista.xlsx"
    book.save(path)
    report = bring(path, cohort)
    assert (report["asked"], report["refused"]) == ([], [])
    assert noted() == {18: "present", 23: "absent"}


def test_columns_without_any_day_are_asked_about_each_by_its_letter(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;P;A", head="N.º;Nombre;Lunes;Miércoles\n")
    report = bring(sheet, cohort)
    assert [note["value"] for note in report["asked"]] == ["C · Lunes", "D · Miércoles"]
    assert noted() == {}
    keys = {"C": str(days[2].key), "D": "skip"}
    said = answers(report, lambda note: keys[note["value"][0]])
    assert bring(sheet, cohort, mapping={"answers": said})["asked"] == []
    assert noted() == {23: "present"}


def test_a_workbook_with_a_sheet_for_each_day_loses_none(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    def day(said: str, mark: str) -> list[list[object]]:
        title = [f"LISTA DE ASISTENCIA {said} de noviembre de 2026"]
        return [title, [], ["No", "Nombre completo", "Asistencia"], [1, "Amina Xol Caal", mark]]

    report = bring(workbook(tmp_path, **{"11_nov": day("11", "P"), "18_nov": day("18", "A")}), cohort)
    assert (report["asked"], report["refused"]) == ([], [])
    assert noted() == {11: "present", 18: "absent"}


def test_sheets_that_say_no_day_are_asked_about_one_by_one(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    rows: list[list[object]] = [["No", "Nombre completo", "Asistencia"], [1, "Amina Xol Caal", "P"]]
    report = bring(workbook(tmp_path, Grupo_A=rows, Grupo_B=rows), cohort)
    assert [note["question"] for note in report["asked"]] == ["session:*Grupo-A!C", "session:*Grupo-B!C"]


def test_morning_and_afternoon_of_one_day_are_two_sessions(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Nombre completo", "11/11/2026", None])
    sheet.append([None, "Mañana", "Tarde"])
    sheet.append(["AMINA XOL CAAL", "P", "A"])
    for cells in ("A1:A2", "B1:C1"):
        sheet.merge_cells(cells)
    path = tmp_path / "lista.xlsx"
    book.save(path)
    report = bring(path, cohort, mapping={"columns": {"B": "session", "C": "session"}})
    assert [note["value"] for note in report["asked"]] == [
        "B · 11/11/2026 / Mañana",
        "C · 11/11/2026 / Tarde",
    ]
    assert noted() == {}


def test_a_line_of_the_dry_run_tells_the_day_of_each_mark(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    head = "N.º;Nombre;11/11/2026;18/11/2026;23/11/2026\n"
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;P;P;A", head=head)
    brought(sheet, kind="attendance", cohort=cohort.code)
    (line,) = screen(Import.objects.get(), "").lines
    assert line.becomes == ("Presente: 11 nov, 18 nov", "Ausente: 23 nov")


def test_two_lines_that_contradict_each_other_are_both_asked_about(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    head = "N.º;Nombre;11/11/2026;18/11/2026\n"
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;A;P", "2;AMINA XOL CAAL;P;P", head=head)
    report = bring(sheet, cohort)
    assert {(note["row"], note["value"]) for note in report["asked"]} == {
        (2, "Amina Xol Caal, Taller 11: Ausente"),
        (3, "Amina Xol Caal, Taller 11: Presente"),
    }
    assert noted() == {}
    (question,) = {note["question"] for note in report["asked"]}
    words = dict(report["asked"][0]["choices"])
    assert words == {"absent": "Ausente (línea 2)", "present": "Presente (línea 3)"}
    mapping = {"answers": {question: "present"}}
    report = bring(sheet, cohort, mapping=mapping)
    assert report["asked"] == []
    assert report["made"]["marks"] == 2
    assert noted() == {11: "present", 18: "present"}
    again = bring(sheet, cohort, mapping=mapping)
    assert (again["asked"], again["made"]["marks"]) == ([], 0)


def test_one_of_two_lines_of_a_person_is_left_out_by_itself(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    head = "N.º;Nombre;11/11/2026\n"
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;A", "2;AMINA XOL CAAL;P", head=head)
    brought(sheet, kind="attendance", cohort=cohort.code)
    tokens = {line.text: line.token for line in screen(Import.objects.get(), "").lines}
    out = {"answers": {leave_key(tokens["1 · Amina Xol Caal · A"]): "skip"}}
    report = bring(sheet, cohort, mapping=out)
    assert (report["asked"], [left["row"] for left in report["left_out"]]) == ([], [2])
    assert noted() == {11: "present"}


def test_the_same_mark_twice_is_taken_once(tmp_path: Path, days: Any, named: Any, cohort: Any) -> None:
    head = "N.º;Nombre;11/11/2026\n"
    report = bring(csv_of(tmp_path, "1;Amina Xol Caal;P", "2;AMINA XOL CAAL;P", head=head), cohort)
    assert (report["asked"], report["accepted"], report["unchanged"]) == ([], 2, 1)
    assert report["made"]["marks"] == 1


@pytest.mark.parametrize(
    ("marks", "asked"),
    [
        ("A;;", ["values:a"]),
        ("A;F;", ["values:a", "values:a"]),
        ("A;F;P", ["values:a", "values:a"]),
        ("P;F;", []),
        ("P;A;", []),
        ("X;A;", []),
    ],
)
def test_an_a_is_asked_about_where_it_may_say_that_she_was_there(
    tmp_path: Path, days: Any, named: Any, cohort: Any, marks: str, asked: list[str]
) -> None:
    head = "N.º;Nombre;11/11/2026;18/11/2026;23/11/2026\n"
    report = bring(csv_of(tmp_path, f"1;Amina Xol Caal;{marks}", head=head), cohort)
    assert [note["question"] for note in report["asked"]] == asked
    assert report["refused"] == []


def test_answered_asistio_the_f_beside_it_is_a_falta(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    head = "N.º;Nombre;11/11/2026;18/11/2026\n"
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;A;F", head=head)
    bring(sheet, cohort, mapping={"values": {"a": "present"}})
    assert noted() == {11: "present", 18: "absent"}
