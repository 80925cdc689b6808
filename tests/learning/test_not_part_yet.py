"""A lesson that the group's version does not ask yet: whoever takes the course is not told to enrol in it."""

from __future__ import annotations

from tests.conftest import Role
from tests.factories.courses import SmallCourse, add_lesson
from tests.factories.learning import enrol


def test_amina_is_told_that_it_is_not_part_of_her_course_yet(
    course: SmallCourse, amina: Role, chipo: Role
) -> None:
    enrol(amina.person, course)
    lesson = add_lesson(course, title="Limpiar la cubeta", slug="cubeta")
    hers = amina.client.get(lesson.get_url(), follow=True).text
    assert "todavía no forma parte de tu curso" in hers
    assert "Primero inscríbete" not in hers
    assert "Primero inscríbete" in chipo.client.get(lesson.get_url(), follow=True).text
