"""Amina says no: on her page, or by the address in a mail, without signing in; nothing of that kind is sent then."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from messaging import refusals
from messaging.models import Kind, Refusal, State
from tests.messaging.conftest import states

pytestmark = pytest.mark.django_db


def path_of(person, kind=Kind.MESSAGE) -> str:
    return refusals.address_of(person, kind).removeprefix("http://127.0.0.1:8000")


def test_one_press_without_signing_in_is_enough(learns, amina, say):
    learns(amina.person)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(path_of(amina.person), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert states(say()) == {"Amina": State.REFUSED}
    assert not mail.outbox


def test_opening_the_address_changes_nothing(client, amina):
    page = client.get(path_of(amina.person))
    assert page.status_code == 200
    assert "Amina" not in page.content.decode()
    assert not Refusal.objects.exists()


def test_a_forged_address_says_no_for_nobody(client, amina, dalia):
    token = path_of(amina.person).split("/")[-2]
    for forged in (token[:-2] + "xx", "x", token.split(":")[0]):
        assert client.post(reverse("messaging:refuse", kwargs={"token": forged})).status_code == 404
    assert not Refusal.objects.exists()


def test_she_refuses_one_kind_and_goes_on_getting_the_others(learns, amina, say):
    learns(amina.person)
    refusals.refuse(person=amina.person, kind=Kind.STUCK)
    assert states(say()) == {"Amina": State.SENT}


def test_on_her_page_she_chooses_and_changes_her_mind(amina):
    url = reverse("messaging:notices")
    assert url in amina.client.get(reverse("accounts:profile")).content.decode()
    amina.client.post(url, {"wanted": [Kind.MESSAGE, Kind.SESSION]})
    assert refusals.refused(amina.person) == {Kind.NOT_STARTED, Kind.STUCK, Kind.CERTIFICATE}
    amina.client.post(url, {"wanted": Kind.values})
    assert refusals.refused(amina.person) == set()


def test_what_she_refuses_with_one_account_counts_for_both(learns, amina, say, dalia):
    """Two records that were found to be one person's."""
    learns(amina.person)
    refusals.refuse(person=amina.person, kind=Kind.MESSAGE)
    type(amina.person).objects.filter(pk=dalia.person.pk).update(canonical=amina.person)
    assert refusals.refused(dalia.person) == {Kind.MESSAGE}


def test_who_was_erased_is_not_told_of_any_more(client, amina):
    path = path_of(amina.person)
    type(amina.person).objects.filter(pk=amina.person.pk).update(erased_at="2026-01-01T00:00Z")
    assert client.get(path).status_code == 404
