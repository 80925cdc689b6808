"""The profile: what certificates and reports need, said by the person herself, bit by bit."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Person, User
from accounts.queries import missing_for_completion
from institutions.models import Institution, Membership, MembershipRole, MembershipState
from tests.factories.accounts import PIN, SECRET, UserFactory

PROFILE = "/cuenta/perfil/"
CONTACT = "/cuenta/contacto/"


@pytest.fixture
def desk(amina: User) -> Client:
    client = Client()
    client.force_login(amina)
    return client


@pytest.fixture
def hospital(countries: dict) -> Institution:
    return Institution.objects.create(
        name="Hospital del Río", type="public", sector="health", country=countries["MX"]
    )


@pytest.fixture
def shelter(countries: dict) -> Institution:
    return Institution.objects.create(name="Albergue La Ceiba", type="ngo", country=countries["GT"])


@pytest.fixture
def answers() -> dict[str, Any]:
    return {
        "certificate_name": "Amina Ñuflo de la Cruz y Ángeles",
        "display_name": "Amina",
        "country": "GT",
        "sex": "unsaid",
        "age_band": "35-49",
        "position": "health",
        "language": "es",
    }


def test_amina_fills_in_what_her_certificate_needs(desk: Client, amina: User, answers: dict) -> None:
    assert desk.post(PROFILE, answers)["Location"] == PROFILE
    person = Person.objects.get(pk=amina.person_id)
    assert person.certificate_name == "Amina Ñuflo de la Cruz y Ángeles"
    assert person.country_id == "GT"
    assert missing_for_completion(person) == []


def test_the_page_says_what_is_still_missing(desk: Client, amina: User) -> None:
    assert missing_for_completion(amina.person) == ["certificate_name", "sex", "age_band", "position"]
    assert len(desk.get(PROFILE).context["screen"].missing) == 4


def test_it_may_be_filled_in_bit_by_bit(desk: Client, amina: User, answers: dict) -> None:
    assert desk.post(PROFILE, {**answers, "sex": "", "age_band": ""}).status_code == 302
    assert missing_for_completion(Person.objects.get(pk=amina.person_id)) == ["sex", "age_band"]


@pytest.mark.parametrize("name", ["Ñ" * 160, "Xóchitl Itzel", "O’Brien-Łukasz", "李娜", "  María   José  "])
def test_names_are_kept_whole(desk: Client, amina: User, answers: dict, name: str) -> None:
    desk.post(PROFILE, {**answers, "certificate_name": name})
    assert Person.objects.get(pk=amina.person_id).certificate_name == " ".join(name.split())


@pytest.mark.parametrize(
    "wrong",
    [
        {"certificate_name": "x" * 161},
        {"certificate_name": "12345"},
        {"certificate_name": "a\x00b"},
        {"display_name": "x" * 61},
        {"country": "ZZ"},
        {"country": ""},
        {"sex": "robot"},
        {"age_band": "12-17"},
        {"position": "boss"},
        {"language": "xx"},
        {"institutions_institution": "999999"},
        {"institutions_institution": "uno"},
    ],
)
def test_a_wrong_answer_saves_nothing_and_keeps_the_others_on_the_page(
    desk: Client, amina: User, answers: dict, wrong: dict
) -> None:
    answer = desk.post(PROFILE, {**answers, **wrong})
    assert answer.status_code == 400
    assert Person.objects.get(pk=amina.person_id).certificate_name == ""
    kept = "position" if "position" not in wrong else "sex"
    assert answer.context["form"][kept].value() == answers[kept]


def test_hidden_fields_change_nothing_else(
    desk: Client, amina: User, stranger: Person, answers: dict
) -> None:
    before = Person.objects.values("key", "is_demo", "created_at", "canonical_id").get(pk=amina.person_id)
    forged = {
        "id": stranger.pk,
        "pk": stranger.pk,
        "key": stranger.key,
        "canonical": stranger.pk,
        "is_demo": "on",
    }
    desk.post(PROFILE, {**answers, **forged})
    assert (
        Person.objects.values("key", "is_demo", "created_at", "canonical_id").get(pk=amina.person_id)
        == before
    )
    stranger.refresh_from_db()
    assert stranger.certificate_name == ""


def test_the_site_speaks_the_language_that_she_chose(desk: Client, answers: dict) -> None:
    assert desk.post(PROFILE, {**answers, "language": "fr"}).cookies["senda_language"].value == "fr"


def test_she_goes_back_to_her_course_but_never_to_another_site(desk: Client, answers: dict) -> None:
    assert desk.post(PROFILE, {**answers, "next": "/aprender/registro/"})["Location"] == "/aprender/registro/"
    assert desk.post(PROFILE, {**answers, "next": "https://evil.example/"})["Location"] == PROFILE


def test_without_signing_in_there_is_no_profile(client: Client, countries: dict) -> None:
    for address in (
        PROFILE,
        CONTACT,
        "/cuenta/mis-datos/",
        "/cuenta/mis-datos/descargar/",
        "/cuenta/codigos/",
    ):
        assert client.get(address)["Location"] == f"/cuenta/entrar/?next={address}"


# Where she works ---------------------------------------------------------------------------------------------------


def test_amina_says_where_she_works_and_later_that_she_moved(
    desk: Client, amina: User, answers: dict, hospital: Institution, shelter: Institution
) -> None:
    desk.post(PROFILE, {**answers, "institutions_institution": hospital.pk})
    desk.post(PROFILE, {**answers, "institutions_institution": hospital.pk})
    here = Membership.objects.get(person=amina.person)
    assert (here.institution, here.state, here.ends_on) == (hospital, MembershipState.CLAIMED, None)
    assert desk.get(PROFILE).context["form"]["institutions_institution"].value() == hospital.pk
    desk.post(PROFILE, {**answers, "institutions_institution": shelter.pk})
    here.refresh_from_db()
    assert here.ends_on is not None
    assert Membership.objects.get(person=amina.person, ends_on=None).institution == shelter
    desk.post(PROFILE, {**answers, "institutions_institution": ""})
    assert not Membership.objects.filter(person=amina.person, ends_on=None).exists()


def test_the_institutions_stand_under_their_countries(
    desk: Client, hospital: Institution, shelter: Institution
) -> None:
    page = desk.get(PROFILE).content.decode()
    assert '<optgroup label="Guatemala">' in page
    assert '<optgroup label="México">' in page


def test_a_focal_point_does_not_lose_her_post_by_saving_her_profile(
    chipo: User, answers: dict, hospital: Institution
) -> None:
    post = Membership.objects.create(
        person=chipo.person, institution=hospital, role=MembershipRole.FOCAL_POINT, starts_on="2026-01-01"
    )
    client = Client()
    client.force_login(chipo)
    client.post(PROFILE, answers)
    post.refresh_from_db()
    assert post.ends_on is None


# How she can be reached --------------------------------------------------------------------------------------------


def test_amina_changes_her_email_and_adds_a_number(desk: Client, amina: User) -> None:
    changed = {"email": "Nueva@example.org", "phone": "55 1234 5678", "secret": SECRET}
    assert desk.post(CONTACT, changed)["Location"] == PROFILE
    amina.refresh_from_db()
    assert (amina.email, amina.phone) == ("nueva@example.org", "+525512345678")
    assert [address.email for address in amina.emailaddress_set.all()] == ["nueva@example.org"]
    assert mail.outbox[0].to == ["nueva@example.org"]


def test_without_the_present_password_nothing_is_changed(desk: Client, amina: User) -> None:
    for secret in ("", "no es esta"):
        answer = desk.post(CONTACT, {"email": "evil@example.org", "phone": "", "secret": secret})
        assert answer.status_code == 400
    amina.refresh_from_db()
    assert amina.email == "amina@example.org"


def test_anothers_email_is_refused(desk: Client, amina: User, bruno: User) -> None:
    answer = desk.post(CONTACT, {"email": "bruno@example.org", "phone": "", "secret": SECRET})
    assert answer.status_code == 400
    amina.refresh_from_db()
    assert amina.email == "amina@example.org"


def test_nobody_is_left_without_a_way_in(desk: Client, farid: User) -> None:
    assert desk.post(CONTACT, {"email": "", "phone": "", "secret": SECRET}).status_code == 400
    by_code = Client()
    by_code.force_login(farid)
    assert by_code.post(CONTACT, {"email": "", "phone": "", "secret": PIN}).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"email": "amina@"}, {"phone": "123"}, {"phone": "hola"}, {"phone": "a@b.org"}]
)
def test_what_is_no_address_is_refused(desk: Client, wrong: dict) -> None:
    assert (
        desk.post(CONTACT, {"email": "a@example.org", "phone": "", "secret": SECRET, **wrong}).status_code
        == 400
    )


def test_a_link_sent_to_the_former_address_opens_nothing(desk: Client, client: Client) -> None:
    client.post("/cuenta/contrasena/olvidada/", {"email": "amina@example.org"})
    link = "/cuenta" + mail.outbox[0].body.split("/cuenta", 1)[1].split()[0]
    desk.post(CONTACT, {"email": "nueva@example.org", "phone": "", "secret": SECRET})
    assert client.get(link).context["token_fail"]


def test_two_people_cannot_take_the_same_number_at_once(countries: dict) -> None:
    UserFactory(phone="+50255551234")
    other = UserFactory(email="x@example.org")
    client = Client()
    client.force_login(other)
    answer = client.post(CONTACT, {"email": "x@example.org", "phone": "+502 5555 1234", "secret": SECRET})
    assert answer.status_code == 400


def test_amina_chooses_the_language_of_the_courses_apart(
    desk: Client, amina: User, answers: dict[str, Any]
) -> None:
    desk.cookies["senda_content"] = "fr"
    answer = desk.post(PROFILE, answers | {"language": "es", "content_language": "en"})
    assert answer.status_code == 302
    assert Person.objects.get(pk=amina.person_id).content_language == "en"
    assert answer.cookies["senda_content"].value == "", "the browser's older choice gives way"


def test_a_language_that_the_site_does_not_have_is_refused(desk: Client, answers: dict[str, Any]) -> None:
    assert desk.post(PROFILE, answers | {"content_language": "xx"}).status_code == 400
