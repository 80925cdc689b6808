"""Seats, waiting lists and the facilitator's word: nobody more than there are seats, and nobody is passed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import Person
from institutions.models import Institution
from learning import joining, services
from learning.access import Refusal
from learning.models import Cohort, Enrolment, EnrolmentState, JoinRequest, RequestState
from tests.conftest import Role
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import code_for, enrol, finish, group_of

AT = dt.datetime(2026, 3, 6, 15, 0, tzinfo=dt.UTC)


def learner(name: str) -> Person:
    return UserFactory(person__display_name=name).person


def ask(person: Person, cohort: Cohort, minutes: int = 0, **options: Any) -> Enrolment | JoinRequest:
    with committed():
        return joining.ask_to_join(
            person=person, cohort=cohort, at=AT + dt.timedelta(minutes=minutes), **options
        )


@pytest.fixture
def two_seats(course: SmallCourse, bruno: Role) -> Cohort:
    return group_of(course, facilitator=bruno.person, code="G-2S", seats=2)


def test_who_finds_no_seat_waits_in_the_order_of_asking(two_seats: Cohort) -> None:
    made = [ask(learner(name), two_seats, number) for number, name in enumerate("abcd")]
    assert [type(one).__name__ for one in made] == ["Enrolment", "Enrolment", "JoinRequest", "JoinRequest"]
    waiting = two_seats.join_requests.filter(state=RequestState.WAITING)
    assert [row.person.display_name for row in waiting] == ["c", "d"]


def test_a_freed_seat_takes_the_next_one(two_seats: Cohort) -> None:
    first = ask(learner("a"), two_seats)
    ask(learner("b"), two_seats, 1)
    third, fourth = ask(learner("c"), two_seats, 2), ask(learner("d"), two_seats, 3)
    with committed():
        services.leave(enrolment=first)
    third.refresh_from_db()
    fourth.refresh_from_db()
    assert (third.state, fourth.state) == (RequestState.ACCEPTED, RequestState.WAITING)
    assert two_seats.enrolments.get(person=third.person).state == EnrolmentState.ACTIVE


def test_who_comes_later_does_not_pass_those_who_wait(two_seats: Cohort) -> None:
    first = ask(learner("a"), two_seats)
    ask(learner("b"), two_seats)
    waits = ask(learner("c"), two_seats, 1)
    # The event is lost: nothing runs after the commit.
    services.leave(enrolment=first)
    late = ask(learner("d"), two_seats, 2)
    waits.refresh_from_db()
    assert waits.state == RequestState.ACCEPTED
    assert late.state == RequestState.WAITING


def test_the_night_gives_the_seats_that_an_event_forgot(two_seats: Cohort) -> None:
    first = ask(learner("a"), two_seats)
    ask(learner("b"), two_seats)
    ask(learner("c"), two_seats, 1)
    services.leave(enrolment=first)
    assert (joining.fill_all(), joining.fill_all()) == (1, 0)


def test_who_began_elsewhere_meanwhile_gives_her_turn_to_the_next(
    two_seats: Cohort, course: SmallCourse
) -> None:
    first = ask(learner("a"), two_seats)
    ask(learner("b"), two_seats)
    third, fourth = ask(learner("c"), two_seats, 1), ask(learner("d"), two_seats, 2)
    enrol(third.person, course)
    with committed():
        services.leave(enrolment=first)
    third.refresh_from_db()
    fourth.refresh_from_db()
    assert (third.state, third.reason) == (RequestState.REFUSED, "already_enrolled")
    assert fourth.state == RequestState.ACCEPTED


def test_who_completed_keeps_her_seat(two_seats: Cohort) -> None:
    finish(ask(learner("a"), two_seats))
    ask(learner("b"), two_seats)
    assert isinstance(ask(learner("c"), two_seats), JoinRequest)


def test_staff_cannot_enrol_beyond_the_seats_either(two_seats: Cohort, course: SmallCourse) -> None:
    ask(learner("a"), two_seats)
    ask(learner("b"), two_seats)
    with pytest.raises(services.Refused) as caught:
        services.enrol(person=learner("c"), course=course.course, cohort=two_seats, way="staff")
    assert caught.value.reason == Refusal.COHORT_FULL


def test_who_left_and_comes_back_by_herself_takes_nobodys_seat(
    two_seats: Cohort, course: SmallCourse
) -> None:
    first = ask(learner("a"), two_seats)
    ask(learner("b"), two_seats)
    ask(learner("c"), two_seats, 1)
    with committed():
        services.leave(enrolment=first)
    back = enrol(first.person, course)
    assert (back.pk, back.cohort) == (first.pk, None)
    assert two_seats.enrolments.exclude(state="withdrawn").count() == 2


def test_a_group_that_was_cancelled_or_is_over_takes_nobody(two_seats: Cohort) -> None:
    Cohort.objects.filter(pk=two_seats.pk).update(cancelled_at=AT)
    with pytest.raises(services.Refused) as caught:
        ask(learner("a"), two_seats)
    assert caught.value.reason == Refusal.COHORT_CANCELLED
    Cohort.objects.filter(pk=two_seats.pk).update(cancelled_at=None, ends_on=dt.date(2026, 3, 5))
    with pytest.raises(services.Refused) as caught:
        ask(learner("a"), two_seats)
    assert caught.value.reason == Refusal.COHORT_OVER
    assert not JoinRequest.objects.exists()


@pytest.fixture
def asking(course: SmallCourse, bruno: Role) -> Cohort:
    return group_of(course, facilitator=bruno.person, code="G-AP", asks_approval=True, seats=1)


def test_bruno_accepts_and_she_is_enrolled(asking: Cohort, amina: Role, bruno: Role) -> None:
    request = ask(amina.person, asking)
    assert request.state == RequestState.OPEN
    with committed():
        joining.answer_request(request=request, accept=True, by=bruno.person)
    row = Enrolment.objects.get(person=amina.person)
    assert (row.cohort, row.way, row.enrolled_by) == (asking, "request", bruno.person)


def test_who_began_elsewhere_meanwhile_asks_no_longer_and_bruno_is_told(
    asking: Cohort, amina: Role, bruno: Role
) -> None:
    request = ask(amina.person, asking)
    enrol(amina.person, asking.course)
    answer = bruno.client.post(
        f"/aprender/solicitud/{request.key}/responder/", {"answer": "accept"}, follow=True
    )
    assert "ya lleva este curso en otro grupo" in answer.content.decode()
    request.refresh_from_db()
    assert request.state == RequestState.REFUSED
    assert not asking.enrolments.exists()


def test_accepted_into_a_full_group_she_waits(asking: Cohort, amina: Role, bruno: Role) -> None:
    enrol(learner("a"), asking.course, cohort=asking)
    request = joining.answer_request(request=ask(amina.person, asking), accept=True, by=bruno.person)
    assert request.state == RequestState.WAITING


def test_a_refusal_takes_a_reason(asking: Cohort, amina: Role, bruno: Role) -> None:
    request = ask(amina.person, asking)
    with pytest.raises(joining.NoReason):
        joining.answer_request(request=request, accept=False, by=bruno.person, reason="  ")
    joining.answer_request(request=request, accept=False, by=bruno.person, reason="Es para el turno de noche")
    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.REFUSED, "Es para el turno de noche")


def test_only_who_facilitates_the_group_answers(
    asking: Cohort, amina: Role, dalia: Role, bruno: Role
) -> None:
    request = ask(amina.person, asking)
    for stranger in (dalia.person, amina.person):
        with pytest.raises(joining.NotYours):
            joining.answer_request(request=request, accept=True, by=stranger)
    joining.answer_request(request=request, accept=True, by=bruno.person)
    with pytest.raises(joining.NotYours):
        joining.answer_request(request=request, accept=False, by=bruno.person, reason="tarde")


def test_asked_twice_it_is_one_request(asking: Cohort, amina: Role) -> None:
    assert ask(amina.person, asking) == ask(amina.person, asking)


def test_she_takes_back_her_own_request_and_no_other(asking: Cohort, amina: Role, dalia: Role) -> None:
    request = ask(amina.person, asking)
    with pytest.raises(joining.NotYours):
        joining.take_back(request=request, person=dalia.person)
    joining.take_back(request=request, person=amina.person)
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN


def test_the_institution_of_the_code_stands_on_the_enrolment_that_waited(
    asking: Cohort, course: SmallCourse, amina: Role, bruno: Role, shelter: Institution
) -> None:
    code_for(course, "CASA2345", cohort=asking, institution=shelter)
    request = joining.join_by_code(person=amina.person, code="CASA2345")
    joining.answer_request(request=request, accept=True, by=bruno.person)
    assert Enrolment.objects.get().at_institution == shelter


def test_two_records_of_one_human_take_one_seat(two_seats: Cohort, amina: Role) -> None:
    finish(enrol(amina.person, two_seats.course, cohort=two_seats))
    twin = PersonFactory()
    Person.objects.filter(pk=twin.pk).update(canonical=amina.person)
    enrol(Person.objects.get(pk=twin.pk), two_seats.course, cohort=two_seats)
    assert isinstance(ask(learner("b"), two_seats), Enrolment)
