"""Completion: one immutable row, on the date of the last fulfilling fact; annulled only by a second row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from learning import events, services
from learning.models import Completion, CompletionAnnulment, Enrolment, EnrolmentState
from learning.services import outcome_of
from tests.conftest import Role
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import do, enrol, finish, lessons_of, tells_details, try_quiz
from tests.learning.pages import press

# Evening in Mexico, the next day in Greenwich.
THIRD, FIFTH = (dt.datetime(2026, 3, day, 4, tzinfo=dt.UTC) for day in (4, 6))


@pytest.fixture
def enrolment(amina: Role, course: SmallCourse) -> Enrolment:
    return enrol(amina.person, course, at=THIRD - dt.timedelta(days=1))


def test_the_last_fact_completes_the_course_on_its_local_date(enrolment: Enrolment) -> None:
    do(enrolment, *lessons_of(enrolment), at=THIRD)
    assert not Completion.objects.exists()
    try_quiz(enrolment, at=FIFTH)
    completion = Completion.objects.get()
    assert completion.achieved_on == dt.date(2026, 3, 5)
    assert completion.recorded_at == FIFTH
    assert completion.version == enrolment.version
    assert set(completion.evidence) == {str(a.key) for a in services.versions.manifest_of(enrolment.version)}
    assert completion.minutes == outcome_of(enrolment).minutes
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED


def test_a_quiz_that_was_not_passed_completes_nothing(enrolment: Enrolment) -> None:
    do(enrolment, *lessons_of(enrolment))
    try_quiz(enrolment, right=False)
    assert not Completion.objects.exists()
    try_quiz(enrolment)
    assert Completion.objects.exists()


def test_the_order_in_which_things_are_done_is_hers(enrolment: Enrolment) -> None:
    try_quiz(enrolment)
    do(enrolment, *reversed(lessons_of(enrolment)))
    assert Completion.objects.exists()


def test_settling_again_returns_the_same_row_and_announces_nothing(enrolment: Enrolment) -> None:
    heard: list[int] = []
    listener = lambda completion_id, **_: heard.append(completion_id)  # noqa: E731
    events.course_completed.connect(listener)
    completion = finish(enrolment)
    before = Completion.objects.values().get()
    with committed():
        assert services.settle(enrolment=enrolment) == completion
    try_quiz_again = services.credit_quiz
    with committed():
        try_quiz_again(attempt=enrolment.person.attempts.get())
    events.course_completed.disconnect(listener)
    assert heard == [completion.pk]
    assert Completion.objects.values().get() == before


def test_a_course_that_was_left_is_not_completed_behind_her_back(enrolment: Enrolment) -> None:
    do(enrolment, *lessons_of(enrolment))
    services.leave(enrolment=enrolment)
    assert services.settle(enrolment=enrolment) is None


def test_a_completion_is_annulled_by_two_people(
    amina: Role, bruno: Role, elena: Role, enrolment: Enrolment
) -> None:
    completion = finish(enrolment)
    fields = {"completion": completion, "reason": "Otra persona", "annulled_at": FIFTH}
    with pytest.raises(IntegrityError), transaction.atomic():
        CompletionAnnulment.objects.create(**fields, annulled_by=bruno.person, agreed_by=bruno.person)
    CompletionAnnulment.objects.create(**fields, annulled_by=bruno.person, agreed_by=elena.person)
    assert Completion.objects.filter(pk=completion.pk, annulment__isnull=False).exists()


def test_one_enrolment_is_completed_once_in_the_database(enrolment: Enrolment) -> None:
    completion = finish(enrolment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(
            enrolment=enrolment,
            version=enrolment.version,
            rule={},
            evidence={},
            minutes=1,
            achieved_on=completion.achieved_on,
            recorded_at=FIFTH,
        )


def test_her_last_lesson_tells_her_that_the_course_is_done(
    amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    tells_details(amina.person)
    first, *others = lessons_of(enrolment)
    do(enrolment, *others)
    try_quiz(enrolment)
    assert press(amina, f"/aprender/actividad/{first}/terminar/").url == course.page.url
    standing = amina.client.get(course.page.url).context["standing"]
    assert standing.completed
    assert standing.proof.url


def test_what_is_left_and_why_is_on_the_course_page(
    amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    do(enrolment, lessons_of(enrolment)[0])
    standing = amina.client.get(course.page.url).context["standing"]
    assert [item.title for item in standing.left] == ["Lección 2", "Lección 3", "Prueba final"]
    assert all(item.text and item.url for item in standing.left)
    assert standing.waiting_for, "her details for the certificate are named before the end"
    assert (standing.done, standing.of) == (1, 4)


def test_a_completed_lesson_stays_open_to_read(
    amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    finish(enrolment)
    for page in (*course.lessons, course.quiz_page):
        assert amina.client.get(page.url).status_code == 200


def test_the_record_counts_hours_and_keeps_what_was_left(amina: Role, course: SmallCourse) -> None:
    first: Any = finish(enrol(amina.person, course))
    again = enrol(amina.person, course)
    do(again, lessons_of(again)[0])
    services.leave(enrolment=again)
    record = amina.client.get("/aprender/registro/").context["record"]
    assert (record.completed, record.left, record.minutes) == (1, 1, first.minutes)
    assert [entry.done for entry in record.entries] == [1, 4]
