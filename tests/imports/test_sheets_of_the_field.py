"""Sheets as shelters and ministries make them: lists side by side, a line a day, bands of ages, marks of ten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person
from imports.columns import Kind, propose
from imports.headers import Field, recognised, scale_of
from imports.layout import lay_out
from imports.models import PastParticipation, StagedRow
from imports.names import read_given, read_name
from imports.reading import FileFault, Unreadable
from imports.reading.sheet import Merge
from imports.value_words import Trouble
from imports.values import Asked, Custom, Read, Refused, read_email, read_phone, read_score
from learning import meeting
from learning.models import Attendance
from tests.factories.learning import enrol
from tests.imports.sheets import answers, brought, csv_of
from tests.imports.test_layout import sheet

PLAIN = Custom(today=dt.date(2026, 11, 23))


def test_of_two_lists_side_by_side_none_is_lost() -> None:
    rows = (
        ["TURNO A", "", "TURNO B", ""],
        ["Nombre completo", "Sexo", "Nombre completo", "Sexo"],
        ["Rosa Paz", "Mujer", "Luis Tot", "Hombre"],
    )
    with pytest.raises(Unreadable) as refusal:
        lay_out(sheet(*rows, merges=(Merge(1, 1, 1, 2), Merge(1, 3, 1, 4))))
    assert (refusal.value.fault, refusal.value.column) == (FileFault.TWO_TABLES, "C")


@pytest.mark.parametrize("whose", ["Jefatura", "Contacto de emergencia", "Datos de la jefa inmediata"])
def test_who_stands_beside_somebody_is_no_second_list(whose: str) -> None:
    rows = (
        ["Participante", "", "", whose, ""],
        ["Nombres", "Apellidos", "Teléfono", "Nombres", "Teléfono"],
        ["Rosa", "Paz", "55551234", "Luis Tot", "55554321"],
    )
    layout = lay_out(sheet(*rows, merges=(Merge(1, 1, 1, 3), Merge(1, 4, 1, 5))))
    found = propose(layout.columns, Kind.PEOPLE).columns
    assert (found["A"], found["D"], found["E"]) == ("given_names", "", "")


@pytest.mark.parametrize(
    ("headers", "children"),
    [
        (("Nombre completo", "0-17", "18-59", "60+"), {"B"}),
        (("Nombre completo", "menos de 18", "18 y más"), {"B"}),
        (("Nombre completo", "0 a 11 años", "12 a 17 años", "18 a 59 años"), {"B", "C"}),
        (("Nombre completo", "18-29", "30-59"), set()),
    ],
)
def test_a_tick_in_a_band_below_18_is_a_childs(headers: tuple[str, ...], children: set[str]) -> None:
    layout = lay_out(sheet(headers, ["Rosa Paz", "X"]))
    found = propose(layout.columns, Kind.PEOPLE).columns
    assert {letter for letter, which in found.items() if which == Field.UNDER_AGE} == children


def test_a_misspelt_age_is_an_age_and_a_city_is_none() -> None:
    assert recognised("Eddad") == recognised("Edád") == Field.AGE
    assert recognised("Año de nacimento") == Field.BIRTH
    assert recognised("Ciudad") is None


def test_of_a_birthday_in_three_columns_the_year_is_read() -> None:
    layout = lay_out(
        sheet(["Nombre completo", "Día", "Mes", "Año", "Sexo"], ["Rosa Paz", 3, 5, 1990, "Mujer"])
    )
    assert list(propose(layout.columns, Kind.PEOPLE).columns.values()) == [
        "name",
        "",
        "",
        "birth_year",
        "sex",
    ]


def test_one_header_that_can_be_read_one_way_alone_settles_the_others() -> None:
    layout = lay_out(sheet(["Nombre completo", "12/11/2026", "11/19/2026"], ["Rosa Paz", "P", "P"]))
    found = propose(layout.columns, Kind.ATTENDANCE).sessions
    assert [one.day for one in found.values()] == [dt.date(2026, 12, 11), dt.date(2026, 11, 19)]


@pytest.mark.parametrize("said", ["SIN CORREO", "x", "s/n", "No tiene correo", "sin teléfono"])
def test_who_has_no_e_mail_or_telephone_is_taken_all_the_same(said: str) -> None:
    assert read_email(said, PLAIN) == read_phone(said, PLAIN) == Read()


def test_one_letter_is_a_name_beside_another_and_none_by_itself() -> None:
    assert read_given("U", PLAIN) == Read("U")
    assert read_name("U", PLAIN) == Refused(Trouble.NO_NAME)


@pytest.mark.parametrize(
    "said", ["1. Ana Lucía Batz", "2) Ana Lucía Batz", "12 - Ana Lucía Batz", "Agte. Ana Lucía Batz"]
)
def test_a_number_and_a_rank_before_a_name_are_no_part_of_it(said: str) -> None:
    assert read_name(said, PLAIN) == Read("Ana Lucía Batz")


def test_a_mark_out_of_ten_is_no_mark_of_a_hundred() -> None:
    assert scale_of("Calificación (sobre 10)") == scale_of("Nota 0-10") == 10
    assert scale_of("Nota final") == 0
    assert read_score("9.5/10", PLAIN) == read_score(95, PLAIN)
    assert read_score(8.5, Custom(out_of=10)) == read_score("8,5", Custom(tens=True, scale="ten"))
    assert read_score(8.5, Custom(out_of=10)).value == 85
    assert read_score(12, Custom(out_of=10)) == Refused(Trouble.SCORE)
    assert read_score(8.5, Custom(tens=True)) == Asked("scale", Trouble.TEN, ("ten", "hundred"))
    assert read_score(8.5, Custom(tens=True, scale="hundred")).value == 8.5


@pytest.mark.django_db
def test_marks_up_to_ten_are_asked_about_once_a_sheet(tmp_path: Path, hospital: Any) -> None:
    head = "Nombre completo;Correo;País;Curso;Fecha;Calificación\n"
    lines = [
        "Rosa Pérez Tun;rosa@example.org;México;PAP;2019-05-24;8.5",
        "Luis Tot;luis@example.org;México;PAP;2019-05-24;10",
    ]
    paper = csv_of(tmp_path, *lines, head=head)
    report = brought(paper, kind="historic")
    assert {note["question"] for note in report["asked"]} == {"values:scale"}
    brought(paper, kind="historic", mapping={"answers": answers(report, lambda note: "ten")}, apply=True)
    assert [str(row.mark) for row in PastParticipation.objects.order_by("mark")] == ["85.00", "100.00"]


@pytest.mark.django_db
def test_numbers_of_documents_are_not_kept_with_a_line(tmp_path: Path, cohort: Any) -> None:
    head = "Nombre completo;DPI;País;Observaciones\n"
    report = brought(
        csv_of(tmp_path, "Rosa Pérez Tun;2519 00000 0101;Guatemala;llegó", head=head), cohort=cohort.code
    )
    assert report["rows"] == 1
    assert list(StagedRow.objects.get().cells.values()) == ["Rosa Pérez Tun", "Guatemala", "llegó"]


@pytest.mark.django_db
def test_a_date_in_each_line_says_of_which_session_its_mark_is(
    tmp_path: Path, cohort: Any, amina: Any, bruno: Any
) -> None:
    Person.objects.filter(pk=amina.person.pk).update(certificate_name="Amina Xol Caal")
    hers = enrol(amina.person, cohort.course, cohort=cohort)
    for day in (dt.date(2026, 3, 12), dt.date(2026, 3, 13)):
        meeting.plan(
            cohort=cohort, title=f"{day}", hours=meeting.Hours(day, dt.time(9), dt.time(13)), by=bruno.person
        )
    head = "Nombre;Fecha;Asistencia\n"
    lines = ["Amina Xol Caal;12/03/2026;P", "Amina Xol Caal;13/03/2026;A"]
    report = brought(csv_of(tmp_path, *lines, head=head), kind="attendance", cohort=cohort.code, apply=True)
    assert (report["asked"], report["refused"]) == ([], [])
    marks = Attendance.objects.filter(enrolment=hers).order_by("session__starts_at")
    assert [row.mark for row in marks] == ["present", "absent"]


@pytest.mark.django_db
def test_a_sheet_without_marks_says_that_none_of_its_columns_is_one(tmp_path: Path, cohort: Any) -> None:
    head = "Nombre;Hora de entrada;Hora de salida\n"
    report = brought(
        csv_of(tmp_path, "Rosa Paz;9:00;11:00", head=head), kind="attendance", cohort=cohort.code
    )
    assert any("columna" in note["reason"] for note in report["refused"])
