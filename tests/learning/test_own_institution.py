"""«My institution»: what Chipo sees of her hospital's people, and what Dalia never does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import consents, merging
from accounts.models import Consent
from common import clock
from courses.models import Course
from institutions.models import Institution, Membership, MembershipState, RefusalReason
from learning import nominating
from learning.models import Cohort, Enrolment, EnrolmentState, Nomination, NominationState
from learning.services import enrol
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse
from tests.factories.learning import finish, try_quiz, works_at


def page(role: Role, place: Institution) -> Any:
    return role.client.get(reverse("learning:institution", kwargs={"institution": place.key}))


def propose(chipo: Role, place: Institution, course: SmallCourse, *people: Any) -> Any:
    return chipo.client.post(
        reverse("learning:nominate", kwargs={"institution": place.key}),
        {"course": str(course.course.key), "people": [str(person.key) for person in people]},
        follow=True,
    )


@pytest.fixture
def confirmed(amina: Role, hospital: Institution) -> Membership:
    row = Membership.objects.get(person=amina.person, institution=hospital)
    row.state = MembershipState.CONFIRMED
    row.save(update_fields=["state"])
    return row


def test_chipo_finds_her_institution_from_her_courses(chipo: Role, hospital: Institution) -> None:
    home = chipo.client.get(reverse("learning:home"))
    assert reverse("learning:institutions") in home.content.decode()
    response = chipo.client.get(reverse("learning:institutions"), follow=True)
    assert "Hospital de Amina" in response.content.decode()


def test_amina_has_no_such_page(amina: Role, hospital: Institution) -> None:
    assert amina.client.get(reverse("learning:institutions")).status_code == 404
    assert page(amina, hospital).status_code == 404
    assert reverse("learning:institutions") not in amina.client.get(reverse("learning:home")).content.decode()


def test_dalia_of_another_place_finds_nothing_of_the_hospital(
    dalia: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    assert page(dalia, hospital).status_code == 404
    assert propose(dalia, hospital, course, confirmed.person).status_code == 404
    answer = reverse("learning:confirm_membership", kwargs={"membership": confirmed.pk})
    assert dalia.client.post(answer, {"answer": RefusalReason.values[0]}).status_code == 404
    assert not Nomination.objects.exists()


def test_a_claim_shows_the_name_only_until_chipo_confirms_it(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse
) -> None:
    consents.give(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    enrol(person=amina.person, course=course.course)
    before = page(chipo, hospital).content.decode()
    assert "Amina" in before
    assert course.page.title not in before.split('id="people"')[1].split('<form method="post"')[0]
    row = Membership.objects.get(person=amina.person)
    chipo.client.post(
        reverse("learning:confirm_membership", kwargs={"membership": row.pk}), {"answer": "confirm"}
    )
    row.refresh_from_db()
    assert row.state == MembershipState.CONFIRMED
    assert course.page.title in page(chipo, hospital).content.decode()


def test_whoever_does_not_work_there_is_refused_and_gone_from_the_page(
    amina: Role, chipo: Role, hospital: Institution
) -> None:
    row = Membership.objects.get(person=amina.person)
    chipo.client.post(
        reverse("learning:confirm_membership", kwargs={"membership": row.pk}),
        {"answer": RefusalReason.values[0]},
    )
    row.refresh_from_db()
    assert row.state == MembershipState.REFUSED
    assert "Amina" not in page(chipo, hospital).content.decode().replace("Hospital de Amina", "")


def test_chipo_proposes_amina_accepts_and_completion_shows_without_marks(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    propose(chipo, hospital, course, amina.person)
    nomination = Nomination.objects.get()
    home = amina.client.get(reverse("learning:home")).content.decode()
    answer = reverse("learning:nomination", kwargs={"nomination": nomination.key})
    assert answer in home
    assert Enrolment.objects.count() == 0, "nobody is enrolled over her head"
    told = amina.client.get(answer).content.decode()
    assert "Hospital de Amina" in told
    amina.client.post(answer, {"country": amina.person.country_id})
    enrolment = Enrolment.objects.get(person=amina.person)
    assert enrolment.nominations.get().state == NominationState.ACCEPTED
    assert enrolment.at_institution == hospital
    finish(enrolment)
    shown = page(chipo, hospital)
    assert next(iter(shown.context["view"].colleagues[0].courses), None) or True
    seen = [c for one in shown.context["view"].colleagues for c in one.courses]
    assert [c.completed for c in seen] == [True]
    assert "%" not in shown.content.decode().split("<main")[1].split("</main")[0]


def test_what_amina_took_by_herself_stays_hers_until_she_shares_it(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    enrol(person=amina.person, course=course.course)

    def seen() -> list[Any]:
        return [c for one in page(chipo, hospital).context["view"].colleagues for c in one.courses]

    assert seen() == []
    consents.give(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    assert len(seen()) == 1
    consents.withdraw(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    assert seen() == [], "taken back at once"


def test_amina_declines_and_no_reason_is_asked(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    propose(chipo, hospital, course, amina.person)
    nomination = Nomination.objects.get()
    amina.client.post(
        reverse("learning:nomination", kwargs={"nomination": nomination.key}), {"answer": "decline"}
    )
    nomination.refresh_from_db()
    assert nomination.state == NominationState.DECLINED
    assert not Enrolment.objects.exists()


def test_chipo_cannot_tell_a_proposal_that_was_declined_from_one_that_waits(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    """Whoever is sent by her boss cannot say no where her boss reads it."""
    propose(chipo, hospital, course, amina.person)
    nomination = Nomination.objects.get()

    def told() -> tuple[str, str]:
        shown = page(chipo, hospital).content.decode().split("<main")[1].split("</main")[0]
        again = propose(chipo, hospital, course, amina.person)
        said = " ".join(str(each) for each in get_messages(again.wsgi_request))
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", shown), said

    before = told()
    nominating.decline(nomination=nomination, person=amina.person)
    assert told() == before
    assert Nomination.objects.count() == 1
    assert nominating.withdraw(nomination=nomination, by=chipo.person)
    propose(chipo, hospital, course, amina.person)
    assert Nomination.objects.count() == 2


def test_a_nomination_taken_back_can_no_longer_be_accepted(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    propose(chipo, hospital, course, amina.person)
    nomination = Nomination.objects.get()
    chipo.client.post(reverse("learning:take_back", kwargs={"nomination": nomination.key}))
    answer = reverse("learning:nomination", kwargs={"nomination": nomination.key})
    assert amina.client.post(answer, {"country": amina.person.country_id}).status_code == 404
    assert not Enrolment.objects.exists()


def test_people_of_another_institution_cannot_be_nominated(
    chipo: Role, dalia: Role, hospital: Institution, course: SmallCourse
) -> None:
    said = propose(chipo, hospital, course, dalia.person).content.decode()
    assert not Nomination.objects.exists()
    assert "Dalia" not in said


def test_nominating_twice_is_once_and_whoever_takes_it_is_named(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    propose(chipo, hospital, course, amina.person)
    propose(chipo, hospital, course, amina.person)
    assert Nomination.objects.count() == 1


def test_another_persons_nomination_is_nobody_elses(
    amina: Role, farid: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    nominating.nominate(institution=hospital, people=[amina.person], course=course.course, by=chipo.person)
    answer = reverse("learning:nomination", kwargs={"nomination": Nomination.objects.get().key})
    assert farid.client.get(answer).status_code == 404
    assert chipo.client.post(answer, {"answer": "decline"}).status_code == 404


def test_a_bad_form_says_so_and_loses_nobody(
    chipo: Role, hospital: Institution, confirmed: Membership
) -> None:
    address = reverse("learning:nominate", kwargs={"institution": hospital.key})
    for data in ({}, {"course": "nada"}, {"course": "x", "people": ["y"]}, {"people": ["\x00"]}):
        assert chipo.client.post(address, data).status_code == 302
    assert not Nomination.objects.exists()


def test_a_group_of_another_course_is_not_taken_in_its_place(
    chipo: Role, amina: Role, hospital: Institution, cohort: Cohort, confirmed: Membership
) -> None:
    other = Course.objects.create(code="OTRO-01")
    data = {"course": str(other.key), "cohort": str(cohort.key), "people": [str(amina.person.key)]}
    address = reverse("learning:nominate", kwargs={"institution": hospital.key})
    said = chipo.client.post(address, data, follow=True).content.decode()
    assert "Este grupo lleva otro curso" in said
    assert not Nomination.objects.exists()


def test_a_proposal_of_a_group_names_it(
    chipo: Role, amina: Role, hospital: Institution, cohort: Cohort, confirmed: Membership
) -> None:
    nominating.nominate(
        institution=hospital, people=[amina.person], course=cohort.course, cohort=cohort, by=chipo.person
    )
    said = amina.client.get(reverse("learning:home")).content.decode()
    assert cohort.name in said


def test_the_page_asks_the_same_for_two_people_and_for_twenty(
    chipo: Role, hospital: Institution, course: SmallCourse, cohort: Cohort, confirmed: Membership
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page(chipo, hospital).status_code == 200
        return len(queries)

    enrol(person=confirmed.person, course=course.course)
    consents.give(person=confirmed.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    page(chipo, hospital)
    few = count()
    for _each in range(20):
        person = UserFactory().person
        row = works_at(person, hospital)
        row.state = MembershipState.CONFIRMED
        row.save()
        consents.give(person=person, purpose=Consent.Purpose.SHARE_EMPLOYER)
        enrol(person=person, course=course.course)
    assert count() == few
    assert few <= 15


def test_an_ended_membership_shows_nothing_more(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    confirmed.ends_on = confirmed.starts_on
    confirmed.save(update_fields=["ends_on"])
    assert page(chipo, hospital).context["view"].colleagues == ()


def test_whoever_failed_looks_the_same_as_whoever_has_not_tried(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    enrolment = enrol(person=amina.person, course=course.course)
    consents.give(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    before = page(chipo, hospital).content
    try_quiz(enrolment, right=False)
    after = page(chipo, hospital).content
    assert Enrolment.objects.get().state == EnrolmentState.ACTIVE
    assert _words(before) == _words(after)


def _words(content: bytes) -> str:
    return content.decode().split("<main")[1].split("</main")[0].split("csrfmiddlewaretoken")[0]


def test_a_merge_opens_nothing_that_a_record_did_not_share(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    other = UserFactory(email="otra@senda.example", person__display_name="Otra").person
    enrol(person=other, course=course.course)
    consents.give(person=other, purpose=Consent.Purpose.SHARE_EMPLOYER)
    consents.withdraw(person=other, purpose=Consent.Purpose.SHARE_EMPLOYER)
    consents.give(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)

    def seen() -> list[Any]:
        return [c for one in page(chipo, hospital).context["view"].colleagues for c in one.courses]

    with time_machine.travel(clock.now() + dt.timedelta(hours=1)):
        merging.merge(duplicate=other, into=amina.person, by=chipo.person)
        assert seen() == [], "her no under the other record still counts"
    with time_machine.travel(clock.now() + dt.timedelta(hours=2)):
        consents.withdraw(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
        consents.give(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
        assert len(seen()) == 1, "said anew, of all that is hers"


def test_by_proposing_a_course_chipo_learns_nothing_of_what_was_not_shared(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    """She would only have to tick names: who takes a course on violence by herself is not for her employer."""
    other = UserFactory().person
    row = works_at(other, hospital)
    row.state = MembershipState.CONFIRMED
    row.save()

    def told(person: Any) -> str:
        answer = propose(chipo, hospital, course, person)
        return " ".join(str(each) for each in get_messages(answer.wsgi_request))

    enrolment = enrol(person=amina.person, course=course.course)
    assert told(amina.person) == told(other) == "Se propuso a 1 persona."
    finish(enrolment)
    assert Enrolment.objects.get(person=amina.person).state == EnrolmentState.COMPLETED
    nominating.withdraw(nomination=Nomination.objects.get(person=amina.person), by=chipo.person)
    assert told(amina.person) == "Se propuso a 1 persona."
    consents.give(person=amina.person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    nominating.withdraw(nomination=Nomination.objects.get(person=amina.person, state="open"), by=chipo.person)
    assert "Ya lo terminaron" in told(amina.person)


def test_amina_who_completed_it_by_herself_accepts_and_shares_it_and_takes_nothing_again(
    amina: Role, chipo: Role, hospital: Institution, course: SmallCourse, confirmed: Membership
) -> None:
    finish(enrol(person=amina.person, course=course.course))
    propose(chipo, hospital, course, amina.person)
    nomination = Nomination.objects.get()
    answer = reverse("learning:nomination", kwargs={"nomination": nomination.key})
    assert "no tienes que hacerlo otra vez" in amina.client.get(answer).content.decode()

    def seen() -> list[Any]:
        return [c for one in page(chipo, hospital).context["view"].colleagues for c in one.courses]

    assert seen() == []
    assert amina.client.post(answer, {"answer": "share"}).status_code == 302
    assert [c.completed for c in seen()] == [True]
    assert Enrolment.objects.count() == 1
