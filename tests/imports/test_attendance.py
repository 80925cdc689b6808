"""Bruno types in a workshop's signed sheet: marks by day, conflicts shown, nothing twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person
from imports.models import Import
from imports.undoing import undo_import
from learning import attendance, meeting
from learning.models import Attendance, Enrolment, Session
from tests.factories.learning import enrol
from tests.imports.sheets import answers, brought, csv_of

pytestmark = pytest.mark.django_db
DAYS = [dt.date(2026, 3, 12), dt.date(2026, 3, 13)]
HEAD = "N.º;Nombre;Institución;12/03/2026;13/03/2026\n"


@pytest.fixture
def days(cohort: Any, bruno: Any) -> list[Session]:
    made = []
    for day in DAYS:
        hours = meeting.Hours(day, dt.time(9), dt.time(13))
        made += meeting.plan(cohort=cohort, title=f"Día {day}", hours=hours, by=bruno.person)
    return made


@pytest.fixture
def named(amina: Any, cohort: Any) -> Enrolment:
    Person.objects.filter(pk=amina.person.pk).update(certificate_name="Amina Xol Caal", display_name="Amina")
    return enrol(amina.person, cohort.course, cohort=cohort)


def test_marks_are_taken_by_the_name_on_the_roll(tmp_path: Path, days: Any, named: Any, cohort: Any) -> None:
    sheet = csv_of(tmp_path, "1;XOL CAAL AMINA;Hospital de Amina;P;A/E", head=HEAD)
    report = brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    assert (report["asked"], report["refused"]) == ([], [])
    marks = Attendance.objects.filter(enrolment=named).order_by("session__starts_at")
    assert [row.mark for row in marks] == ["present", "excused"]
    again = brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    assert (again["unchanged"], Attendance.objects.count()) == (1, 2)


def test_another_mark_that_stands_is_asked_about(tmp_path: Path, days: Any, named: Any, cohort: Any) -> None:
    brought(
        csv_of(tmp_path, "1;Amina Xol Caal;;A;P", head=HEAD),
        kind="attendance",
        cohort=cohort.code,
        apply=True,
    )
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;T;P", head=HEAD, name="otra.csv")
    report = brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    assert [note["value"] for note in report["asked"]] == ["Tarde"]
    assert Attendance.objects.get(enrolment=named, session=days[0]).mark == "absent"
    take = {"answers": answers(report, lambda note: "take")}
    brought(sheet, kind="attendance", cohort=cohort.code, mapping=take, apply=True)
    row = Attendance.objects.get(enrolment=named, session=days[0])
    assert (row.mark, row.changes.count()) == ("late", 1)


def test_somebody_new_is_enrolled_and_marked(tmp_path: Path, days: Any, cohort: Any) -> None:
    sheet = csv_of(tmp_path, "1;Rosa Pérez Tun;Hospital de Amina;P;PP 90", head=HEAD)
    report = brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    assert (report["refused"], report["asked"]) == ([], [])
    rosa = Person.objects.named("rosa perez").get()
    marks = Attendance.objects.filter(enrolment__person=rosa).order_by("session__starts_at")
    assert [(row.mark, row.minutes) for row in marks] == [("present", None), ("partial", 90)]


def test_a_day_without_session_is_asked_about_and_may_be_planned(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;P", head="N.º;Nombre;Institución;14/03/2026\n")
    report = brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    (asked,) = report["asked"]
    assert asked["question"] == "session:2026-03-14"
    mapping = {"answers": {asked["question"]: "make"}}
    brought(sheet, kind="attendance", cohort=cohort.code, mapping=mapping, apply=True)
    brought(sheet, kind="attendance", cohort=cohort.code, mapping=mapping, apply=True)
    assert Session.objects.filter(cohort=cohort).count() == 3
    assert Attendance.objects.get(enrolment=named).session.local_date == dt.date(2026, 3, 14)


def test_an_x_beside_other_signs_is_asked_about_and_alone_it_is_a_tick(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    """Where «✓» says who was there, «x» says who was not: nobody guesses which."""
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;✓;x", head=HEAD)
    report = brought(sheet, kind="attendance", cohort=cohort.code)
    assert [note["question"] for note in report["asked"]] == ["values:cross"]
    mapping = {"answers": {"values:cross": "absent"}}
    brought(sheet, kind="attendance", cohort=cohort.code, mapping=mapping, apply=True)
    assert [row.mark for row in Attendance.objects.order_by("session__starts_at")] == ["present", "absent"]
    alone = brought(
        csv_of(tmp_path, "1;Amina Xol Caal;;x;", head=HEAD), kind="attendance", cohort=cohort.code
    )
    assert alone["asked"] == []


def test_a_share_of_attendance_is_reckoned_and_no_mark(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    head = HEAD.strip() + ";% asistencia;Asistencia (%)\n"
    report = brought(
        csv_of(tmp_path, "1;Amina Xol Caal;;P;A;50%;50", head=head), kind="attendance", cohort=cohort.code
    )
    assert (report["refused"], report["asked"], report["made"]["marks"]) == ([], [], 2)


def test_totals_and_signatures_are_nobody(tmp_path: Path, days: Any, named: Any, cohort: Any) -> None:
    foot = ("Total;;;1;1", "Firma: ____________;;;;")
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;P;P", *foot, head=HEAD)
    people = Person.objects.count()
    report = brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    assert report["rows"] == 1
    assert len(report["left_out"]) == 2
    assert Person.objects.count() == people


def test_undone_the_marks_go_and_what_was_put_right_since_stays(
    tmp_path: Path, days: Any, named: Any, cohort: Any, bruno: Any
) -> None:
    from learning.attendance import Line, record

    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;P;P", head=HEAD)
    brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    record(session=days[0], lines=[Line(named, "late", seen=1)], by=bruno.person)
    undo_import(batch=Import.objects.get(), by=None)
    (left,) = Attendance.objects.all()
    assert (left.session, left.mark) == (days[0], "late")
    assert Import.objects.get().rows.get().undone["marks"] == "changed"


def test_a_wrong_sheet_taken_back_gives_back_the_marks_that_it_was_put_over(
    tmp_path: Path, days: Any, named: Any, cohort: Any, bruno: Any
) -> None:
    seen = attendance.Line(named, "partial", 90)
    attendance.record(session=days[0], lines=[seen], by=bruno.person)
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;P;P", head=HEAD)
    report = brought(sheet, kind="attendance", cohort=cohort.code)
    take = {"answers": answers(report, lambda note: "take")}
    brought(sheet, kind="attendance", cohort=cohort.code, mapping=take, apply=True)
    marks = Attendance.objects.filter(enrolment=named).order_by("session__starts_at")
    assert [(row.mark, row.minutes) for row in marks] == [("present", None), ("present", None)]
    batch = Import.objects.order_by("-pk")[0]
    undo_import(batch=batch, by=bruno.person)
    (back,) = marks.all()
    assert (back.mark, back.minutes, back.marked_by) == ("partial", 90, bruno.person)
    assert [change.after for change in back.changes.all()] == ["present", "partial"]
    assert back.changes.last().reason == "La importación se retiró"
    assert {row.undone["marks"] for row in batch.rows.all() if "marks" in row.undone} == {"gone"}


def test_a_session_of_whom_nobody_is_marked_any_more_is_asked_about_again(
    tmp_path: Path, days: Any, named: Any, cohort: Any
) -> None:
    sheet = csv_of(tmp_path, "1;Amina Xol Caal;;P;P", head=HEAD)
    brought(sheet, kind="attendance", cohort=cohort.code, apply=True)
    assert {row.state for row in Session.objects.all()} == {"held"}
    undo_import(batch=Import.objects.get(), by=None)
    assert {row.state for row in Session.objects.all()} == {"planned"}
