"""Signs that only their sheet knows, lines crossed out, «F/34» in one cell, and the list of an online meeting."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from accounts.models import Person
from imports.columns import Kind, propose
from imports.headers import Field, recognised
from imports.layout import lay_out
from imports.value_words import Trouble
from imports.values import Custom, Read, Refused, read_minutes, sex_and_age
from learning import meeting
from learning.models import Attendance
from tests.factories.learning import enrol
from tests.imports.sheets import answers, brought, csv_of
from tests.imports.test_layout import sheet

PLAIN = Custom(today=dt.date(2026, 11, 23))
DAY = dt.date(2026, 3, 12)


@pytest.fixture
def session(cohort: Any, amina: Any, bruno: Any) -> Any:
    Person.objects.filter(pk=amina.person.pk).update(certificate_name="Amina Xol Caal")
    enrol(amina.person, cohort.course, cohort=cohort)
    hours = meeting.Hours(DAY, dt.time(9), dt.time(11))
    meeting.plan(cohort=cohort, title="Practicar", hours=hours, by=bruno.person)
    return cohort.sessions.get()


@pytest.mark.django_db
def test_what_fj_means_is_asked_once_for_the_sheet(tmp_path: Path, cohort: Any, session: Any) -> None:
    lines = ("Amina Xol Caal;FJ", "Luis Tot Paz;FJ", "Rosa Paz Tun;P*")
    paper = csv_of(tmp_path, *lines, head="Nombre completo;12/03/2026\n")
    report = brought(paper, kind="attendance", cohort=cohort.code)
    asked = {note["question"] for note in report["asked"] if note["question"].startswith("values:")}
    assert asked == {"values:mark:FJ", "values:mark:P*"}
    assert not report["refused"]
    mapping = {"values": {"mark": {"FJ": "excused", "P*": "present"}}, "defaults": {"country": "MX"}}
    brought(paper, kind="attendance", cohort=cohort.code, mapping=mapping, apply=True)
    assert sorted(Attendance.objects.values_list("mark", flat=True)) == ["excused", "excused", "present"]


def crossed_out(folder: Path) -> Path:
    """A list in which somebody drew a line through whoever cancelled."""
    book = Workbook()
    rows = book.active
    rows.append(["No.", "Nombre completo", "Sexo", "País"])
    rows.append([1, "Rosa Paz Tun", "Mujer", "México"])
    rows.append([2, "Luis Tot Sis", "Hombre", "México"])
    for cell in rows[3][1:]:
        cell.font = Font(strike=True)
    path = folder / "tachada.xlsx"
    book.save(path)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "names"), [("skip", {"Rosa Paz Tun"}), ("take", {"Rosa Paz Tun", "Luis Tot Sis"})]
)
def test_whether_crossed_out_lines_count_is_asked(
    tmp_path: Path, cohort: Any, answer: str, names: set[str]
) -> None:
    paper = crossed_out(tmp_path)
    report = brought(paper, cohort=cohort.code)
    assert {(note["question"], note["row"]) for note in report["asked"]} == {("struck", 3)}
    brought(paper, cohort=cohort.code, mapping={"answers": answers(report, lambda note: answer)}, apply=True)
    assert (
        set(Person.objects.filter(enrolments__cohort=cohort).values_list("certificate_name", flat=True))
        == names
    )


@pytest.mark.parametrize("title", ["SEXO/EDAD", "Edad y sexo", "Género / Edad", "Sex and age"])
def test_sex_and_age_may_share_a_column(title: str) -> None:
    assert recognised(title) == Field.SEX_AGE


@pytest.mark.parametrize(
    ("said", "both"),
    [
        ("F/34", ("F", "34")),
        ("34 M", ("M", "34")),
        ("34 años, F", ("F", "34 años")),
        ("Mujer - 34", ("Mujer", "34")),
        ("F. 34 años", ("F", "34 años")),
        ("18-29 F", ("F", "18-29")),
        ("F", ("F", None)),
        (34, (None, "34")),
    ],
)
def test_each_of_the_two_is_read_by_itself(said: object, both: tuple[str | None, str | None]) -> None:
    assert sex_and_age(said) == both  # type: ignore[arg-type]  # cells


@pytest.mark.django_db
def test_a_child_is_kept_out_by_a_column_of_two_things_too(tmp_path: Path, cohort: Any) -> None:
    lines = ("Rosa Paz Tun;F/34;México", "Luis Tot Sis;M/16;México", "Ada Xol Caal;f/29;México")
    report = brought(
        csv_of(tmp_path, *lines, head="Nombre completo;SEXO/EDAD;País\n"), cohort=cohort.code, apply=True
    )
    assert [note["row"] for note in report["refused"]] == [3]
    assert not report["asked"]
    people = Person.objects.filter(enrolments__cohort=cohort)
    assert {(one.certificate_name, one.sex) for one in people} == {
        ("Rosa Paz Tun", "woman"),
        ("Ada Xol Caal", "woman"),
    }


@pytest.mark.django_db
def test_two_people_in_one_cell_are_not_one(tmp_path: Path, cohort: Any) -> None:
    lines = ("Rosa Paz Tun;México", "Ana López, Luis Díaz;México", "Ada Xol Caal;México")
    report = brought(csv_of(tmp_path, *lines, head="Nombre completo;País\n"), cohort=cohort.code)
    assert [note["row"] for note in report["asked"]] == [3]


@pytest.mark.django_db
def test_where_names_are_turned_a_comma_asks_nothing(tmp_path: Path, cohort: Any) -> None:
    lines = ("PAZ TUN, ROSA MARÍA;México", "LÓPEZ DÍAZ, ANA LUISA;México", "XOL CAAL, ADA;México")
    report = brought(csv_of(tmp_path, *lines, head="Nombre completo;País\n"), cohort=cohort.code)
    assert (report["asked"], report["accepted"]) == ([], 3)


ZOOM = (
    "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos),Invitado\n"
)


@pytest.mark.django_db
def test_the_list_of_an_online_meeting_says_who_was_there_and_how_long(
    tmp_path: Path, cohort: Any, session: Any
) -> None:
    lines = (
        "Amina Xol Caal,,12/03/2026 09:01:00 AM,12/03/2026 10:00:00 AM,59,Sí",
        "Rosa Paz Tun,,12/03/2026 08:40:00 AM,12/03/2026 11:20:00 AM,160,Sí",
    )
    paper = csv_of(tmp_path, *lines, head=ZOOM)
    mapping = {"defaults": {"country": "MX"}}
    report = brought(paper, kind="attendance", cohort=cohort.code, mapping=mapping, apply=True)
    assert (report["asked"], report["refused"]) == ([], [])
    # Nobody is there longer than the session: the program counts from its opening.
    assert sorted(Attendance.objects.values_list("mark", "minutes")) == [("partial", 59), ("present", None)]


@pytest.mark.django_db
def test_who_left_an_online_meeting_and_came_back_is_asked_about(
    tmp_path: Path, cohort: Any, session: Any
) -> None:
    lines = ("Amina Xol Caal,,,,19,Sí", "Amina Xol Caal,,,,98,Sí")
    report = brought(csv_of(tmp_path, *lines, head=ZOOM), kind="attendance", cohort=cohort.code, apply=True)
    assert {note["row"] for note in report["asked"]} == {2, 3}
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("said", "minutes"), [("2 h 2 s", 120), ("59 min 12 s", 59), ("1h 20m", 80), ("45", 45), (45.0, 45)]
)
def test_minutes_are_read_as_programs_of_meetings_write_them(said: object, minutes: int) -> None:
    assert read_minutes(said, PLAIN) == Read(minutes)  # type: ignore[arg-type]  # cells


def test_what_is_no_time_is_no_minutes() -> None:
    assert read_minutes("un rato", PLAIN) == Refused(Trouble.NUMBER)


def test_the_hours_of_a_course_are_no_minutes_of_a_meeting() -> None:
    layout = lay_out(sheet(["Nombre completo", "Duración"], ["Rosa Paz", 2]))
    assert propose(layout.columns, Kind.ATTENDANCE).columns["B"] == ""
