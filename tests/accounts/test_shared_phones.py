"""Several people use one phone: nothing of the last one stays on it."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.factories.accounts import PIN

NOON = "2026-11-02T18:00:00Z"


@pytest.fixture
def phone(farid: User, sign_in: Any) -> Client:
    client = Client()
    assert sign_in(client, "FARX-DQ34", PIN, shared_phone="on").status_code == 302
    return client


def test_the_session_ends_with_the_browser(farid: User, sign_in: Any) -> None:
    client = Client()
    cookie = sign_in(client, "FARX-DQ34", PIN, shared_phone="on").cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""


def test_on_a_phone_of_ones_own_the_session_stays(farid: User, sign_in: Any) -> None:
    cookie = sign_in(Client(), "FARX-DQ34", PIN).cookies["sessionid"]
    assert int(cookie["max-age"]) > 7 * 24 * 60 * 60


@pytest.mark.parametrize("address", ["/aprender/", "/cuenta/perfil/", "/cuenta/privacidad/", "/no-existe/"])
def test_no_page_is_stored(phone: Client, address: str) -> None:
    assert phone.get(address)["Cache-Control"] == "no-store"


def test_the_answer_to_signing_out_is_not_stored_either(phone: Client) -> None:
    assert phone.post("/cuenta/salir/")["Cache-Control"] == "no-store"


def test_twenty_idle_minutes_sign_farid_out(farid: User, sign_in: Any) -> None:
    client = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, "FARX-DQ34", PIN, shared_phone="on")
        clock.shift(20 * 60 + 1)
        answer = client.get("/aprender/")
        assert answer["Location"].startswith("/cuenta/entrar/")
        assert answer["Cache-Control"] == "no-store"


def test_who_goes_on_learning_stays_in(farid: User, sign_in: Any) -> None:
    client = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, "FARX-DQ34", PIN, shared_phone="on")
        for _lesson in range(5):
            clock.shift(15 * 60)
            assert client.get("/aprender/").status_code == 200


def test_the_sign_in_page_names_nobody_and_asks_the_browser_to_remember_nothing(phone: Client) -> None:
    phone.post("/cuenta/salir/")
    answer = phone.get("/cuenta/entrar/")
    page = answer.content.decode()
    assert "Farid" not in page
    assert "FARX" not in page
    form = answer.context["form"]
    assert form.fields["login"].widget.attrs["autocomplete"] == "off"
    assert form.fields["password"].widget.attrs["autocomplete"] == "off"
    assert form["shared_phone"].initial


def test_unticking_makes_it_a_phone_of_ones_own_again(phone: Client, amina: User, sign_in: Any) -> None:
    phone.post("/cuenta/salir/")
    assert sign_in(phone, "amina@example.org").cookies["senda_shared_phone"].value == ""
    assert "no-store" not in phone.get("/aprender/").get("Cache-Control", "")


def test_who_signs_up_on_a_shared_phone_has_a_short_session_too(phone: Client, form: dict) -> None:
    phone.post("/cuenta/salir/")
    assert phone.post("/cuenta/crear/", form).cookies["sessionid"]["max-age"] == ""
    assert phone.get("/aprender/")["Cache-Control"] == "no-store"
