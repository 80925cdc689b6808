"""The country of work is confirmed at enrolment, corrected afterwards, and outlives what a trainer takes away."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Person
from learning.access import Refusal
from learning.correcting import correct_country
from learning.models import Completion, CountryCorrection, Enrolment
from learning.services import Refused
from tests.conftest import Role
from tests.countries.conftest import Health
from tests.factories.accounts import UserFactory, country
from tests.factories.courses import SmallCourse, committed, publish
from tests.factories.learning import code_for, do, enrol, tells_details, try_quiz
from tests.learning.pages import press


def enrol_page(course: Any) -> str:
    return f"/aprender/inscripcion/{course.course.key}/"


def test_a_course_that_differs_by_country_names_hers_beside_the_button(health: Health, amina: Role) -> None:
    page = amina.client.get(health.small.page.url).content.decode()
    assert '<input type="hidden" name="country" value="MX">' in page
    assert "Trabajas en México: se te pide lo que este curso dice para ese país" in page
    assert f'<a href="{enrol_page(health)}?corregir=1">cambiar</a>' in page
    assert press(amina, enrol_page(health), {"country": "MX"}).status_code == 302
    assert Enrolment.objects.get().at_country_id == "MX"


def test_whose_country_nobody_knows_is_asked_before_she_enrols(health: Health, amina: Role) -> None:
    Person.objects.filter(pk=amina.person.pk).update(country=None)
    page = amina.client.get(health.small.page.url).content.decode()
    assert f'action="{enrol_page(health)}"' not in page
    assert f'href="{enrol_page(health)}"' in page


def test_what_she_has_just_said_of_her_country_is_not_asked_again(health: Health, amina: Role) -> None:
    page = amina.client.get(enrol_page(health)).content.decode()
    assert "Trabajas en México" in page
    assert "<select" not in page
    assert "<select" in amina.client.get(f"{enrol_page(health)}?corregir=1").content.decode()
    assert not Enrolment.objects.exists()


def test_nobody_is_enrolled_without_a_country_said(health: Health, amina: Role) -> None:
    asked = press(amina, enrol_page(health))
    assert asked.status_code == 409
    assert asked.context["form"]["country"].value() == "MX"
    assert not Enrolment.objects.exists()
    assert press(amina, enrol_page(health), {"country": "GT"}).status_code == 302
    assert Enrolment.objects.get().at_country_id == "GT"
    assert amina.person.country_id == "GT"


@pytest.mark.parametrize("typed", ["ZZ", "", "mx'--", "MX\x00", "1"])
def test_a_country_that_is_none_enrols_nobody(health: Health, amina: Role, typed: str) -> None:
    assert press(amina, enrol_page(health), {"country": typed}).status_code == 400
    assert not Enrolment.objects.exists()


def test_elsewhere_one_click_is_enough_and_says_for_which_country(course: SmallCourse, amina: Role) -> None:
    html = amina.client.get(course.page.url).content.decode()
    assert '<input type="hidden" name="country" value="MX">' in html
    assert press(amina, enrol_page(course), {"country": "MX"}).status_code == 302


def test_a_code_confirms_it_too(health: Health, farid: Role) -> None:
    code_for(health.small)
    assert farid.client.get("/aprender/codigo/").context["form"]["country"].value() == "GT"
    assert press(farid, "/aprender/codigo/", {"code": "HOSPITAL9", "country": "HN"}).status_code == 302
    assert Enrolment.objects.get().at_country_id == "HN"


def test_moving_house_does_not_move_the_course(health: Health, amina: Role) -> None:
    hers = enrol(amina.person, health.course)
    Person.objects.filter(pk=amina.person.pk).update(country=country("GT"))
    hers.refresh_from_db()
    assert hers.at_country_id == "MX"
    assert amina.client.get(health.mexico.url).context["study"].consulting is False


def correction_of(enrolment: Enrolment) -> str:
    return f"/aprender/pais/{enrolment.key}/"


def test_she_sees_what_another_country_changes_before_it_does(health: Health, amina: Role) -> None:
    hers = enrol(amina.person, health.course)
    do(hers, health.common.translation_key, health.mexico.translation_key)
    screen = amina.client.get(correction_of(hers), {"country": "GT"}).context["screen"]
    assert screen.added == ("Módulo de Guatemala", "Solo Guatemala")
    assert screen.removed == ("Módulo de México",)
    assert screen.kept == 1
    assert not CountryCorrection.objects.exists()


def test_a_correction_keeps_what_she_did_and_is_on_record(health: Health, amina: Role) -> None:
    hers = enrol(amina.person, health.course)
    do(hers, health.mexico.translation_key)
    assert press(amina, correction_of(hers), {"country": "GT"}).status_code == 302
    hers.refresh_from_db()
    assert (hers.at_country_id, hers.time_zone) == ("GT", "America/Guatemala")
    assert hers.done.count() == 1
    row = CountryCorrection.objects.get()
    assert (row.before_id, row.after_id, row.corrected_by) == ("MX", "GT", amina.person)
    # A second click changes nothing more.
    press(amina, correction_of(hers), {"country": "GT"})
    assert CountryCorrection.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CountryCorrection.objects.create(
            enrolment=hers,
            before=row.after,
            after=row.after,
            corrected_by=amina.person,
            corrected_at=row.corrected_at,
        )


def test_a_correction_may_be_the_last_thing_that_was_needed(health: Health, amina: Role) -> None:
    hers = enrol(amina.person, health.course)
    tells_details(amina.person)
    do(hers, health.common.translation_key)
    try_quiz(hers)
    assert not Completion.objects.exists()
    with committed():
        correct_country(enrolment=hers, country=country("HN"), by=amina.person)
    assert Completion.objects.get().enrolment == hers


@pytest.mark.parametrize("typed", ["ZZ", ""])
def test_no_country_is_no_correction(health: Health, amina: Role, typed: str) -> None:
    hers = enrol(amina.person, health.course)
    assert press(amina, correction_of(hers), {"country": typed}).status_code == 400
    assert not CountryCorrection.objects.exists()


def test_nobody_corrects_another_person_s(health: Health, amina: Role, farid: Role) -> None:
    hers = enrol(amina.person, health.course)
    assert farid.client.get(correction_of(hers)).status_code == 404
    assert press(farid, correction_of(hers), {"country": "GT"}).status_code == 404


def test_a_country_taken_out_of_a_course_takes_nothing_from_those_inside(
    health: Health, amina: Role, farid: Role
) -> None:
    hers = enrol(amina.person, health.course)
    do(hers, health.common.translation_key)
    health.small.page.countries = [country("GT")]
    publish(health.small.page)
    answer = amina.client.get(health.small.page.url)
    assert answer.context["standing"].outside
    assert (answer.context["standing"].done, answer.context["standing"].of) == (1, 3)
    assert amina.client.get(health.mexico.url).status_code == 200
    tells_details(amina.person)
    do(hers, health.mexico.translation_key)
    try_quiz(hers)
    assert Completion.objects.filter(enrolment=hers).exists()
    newcomer = UserFactory(email="nueva@senda.example").person
    with pytest.raises(Refused) as refused:
        enrol(newcomer, health.course)
    assert refused.value.reason == Refusal.NOT_FOR_COUNTRY
    assert enrol(farid.person, health.course).at_country_id == "GT"


def test_nobody_corrects_into_a_country_where_the_course_is_not_offered(health: Health, farid: Role) -> None:
    his = enrol(farid.person, health.course)
    health.small.page.countries = [country("GT")]
    publish(health.small.page)
    assert farid.client.get(correction_of(his), {"country": "MX"}).context["screen"].refused
    offered = farid.client.get(correction_of(his)).context["form"].fields["country"].widget.choices
    assert [code for code, _name in offered] == ["", "GT"]
    press(farid, correction_of(his), {"country": "MX"})
    assert not CountryCorrection.objects.exists()


def test_the_trainer_who_takes_it_out_is_told_how_many_learn_there(
    health: Health, amina: Role, farid: Role
) -> None:
    from courses.gate import impact, learners_outside
    from courses.versions import manifest_of

    enrol(amina.person, health.course), enrol(farid.person, health.course)
    assert learners_outside(health.course, frozenset()) == 0
    assert learners_outside(health.course, frozenset({"GT"})) == 1
    health.small.page.countries = [country("GT")]
    publish(health.small.page)
    assert impact(health.course, manifest_of(health.course.versions.get())).outside == 1
