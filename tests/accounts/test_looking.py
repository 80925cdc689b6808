"""A look at a screen of people is one row: which screen, how narrowed, how many; never what somebody typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import looking
from accounts.models import Disclosure, Person, Role
from tests.factories.accounts import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return UserFactory(email="admin@example.org", is_superuser=True, person__display_name="Ada")


def asked(user: Any, query: str = "") -> HttpRequest:
    request = RequestFactory().get(f"/?{query}")
    request.user = user
    return request


def test_a_look_is_one_insert_however_many_there_are(admin: Any) -> None:
    request = asked(admin, "country=MX&q=Amina+Xol&p=2&state=open&state=done&phone=%2B50255551234&empty=")
    with CaptureQueriesContext(connection) as queries:
        looking.kept_list(request, "people", rows=50_000)
    assert len(queries) == 1
    kept = Disclosure.objects.get()
    assert (kept.what, kept.rows, kept.role) == ("people", 50_000, Role.ADMINISTRATOR)
    assert kept.narrowed == "country=MX&p=2&phone&q&state=open,done"
    assert not kept.people.exists()


def test_a_list_of_nobody_is_no_look(admin: Any) -> None:
    looking.kept_list(asked(admin), "people", rows=0)
    assert not Disclosure.objects.exists()


def test_what_is_kept_of_a_long_address_is_cut(admin: Any) -> None:
    looking.kept_list(asked(admin, "&".join(f"k{n}=x" for n in range(400))), "people", rows=1)
    assert len(Disclosure.objects.get().narrowed) == looking.NARROWED_AT_MOST


def test_one_look_a_screen_and_none_a_person(admin: Any) -> None:
    for _number in range(30):
        PersonFactory()
    client = Client()
    client.force_login(admin)
    for _time in range(2):
        client.get(reverse("personas:index_results") + "?q=nadie&country=MX")
        client.get(reverse("personas:index_results"))
    kept = Disclosure.objects.filter(what="people")
    assert kept.count() == 2
    assert {row.rows for row in kept} == {min(50, Person.objects.count())}


def test_looking_at_a_login_twice_a_day_is_one_row_and_at_ones_own_none(admin: Any) -> None:
    amina = UserFactory(email="amina@example.org", person__display_name="Amina")
    client = Client()
    client.force_login(admin)
    for user in (amina, amina, admin):
        assert client.get(reverse("wagtailusers_users:edit", args=[user.pk])).status_code == 200
    assert [row.of for row in Disclosure.objects.filter(what="logins")] == [amina.person]
    mine = Client()
    mine.force_login(amina)
    page = mine.get(reverse("accounts:who_sees")).content.decode()
    assert 'class="ledger"' in page
    assert "Ada" not in page


def test_nobody_signed_in_leaves_no_row() -> None:
    with pytest.raises(AttributeError):
        looking.kept_list(asked(AnonymousUser()), "people", rows=1)
