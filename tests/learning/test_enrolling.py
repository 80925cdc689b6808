"""Enrolling: once, in the version in force, with what a report will need; and every reason why not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import Person
from courses.models import Course
from institutions.models import Institution
from learning import events, joining, services
from learning.access import Refusal
from learning.models import Enrolment, EnrolmentCode, EnrolmentState, EnrolmentWay
from learning.snapshot import fill_all_blanks, fill_blanks
from tests.conftest import Role
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, add_lesson, committed, make_course
from tests.factories.learning import enrol, finish, group_of, institution, tells_details, works_at
from tests.learning.pages import press

AT = dt.datetime(2026, 3, 6, 4, 30, tzinfo=dt.UTC)


def enrol_page(course: SmallCourse) -> str:
    return f"/aprender/inscripcion/{course.course.key}/"


def refused(**options: Any) -> Refusal:
    with pytest.raises(services.Refused) as caught:
        services.enrol(**options)
    return caught.value.reason


def test_amina_enrols_in_the_version_in_force_on_her_own_date(amina: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course, at=AT)
    assert enrolment.version == course.course.versions.get()
    # Half past four in the morning in Greenwich is still the fifth in Mexico.
    assert enrolment.enrolled_on == dt.date(2026, 3, 5)
    assert enrolment.time_zone == "America/Mexico_City"


def test_the_enrolment_copies_what_may_change(
    amina: Role, course: SmallCourse, hospital: Institution
) -> None:
    tells_details(amina.person)
    Institution.objects.filter(pk=hospital.pk).update(sector="health", route_stages=["transit"])
    enrolment = enrol(amina.person, course)
    Person.objects.filter(pk=amina.person.pk).update(position="legal", country=country("GT"))
    enrolment.refresh_from_db()
    assert (enrolment.at_institution, enrolment.at_sector) == (hospital, "health")
    assert (enrolment.at_position, enrolment.at_country_id, enrolment.at_sex) == ("health", "MX", "woman")
    assert enrolment.at_route_stages == ["transit"]


def test_an_enrolment_is_announced_once_it_stands(amina: Role, course: SmallCourse) -> None:
    heard: list[int] = []
    events.learner_enrolled.connect(
        listener := lambda enrolment_id, **_: heard.append(enrolment_id), weak=False
    )
    enrolment = enrol(amina.person, course)
    events.learner_enrolled.disconnect(listener)
    assert heard == [enrolment.pk]


def test_a_second_click_enrols_nobody_twice(amina: Role, course: SmallCourse) -> None:
    first, second = press(amina, enrol_page(course)), press(amina, enrol_page(course))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Enrolment.objects.count() == 1
    assert second.url == course.page.url


def test_looking_at_the_address_enrols_nobody(amina: Role, course: SmallCourse) -> None:
    answer = amina.client.get(enrol_page(course))
    assert answer.status_code == 200
    assert not Enrolment.objects.exists()


def test_in_one_click_she_is_in_the_first_lesson(amina: Role, course: SmallCourse) -> None:
    answer = press(amina, enrol_page(course))
    assert answer.url == course.lessons[0].url
    assert amina.client.get(answer.url).status_code == 200


def test_who_is_not_signed_in_signs_in_first_and_comes_back(course: SmallCourse, client: Any) -> None:
    answer = client.post(enrol_page(course))
    assert answer.status_code == 302
    assert answer.url.startswith("/cuenta/entrar/")
    assert not Enrolment.objects.exists()


def test_a_course_of_other_countries_is_refused_with_the_reason(amina: Role, course: SmallCourse) -> None:
    course.page.countries = [country("GT")]
    course.page.save()
    assert refused(person=amina.person, course=course.course) == Refusal.NOT_FOR_COUNTRY
    answer = press(amina, enrol_page(course), {"country": "MX"}, follow=True)
    assert answer.status_code == 200
    assert [str(m) for m in answer.context["messages"]]
    assert not Enrolment.objects.exists()


def test_without_a_country_she_is_asked_for_it_and_nothing_is_lost(amina: Role, course: SmallCourse) -> None:
    Person.objects.filter(pk=amina.person.pk).update(country=None)
    assert refused(person=amina.person, course=course.course) == Refusal.COUNTRY_UNKNOWN
    asked = press(amina, enrol_page(course))
    assert asked.status_code == 409
    assert "country" in asked.context["form"].fields
    wrong = press(amina, enrol_page(course), {"country": "ZZ"})
    assert wrong.status_code == 400
    assert press(amina, enrol_page(course), {"country": "MX"}).status_code == 302
    assert Enrolment.objects.get().at_country_id == "MX"


def test_a_course_that_nobody_released_is_not_open(amina: Role, db: Any) -> None:
    draft = make_course(code="OTRO-1", live=False)
    assert refused(person=amina.person, course=draft.course) == Refusal.COURSE_WITHDRAWN


def test_a_live_course_without_a_version_is_not_open_yet(amina: Role, db: Any) -> None:
    empty = make_course(code="OTRO-1", lessons=0, quiz=False)
    assert refused(person=amina.person, course=empty.course) == Refusal.NOT_RELEASED


def test_an_unpublished_course_takes_nobody(amina: Role, course: SmallCourse) -> None:
    with committed():
        course.page.unpublish()
    assert refused(person=amina.person, course=course.course) == Refusal.COURSE_WITHDRAWN
    assert press(amina, enrol_page(course)).status_code == 302


def test_a_course_that_does_not_exist_is_404(amina: Role) -> None:
    assert press(amina, "/aprender/inscripcion/9d4d3d9a-52c1-4c35-9a3e-111111111111/").status_code == 404


def test_a_group_gives_its_modality_and_its_institution(
    amina: Role, course: SmallCourse, shelter: Institution
) -> None:
    group = group_of(course, institution=shelter, modality="blended")
    enrolment = enrol(amina.person, course, cohort=group)
    assert (enrolment.modality, enrolment.at_institution) == ("blended", shelter)


def test_a_group_with_dates_enrols_in_the_version_that_it_keeps(amina: Role, course: SmallCourse) -> None:
    first = course.course.versions.get()
    group = group_of(course, version=first, starts_on=dt.date(2026, 3, 1))
    add_lesson(course)
    from courses import versions

    with committed():
        versions.release(proposal=course.course.proposals.get(state="open"), by=amina.person)
    assert enrol(amina.person, course, cohort=group).version == first


def test_staff_enrol_somebody_and_it_is_kept_who(amina: Role, bruno: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course, way=EnrolmentWay.STAFF, by=bruno.person)
    assert (enrolment.enrolled_by, enrolment.way) == (bruno.person, "staff")


def test_her_unit_and_the_institution_above_it_are_kept_both(
    farid: Role, course: SmallCourse, hospital: Institution
) -> None:
    unit = institution("Urgencias", parent=hospital)
    works_at(farid.person, unit)
    enrolment = enrol(farid.person, course)
    assert (enrolment.at_institution, enrolment.at_parent) == (unit, hospital)


def test_leaving_keeps_what_was_done_and_coming_back_goes_on_there(amina: Role, course: SmallCourse) -> None:
    first = enrol(amina.person, course)
    services.complete_activity(enrolment=first, activity=course.lessons[0].translation_key)
    assert amina.client.get(f"/aprender/dejar/{first.key}/").status_code == 200
    first.refresh_from_db()
    assert first.state == EnrolmentState.ACTIVE
    assert press(amina, f"/aprender/dejar/{first.key}/").status_code == 302
    first.refresh_from_db()
    assert first.state == EnrolmentState.WITHDRAWN
    again = enrol(amina.person, course)
    assert (again.pk, again.state) == (first.pk, EnrolmentState.ACTIVE)
    assert again.done.count() == 1


def test_leaving_a_completed_course_is_impossible(amina: Role, course: SmallCourse) -> None:
    tells_details(amina.person)
    enrolment = enrol(amina.person, course)
    finish(enrolment)
    assert press(amina, f"/aprender/dejar/{enrolment.key}/").status_code == 404
    services.leave(enrolment=enrolment)
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED


def test_retaking_a_completed_course_is_a_new_enrolment_beside_the_old(
    amina: Role, course: SmallCourse
) -> None:
    tells_details(amina.person)
    first = finish(enrol(amina.person, course))
    second = finish(enrol(amina.person, course))
    assert first.pk != second.pk
    assert amina.person.certificates.count() == 2


def test_the_database_refuses_two_in_progress(amina: Role, course: SmallCourse) -> None:
    from django.db import IntegrityError, transaction

    enrolment = enrol(amina.person, course)
    enrolment.pk, enrolment._state.adding = None, True
    enrolment.key = "9d4d3d9a-52c1-4c35-9a3e-222222222222"
    with pytest.raises(IntegrityError), transaction.atomic():
        enrolment.save()


def test_the_course_of_amina_is_not_farids(amina: Role, farid: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course)
    assert press(farid, f"/aprender/dejar/{enrolment.key}/").status_code == 404
    assert farid.client.get(f"/aprender/seguir/{enrolment.key}/").status_code == 404
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ACTIVE
    assert Course.objects.count() == 1


def test_coming_back_by_a_code_takes_the_codes_group_and_institution(
    amina: Role, course: SmallCourse
) -> None:
    first = enrol(amina.person, course)
    services.leave(enrolment=first)
    hospital = Institution.objects.create(
        name="Hospital de la Frontera", type="public", sector="health", country=country("GT")
    )
    EnrolmentCode.objects.create(code="FRONTERA", course=course.course, institution=hospital)
    again = joining.join_by_code(person=amina.person, code="frontera")
    again.refresh_from_db()
    assert again.pk == first.pk
    assert (again.way, again.at_institution, again.at_sector) == ("code", hospital, "health")


def test_what_amina_says_later_fills_the_blanks_of_her_enrolment_and_changes_nothing(
    amina: Role, course: SmallCourse
) -> None:
    Person.objects.filter(pk=amina.person.pk).update(sex="", age_band="", position="health")
    amina.person.refresh_from_db()
    enrolment = enrol(amina.person, course)
    Person.objects.filter(pk=amina.person.pk).update(sex="woman", age_band="25-34", position="shelter")
    assert fill_all_blanks() == 2
    assert fill_blanks(person=Person.objects.get(pk=amina.person.pk)) == 0
    enrolment.refresh_from_db()
    assert (enrolment.at_sex, enrolment.at_age_band, enrolment.at_position) == ("woman", "25-34", "health")
