"""Bruno closes a quiz to his group: who is in the middle hands in what she saved, and nobody begins any more."""

from __future__ import annotations

import datetime as dt

import pytest

from assessments.accommodating import extra_time
from assessments.choices import EndedBy
from assessments.models import Attempt, Quiz
from common import clock
from learning import room_quizzes
from learning.models import Cohort, Enrolment, QuizClosing, Session
from programme import rounds
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol
from tests.factories.room import session_of


@pytest.fixture
def enrolment(cohort: Cohort, amina: Role, course: SmallCourse) -> Enrolment:
    return enrol(amina.person, course, cohort=cohort)


@pytest.fixture
def session(cohort: Cohort, bruno: Role) -> Session:
    return session_of(cohort, bruno.person)


def page_of(session: Session) -> str:
    return f"/aprender/sesion/{session.key}/contenido/"


def start(course: SmallCourse) -> str:
    return f"/aprender/actividad/{course.quiz_page.translation_key}/prueba/"


def quiz_of(course: SmallCourse) -> dict[str, str]:
    return {"quiz": str(course.quiz_page.translation_key)}


def test_amina_hands_in_what_she_saved_when_bruno_closes_and_goes_on_when_he_opens(
    session: Session, enrolment: Enrolment, amina: Role, bruno: Role, course: SmallCourse
) -> None:
    amina.client.post(start(course))
    assert "1 persona está en medio" in bruno.client.get(page_of(session)).text
    answer = bruno.client.post(page_of(session), {"act": "close_quiz", **quiz_of(course)}, follow=True)
    assert "Se entregó 1 intento como estaba" in answer.text
    attempt = Attempt.objects.get(context=enrolment.key)
    assert attempt.ended_by == EndedBy.ROOM
    result = amina.client.get(f"/prueba/{attempt.key}/1/", follow=True).text
    assert "Quien facilita cerró la prueba" in result
    assert "Quien facilita tu grupo cerró esta prueba" in amina.client.get(course.quiz_page.get_url()).text
    refused = amina.client.post(start(course), follow=True).text
    assert "Quien facilita tu grupo cerró esta prueba" in refused
    assert Attempt.objects.count() == 1
    # A second click, or a second facilitator, changes nothing.
    bruno.client.post(page_of(session), {"act": "close_quiz", **quiz_of(course)})
    assert QuizClosing.objects.count() == 1
    bruno.client.post(page_of(session), {"act": "open_quiz", **quiz_of(course)})
    amina.client.post(start(course))
    assert Attempt.objects.filter(submitted_at=None).count() == 1


def test_an_attempt_begun_in_the_very_moment_is_handed_in_by_the_timer(
    session: Session, enrolment: Enrolment, amina: Role, bruno: Role, course: SmallCourse
) -> None:
    amina.client.post(start(course))
    attempt = Attempt.objects.get()
    QuizClosing.objects.create(
        cohort=session.cohort,
        activity=course.quiz_page.translation_key,
        quiz_key=attempt.quiz_key,
        closed_by=bruno.person,
        closed_at=clock.now(),
    )
    rounds.run(at=clock.now() + dt.timedelta(minutes=5))
    attempt.refresh_from_db()
    assert attempt.ended_by == EndedBy.ROOM


def test_other_groups_notice_nothing(session: Session, bruno: Role, amina: Role, course: SmallCourse) -> None:
    alone = enrol(amina.person, course)
    bruno.client.post(page_of(session), {"act": "close_quiz", **quiz_of(course)})
    assert not room_quizzes.is_closed(alone, course.quiz_page.translation_key)
    amina.client.post(start(course))
    assert Attempt.objects.filter(context=alone.key, submitted_at=None).exists()


def test_what_is_no_quiz_of_the_course_does_not_exist(
    session: Session, bruno: Role, course: SmallCourse
) -> None:
    for key in (str(course.lessons[0].translation_key), "nonsense", ""):
        answer = bruno.client.post(page_of(session), {"act": "close_quiz", "quiz": key})
        assert answer.status_code == 404
    assert not QuizClosing.objects.exists()


def test_bruno_gives_amina_more_time_where_a_quiz_has_a_limit(
    cohort: Cohort, enrolment: Enrolment, amina: Role, bruno: Role, course: SmallCourse
) -> None:
    group = f"/aprender/grupos/{cohort.key}/"
    give = f"/aprender/mas-tiempo/{enrolment.key}/"
    assert give not in bruno.client.get(group).text
    Quiz.objects.update(time_limit=40)
    assert give in bruno.client.get(group).text
    answer = bruno.client.post(give, {"percent": "50"})
    assert answer.status_code == 302
    assert extra_time(amina.person) == 50
    assert "(+50 %)" in bruno.client.get(group).text
    assert "Tienes 50 % más" in amina.client.get(course.quiz_page.get_url()).text
    for percent in ("33", "-1", "mucho", ""):
        assert bruno.client.post(give, {"percent": percent}).status_code == 404
    assert amina.client.post(give, {"percent": "100"}).status_code == 404
    assert extra_time(amina.person) == 50


def test_on_a_sensitive_course_no_clock_runs(
    cohort: Cohort, enrolment: Enrolment, amina: Role, bruno: Role, course: SmallCourse
) -> None:
    Quiz.objects.update(time_limit=40)
    type(course.course).objects.filter(pk=course.course.pk).update(sensitive=True)
    assert "No hay límite de tiempo" in amina.client.get(course.quiz_page.get_url()).text
    amina.client.post(start(course))
    assert Attempt.objects.get().due_at is None
    assert "/aprender/mas-tiempo/" not in bruno.client.get(f"/aprender/grupos/{cohort.key}/").text
