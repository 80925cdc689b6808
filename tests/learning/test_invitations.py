"""The link of an invitation: one way through signing up to being enrolled, and nothing for whoever guesses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from learning.models import Cohort, Enrolment, EnrolmentCode, JoinRequest
from tests.conftest import Role
from tests.factories.accounts import SECRET, UserFactory, country
from tests.factories.courses import SmallCourse
from tests.factories.learning import code_for, enrol, group_of
from tests.factories.room import session_of

LINK = "/e/TURNO749/"


@pytest.fixture
def invited(course: SmallCourse, bruno: Role) -> Cohort:
    group = group_of(course, facilitator=bruno.person, code="G-INV", seats=2, starts_on=dt.date(2030, 1, 7))
    code_for(course, "TURNO749", cohort=group)
    return group


def words(answer: Any) -> str:
    return answer.content.decode()


def test_a_visitor_reads_what_when_with_whom_and_how_many_seats(invited: Cohort, client: Client) -> None:
    page = words(client.get(LINK))
    assert "Primeros auxilios" in page
    assert "Grupo G-INV" in page
    assert "7 de enero de 2030" in page
    assert "Bruno" in page
    assert "<dd>2</dd>" in page


def test_the_code_is_read_in_any_spelling(invited: Cohort, client: Client) -> None:
    assert client.get("/e/turno-749/").status_code == 200


def test_a_visitor_signs_up_and_is_enrolled_at_once(invited: Cohort, client: Client) -> None:
    there = client.post(LINK, {"door": "new"})
    assert there["Location"] == "/cuenta/crear/?next=%2Fe%2FTURNO749%2F"
    place = country()
    answer = client.post(
        there["Location"],
        {
            "identifier": "nueva@senda.example",
            "password1": SECRET,
            "country": place.pk,
            "adult": "on",
            "notice": "on",
            "next": LINK,
        },
        follow=True,
    )
    assert answer.status_code == 200
    enrolment = Enrolment.objects.get(person__user__email="nueva@senda.example")
    assert (enrolment.cohort, enrolment.way) == (invited, "code")


def test_a_visitor_with_an_account_signs_in_and_is_enrolled_at_once(invited: Cohort, client: Client) -> None:
    UserFactory(email="vieja@senda.example")
    there = client.post(LINK, {"door": "in"})
    answer = client.post(
        there["Location"], {"login": "vieja@senda.example", "password": SECRET, "next": LINK}
    )
    client.get(answer["Location"])
    assert Enrolment.objects.get(person__user__email="vieja@senda.example").cohort == invited


def test_looking_enrols_nobody(invited: Cohort, amina: Role) -> None:
    assert amina.client.get(LINK).status_code == 200
    amina.client.head(LINK)
    assert not Enrolment.objects.exists()


def test_what_one_visitor_wanted_the_next_on_the_phone_does_not_want(invited: Cohort, client: Client) -> None:
    client.post(LINK, {"door": "in"})
    session = client.session
    session["wants_to_join"] = ["TURNO749", session["wants_to_join"][1] - 31 * 60]
    session.save()
    UserFactory(email="otra@senda.example")
    client.post("/cuenta/entrar/", {"login": "otra@senda.example", "password": SECRET})
    client.get(LINK)
    assert not Enrolment.objects.exists()


def test_amina_joins_with_one_press(invited: Cohort, amina: Role) -> None:
    assert amina.client.post(LINK, {"country": "MX"}).status_code == 302
    assert Enrolment.objects.get().cohort == invited
    assert f"/aprender/seguir/{Enrolment.objects.get().key}/" in words(amina.client.get(LINK))


def test_into_a_full_group_she_is_told_that_she_waits(invited: Cohort, amina: Role, chipo: Role) -> None:
    for _each in range(2):
        enrol(UserFactory().person, invited.course, cohort=invited)
    answer = amina.client.post(LINK, {"country": "MX"}, follow=True)
    assert JoinRequest.objects.get().state == "waiting"
    assert "Grupo G-INV" in words(answer)
    key = JoinRequest.objects.get().key
    assert chipo.client.post(f"/aprender/solicitud/{key}/retirar/").status_code == 404
    amina.client.post(f"/aprender/solicitud/{key}/retirar/")
    assert JoinRequest.objects.get().state == "withdrawn"


def test_who_opens_the_link_of_a_full_group_is_told_how_many_wait(
    invited: Cohort, client: Client, amina: Role, chipo: Role
) -> None:
    for _each in range(2):
        enrol(UserFactory().person, invited.course, cohort=invited)
    assert "el primer lugar libre es tuyo" in words(client.get(LINK))
    for role in (amina, chipo):
        role.client.post(LINK, {"country": "MX"})
    page = words(client.get(LINK))
    assert "2 personas esperan ya" in page
    assert "el primer lugar libre es tuyo" not in page


def test_a_visitor_reads_when_it_meets_and_not_where(invited: Cohort, client: Client, bruno: Role) -> None:
    session_of(invited, bruno.person, day=dt.date(2030, 1, 9), place="Casa del barrio 4")
    page = words(client.get(LINK))
    assert "9 de enero de 2030 · 09:00" in page
    assert "Casa del barrio" not in page


def test_the_facilitator_of_a_group_that_takes_nobody_is_given_no_link_to_send(
    invited: Cohort, bruno: Role
) -> None:
    address = f"/aprender/grupos/{invited.key}/enlace/"
    assert "TURNO749" in words(bruno.client.get(address))
    Cohort.objects.filter(pk=invited.pk).update(cancelled_at=timezone.now())
    page = words(bruno.client.get(address))
    assert "TURNO749" not in page
    assert "se canceló" in page


def test_a_cancelled_group_and_an_expired_code_let_nobody_in(invited: Cohort, amina: Role) -> None:
    Cohort.objects.filter(pk=invited.pk).update(cancelled_at=timezone.now())
    assert amina.client.get(LINK).status_code == 200
    assert amina.client.post(LINK, {"country": "MX"}).status_code == 409
    EnrolmentCode.objects.update(valid_until=dt.date(2020, 1, 1))
    assert amina.client.post(LINK, {"country": "MX"}).status_code == 410
    assert amina.client.get(f"{LINK}qr.svg").status_code == 404
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("code", ["NADIE234", "x", "ÑÑÑÑ", "%00", "a" * 300])
def test_a_code_that_nobody_has_is_not_found(db: Any, client: Client, code: str) -> None:
    assert client.get(f"/e/{code}/").status_code == 404


def test_who_guesses_is_asked_to_wait_and_learns_nothing_then(invited: Cohort, client: Client) -> None:
    for number in range(60):
        client.get(f"/e/GUESS{number:03}/")
    answer = client.get(LINK)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Grupo G-INV" not in words(answer)


def test_a_classroom_behind_one_address_is_not_counted(invited: Cohort, client: Client) -> None:
    for _each in range(80):
        assert client.get(LINK).status_code == 200


def test_the_picture_carries_the_link(invited: Cohort, client: Client) -> None:
    answer = client.get(f"{LINK}qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert words(answer).startswith("<svg")
    assert "style=" not in words(answer)


def test_a_form_from_another_site_joins_nobody(invited: Cohort, amina: Role) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=amina.user.pk))
    assert strict.post(LINK, {"country": "MX"}).status_code == 403
