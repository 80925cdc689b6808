"""What Amina reads of her own sessions, and what Chipo is told of when her people meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import consents
from accounts.models import Consent
from common import clock
from institutions.models import Institution, Membership, MembershipState
from learning import meeting, nominating
from learning.models import Cohort, Enrolment, EnrolmentState, Modality, Nomination
from learning.queries.her_room import marked_sessions, next_session
from tests.conftest import Role
from tests.factories.accounts import UserFactory, country
from tests.factories.courses import SmallCourse, make_course, publish
from tests.factories.learning import enrol, group_of, tells_details, works_at
from tests.factories.room import mark, session_of
from tests.plugins.starter import module_transaction


@pytest.fixture(scope="module")
def made_workshop(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        publish(small.page, workshop_minutes=240)
        yield small


@pytest.fixture
def group(made_workshop: SmallCourse, bruno: Role) -> Cohort:
    row = group_of(made_workshop, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)
    row.country = country("HN")
    row.save()
    return row


@pytest.fixture
def enrolment(group: Cohort, amina: Role, made_workshop: SmallCourse) -> Enrolment:
    tells_details(amina.person)
    return enrol(amina.person, made_workshop, cohort=group)


def ahead(days: int) -> dt.date:
    return clock.now().date() + dt.timedelta(days=days)


def words(answer: Any) -> str:
    return answer.content.decode()


def test_amina_reads_her_next_session_with_place_and_by_whose_clock(
    group: Cohort, enrolment: Enrolment, amina: Role, bruno: Role
) -> None:
    session_of(group, bruno.person, title="Pasada")
    session_of(group, bruno.person, day=ahead(9), title="La de después")
    meeting.cancel(session=session_of(group, bruno.person, day=ahead(2), title="Cancelada"))
    session_of(group, bruno.person, day=ahead(4), title="La siguiente", place="Aula 2")
    page = amina.client.get("/aprender/")
    found = page.context["mine"].next_session
    assert (found.title, found.place, found.starts.hour, found.open_now) == (
        "La siguiente",
        "Aula 2",
        9,
        False,
    )
    assert found.clock == str(country("HN"))
    for word in ("La siguiente", "Aula 2", found.clock):
        assert word in words(page)


def test_while_it_is_on_she_is_led_to_say_that_she_is_here(
    group: Cohort, enrolment: Enrolment, amina: Role, bruno: Role
) -> None:
    row = session_of(group, bruno.person)
    found = next_session(amina.person, at=row.starts_at + dt.timedelta(minutes=10))
    assert found
    assert found.open_now
    assert next_session(amina.person, at=row.ends_at + dt.timedelta(minutes=1)) is None


def test_once_she_is_noted_she_is_led_to_the_next_one(
    group: Cohort, enrolment: Enrolment, amina: Role, bruno: Role
) -> None:
    row = session_of(group, bruno.person)
    session_of(group, bruno.person, day=row.local_date + dt.timedelta(days=7), title="La siguiente")
    mark(row, enrolment, "present", by=bruno.person)
    found = next_session(amina.person, at=row.starts_at + dt.timedelta(minutes=10))
    assert found
    assert (found.title, found.open_now) == ("La siguiente", False)


def test_her_record_tells_each_session_once_with_the_better_mark_in_words(
    group: Cohort, enrolment: Enrolment, amina: Role, bruno: Role
) -> None:
    first = session_of(group, bruno.person, title="Escuchar")
    second = session_of(group, bruno.person, day=dt.date(2026, 3, 5), title="Orientar")
    mark(first, enrolment, "absent", by=bruno.person)
    walk_in = meeting.add_walk_in(cohort=group, name="Amina X.", by=bruno.person)
    mark(first, walk_in, "partial", minutes=75, by=bruno.person)
    mark(second, enrolment, "excused", by=bruno.person)
    meeting.join(walk_in=walk_in, enrolment=enrolment, by=bruno.person)
    page = amina.client.get("/aprender/registro/")
    told = [(row.title, row.minutes, row.group) for row in page.context["record"].sessions]
    assert told == [("Orientar", 0, group.name), ("Escuchar", 75, group.name)]
    assert "Escuchar" in words(page)


def test_of_somebody_elses_sessions_she_reads_nothing(
    group: Cohort, enrolment: Enrolment, farid: Role, bruno: Role, made_workshop: SmallCourse
) -> None:
    enrol(farid.person, made_workshop, cohort=group_of(made_workshop, code="T-2"))
    session = session_of(group, bruno.person)
    mark(session, enrolment, by=bruno.person)
    assert marked_sessions(farid.person) == ()
    assert next_session(farid.person, at=session.starts_at) is None


def test_her_pages_ask_the_same_for_two_sessions_and_for_twenty(
    group: Cohort, enrolment: Enrolment, amina: Role, bruno: Role
) -> None:
    def asked(days: range) -> int:
        for day in days:
            row = session_of(group, bruno.person, day=dt.date(2026, 3, day), title=f"S{day}")
            mark(row, enrolment, "excused", by=bruno.person)
        with CaptureQueriesContext(connection) as queries:
            for address in ("/aprender/", "/aprender/registro/"):
                assert amina.client.get(address).status_code == 200
        return len(queries)

    amina.client.get("/aprender/")
    assert asked(range(1, 3)) == asked(range(3, 20))


def confirmed(role: Role, hospital: Institution) -> Membership:
    row = Membership.objects.get(person=role.person, institution=hospital, role="member")
    row.state = MembershipState.CONFIRMED
    row.save()
    return row


def meetings_on(role: Role, hospital: Institution) -> Any:
    return role.client.get(f"/aprender/institucion/{hospital.key}/").context["view"].meetings


@pytest.fixture
def proposed(
    group: Cohort, amina: Role, chipo: Role, hospital: Institution, made_workshop: SmallCourse
) -> Enrolment:
    """Chipo proposed Amina for the group, and she accepted."""
    confirmed(amina, hospital)
    tells_details(amina.person)
    group.invited.add(hospital)
    nominating.nominate(
        institution=hospital,
        course=made_workshop.course,
        cohort=group,
        people=[amina.person],
        by=chipo.person,
    )
    row = nominating.accept(nomination=Nomination.objects.get(), person=amina.person, country=country("HN"))
    assert row
    return row


def test_chipo_is_told_when_those_meet_whom_she_proposed_and_never_who_came(
    group: Cohort,
    proposed: Enrolment,
    amina: Role,
    bruno: Role,
    chipo: Role,
    hospital: Institution,
    made_workshop: SmallCourse,
) -> None:
    other = UserFactory(person__display_name="Zenaida").person
    row = works_at(other, hospital)
    Membership.objects.filter(pk=row.pk).update(state=MembershipState.CONFIRMED)
    consents.give(person=other, purpose=Consent.Purpose.SHARE_EMPLOYER)
    enrol(other, made_workshop, cohort=group)
    session_of(group, bruno.person, day=ahead(4), title="Escuchar", place="Aula 2")
    held = session_of(group, bruno.person, title="Pasada")
    mark(held, proposed, "late", minutes=10, by=bruno.person)
    (found,) = meetings_on(chipo, hospital)
    assert (found.title, found.place, found.people) == ("Escuchar", "Aula 2", (str(amina.person),))
    page = words(chipo.client.get(f"/aprender/institucion/{hospital.key}/"))
    assert "Zenaida" in page, "she works there"
    assert "Pasada" not in page


def test_who_went_to_another_group_left_it_or_works_there_no_longer_is_not_told_of(
    group: Cohort,
    proposed: Enrolment,
    bruno: Role,
    chipo: Role,
    hospital: Institution,
    made_workshop: SmallCourse,
) -> None:
    session_of(group, bruno.person, day=ahead(4))
    assert len(meetings_on(chipo, hospital)) == 1
    other = group_of(made_workshop, code="T-9")
    session_of(other, bruno.person, day=ahead(5))
    Enrolment.objects.update(cohort=other)
    assert meetings_on(chipo, hospital) == ()
    Enrolment.objects.update(cohort=group, state=EnrolmentState.WITHDRAWN)
    assert meetings_on(chipo, hospital) == ()
    Enrolment.objects.update(state=EnrolmentState.ACTIVE)
    assert len(meetings_on(chipo, hospital)) == 1
    Membership.objects.filter(person=proposed.person, role="member").update(
        ends_on=clock.now().date(), ended_at=clock.now(), end_reason="left"
    )
    assert meetings_on(chipo, hospital) == ()
