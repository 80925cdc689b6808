"""A release while learners hand in: each is completed by the old version or goes on in the new one, none is lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from assessments.models import Attempt
from assessments.services import submit_attempt
from certificates.models import Certificate
from courses import versions
from courses.models import VersionProposal
from learning import services
from learning.following import follow_version
from learning.models import ActivityCompletion, Completion, Enrolment, EnrolmentState
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.courses import SmallCourse, add_lesson
from tests.factories.learning import course_with_a_case, lessons_of, try_quiz
from tests.learning.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LEARNERS = 6


@pytest.fixture
def course(transactional_db: None) -> SmallCourse:
    return course_with_a_case()


@pytest.fixture
def learners(course: SmallCourse) -> list[Enrolment]:
    """Six people for whom only the quiz is left; they have answered it, and not yet handed it in."""
    rows = [
        services.enrol(person=PersonFactory(display_name=f"Aprendiz {n}"), course=course.course)
        for n in range(LEARNERS)
    ]
    for row in rows:
        for key in lessons_of(row):
            services.complete_activity(enrolment=row, activity=key)
        try_quiz(row, hand_in=False)
    return rows


def all_at_once(*acts: Any) -> list[Any]:
    waiting = list(acts)

    def next_one() -> Any:
        return waiting.pop()()

    return at_once(next_one, times=len(acts))


def test_nobodys_quiz_is_lost_or_marked_by_the_wrong_version(
    course: SmallCourse, learners: list[Enrolment]
) -> None:
    first = learners[0].version
    add_lesson(course)
    by = PersonFactory(display_name="Bruno")

    def release() -> None:
        versions.release(proposal=VersionProposal.objects.get(state="open"), by=by)

    def hand_in(row: Enrolment) -> Any:
        return lambda: submit_attempt(attempt=Attempt.objects.get(context=row.key))

    answers = all_at_once(release, *(hand_in(row) for row in learners))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    second = versions.current(course.course)
    assert second is not None
    assert second.number == 2
    follow_version.func(version_id=second.pk)

    assert Attempt.objects.filter(submitted_at__isnull=False, passed=True).count() == LEARNERS
    quiz = course.quiz_page.translation_key
    assert ActivityCompletion.objects.filter(activity=quiz).count() == LEARNERS
    for row in Enrolment.objects.filter(course=course.course):
        completed = Completion.objects.filter(enrolment=row)
        if row.state == EnrolmentState.COMPLETED:
            assert [completion.version for completion in completed] == [first]
        else:
            # The new lesson is left: nobody is completed by a version of which she has not done everything.
            assert row.version == second
            assert not completed


def before_the_last_lesson(course: SmallCourse) -> tuple[UUID, list[Client]]:
    """Let six people do everything but the last lesson; return its key and their browsers, signed in."""
    browsers, last = [], course.lessons[-1].translation_key
    for _number in range(LEARNERS):
        user = UserFactory()
        row = services.enrol(person=user.person, course=course.course)
        for key in lessons_of(row):
            if key != last:
                services.complete_activity(enrolment=row, activity=key)
        try_quiz(row)
        browsers.append(Client())
        browsers[-1].force_login(user)
    return last, browsers


def test_nobodys_last_lesson_is_lost_when_it_is_finished_in_that_moment(
    course: SmallCourse,
) -> None:
    last, browsers = before_the_last_lesson(course)
    first = versions.current(course.course)
    add_lesson(course)
    by = PersonFactory(display_name="Bruno")
    address = f"/aprender/actividad/{last}/terminar/"

    def release() -> None:
        version = versions.release(proposal=VersionProposal.objects.get(state="open"), by=by)
        follow_version.func(version_id=version.pk)

    def finish(browser: Client) -> Any:
        return lambda: browser.post(address)

    answers = all_at_once(release, *(finish(browser) for browser in browsers))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert {answer.status_code for answer in answers if answer} == {302}
    assert ActivityCompletion.objects.filter(activity=last).count() == LEARNERS
    second = versions.current(course.course)
    for row in Enrolment.objects.filter(course=course.course):
        completed = list(Completion.objects.filter(enrolment=row))
        if row.state == EnrolmentState.COMPLETED:
            assert [completion.version for completion in completed] == [first]
        else:
            assert row.version == second
            assert not completed
            assert not Certificate.objects.filter(completion__enrolment=row).exists()


def test_to_follow_twice_at_the_same_moment_completes_once(
    course: SmallCourse, learners: list[Enrolment]
) -> None:
    """The quiz is asked no more, and the trainer confirmed that this completes: both workers hear of it."""
    course.quiz_page.unpublish()
    by = PersonFactory(display_name="Bruno")
    version = versions.release(
        proposal=VersionProposal.objects.get(state="open"), by=by, completes_learners=True
    )
    answers = at_once(lambda: follow_version.func(version_id=version.pk))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Completion.objects.filter(version=version).count() == LEARNERS
    assert follow_version.func(version_id=version.pk) == 0
