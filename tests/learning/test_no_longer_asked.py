"""Amina has a lesson open that a release has just taken off her path: she is led on, and told what was kept."""

from __future__ import annotations

from uuid import uuid4

import pytest

from learning.models import ActivityCompletion, Enrolment, Reflection
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import do, enrol
from tests.learning.pages import press
from tests.learning.test_doing import done, note, quiz, skip
from tests.learning.test_following import release, retire

SAYS = "El curso tiene una versión nueva, que ya no pide esto. Lo que hiciste se conserva."


@pytest.fixture
def taken_off(amina: Role, bruno: Role, course: SmallCourse) -> Enrolment:
    """Her first lesson is done, the second one open; then Bruno releases a version without the second."""
    hers = enrol(amina.person, course)
    do(hers, course.keys[0])
    retire(course, 1)
    release(course, bruno)
    return hers


@pytest.mark.parametrize("act", [done, skip, quiz])
def test_she_is_led_to_the_course_in_words(
    amina: Role, course: SmallCourse, taken_off: Enrolment, act: object
) -> None:
    answer = press(amina, act(course.keys[1]), follow=True)
    assert answer.redirect_chain == [(course.page.url, 302)]
    assert SAYS in answer.text
    assert ActivityCompletion.objects.get(enrolment=taken_off).activity == course.keys[0]


def test_what_she_wrote_for_herself_stands_there_to_be_copied(
    amina: Role, course: SmallCourse, taken_off: Enrolment
) -> None:
    answer = press(amina, note(course.keys[1]), {"block": str(uuid4()), "text": "Respiro antes de hablar."})
    assert SAYS in answer.text
    assert "Respiro antes de hablar." in answer.text
    assert f'href="{course.page.url}"' in answer.text
    assert not Reflection.objects.exists()


def test_chipo_who_does_not_take_the_course_learns_nothing_of_it(
    chipo: Role, course: SmallCourse, taken_off: Enrolment
) -> None:
    assert press(chipo, done(course.keys[1])).status_code == 404
