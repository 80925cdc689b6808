"""People ticked rather than written, requests that answer their nomination, and groups found among very many."""

from __future__ import annotations

import pytest

from accounts.models import Disclosure
from institutions.models import Institution, Membership, MembershipRole
from learning import joining, nominating, services
from learning.models import Cohort, Enrolment, JoinRequest, Nomination, NominationState
from tests.conftest import Role
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import enrol, group_of, works_at


@pytest.fixture
def second(course: SmallCourse, bruno: Role) -> Cohort:
    return group_of(course, facilitator=bruno.person, code="G-2")


def address(cohort: Cohort) -> str:
    return f"/aprender/grupos/{cohort.key}/elegir/"


def test_people_of_an_own_group_are_ticked_and_enrolled(
    course: SmallCourse, cohort: Cohort, second: Cohort, bruno: Role, amina: Role, chipo: Role
) -> None:
    services.leave(enrolment=enrol(chipo.person, course, cohort=cohort))
    other = group_of(course, facilitator=bruno.person, code="G-3")
    services.leave(enrolment=enrol(chipo.person, course, cohort=other))
    hers = enrol(amina.person, course, cohort=cohort)
    Enrolment.objects.filter(pk=hers.pk).update(state="completed")
    word = f"g-{cohort.key}"
    said = bruno.client.get(address(second), {"de": word}).content.decode()
    assert str(amina.person.key) in said
    assert str(chipo.person.key) not in said
    assert Disclosure.objects.filter(what="group", group_id=second.pk, rows=1).exists()
    with committed():
        answer = bruno.client.post(address(second), {"de": word, "people": [str(amina.person.key)]})
    assert answer.status_code == 200
    assert second.enrolments.get().person == amina.person
    assert str(amina.person.key) not in bruno.client.get(address(second), {"de": word}).content.decode()


def test_people_of_an_institution_are_offered_to_who_looks_after_it_alone(
    second: Cohort, bruno: Role, amina: Role, hospital: Institution
) -> None:
    Membership.objects.filter(person=amina.person).update(state="confirmed")
    word = f"i-{hospital.key}"
    assert str(amina.person.key) not in bruno.client.get(address(second), {"de": word}).content.decode()
    works_at(bruno.person, hospital, role=MembershipRole.FOCAL_POINT)
    assert str(amina.person.key) in bruno.client.get(address(second), {"de": word}).content.decode()


def test_a_forged_form_enrols_nobody_of_another_facilitators_group(
    course: SmallCourse, second: Cohort, bruno: Role, amina: Role, dalia: Role
) -> None:
    others = group_of(course, facilitator=dalia.person, code="G-D")
    enrol(amina.person, course, cohort=others)
    for word in (f"g-{others.key}", "g-nonsense", "", "x-1"):
        form = {"de": word, "people": [str(amina.person.key)]}
        assert bruno.client.post(address(second), form).status_code == 400
    assert not second.enrolments.exists()
    assert dalia.client.get(address(second)).status_code == 404


@pytest.fixture
def asked(cohort: Cohort, hospital: Institution, chipo: Role, amina: Role) -> JoinRequest:
    """Amina accepted what her hospital proposed; the group's facilitator has the last word."""
    Cohort.objects.filter(pk=cohort.pk).update(asks_approval=True)
    cohort.refresh_from_db()
    Membership.objects.filter(person=amina.person).update(state="confirmed")
    nominating.nominate(
        institution=hospital, people=[amina.person], course=cohort.course, cohort=cohort, by=chipo.person
    )
    assert nominating.accept(nomination=Nomination.objects.get(), person=amina.person) is None
    return JoinRequest.objects.get()


def test_a_refused_request_answers_the_nomination_and_she_may_be_proposed_again(
    asked: JoinRequest, cohort: Cohort, hospital: Institution, bruno: Role, chipo: Role, amina: Role
) -> None:
    joining.answer_request(request=asked, accept=False, by=bruno.person, reason="Otro turno")
    assert Nomination.objects.get().state == NominationState.NOT_TAKEN
    again = nominating.nominate(
        institution=hospital, people=[amina.person], course=cohort.course, cohort=cohort, by=chipo.person
    )
    assert list(again.values()) == [None]


def test_taking_her_own_request_back_declines_the_nomination(asked: JoinRequest, amina: Role) -> None:
    joining.take_back(request=asked, person=amina.person)
    assert Nomination.objects.get().state == NominationState.DECLINED


def test_an_accepted_request_names_the_enrolment_to_the_nomination(asked: JoinRequest, bruno: Role) -> None:
    joining.answer_request(request=asked, accept=True, by=bruno.person)
    row = Nomination.objects.get()
    assert (row.state, row.enrolment) == (NominationState.ACCEPTED, Enrolment.objects.get())


def test_who_began_elsewhere_while_she_waited_shares_that_enrolment(
    course: SmallCourse,
    second: Cohort,
    bruno: Role,
    hospital: Institution,
    chipo: Role,
    amina: Role,
    dalia: Role,
) -> None:
    Cohort.objects.filter(pk=second.pk).update(seats=1)
    second.refresh_from_db()
    taken = enrol(dalia.person, course, cohort=second)
    Membership.objects.filter(person=amina.person).update(state="confirmed")
    nominating.nominate(
        institution=hospital, people=[amina.person], course=second.course, cohort=second, by=chipo.person
    )
    assert nominating.accept(nomination=Nomination.objects.get(), person=amina.person) is None
    hers = enrol(amina.person, course)
    with committed():
        services.leave(enrolment=taken)
    assert JoinRequest.objects.get().state == "refused"
    assert Nomination.objects.get().enrolment == hers


def test_a_group_beyond_the_hundredth_is_found_by_its_name(
    course: SmallCourse, chipo: Role, hospital: Institution, amina: Role
) -> None:
    Membership.objects.filter(person=amina.person).update(state="confirmed")
    Cohort.objects.bulk_create(
        Cohort(code=f"M-{n}", name=f"Grupo {n:03}", course=course.course, institution=hospital)
        for n in range(120)
    )
    page = f"/aprender/institucion/{hospital.key}/"
    first = chipo.client.get(page).content.decode()
    assert "Grupo 005" in first
    assert "Grupo 119" not in first
    assert 'name="grupo"' in first
    found = chipo.client.get(page, {"grupo": "grupo 119"}).content.decode()
    assert "Grupo 119" in found
    assert "Grupo 005" not in found
