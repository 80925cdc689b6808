"""Signing in: one field for whatever a person has, and no way to guess it."""

from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PIN, SECRET, UserFactory

SIGN_IN = "/cuenta/entrar/"
HOME = "/aprender/"


@pytest.mark.parametrize("typed", ["amina@example.org", " AMINA@Example.org ", "Amina@example.ORG"])
def test_amina_signs_in_by_email(client: Client, amina: User, sign_in: Any, typed: str) -> None:
    assert sign_in(client, typed)["Location"] == HOME


@pytest.mark.parametrize("typed", ["FARX-DQ34", "farxdq34", "farx dq34", " FARXDQ34 "])
def test_farid_signs_in_by_code_however_he_types_it(
    client: Client, farid: User, sign_in: Any, typed: str
) -> None:
    assert sign_in(client, typed, PIN)["Location"] == HOME


@pytest.mark.parametrize("typed", ["5555 1234", "+502 5555-1234", "50255551234", "00502 5555 1234"])
def test_a_number_is_found_with_and_without_its_prefix(
    client: Client, countries: dict, sign_in: Any, typed: str
) -> None:
    UserFactory(phone="+50255551234")
    assert sign_in(client, typed)["Location"] == HOME


def test_two_countries_share_a_number_and_each_gets_in_by_her_own_password(
    countries: dict, sign_in: Any
) -> None:
    one, other = (
        UserFactory(phone="+50255551234"),
        UserFactory(phone="+50455551234", password="otra frase larga"),
    )
    first, second = Client(), Client()
    sign_in(first, "55551234")
    sign_in(second, "55551234", "otra frase larga")
    assert first.session["_auth_user_id"] == str(one.pk)
    assert second.session["_auth_user_id"] == str(other.pk)


def test_unknown_and_wrong_get_the_same_words(client: Client, amina: User, sign_in: Any) -> None:
    wrong = sign_in(client, "amina@example.org", "no es esta")
    unknown = sign_in(client, "nadie@example.org", "no es esta")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


@pytest.mark.parametrize("typed", ["", " ", "\x00", "x" * 500, "' OR 1=1 --", "+", "@@", "١٢٣٤٥٦٧٨"])
def test_nonsense_is_answered_calmly(client: Client, countries: dict, sign_in: Any, typed: str) -> None:
    assert sign_in(client, typed, "x").status_code == 400


def test_a_pin_cannot_be_guessed_from_any_number_of_addresses(farid: User, sign_in: Any) -> None:
    for guess in range(5):
        assert (
            sign_in(Client(REMOTE_ADDR=f"203.0.113.{guess}"), "FARXDQ34", f"00000{guess}").status_code == 400
        )
    answer = sign_in(Client(REMOTE_ADDR="198.51.100.9"), "farx-dq34", PIN)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert "FARX" in answer.content.decode().upper()
    assert PIN not in answer.content.decode()


def test_after_a_quarter_of_an_hour_farid_may_try_again(farid: User, sign_in: Any) -> None:
    with time_machine.travel("2026-11-02T20:00:00Z", tick=False) as clock:
        for guess in range(5):
            sign_in(Client(), "FARXDQ34", f"11111{guess}")
        assert sign_in(Client(), "FARXDQ34", PIN).status_code == 429
        clock.shift(15 * 60 + 1)
        assert sign_in(Client(), "FARXDQ34", PIN).status_code == 302


def test_a_pin_takes_at_most_twenty_guesses_a_day(farid: User, sign_in: Any) -> None:
    with time_machine.travel("2026-11-02T00:00:00Z", tick=False) as clock:
        answers = []
        for _round in range(6):
            answers += [sign_in(Client(), "FARXDQ34", "222222").status_code for _guess in range(5)]
            clock.shift(16 * 60)
        assert answers.count(400) == 20
        assert sign_in(Client(), "FARXDQ34", PIN).status_code == 429


def test_right_ones_are_not_counted(farid: User, sign_in: Any) -> None:
    for _day in range(30):
        assert sign_in(Client(), "FARXDQ34", PIN).status_code == 302


def test_a_right_one_does_not_wipe_out_the_wrong_ones(farid: User, sign_in: Any) -> None:
    for guess in range(4):
        sign_in(Client(), "FARXDQ34", f"33333{guess}")
    sign_in(Client(), "FARXDQ34", PIN)
    sign_in(Client(), "FARXDQ34", "444444")
    assert sign_in(Client(), "FARXDQ34", PIN).status_code == 429


def test_the_count_tells_nobody_which_accounts_exist(amina: User, sign_in: Any) -> None:
    UserFactory(phone="+50255551234")
    for typed in ("55551234", "+502 5555 1234", "77771234", "+502 7777 1234"):
        sign_in(Client(), typed, "no es esta")
    known = [sign_in(Client(), spelling, "no").status_code for spelling in ("55551234", "+50255551234") * 3]
    unknown = [sign_in(Client(), spelling, "no").status_code for spelling in ("77771234", "+50277771234") * 3]
    assert known == unknown


def test_a_neighbour_in_the_room_is_not_held_up_by_farids_slips(
    farid: User, amina: User, sign_in: Any
) -> None:
    for guess in range(6):
        sign_in(Client(REMOTE_ADDR="203.0.113.7"), "FARXDQ34", f"55555{guess}")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.7"), "amina@example.org").status_code == 302


def test_identifiers_are_not_legible_in_the_cache(farid: User, sign_in: Any) -> None:
    sign_in(Client(), "FARXDQ34", "666666")
    assert caches["shared"]._cache
    assert not [key for key in caches["shared"]._cache if "FARX" in key.upper()]


def test_a_closed_account_is_told_so(client: Client, amina: User, sign_in: Any) -> None:
    User.objects.filter(pk=amina.pk).update(is_active=False)
    assert sign_in(client, "amina@example.org")["Location"] == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200


def test_she_comes_back_to_where_she_wanted_to_go(client: Client, amina: User, sign_in: Any) -> None:
    page = client.get("/aprender/registro/")
    assert page["Location"] == f"{SIGN_IN}?next=/aprender/registro/"
    assert (
        sign_in(client, "amina@example.org", next="/aprender/registro/")["Location"] == "/aprender/registro/"
    )


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "http:evil.example", "/\\evil.example"]
)
def test_nobody_is_led_to_another_site(client: Client, amina: User, sign_in: Any, place: str) -> None:
    assert sign_in(client, "amina@example.org", next=place)["Location"] == HOME


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(
    client: Client, amina: User, sign_in: Any
) -> None:
    lost = client.post(
        "/aprender/respuesta/", {"a": 1}, headers={"referer": "http://testserver/prueba/7/?n=2"}
    )
    assert lost["Location"] == f"{SIGN_IN}?next=%2Fprueba%2F7%2F%3Fn%3D2&ended=1"
    page = client.get(lost["Location"])
    assert page.context["session_ended"]
    assert page.context["redirect_field_value"] == "/prueba/7/?n=2"


@pytest.mark.parametrize("referer", ["https://evil.example/x", "", "javascript:alert(1)"])
def test_a_foreign_page_is_nobodys_way_back(client: Client, countries: dict, referer: str) -> None:
    lost = client.post("/aprender/respuesta/", {}, headers={"referer": referer} if referer else {})
    assert lost["Location"] == f"{SIGN_IN}?next=%2F&ended=1"


def test_her_language_is_set_unless_the_browser_has_one(client: Client, amina: User, sign_in: Any) -> None:
    amina.person.language = "fr"
    amina.person.save(update_fields=["language"])
    assert sign_in(client, "amina@example.org").cookies["senda_language"].value == "fr"
    other = Client()
    other.cookies["senda_language"] = "en"
    assert "senda_language" not in sign_in(other, "amina@example.org").cookies


def test_signing_out_takes_a_click_and_ends_the_session(client: Client, amina: User) -> None:
    client.force_login(amina)
    assert client.get("/cuenta/salir/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/cuenta/salir/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_createsuperuser_makes_an_administrator_who_signs_in(
    client: Client, countries: dict, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", SECRET)
    call_command("createsuperuser", username="elena", interactive=False, verbosity=0)
    user = User.objects.get(username="elena")
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert sign_in(client, "elena").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_an_administrator_who_gives_her_email_gets_mail(
    client: Client, countries: dict, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", SECRET)
    call_command("createsuperuser", username="Elena@example.org", interactive=False, verbosity=0)
    assert User.objects.get(email="elena@example.org").is_superuser
    assert sign_in(client, "elena@example.org").status_code == 302
