"""Signing up: one form, an e-mail or a number, a password and a country; the rest can wait."""

from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.identifiers import Identifier, Kind
from accounts.models import Consent, Person, User
from tests.factories.accounts import SECRET, UserFactory

SIGN_UP = "/cuenta/crear/"


def test_amina_signs_up_by_email_and_is_in_at_once(client: Client, form: dict) -> None:
    answer = client.post(SIGN_UP, form)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("learning:home")
    user = User.objects.get(email="amina@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.person.country_id == "MX"
    assert user.person.adult_confirmed_at is not None
    assert user.check_password(SECRET)


def test_she_gets_a_mail_but_need_not_answer_it(client: Client, form: dict) -> None:
    client.post(SIGN_UP, form)
    assert [message.to for message in mail.outbox] == [["amina@example.org"]]
    assert "/cuenta/correo/confirmar/" in mail.outbox[0].body
    assert client.get("/aprender/").status_code == 200


def test_the_link_in_the_mail_confirms_the_address(client: Client, form: dict) -> None:
    client.post(SIGN_UP, form)
    path = "/cuenta" + mail.outbox[0].body.split("/cuenta", 1)[1].split()[0]
    assert client.get(path).status_code == 200
    client.post(path)
    assert User.objects.get().emailaddress_set.get().verified


def test_a_mail_server_that_does_not_answer_stops_nobody(
    client: Client, form: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    assert client.post(SIGN_UP, form).status_code == 302
    assert User.objects.filter(email="amina@example.org").exists()


@pytest.mark.parametrize(
    ("code", "typed", "kept"),
    [
        ("MX", "55 1234 5678", "+525512345678"),
        ("MX", "+52 1 55 1234-5678", "+525512345678"),
        ("GT", "5555-1234", "+50255551234"),
        ("HN", "(504) 9999 1234", "+50499991234"),
        ("SV", "00503 7777 1234", "+50377771234"),
        ("SV", "+502 5555 1234", "+50255551234"),
    ],
)
def test_a_number_is_kept_one_way_however_it_was_typed(
    client: Client, form: dict, code: str, typed: str, kept: str
) -> None:
    assert client.post(SIGN_UP, {**form, "identifier": typed, "country": code}).status_code == 302
    assert User.objects.get().phone == kept
    assert mail.outbox == []


def test_the_consent_is_kept_with_the_version_of_the_notice(
    client: Client, form: dict, settings: Any
) -> None:
    client.post(SIGN_UP, form)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.notice_version) == ("courses", settings.SENDA_NOTICE_VERSION)


@pytest.mark.parametrize("missing", ["adult", "notice", "country", "password1", "identifier"])
def test_without_one_of_the_five_nothing_is_kept(client: Client, form: dict, missing: str) -> None:
    del form[missing]
    answer = client.post(SIGN_UP, form)
    assert answer.status_code == 400
    assert missing in answer.context["form"].errors
    assert (User.objects.count(), Person.objects.count(), Consent.objects.count()) == (0, 0, 0)


def test_who_is_under_18_is_told_kindly_and_in_words(client: Client, form: dict) -> None:
    del form["adult"]
    page = client.post(SIGN_UP, form).content.decode()
    assert "gracias" in page or "thank you" in page
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        "amina@",
        "amina",
        "12345",
        "5512345",
        "+52 55",
        "a\x00b@example.org",
        "@",
        "x" * 400,
        "+999999999999999999",
    ],
)
def test_what_is_no_identifier_gets_words_and_keeps_the_rest(client: Client, form: dict, typed: str) -> None:
    answer = client.post(SIGN_UP, {**form, "identifier": typed})
    assert answer.status_code == 400
    assert "identifier" in answer.context["form"].errors
    assert answer.context["form"]["country"].value() == "MX"
    assert User.objects.count() == 0


@pytest.mark.parametrize("weak", ["corta", "12345678", "password", "amina@example.org", ""])
def test_a_password_that_anybody_would_guess_is_refused(client: Client, form: dict, weak: str) -> None:
    answer = client.post(SIGN_UP, {**form, "password1": weak})
    assert answer.status_code == 400
    assert "password1" in answer.context["form"].errors


def test_the_password_is_never_sent_back(client: Client, form: dict) -> None:
    answer = client.post(SIGN_UP, {**form, "identifier": "amina"})
    assert SECRET not in answer.content.decode()


def test_an_address_in_use_is_said_to_be_so(client: Client, form: dict, amina: User) -> None:
    answer = client.post(
        SIGN_UP, {**form, "identifier": "AMINA@example.org", "password1": "otra frase muy distinta"}
    )
    assert answer.status_code == 400
    assert "identifier" in answer.context["form"].errors
    assert User.objects.count() == 1


def test_the_same_number_typed_another_way_is_the_same(client: Client, form: dict) -> None:
    UserFactory(phone="+50255551234")
    answer = client.post(
        SIGN_UP, {**form, "identifier": "5555 1234", "country": "GT", "password1": "otra frase muy rara"}
    )
    assert answer.status_code == 400
    assert User.objects.count() == 1


def test_two_clicks_make_one_account_and_let_her_in(client: Client, form: dict) -> None:
    first, second = Client(), Client()
    first.post(SIGN_UP, form)
    answer = second.post(SIGN_UP, form)
    assert answer["Location"] == reverse("learning:home")
    assert User.objects.count() == 1
    assert second.session["_auth_user_id"] == first.session["_auth_user_id"]


def test_signing_up_is_no_side_door_for_guessing(form: dict, amina: User) -> None:
    for guess in range(5):
        Client().post(SIGN_UP, {**form, "password1": f"una frase cualquiera {guess}"})
    assert Client().post(SIGN_UP, {**form, "password1": SECRET}).status_code == 429
    assert (
        Client().post("/cuenta/entrar/", {"login": "amina@example.org", "password": SECRET}).status_code
        == 429
    )


def test_whoever_tries_addresses_learns_of_ten_and_then_of_none(client: Client, form: dict) -> None:
    """Who is told nothing any more is not told either whether the next one has an account."""
    for number in range(11):
        UserFactory(email=f"p{number}@example.org")
    for number in range(10):
        tried = form | {"identifier": f"p{number}@example.org", "password1": "esto no es suyo"}
        assert client.post(SIGN_UP, tried).status_code == 400
    for address in ("p10@example.org", "nadie@example.org"):
        held = Client().post(SIGN_UP, form | {"identifier": address, "password1": "esto no es suyo"})
        assert held.status_code == 429
        assert int(held["Retry-After"]) <= 3600


def test_who_tries_her_own_address_again_and_again_is_counted_once(
    client: Client, form: dict, amina: User
) -> None:
    for _try in range(4):
        client.post(SIGN_UP, form | {"identifier": amina.email, "password1": "esto no es suyo"})
    assert Client().post(SIGN_UP, form | {"identifier": "otra@example.org"}).status_code == 302


def test_hidden_fields_cannot_make_an_administrator(client: Client, form: dict) -> None:
    client.post(
        SIGN_UP,
        {**form, "is_staff": "on", "is_superuser": "1", "person": "1", "has_pin": "on", "username": "x"},
    )
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.has_pin) == (False, False, False)
    assert user.username != "x"


def test_a_country_that_does_not_exist_is_refused(client: Client, form: dict) -> None:
    assert client.post(SIGN_UP, {**form, "country": "ZZ"}).status_code == 400


def test_who_is_signed_in_is_led_on(client: Client, amina: User) -> None:
    client.force_login(amina)
    for address in (SIGN_UP, "/cuenta/entrar/"):
        assert client.get(address)["Location"] == reverse("learning:home")
        assert client.get(f"{address}?next=/aprender/registro/")["Location"] == "/aprender/registro/"


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_led_to_another_site(client: Client, form: dict, place: str) -> None:
    assert client.post(SIGN_UP, {**form, "next": place})["Location"] == reverse("learning:home")


def test_she_goes_on_where_she_wanted_to(client: Client, form: dict) -> None:
    assert client.post(SIGN_UP, {**form, "next": "/aprender/registro/"})["Location"] == "/aprender/registro/"


def test_no_greeting_with_a_name_is_shown(client: Client, form: dict) -> None:
    answer = client.post(SIGN_UP, form)
    assert not [
        str(message)
        for message in get_messages(answer.wsgi_request)
        if "amina" in str(message).lower() and "@" not in str(message)
    ]


def test_twenty_five_people_in_one_room_sign_up_and_in_within_five_minutes(
    countries: dict, form: dict
) -> None:
    for seat in range(25):
        person = Client(REMOTE_ADDR="203.0.113.7")
        typed = {**form, "identifier": f"55 1234 56{seat:02}"}
        assert person.post(SIGN_UP, {**typed, "password1": "corta"}).status_code == 400
        assert person.post(SIGN_UP, typed).status_code == 302
        person.post("/cuenta/salir/")
        slip = person.post("/cuenta/entrar/", {"login": typed["identifier"], "password": "me equivoqué"})
        assert slip.status_code == 400
        back = person.post("/cuenta/entrar/", {"login": typed["identifier"], "password": SECRET})
        assert back.status_code == 302
    assert User.objects.count() == 25


def test_a_machine_that_signs_up_hundreds_is_asked_to_wait(client: Client, form: dict) -> None:
    for number in range(150):
        client.post(SIGN_UP, {"identifier": str(number)})
    answer = client.post(SIGN_UP, form)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    page = answer.content.decode()
    assert "amina@example.org" in page
    assert SECRET not in page
    assert User.objects.count() == 0


def test_no_secret_is_hashed_while_everybody_else_waits_to_write(
    monkeypatch: pytest.MonkeyPatch, countries: dict, bruno: User, farid: User, group_of_bruno: list
) -> None:
    """SQLite has one writer: with hashing inside the transaction, 25 people at once read «database is locked»."""
    depth, seen = len(connection.savepoint_ids), []

    def watch(secret: str) -> str:
        seen.append(len(connection.savepoint_ids))
        return hashers.make_password(secret)

    monkeypatch.setattr("accounts.services.make_password", watch)
    named = Identifier(Kind.PHONE, "+525512345678")
    services.sign_up(identifier=named, secret=SECRET, country=countries["MX"], adult=True, notice_version="1")
    services.hand_out_login(country=countries["HN"], by=bruno.person)
    services.reset_pin(user=farid, by=bruno.person)
    assert seen == [depth] * 3
