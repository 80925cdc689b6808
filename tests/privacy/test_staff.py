"""Elena answers what people ask, in time, and erases only whom she may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Permission

from accounts import asking, erasing
from accounts.models import DataRequest, Erasure, User
from tests.conftest import Role

DESK = "/admin/solicitudes/"


@pytest.fixture
def desk(elena: Role, db: None) -> Role:
    for name in ("answer_data_request", "erase_person", "access_admin"):
        elena.user.user_permissions.add(Permission.objects.get(codename=name))
    return elena


def test_what_waits_is_listed_and_what_is_late_says_so(desk: Role, amina: Role, dalia: Role) -> None:
    late = asking.ask(person=amina.person, kind="correction", about="birth_year", wish="1990")
    DataRequest.objects.filter(pk=late.pk).update(
        due_on=dt.datetime.now(dt.UTC).date() - dt.timedelta(days=3)
    )
    asking.ask(person=dalia.person, kind="objection", about="other", wish="No quiero.")
    asking.write_down_download(person=amina.person)
    page = desk.client.get(DESK).content.decode()
    assert page.index("Amina") < page.index("Dalia")
    assert page.count(f"{DESK}responder/") == 2


def test_elena_answers_and_amina_reads_it(desk: Role, amina: Role) -> None:
    asked = asking.ask(person=amina.person, kind="correction", about="birth_year", wish="1990")
    address = f"{DESK}responder/{asked.pk}/"
    assert desk.client.post(address, {"done": "yes", "words": ""}).status_code == 422
    assert desk.client.post(address, {"done": "no", "words": "Falta un dato."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.closed_by) == ("refused", desk.person)
    assert "Falta un dato." in amina.client.get("/cuenta/privacidad/").content.decode()


def test_a_request_by_telephone_is_written_down_and_done(desk: Role, amina: Role) -> None:
    wrong = {"who": "nadie@senda.example", "kind": "erasure"}
    assert desk.client.post(f"{DESK}anotar/", wrong).status_code == 422
    made = desk.client.post(f"{DESK}anotar/", {"who": "AMINA@senda.example", "kind": "erasure"})
    asked = DataRequest.objects.get()
    assert (made["Location"], asked.asked_by) == (f"{DESK}responder/{asked.pk}/", desk.person)
    desk.client.post(made["Location"], {"erase": "1"})
    assert not Erasure.objects.exists()
    desk.client.post(made["Location"], {"erase": "1", "sure": "on"})
    assert Erasure.objects.get().erased_by == desk.person
    assert desk.client.get(made["Location"]).status_code == 200


def test_nobody_is_erased_by_a_request_for_something_else(desk: Role, amina: Role) -> None:
    asked = asking.ask(person=amina.person, kind="correction", about="other", wish="x")
    desk.client.post(f"{DESK}responder/{asked.pk}/", {"erase": "1", "sure": "on"})
    assert not Erasure.objects.exists()


def test_an_administrator_is_erased_by_an_administrator_alone(desk: Role, amina: Role, bruno: Role) -> None:
    User.objects.filter(pk__in=[amina.user.pk, bruno.user.pk]).update(is_superuser=True)
    with pytest.raises(erasing.ErasureRefused):
        erasing.erase(person=amina.person, by=desk.person)
    erasing.erase(person=amina.person, by=bruno.person)
    assert amina.person.erased_at is not None


def test_others_of_the_staff_find_no_such_page(elena: Role, amina: Role) -> None:
    elena.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    asked = asking.ask(person=amina.person, kind="erasure")
    assert elena.client.get(f"{DESK}responder/{asked.pk}/").status_code == 404
    assert elena.client.post(f"{DESK}responder/{asked.pk}/", {"erase": "1", "sure": "on"}).status_code == 404
    assert elena.client.get(f"{DESK}anotar/").status_code == 404
    assert not Erasure.objects.exists()
