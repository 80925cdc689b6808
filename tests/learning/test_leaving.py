"""Leaving a course, and courses and pages that are withdrawn meanwhile: what was done stays, nothing is given twice."""

from __future__ import annotations

from uuid import UUID

from assessments.models import Attempt
from learning import services
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, try_quiz
from tests.learning.pages import press


def quiz(activity: UUID) -> str:
    return f"/aprender/actividad/{activity}/prueba/"


def test_leaving_and_coming_back_gives_no_new_tries(amina: Role, course: SmallCourse) -> None:
    first = enrol(amina.person, course)
    for _ in range(3):
        try_quiz(first, right=False)
    services.leave(enrolment=first)
    again = enrol(amina.person, course)
    assert again.pk == first.pk
    assert not press(amina, quiz(course.keys[-1])).url.startswith("/prueba/")
    assert Attempt.objects.filter(context=again.key).count() == 3


def test_no_quiz_begins_while_the_course_is_withdrawn(amina: Role, course: SmallCourse) -> None:
    first = enrol(amina.person, course)
    course.page.unpublish()
    assert press(amina, quiz(course.keys[-1])).url == "/aprender/"
    assert not Attempt.objects.filter(context=first.key).exists()


def test_a_withdrawn_page_says_that_her_work_is_kept(amina: Role, dalia: Role, course: SmallCourse) -> None:
    enrol(amina.person, course)
    course.lessons[0].unpublish()
    answer = amina.client.get(course.lessons[0].url)
    assert (answer.status_code, answer.url) == (302, "/aprender/")
    assert dalia.client.get(course.lessons[0].url).status_code == 404
    course.page.unpublish()
    assert amina.client.get(course.page.url).url == "/aprender/"
    assert dalia.client.get(course.page.url).status_code == 404
