"""How a group gets on, on its facilitator's telephone: who first, why, the table, the file, and how much is asked."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Act, Disclosure
from common import clock
from learning import writing
from learning.models import ActivityCompletion, Cohort, Enrolment, EnrolmentState
from tests.conftest import Role
from tests.factories.accounts import UserFactory, country
from tests.factories.courses import SmallCourse
from tests.factories.learning import do, enrol, group_of, try_quiz
from tests.factories.room import mark, session_of


def page(role: Role, cohort: Cohort, asked: str = "") -> str:
    answer = role.client.get(f"/aprender/grupos/{cohort.key}/avance/{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def long_ago(enrolment: Enrolment, days: int) -> None:
    """Let her have enrolled, and have done what she did, so many days ago."""
    day = clock.now().date() - dt.timedelta(days=days)
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_on=day)
    ActivityCompletion.objects.filter(enrolment=enrolment).update(completed_on=day)


def test_who_has_not_started_comes_before_who_gets_on(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role, chipo: Role
) -> None:
    do(enrol(amina.person, course, cohort=cohort), course.lessons[0].translation_key)
    late = enrol(chipo.person, course, cohort=cohort)
    long_ago(late, 9)
    said = page(bruno, cohort)
    assert said.index("Chipo") < said.index("Amina")
    only = page(bruno, cohort, "?ver=detenidas")
    assert "Chipo" in only
    assert "Amina" not in only


def test_where_somebody_stopped_is_told_with_the_day(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role
) -> None:
    row = enrol(amina.person, course, cohort=cohort)
    do(row, course.lessons[0].translation_key)
    long_ago(row, 20)
    said = page(bruno, cohort)
    assert course.lessons[1].title in said
    assert 'data-tone="stop"' in said


def test_a_quiz_tried_twice_is_told_without_marks(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role
) -> None:
    row = enrol(amina.person, course, cohort=cohort)
    do(row, course.lessons[0].translation_key)
    try_quiz(row, right=False)
    assert 'data-tone="stop"' not in page(bruno, cohort)
    long = clock.now() + dt.timedelta(days=2)
    try_quiz(row, right=False, at=long)
    said = page(bruno, cohort)
    assert 'data-state="tried"' in said
    assert ">2×<" in said
    assert 'data-tone="stop"' in said


def test_what_is_not_asked_in_her_country_is_not_hers(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role, dalia: Role
) -> None:
    version = course.course.versions.get()
    manifest = version.manifest
    manifest["activities"][1]["countries"] = ["GT"]
    type(version).objects.filter(pk=version.pk).update(manifest=manifest, fingerprint="changed-for-a-test")
    enrol(amina.person, course, cohort=cohort)
    enrol(dalia.person, course, cohort=cohort)
    said = page(bruno, cohort)
    assert said.count('data-state="none"') == 1
    assert re.findall(r"0 de (\d) pasos", said) == ["3", "4"]


def test_attendance_stands_beside_what_was_done(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role
) -> None:
    row = enrol(amina.person, course, cohort=cohort)
    mark(session_of(cohort, bruno.person), row, "partial", minutes=40, by=bruno.person)
    mark(session_of(cohort, bruno.person, day=dt.date(2026, 3, 5)), row, "absent", by=bruno.person)
    said = page(bruno, cohort)
    assert "20 %" in said
    assert ">PP<" in said
    assert ">A<" in said


def test_two_sessions_missed_are_told(cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role) -> None:
    row = enrol(amina.person, course, cohort=cohort)
    for number in (4, 5):
        session = session_of(cohort, bruno.person, day=dt.date(2026, 3, number))
        mark(session, row, "excused", by=bruno.person)
    assert 'data-tone="stop"' in page(bruno, cohort)


def test_one_tap_leads_to_a_message_where_messages_are_sent(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(amina.person, course, cohort=cohort)
    monkeypatch.setattr(writing, "_registered", [])
    assert "/mensajes/" not in page(bruno, cohort)
    writing.register(lambda group, person: f"/mensajes/{group.key}/?to={person.key}")
    assert f"/mensajes/{cohort.key}/?to={amina.person.key}" in page(bruno, cohort)


def test_another_facilitators_group_is_not_there(cohort: Cohort, dalia: Role, course: SmallCourse) -> None:
    group_of(course, facilitator=dalia.person, code="G-2")
    assert dalia.client.get(f"/aprender/grupos/{cohort.key}/avance/").status_code == 404
    assert dalia.client.post(f"/aprender/grupos/{cohort.key}/avance/descargar/").status_code == 404


def test_the_file_asks_what_for_and_tells_of_nobodys_sex_or_age(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role
) -> None:
    amina.user.person.display_name = "=HYPERLINK(1)"
    amina.user.person.sex, amina.user.person.age_band = "woman", "25-34"
    amina.user.person.save()
    enrol(amina.person, course, cohort=cohort)
    address = f"/aprender/grupos/{cohort.key}/avance/descargar/"
    assert bruno.client.post(address, {"reason": "ver"}).status_code == 400
    assert not Disclosure.objects.filter(act=Act.EXPORTED).exists()
    answer = bruno.client.post(address, {"reason": "Para la reunión del hospital"})
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=HYPERLINK(1)" in text
    assert "25-34" not in text
    assert "woman" not in text
    kept = Disclosure.objects.get(act=Act.EXPORTED)
    assert [row.person_id for row in kept.people.all()] == [amina.person.pk]


def test_fifty_people_ask_as_much_as_five(cohort: Cohort, course: SmallCourse, bruno: Role) -> None:
    def grow(to: int) -> None:
        version = course.course.versions.get()
        here = cohort.enrolments.count()
        people = [UserFactory(email=f"g{n}@senda.example").person for n in range(here, to)]
        rows = Enrolment.objects.bulk_create(
            Enrolment(
                person=person,
                course=course.course,
                version=version,
                cohort=cohort,
                state=EnrolmentState.ACTIVE,
                way="list",
                enrolled_at=clock.now(),
                enrolled_on=clock.now().date(),
                time_zone="UTC",
                at_country=country("MX"),
            )
            for person in people
        )
        session = session_of(cohort, bruno.person, day=dt.date(2026, 3, min(to, 9)))
        mark(session, rows[0], by=bruno.person)
        try_quiz(rows[0], right=False)

    grow(5)
    page(bruno, cohort)
    with CaptureQueriesContext(connection) as few:
        page(bruno, cohort)
    grow(50)
    with CaptureQueriesContext(connection) as many:
        page(bruno, cohort)
    assert len(many) <= max(len(few), 15)
    assert len(few) <= 15, [row["sql"][:90] for row in few]
