"""Two devices at the same moment: the database lets one pass, and both people read the same answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any

import pytest
from django.db import connection

from accounts.models import Person
from certificates.models import Certificate
from certificates.services import issue_if_eligible
from learning import checking_in, services
from learning.joining import ask_to_join
from learning.models import ActivityCompletion, Attendance, Cohort, Completion, Enrolment, JoinRequest
from tests.factories.accounts import PersonFactory
from tests.factories.learning import course_with_a_case, group_of, lessons_of, tells_details, try_quiz
from tests.factories.room import session_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], Any], times: int = 2) -> list[Any]:
    """Let so many threads act at the same moment, each on a connection of its own; returns results or errors."""
    ready = Barrier(times)

    def one(_number: int) -> Any:
        try:
            ready.wait(timeout=20)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


@pytest.fixture
def amina(transactional_db: None) -> Person:
    return PersonFactory(display_name="Amina")


def test_two_clicks_enrol_once(amina: Person) -> None:
    course = course_with_a_case().course
    answers = at_once(lambda: services.enrol(person=Person.objects.get(pk=amina.pk), course=course))
    assert Enrolment.objects.count() == 1
    assert sorted(type(answer).__name__ for answer in answers) == ["Enrolment", "Refused"]


def test_two_devices_finish_the_last_lesson_and_complete_once(amina: Person) -> None:
    tells_details(amina)
    enrolment = services.enrol(person=amina, course=course_with_a_case().course)
    *others, last = lessons_of(enrolment)
    for key in others:
        services.complete_activity(enrolment=enrolment, activity=key)
    try_quiz(enrolment)
    answers = at_once(lambda: services.complete_activity(enrolment=enrolment, activity=last))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert ActivityCompletion.objects.filter(activity=last).count() == 1
    assert Completion.objects.count() == 1
    assert Certificate.objects.count() == 1


def test_two_workers_issue_one_certificate(amina: Person) -> None:
    enrolment = services.enrol(person=amina, course=course_with_a_case().course)
    for key in lessons_of(enrolment):
        services.complete_activity(enrolment=enrolment, activity=key)
    try_quiz(enrolment)
    tells_details(amina)
    answers = at_once(lambda: issue_if_eligible(completion=Completion.objects.get()))
    assert Certificate.objects.count() == 1
    assert {getattr(answer, "pk", answer) for answer in answers} == {Certificate.objects.get().pk}


def test_two_who_want_the_last_seat(amina: Person) -> None:
    small = course_with_a_case()
    group = Cohort.objects.create(code="G-1", name="Un lugar", course=small.course, seats=1)
    people = iter([amina.pk, PersonFactory().pk])
    lock = Lock()

    def join() -> Any:
        with lock:
            pk = next(people)
        return ask_to_join(person=Person.objects.get(pk=pk), cohort=group)

    answers = at_once(join)
    assert sorted(type(answer).__name__ for answer in answers) == ["Enrolment", "JoinRequest"]
    assert group.enrolments.count() == 1
    assert JoinRequest.objects.get().state == "waiting"


def test_one_leaves_while_another_asks_and_the_seat_is_given_once(amina: Person) -> None:
    small = course_with_a_case()
    group = Cohort.objects.create(code="G-1", name="Un lugar", course=small.course, seats=1)
    has_it = services.enrol(person=amina, course=small.course, cohort=group)
    ask_to_join(person=PersonFactory(), cohort=group)
    late, acts = PersonFactory(), iter([1, 2])
    lock = Lock()

    def act() -> Any:
        with lock:
            turn = next(acts)
        return services.leave(enrolment=has_it) if turn == 1 else ask_to_join(person=late, cohort=group)

    assert not [answer for answer in at_once(act) if isinstance(answer, Exception)]
    assert group.enrolments.exclude(state="withdrawn").count() == 1
    assert JoinRequest.objects.get(person=late).state == "waiting"


def test_one_person_checks_in_from_two_telephones_and_is_marked_once(amina: Person) -> None:
    small = course_with_a_case()
    bruno = PersonFactory(display_name="Bruno")
    group = group_of(small, facilitator=bruno)
    services.enrol(person=amina, course=small.course, cohort=group)
    session = session_of(group, bruno)

    def come() -> checking_in.Arrival:
        person = Person.objects.get(pk=amina.pk)
        return checking_in.check_in(session=session, person=person, at=session.starts_at)

    answers = at_once(come)
    assert sorted(answer.new for answer in answers) == [False, True]
    assert Attendance.objects.get().stamp == 1
