"""A list of people: each line is answered, nobody is lost, nobody doubled, and five hundred take seconds."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, User
from institutions.models import Institution
from learning import joining, listing, services
from learning.access import Refusal
from learning.doors import facilitates
from learning.listing import Verdict, enrol_list, read_list
from learning.models import Cohort, Enrolment, JoinRequest
from tests.conftest import Role
from tests.factories.accounts import PersonFactory, UserFactory, country
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import enrol, finish, group_of, works_at


def verdicts(text: str, cohort: Cohort, by: Person) -> list[str]:
    people = [line.person for line in read_list(text) if line.person]
    with committed():
        return [line.verdict for line in enrol_list(cohort=cohort, people=people, by=by).lines]


def test_lines_name_people_by_what_they_sign_in_with(amina: Role, farid: Role, dalia: Role) -> None:
    User.objects.filter(pk=dalia.user.pk).update(phone="+50255551234")
    lines = read_list(f"AMINA@senda.example \n\n{farid.user.readable_code}\n5555 1234\nnadie@senda.example\n")
    assert [line.person for line in lines] == [amina.person, farid.person, dalia.person, None]
    assert lines[-1].why == Verdict.UNKNOWN


def test_a_number_of_several_countries_is_asked_about(db: None) -> None:
    UserFactory(phone="+50255551234")
    UserFactory(phone="+50455551234")
    (line,) = read_list("55551234")
    assert (line.person, line.why) == (None, Verdict.SEVERAL)


def test_a_closed_or_erased_account_is_as_unknown_as_any(amina: Role, dalia: Role) -> None:
    User.objects.filter(pk=amina.user.pk).update(is_active=False)
    assert read_list("amina@senda.example")[0].why == Verdict.UNKNOWN


def test_a_line_with_a_forbidden_character_is_unknown(db: None) -> None:
    assert read_list("ami\x00na@senda.example")[0].why == Verdict.UNKNOWN


def test_the_same_person_by_two_names_is_enrolled_once(cohort: Cohort, amina: Role, bruno: Role) -> None:
    text = f"amina@senda.example\n{amina.user.username}"
    assert read_list(text)[1].why == Verdict.TWICE
    assert verdicts(text, cohort, bruno.person) == [Verdict.ENROLLED, Verdict.TWICE]
    assert Enrolment.objects.count() == 1


def test_the_list_stands_on_the_enrolment_as_one_by_herself_would(
    cohort: Cohort, amina: Role, bruno: Role, hospital: Institution, course: SmallCourse
) -> None:
    verdicts("amina@senda.example", cohort, bruno.person)
    row = Enrolment.objects.get()
    assert (row.way, row.enrolled_by, row.cohort) == ("list", bruno.person, cohort)
    assert (row.at_institution, row.at_country_id, row.time_zone) == (hospital, "MX", "America/Mexico_City")
    assert row.version == course.course.versions.get()


def test_without_a_place_of_the_group_each_stands_where_she_works(
    course: SmallCourse, amina: Role, dalia: Role, bruno: Role, hospital: Institution, shelter: Institution
) -> None:
    loose = group_of(course, facilitator=bruno.person, code="G-L")
    works_at(dalia.person, shelter)
    verdicts("amina@senda.example\ndalia@senda.example", loose, bruno.person)
    assert set(Enrolment.objects.values_list("at_institution", flat=True)) == {hospital.pk, shelter.pk}


def test_each_state_of_a_person_is_told(
    cohort: Cohort, course: SmallCourse, amina: Role, chipo: Role, dalia: Role, farid: Role, bruno: Role
) -> None:
    enrol(amina.person, course, cohort=cohort)
    finish(enrol(chipo.person, course))
    services.leave(enrolment=enrol(dalia.person, course))
    enrol(farid.person, course)
    text = f"amina@senda.example\nchipo@senda.example\ndalia@senda.example\n{farid.user.username}"
    assert verdicts(text, cohort, bruno.person) == [
        Verdict.ALREADY,
        Verdict.AGAIN,
        Verdict.BACK,
        Verdict.REFUSED,
    ]
    assert Enrolment.objects.filter(person=chipo.person).count() == 2
    assert Enrolment.objects.filter(person=dalia.person).count() == 1


def test_who_said_no_country_is_refused_with_the_reason(cohort: Cohort, amina: Role, bruno: Role) -> None:
    Person.objects.filter(pk=amina.person.pk).update(country=None)
    (line,) = enrol_list(cohort=cohort, people=[amina.person], by=bruno.person).lines
    assert (line.verdict, line.reason) == (Verdict.REFUSED, Refusal.COUNTRY_UNKNOWN)


def test_beyond_the_seats_they_wait_in_the_order_of_the_list(course: SmallCourse, bruno: Role) -> None:
    small = group_of(course, facilitator=bruno.person, code="G-2", seats=2)
    people = [UserFactory(email=f"p{n}@senda.example").person for n in range(4)]
    lines = enrol_list(cohort=small, people=people, by=bruno.person).lines
    assert [line.verdict for line in lines] == ["enrolled", "enrolled", "waiting", "waiting"]
    assert [row.person for row in JoinRequest.objects.all()] == people[2:]
    again = enrol_list(cohort=small, people=people, by=bruno.person).lines
    assert [line.verdict for line in again] == ["already", "already", "waiting", "waiting"]
    assert JoinRequest.objects.count() == 2


def test_another_facilitators_group_is_not_hers_to_fill(cohort: Cohort, amina: Role, dalia: Role) -> None:
    with pytest.raises(joining.NotYours):
        enrol_list(cohort=cohort, people=[amina.person], by=dalia.person)
    assert not Enrolment.objects.exists()


def test_being_on_a_list_opens_nobodys_account(cohort: Cohort, amina: Role, bruno: Role) -> None:
    verdicts("amina@senda.example", cohort, bruno.person)
    assert not facilitates(bruno.person, amina.person)
    Enrolment.objects.update(last_activity=cohort.key)
    assert facilitates(bruno.person, amina.person)


def test_five_hundred_people_take_seconds_and_few_queries(course: SmallCourse, bruno: Role) -> None:
    group = group_of(course, facilitator=bruno.person, code="G-500")
    place = country()
    people = Person.objects.bulk_create([PersonFactory.build(country=place) for _ in range(listing.AT_ONCE)])
    for person in people:
        person.canonical_id = person.pk
    Person.objects.bulk_update(people, ["canonical"])
    User.objects.bulk_create(
        [
            User(person=person, username=f"L{n}", email=f"l{n}@senda.example")
            for n, person in enumerate(people)
        ]
    )
    text = "\n".join(f"l{n}@senda.example" for n in range(listing.AT_ONCE))
    started = time.perf_counter()
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        committed(),
    ):
        lines = read_list(text)
        result = enrol_list(
            cohort=group, people=[line.person for line in lines if line.person], by=bruno.person
        )
    assert result.enrolled == group.enrolments.count() == listing.AT_ONCE
    assert time.perf_counter() - started < 5
    assert len(asked) <= 40
