"""Amina asks for what she cannot change by herself, is answered in time, and takes her data with her."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission

from accounts import asking, deadlines, erasing
from accounts.models import DataRequest, Erasure, User
from tests.conftest import Role
from tests.factories.accounts import SECRET

PAGE = "/cuenta/privacidad/"
ASK = "/cuenta/privacidad/pedir/"
ERASE = "/cuenta/mis-datos/borrar/"
WISH = {"kind": "correction", "about": "certificate_name", "wish": "Me falta un apellido."}


@pytest.fixture
def answers(elena: Role) -> Role:
    for name in ("answer_data_request", "erase_person"):
        elena.user.user_permissions.add(Permission.objects.get(codename=name))
    return elena


@pytest.mark.parametrize(
    ("country", "asked", "due"),
    [
        ("MX", dt.date(2026, 11, 2), dt.date(2026, 11, 30)),
        ("SV", dt.date(2026, 11, 7), dt.date(2026, 12, 4)),
        ("GT", dt.date(2026, 11, 2), dt.date(2026, 12, 2)),
        ("HN", dt.date(2027, 1, 31), dt.date(2027, 2, 28)),
        ("", dt.date(2026, 12, 15), dt.date(2027, 1, 15)),
        ("MX", dt.date(2027, 2, 1), dt.date(2027, 3, 1)),
    ],
)
def test_the_sooner_of_a_month_and_twenty_working_days(country: str, asked: dt.date, due: dt.date) -> None:
    assert deadlines.due(asked_on=asked, country=country) == due


@time_machine.travel("2026-11-02T18:00:00Z", tick=False)
def test_amina_asks_and_reads_by_when(amina: Role) -> None:
    assert amina.client.post(ASK, WISH).status_code == 302
    page = amina.client.get(PAGE)
    (asked,) = page.context["screen"].requests
    assert (asked.due_on, asked.open, asked.overdue) == (dt.date(2026, 11, 30), True, False)


def test_what_is_late_is_said(amina: Role) -> None:
    with time_machine.travel("2026-11-02T18:00:00Z", tick=False):
        asking.ask(person=amina.person, **WISH)
    with time_machine.travel("2026-12-01T18:00:00Z", tick=False):
        assert amina.client.get(PAGE).context["screen"].requests[0].overdue
        assert DataRequest.objects.overdue(dt.date(2026, 12, 1)).count() == 1
        assert not DataRequest.objects.overdue(dt.date(2026, 11, 30)).exists()


def test_the_same_asked_twice_is_one_request(amina: Role) -> None:
    first = asking.ask(person=amina.person, **WISH)
    again = asking.ask(person=amina.person, **WISH | {"wish": "Dos apellidos."})
    assert (again.pk, again.wish) == (first.pk, "Dos apellidos.")


def test_only_who_may_answers_and_once(amina: Role, bruno: Role, answers: Role) -> None:
    asked = asking.ask(person=amina.person, **WISH)
    with pytest.raises(asking.AnswerRefused) as refusal:
        asking.answer(request=asked, done=True, words="Hecho.", by=bruno.person)
    assert refusal.value.reason == asking.Reason.NOT_YOURS
    with pytest.raises(asking.AnswerRefused):
        asking.answer(request=asked, done=True, words="  ", by=answers.person)
    asking.answer(request=asked, done=True, words="Hecho.", by=answers.person)
    with pytest.raises(asking.AnswerRefused) as refusal:
        asking.answer(request=asked, done=False, words="No.", by=answers.person)
    assert refusal.value.reason == asking.Reason.CLOSED
    assert "Hecho." in amina.client.get(PAGE).content.decode()


def test_she_takes_back_her_own_and_nobody_elses(amina: Role, dalia: Role) -> None:
    asked = asking.ask(person=amina.person, **WISH)
    address = f"/cuenta/privacidad/pedido/{asked.key}/retirar/"
    assert dalia.client.post(address).status_code == 404
    assert amina.client.post(address).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "taken_back"


@pytest.mark.parametrize("field", ["about", "wish", "kind"])
def test_an_empty_request_is_refused(amina: Role, field: str) -> None:
    assert amina.client.post(ASK, WISH | {field: ""}).status_code == 400


def test_a_download_is_written_down_and_limited(amina: Role) -> None:
    for _click in range(3):
        assert amina.client.get("/cuenta/mis-datos/descargar/").status_code == 200
        readable = amina.client.get("/cuenta/mis-datos/descargar/leer/")
        assert readable["Content-Disposition"] == 'attachment; filename="senda-mis-datos.html"'
    late = amina.client.get("/cuenta/mis-datos/descargar/")
    assert (late.status_code, int(late["Retry-After"]) > 0) == (429, True)
    assert DataRequest.objects.filter(kind="access", state="done").count() == 6
    assert amina.client.get(PAGE).context["screen"].requests == []


def test_the_readable_file_holds_nobody_elses_data(amina: Role, bruno: Role) -> None:
    text = amina.client.get("/cuenta/mis-datos/descargar/leer/").content.decode()
    assert amina.user.email in text
    assert bruno.user.email not in text


def test_amina_erases_herself_with_her_secret_alone(amina: Role) -> None:
    for wrong in ({}, {"sure": "on"}, {"secret": SECRET}, {"sure": "on", "secret": "no-es"}):
        assert amina.client.post(ERASE, wrong).status_code == 400
    assert not Erasure.objects.exists()
    done = amina.client.post(ERASE, {"sure": "on", "secret": SECRET})
    assert done["Location"] == "/cuenta/borrada/"
    assert amina.client.get("/cuenta/borrada/").status_code == 200
    assert amina.client.get("/cuenta/perfil/").status_code == 302
    assert User.objects.get(pk=amina.user.pk).email == ""


def test_who_facilitates_asks_and_somebody_answers(bruno: Role, cohort: object, answers: Role) -> None:
    assert bruno.client.post(ERASE, {"sure": "on", "secret": SECRET})["Location"].startswith(PAGE)
    asked = DataRequest.objects.get()
    assert (asked.kind, asked.state) == ("erasure", "open")
    assert bruno.client.get(ERASE).context["screen"].waits_until == asked.due_on
    erasing.erase(person=bruno.person, by=answers.person, reason="Otra persona lleva el grupo.")
    asked.refresh_from_db()
    assert asked.state == "done"
    assert bruno.person.erased_at is not None
