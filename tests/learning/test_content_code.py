"""Activities that open in the room: closed at every door before, opened by the code, or by Bruno for all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Attempt
from common import clock
from learning import content, meeting
from learning.access import ActivityFacts, Refusal, may_open
from learning.models import ActivityCompletion, Cohort, ContentOpening, Enrolment, Session
from search.gateway import Hit, Query, Results
from search.pages import closed_to
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, group_of
from tests.factories.room import session_of
from tests.learning.pages import press

TODAY = dt.date(2026, 3, 4)


@pytest.fixture
def enrolment(cohort: Cohort, amina: Role, course: SmallCourse) -> Enrolment:
    return enrol(amina.person, course, cohort=cohort)


@pytest.fixture
def session(cohort: Cohort, bruno: Role, course: SmallCourse) -> Session:
    """A session in which the first lesson and the quiz open."""
    row = session_of(cohort, bruno.person)
    keys = [course.lessons[0].translation_key, course.quiz_page.translation_key]
    return content.choose(session=row, activities=keys)


def page_of(session: Session) -> str:
    return f"/aprender/sesion/{session.key}/contenido/"


def lesson_of(course: SmallCourse) -> str:
    return str(course.lessons[0].get_url())


def opens(course: SmallCourse) -> str:
    return f"/aprender/actividad/{course.lessons[0].translation_key}/abrir/"


def test_a_lesson_is_closed_until_amina_writes_the_code_and_then_stays_open(
    session: Session, enrolment: Enrolment, amina: Role, course: SmallCourse
) -> None:
    closed = amina.client.get(lesson_of(course))
    assert closed.status_code == 403
    assert opens(course) in closed.content.decode()
    assert "no-store" in closed["Cache-Control"]
    code = session.content_code
    answer = amina.client.post(opens(course), {"code": f" {code[:3]}-{code[3:]} "}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0] == lesson_of(course)
    assert amina.client.get(str(course.quiz_page.get_url())).status_code == 200, "the same session opens it"
    content.renew_code(session=session)
    assert amina.client.get(lesson_of(course)).status_code == 200


def test_no_other_door_leads_around_it(
    session: Session, enrolment: Enrolment, amina: Role, course: SmallCourse
) -> None:
    lesson, quiz = course.lessons[0].translation_key, course.quiz_page.translation_key
    assert press(amina, f"/aprender/actividad/{lesson}/terminar/").status_code == 404
    assert press(amina, f"/aprender/actividad/{lesson}/saltar/").status_code == 404
    note = {"block": "x", "text": "Una nota"}
    assert press(amina, f"/aprender/actividad/{lesson}/cuaderno/", note).status_code == 404
    assert press(amina, f"/aprender/actividad/{quiz}/prueba/").status_code == 404
    assert not ActivityCompletion.objects.exists()
    assert not Attempt.objects.exists()
    for address in (lesson_of(course), f"{lesson_of(course)}?contenido=en", str(course.quiz_page.get_url())):
        assert amina.client.get(address).status_code == 403


def test_a_search_quotes_nothing_of_it_to_her(
    session: Session, enrolment: Enrolment, amina: Role, chipo: Role, course: SmallCourse, monkeypatch: Any
) -> None:
    assert closed_to(amina.person) == {lesson_of(course)}
    assert closed_to(chipo.person) == frozenset()

    class Found:
        def search(self, query: Query) -> Results:
            hit = Hit("lesson", mark("Lección"), lesson_of(course), mark("SECRETO DEL TALLER"))
            return Results(query, total=1, hits=(hit,), counts={"lesson": 1})

    monkeypatch.setattr("search.queries.gateway", Found)
    assert "SECRETO" in chipo.client.get("/buscar/?q=secreto").content.decode()
    assert "SECRETO" not in amina.client.get("/buscar/?q=secreto").content.decode()


def mark(text: str) -> Any:
    from search.excerpt import mark as marked

    return marked(text, set(), language="es")


def test_what_does_not_open_in_the_room_is_open(
    session: Session, enrolment: Enrolment, amina: Role, course: SmallCourse
) -> None:
    assert amina.client.get(str(course.lessons[1].get_url())).status_code == 200


def test_another_group_of_the_course_is_not_held_up(
    session: Session, farid: Role, course: SmallCourse
) -> None:
    enrol(farid.person, course, cohort=group_of(course, code="OTRO"))
    assert farid.client.get(lesson_of(course)).status_code == 200


def test_what_she_did_before_stays_open(
    enrolment: Enrolment, amina: Role, cohort: Cohort, bruno: Role, course: SmallCourse
) -> None:
    press(amina, f"/aprender/actividad/{course.lessons[0].translation_key}/terminar/")
    row = session_of(cohort, bruno.person)
    content.choose(session=row, activities=[lesson.translation_key for lesson in course.lessons])
    assert amina.client.get(lesson_of(course)).status_code == 200


def test_bruno_chooses_what_opens_reads_the_code_and_opens_it_to_all(
    enrolment: Enrolment, amina: Role, cohort: Cohort, bruno: Role, course: SmallCourse
) -> None:
    row = session_of(cohort, bruno.person)
    key = course.lessons[0].translation_key
    stranger = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    bruno.client.post(page_of(row), {"opens": [str(key), stranger, "x"]})
    row.refresh_from_db()
    assert row.opens == [str(key)]
    page = bruno.client.get(page_of(row))
    assert "".join(page.context["view"].code) == row.content_code
    assert amina.client.get(lesson_of(course)).status_code == 403
    bruno.client.post(page_of(row), {"act": "everybody"})
    assert amina.client.get(lesson_of(course)).status_code == 200
    bruno.client.post(page_of(row), {"act": "close"})
    assert amina.client.get(lesson_of(course)).status_code == 403
    bruno.client.post(page_of(row), {})
    row.refresh_from_db()
    assert (row.opens, row.content_code) == ([], "")
    assert amina.client.get(lesson_of(course)).status_code == 200


def test_a_cancelled_session_keeps_nothing_closed(
    session: Session, enrolment: Enrolment, amina: Role, course: SmallCourse
) -> None:
    meeting.cancel(session=session)
    assert amina.client.get(lesson_of(course)).status_code == 200


def test_the_code_opens_nothing_before_its_session(
    session: Session, enrolment: Enrolment, amina: Role, course: SmallCourse
) -> None:
    ahead = clock.now() + dt.timedelta(days=3)
    Session.objects.update(starts_at=ahead, ends_at=ahead + dt.timedelta(hours=1))
    assert amina.client.post(opens(course), {"code": session.content_code}).status_code == 400
    assert not ContentOpening.objects.exists()


def test_the_code_of_another_session_opens_what_that_one_opens_alone(
    session: Session, enrolment: Enrolment, amina: Role, cohort: Cohort, bruno: Role, course: SmallCourse
) -> None:
    other = session_of(cohort, bruno.person, title="Otra")
    other = content.choose(session=other, activities=[course.lessons[1].translation_key])
    assert amina.client.post(opens(course), {"code": other.content_code}).status_code == 400
    assert amina.client.get(lesson_of(course)).status_code == 403


def test_who_guesses_is_asked_to_wait_even_with_the_right_code(
    session: Session, enrolment: Enrolment, amina: Role, course: SmallCourse
) -> None:
    wrong = f"{(int(session.content_code) + 1) % 10**6:06}"
    for _guess in range(content.GUESSES.amount):
        assert amina.client.post(opens(course), {"code": wrong}).status_code == 400
    assert amina.client.post(opens(course), {"code": session.content_code}).status_code == 429
    assert amina.client.get(lesson_of(course)).status_code == 403


@pytest.mark.parametrize("act", ["everybody", "renew", "close", ""])
def test_nobody_else_changes_what_opens(
    session: Session, enrolment: Enrolment, amina: Role, dalia: Role, course: SmallCourse, act: str
) -> None:
    group_of(course, facilitator=dalia.person, code="T-D")
    for nobody in (amina, dalia):
        assert nobody.client.get(page_of(session)).status_code == 404
        assert nobody.client.post(page_of(session), {"act": act}).status_code == 404
    row = Session.objects.get(pk=session.pk)
    assert (row.content_code, len(row.opens)) == (session.content_code, 2)
    assert not ContentOpening.objects.exists()


def test_who_is_not_enrolled_opens_nothing_with_the_code(
    session: Session, chipo: Role, course: SmallCourse
) -> None:
    assert chipo.client.post(opens(course), {"code": session.content_code}).status_code == 404


def test_the_rule_puts_it_last() -> None:
    inside = ActivityFacts(
        signed_in=True, editor=False, enrolled=True, left=False, course_live=True, locked=True
    )
    assert may_open(inside) == Refusal.OPENS_IN_ROOM
    writer = ActivityFacts(
        signed_in=True, editor=True, enrolled=False, left=False, course_live=True, locked=True
    )
    assert may_open(writer) is None


def test_it_costs_one_question_in_a_group_and_none_without(
    session: Session, enrolment: Enrolment, farid: Role, amina: Role, course: SmallCourse
) -> None:
    alone = enrol(farid.person, course)
    key = course.lessons[1].translation_key
    for row, asked in ((alone, 0), (enrolment, 1)):
        with CaptureQueriesContext(connection) as queries:
            assert not content.is_locked(row, key)
        assert len(queries) == asked
