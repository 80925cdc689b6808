"""The busy pages ask as little with three hundred rows as with three."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.manifest import Manifest
from courses.models import Course, CourseVersion
from learning import services
from learning.models import ActivityCompletion, Cohort, Enrolment
from tests.conftest import Role
from tests.factories.accounts import PersonFactory
from tests.factories.courses import SmallCourse, add_lesson, committed
from tests.factories.learning import do, enrol, finish, tells_details

MANY = 30


def queries_of(ask: Callable[[], Any]) -> list[str]:
    """Return what the second request asks: the first one warms what one process keeps."""
    assert ask().status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert ask().status_code == 200
    return [row["sql"] for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def at_most(limit: int, asked: list[str]) -> None:
    assert len(asked) <= limit, "\n" + "\n".join(sql[:220] for sql in asked)


def more_lessons(course: SmallCourse, by: Role) -> None:
    from courses import versions

    for number in range(MANY):
        add_lesson(course, title=f"Otra {number}")
    with committed():
        versions.release(proposal=course.course.proposals.get(state="open"), by=by.person)


def many_enrolments(role: Role, course: SmallCourse) -> None:
    """Take the course again and again."""
    for _ in range(MANY):
        services.leave(enrolment=enrol(role.person, course))


def many_courses(role: Role) -> None:
    """Be enrolled in many courses, whose pages are gone."""
    version = CourseVersion.objects.first()
    enrolment = Enrolment.objects.of(role.person).first()
    for number in range(MANY):
        course = Course.objects.create(code=f"VIEJO-{number}")
        old = CourseVersion.objects.create(
            course=course,
            number=1,
            fingerprint=f"{number:064}",
            manifest=Manifest((), ()).to_json(),
            released_at=version.released_at,
        )
        enrolment.pk, enrolment._state.adding = None, True
        enrolment.key = f"9d4d3d9a-52c1-4c35-9a3e-{number:012}"
        enrolment.course, enrolment.version, enrolment.state = course, old, "active"
        enrolment.save()


@pytest.fixture
def enrolment(amina: Role, course: SmallCourse) -> Enrolment:
    enrolment = enrol(amina.person, course)
    do(enrolment, course.keys[0])
    return enrolment


def test_a_lesson_asks_ten_at_most(amina: Role, enrolment: Enrolment, course: SmallCourse) -> None:
    asked = queries_of(lambda: amina.client.get(course.lessons[1].url))
    at_most(10, asked)


def test_a_lesson_asks_the_same_among_many_lessons_and_enrolments(
    amina: Role, bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    ask = lambda: amina.client.get(course.lessons[1].url)  # noqa: E731
    few = queries_of(ask)
    more_lessons(course, bruno)
    many_courses(amina)
    assert len(queries_of(ask)) == len(few)


def test_the_quiz_page_asks_ten_at_most(amina: Role, enrolment: Enrolment, course: SmallCourse) -> None:
    at_most(10, queries_of(lambda: amina.client.get(course.quiz_page.url)))


def test_the_course_asks_twelve_at_most(amina: Role, enrolment: Enrolment, course: SmallCourse) -> None:
    at_most(12, queries_of(lambda: amina.client.get(course.page.url)))


def test_the_completed_course_asks_twelve_at_most(
    amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    tells_details(amina.person)
    finish(enrolment)
    at_most(12, queries_of(lambda: amina.client.get(course.page.url)))


def test_the_course_asks_the_same_with_many_lessons_and_enrolments(
    amina: Role, bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    ask = lambda: amina.client.get(course.page.url)  # noqa: E731
    few = queries_of(ask)
    more_lessons(course, bruno)
    services.leave(enrolment=enrolment)
    many_enrolments(amina, course)
    enrol(amina.person, course)
    assert len(queries_of(ask)) == len(few)


@pytest.mark.parametrize("address", ["/aprender/", "/aprender/registro/"])
def test_my_courses_and_my_record_ask_ten_at_most_and_the_same_with_many(
    address: str, amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    tells_details(amina.person)
    finish(enrolment)
    enrol(amina.person, course)
    few = queries_of(lambda: amina.client.get(address))
    at_most(10, few)
    services.leave(enrolment=Enrolment.objects.of(amina.person).active().get())
    many_enrolments(amina, course)
    many_courses(amina)
    assert len(queries_of(lambda: amina.client.get(address))) == len(few)


def test_a_group_asks_the_same_with_many_members(
    amina: Role, bruno: Role, course: SmallCourse, cohort: Cohort
) -> None:
    enrol(amina.person, course, cohort=cohort)
    ask = lambda: bruno.client.get(f"/aprender/grupos/{cohort.key}/")  # noqa: E731
    few = queries_of(ask)
    for _ in range(MANY):
        row = enrol(PersonFactory(), course, cohort=cohort)
        services.complete_activity(enrolment=row, activity=course.keys[0])
    assert ActivityCompletion.objects.count() == MANY
    assert len(queries_of(ask)) == len(few)


def test_enrolling_and_finishing_a_lesson_ask_the_same_with_many(
    amina: Role, bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    def finish_one(key: Any) -> int:
        with CaptureQueriesContext(connection) as captured, committed():
            amina.client.post(f"/aprender/actividad/{key}/terminar/")
        return len(captured)

    few = finish_one(course.keys[1])
    more_lessons(course, bruno)
    many_courses(amina)
    cache.clear()
    finish_one(course.lessons[2].translation_key)
    last = course.module.get_children().last()
    assert finish_one(last.translation_key) <= few
