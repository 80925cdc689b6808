"""Who sees what, what a person allows, and everything that is kept of her."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts import consents, privacy, services
from accounts.models import Consent, Person, User
from institutions import employer
from institutions.models import Institution, Membership, MembershipRole
from tests.factories.accounts import UserFactory

PRIVACY = "/cuenta/privacidad/"
ALLOW = "/cuenta/privacidad/permiso/"


@pytest.fixture(autouse=True)
def these_rooms_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rooms above add is theirs to test."""
    kept = {name: part for name, part in privacy._parts.items() if name in ("accounts", "institutions")}
    monkeypatch.setattr(privacy, "_parts", kept)


@pytest.fixture
def desk(amina: User) -> Client:
    client = Client()
    client.force_login(amina)
    return client


def test_anybody_may_read_who_sees_what(client: Client, countries: dict) -> None:
    answer = client.get(PRIVACY)
    assert answer.status_code == 200
    assert answer.context["screen"].choices is None


def test_amina_allows_her_institution_to_know_and_takes_it_back(
    desk: Client, amina: User, settings: Any
) -> None:
    for _click in range(2):
        desk.post(ALLOW, {"purpose": "share_employer", "answer": "yes"})
    consent = Consent.objects.get(person=amina.person)
    assert (consent.notice_version, consent.withdrawn_at) == (settings.SENDA_NOTICE_VERSION, None)
    for _click in range(2):
        assert desk.post(ALLOW, {"purpose": "share_employer", "answer": "no"}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    desk.post(ALLOW, {"purpose": "share_employer", "answer": "yes"})
    assert Consent.objects.filter(person=amina.person).count() == 2


@pytest.mark.parametrize("purpose", ["courses", "everything", ""])
def test_only_voluntary_purposes_can_be_answered(desk: Client, purpose: str) -> None:
    assert desk.post(ALLOW, {"purpose": purpose, "answer": "no"}).status_code == 400


def test_permissions_are_given_by_a_form_only(desk: Client, client: Client) -> None:
    assert desk.get(ALLOW).status_code == 405
    assert client.post(ALLOW, {"purpose": "share_employer", "answer": "yes"}).status_code == 302
    assert Consent.objects.count() == 0


def test_amina_downloads_everything_in_readable_letters(desk: Client, amina: User) -> None:
    Person.objects.filter(pk=amina.person_id).update(certificate_name="Amina Ñuflo")
    answer = desk.get("/cuenta/mis-datos/descargar/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Ñuflo" in answer.content.decode()
    data = json.loads(answer.content)
    assert data["accounts"]["certificate_name"] == "Amina Ñuflo"
    assert data["accounts"]["sign_in"]["email"] == "amina@example.org"
    assert "password" not in answer.content.decode()


def test_she_reads_the_same_on_a_page(desk: Client, amina: User) -> None:
    consents.give(person=amina.person, purpose="follow_up", notice_version="1")
    page = desk.get("/cuenta/mis-datos/").content.decode()
    assert "amina@example.org" in page


def test_every_rooms_part_is_in_the_file(desk: Client) -> None:
    privacy.register("notebook", lambda person: {"pages": [1, None], "open": True}, lambda person: None)
    assert json.loads(desk.get("/cuenta/mis-datos/descargar/").content)["notebook"] == {
        "pages": [1, None],
        "open": True,
    }
    assert desk.get("/cuenta/mis-datos/").status_code == 200


def test_a_persons_file_holds_nobody_elses_data(desk: Client, bruno: User, farid: User) -> None:
    page = desk.get("/cuenta/mis-datos/descargar/").content.decode()
    assert "bruno@example.org" not in page
    assert "FARX" not in page


def test_who_is_forgotten_leaves_a_key_and_no_name(amina: User) -> None:
    key = amina.person.key
    consents.give(person=amina.person, purpose="share_employer", notice_version="1")
    privacy.erase_person(amina.person)
    person = Person.objects.get(key=key)
    amina.refresh_from_db()
    assert (person.certificate_name, person.display_name) == ("", "")
    assert person.erased_at is not None
    assert (amina.email, amina.phone, amina.is_active, amina.has_usable_password()) == ("", "", False, False)
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()


# Who employs whom --------------------------------------------------------------------------------------------------


@pytest.fixture
def hospital(countries: dict) -> Institution:
    return Institution.objects.create(name="Hospital del Río", type="public", country=countries["MX"])


def works(user: User, institution: Institution, role: str = MembershipRole.MEMBER, **more: Any) -> None:
    Membership.objects.create(
        person=user.person, institution=institution, role=role, starts_on="2026-01-01", **more
    )


def test_chipo_speaks_for_the_hospital_where_amina_works(
    amina: User, chipo: User, hospital: Institution
) -> None:
    works(amina, hospital)
    works(chipo, hospital, MembershipRole.FOCAL_POINT)
    assert employer.employs(chipo.person, amina.person)
    assert not employer.employs(amina.person, chipo.person)


def test_who_speaks_for_the_ministry_speaks_for_its_hospitals(
    amina: User, chipo: User, hospital: Institution
) -> None:
    ministry = Institution.objects.create(name="Secretaría", type="public", country=hospital.country)
    Institution.objects.filter(pk=hospital.pk).update(parent=ministry)
    works(amina, hospital)
    works(chipo, ministry, MembershipRole.FOCAL_POINT)
    assert employer.employs(chipo.person, amina.person)


@pytest.mark.parametrize("end", ["hers", "his", "refused"])
def test_what_has_ended_or_was_refused_employs_nobody(
    amina: User, chipo: User, hospital: Institution, end: str
) -> None:
    works(
        amina,
        hospital,
        ends_on="2026-02-01" if end == "hers" else None,
        state="refused" if end == "refused" else "claimed",
        refusal="left" if end == "refused" else "",
    )
    works(chipo, hospital, MembershipRole.FOCAL_POINT, ends_on="2026-02-01" if end == "his" else None)
    assert not employer.employs(chipo.person, amina.person)


def test_dalia_of_another_institution_does_not(amina: User, hospital: Institution) -> None:
    dalia = UserFactory(email="dalia@example.org")
    other = Institution.objects.create(name="Otra casa", type="ngo", country=hospital.country)
    works(amina, hospital)
    works(dalia, other, MembershipRole.FOCAL_POINT)
    assert not employer.employs(dalia.person, amina.person)


def test_a_code_handed_out_for_an_institution_makes_its_holder_a_member(
    group_of_bruno: list, bruno: User, hospital: Institution
) -> None:
    user, _pin = services.hand_out_login(country=hospital.country, by=bruno.person, institution=hospital)
    assert Membership.objects.get(person=user.person).institution == hospital
