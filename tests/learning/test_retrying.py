"""Nobody is locked out of a quiz for good: who facilitates gives one more attempt, or a day goes by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Attempt
from learning import services
from learning.models import Cohort, ExtraAttempt
from learning.privacy import export
from learning.retrying import PAUSE, Again, Tries, UsedUp, may_try_again
from tests.conftest import Role
from tests.factories.accounts import PersonFactory
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, group_of, try_quiz
from tests.learning.pages import press

MONDAY = dt.datetime(2026, 11, 2, 16, 0, tzinfo=dt.UTC)
ENGLISH = {"accept-language": "en"}


def use_up(enrolment: Any, at: dt.datetime | None = None) -> Attempt:
    """Fail three times, as often as the quiz may be tried; returns the last attempt."""
    return [try_quiz(enrolment, right=False, at=at) for _ in range(3)][-1]


def give(role: Role, enrolment: Any, course: SmallCourse) -> Any:
    address = f"/aprender/otro-intento/{enrolment.key}/{course.quiz_page.translation_key}/"
    return press(role, address, headers=ENGLISH)


def start(role: Role, course: SmallCourse) -> Any:
    return press(role, f"/aprender/actividad/{course.quiz_page.translation_key}/prueba/")


def quiz_page(role: Role, course: SmallCourse) -> str:
    return role.client.get(course.quiz_page.url, headers=ENGLISH).content.decode()


def group_page(role: Role, cohort: Cohort) -> str:
    return role.client.get(f"/aprender/grupos/{cohort.key}/", headers=ENGLISH).content.decode()


def tries(**facts: Any) -> Tries:
    return Tries(
        **{"handed_in": 3, "last_at": MONDAY, "in_hand": False, "allowed": 3, "facilitated": False, **facts}
    )


@pytest.mark.parametrize(
    ("facts", "later", "answer"),
    [
        ({"handed_in": 0, "last_at": None}, 0, Again(3)),
        ({"handed_in": 2}, 0, Again(1)),
        ({"facilitated": True}, 48, Again(0, UsedUp.ASK_FACILITATOR)),
        ({"facilitated": True, "allowed": 4}, 0, Again(1)),
        ({}, 23, Again(0, UsedUp.OPENS_LATER, MONDAY + PAUSE)),
        ({}, 24, Again(1)),
        ({"handed_in": 5}, 23, Again(0, UsedUp.OPENS_LATER, MONDAY + PAUSE)),
        ({"handed_in": 5}, 24, Again(1)),
        ({"in_hand": True}, 0, Again(1)),
        ({"handed_in": 5, "in_hand": True, "facilitated": True}, 0, Again(1)),
    ],
)
def test_the_rule(facts: dict[str, Any], later: int, answer: Again) -> None:
    assert may_try_again(tries(**facts), at=MONDAY + dt.timedelta(hours=later)) == answer


def test_bruno_gives_amina_one_more_and_it_is_written_down(
    amina: Role, bruno: Role, course: SmallCourse, cohort: Cohort
) -> None:
    enrolment = enrol(amina.person, course, cohort=cohort)
    assert "Has used all attempts" not in group_page(bruno, cohort)
    last = use_up(enrolment)
    assert "Talk to who facilitates your group" in quiz_page(amina, course)
    assert start(amina, course).url == course.quiz_page.url
    result = amina.client.get(f"/prueba/{last.key}/resultado/", headers=ENGLISH)
    assert "Talk to who facilitates your group" in result.content.decode()
    assert not any(told.better for told in result.context["screen"].to_review)
    page = group_page(bruno, cohort)
    assert "Has used all attempts at «Prueba final»" in page
    assert "Give one more attempt" in page

    give(bruno, enrolment, course)
    assert "One more attempt is open to her." in group_page(bruno, cohort)
    row = ExtraAttempt.objects.get()
    assert (row.enrolment, row.activity, row.given_by) == (
        enrolment,
        course.quiz_page.translation_key,
        bruno.person,
    )
    assert "Has used all attempts" not in group_page(bruno, cohort)
    assert "You have 1 attempt." in quiz_page(amina, course)
    result = amina.client.get(f"/prueba/{last.key}/resultado/", headers=ENGLISH)
    assert result.context["screen"].attempts_left == 1
    assert "/prueba/" in start(amina, course).url
    assert Attempt.objects.filter(submitted_at=None).get().number == 4
    assert export(amina.person)["enrolments"][0]["extra_attempts"][0]["on"] == row.given_at


def test_two_clicks_give_one_and_a_pass_needs_none(
    amina: Role, bruno: Role, course: SmallCourse, cohort: Cohort
) -> None:
    enrolment = enrol(amina.person, course, cohort=cohort)
    give(bruno, enrolment, course)
    assert not ExtraAttempt.objects.exists()
    use_up(enrolment)
    for _ in range(2):
        assert give(bruno, enrolment, course).url == f"/aprender/grupos/{cohort.key}/"
    assert ExtraAttempt.objects.count() == 1
    start(amina, course)
    give(bruno, enrolment, course)
    assert ExtraAttempt.objects.count() == 1


def test_only_who_facilitates_her_gives_and_nobody_to_herself(
    amina: Role, bruno: Role, dalia: Role, chipo: Role, course: SmallCourse, cohort: Cohort
) -> None:
    enrolment = enrol(amina.person, course, cohort=cohort)
    use_up(enrolment)
    group_of(course, facilitator=dalia.person, code="G-2")
    for role in (amina, dalia, chipo):
        assert give(role, enrolment, course).status_code == 404
    cohort.facilitators.add(amina.person)
    assert give(amina, enrolment, course).status_code == 404
    address = f"/aprender/otro-intento/{enrolment.key}/{course.keys[0]}/"
    assert press(bruno, address).status_code == 404
    assert bruno.client.get(address).status_code == 405
    assert not ExtraAttempt.objects.exists()


def test_farid_who_learns_alone_comes_back_after_a_day(farid: Role, course: SmallCourse) -> None:
    enrolment = enrol(farid.person, course)
    with time_machine.travel(MONDAY, tick=False) as clock:
        farid.client.force_login(farid.user)
        use_up(enrolment, at=MONDAY)
        assert "You can try again from Nov. 3, 2026, 10 a.m." in quiz_page(farid, course)
        assert start(farid, course).url == course.quiz_page.url
        assert not Attempt.objects.filter(submitted_at=None).exists()
        clock.shift(dt.timedelta(hours=24))
        assert "You have 1 attempt." in quiz_page(farid, course)
        assert "/prueba/" in start(farid, course).url
        again = Attempt.objects.get(submitted_at=None)
        assert again.number == 4
        from assessments.services import submit_attempt

        submit_attempt(attempt=again)
        assert "You can try again from Nov. 4, 2026, 10 a.m." in quiz_page(farid, course)


def test_a_group_is_looked_at_with_the_same_queries_however_many_have_used_all(
    bruno: Role, course: SmallCourse, cohort: Cohort
) -> None:
    def asked() -> int:
        group_page(bruno, cohort)
        with CaptureQueriesContext(connection) as captured:
            group_page(bruno, cohort)
        return len(captured)

    def join() -> None:
        use_up(enrol(PersonFactory(), course, cohort=cohort))

    join()
    few = asked()
    for _ in range(4):
        join()
    assert asked() == few


def test_who_left_the_course_is_given_nothing(
    amina: Role, bruno: Role, course: SmallCourse, cohort: Cohort
) -> None:
    enrolment = enrol(amina.person, course, cohort=cohort)
    use_up(enrolment)
    services.leave(enrolment=enrolment)
    give(bruno, enrolment, course)
    assert not ExtraAttempt.objects.exists()
