"""Can staff look at possible duplicates, merge, say «not the same» and undo; and only where and as far as they see?"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.models import Disclosure, Duty, DutyKind, Person, PersonMerge
from common import clock
from institutions.duplicates import suggest
from institutions.models import DuplicateSuggestion, Institution, SuggestionState
from tests.conftest import Role
from tests.factories.accounts import PersonFactory, country
from tests.factories.learning import works_at

pytestmark = pytest.mark.django_db
LIST, MERGES = "/admin/duplicados/", "/admin/duplicados/uniones/"
HOW = "Me lo dijo ella por teléfono"


@pytest.fixture
def suggestion(hospital: Institution) -> DuplicateSuggestion:
    for name in ("Zoila Xol Caal", "ZOILA XOL CAAL"):
        works_at(PersonFactory(certificate_name=name, display_name="Zoila"), hospital)
    suggest()
    return DuplicateSuggestion.objects.get()


@pytest.fixture
def office(elena: Role) -> Role:
    rights = ["access_admin", "add_personmerge", "view_personmerge"]
    elena.user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return elena


def duty(role: Role, kind: str, code: str | None = "MX") -> Role:
    today = timezone.localdate()
    Duty.objects.create(
        person=role.person,
        kind=kind,
        country=country(code) if code else None,
        starts_on=today,
        ends_on=today,
        granted_at=clock.now(),
        reason="Para esta prueba",
    )
    role.user.is_staff = True
    role.user.save(update_fields=["is_staff"])
    return role


def pair_of(row: DuplicateSuggestion) -> str:
    return reverse("duplicados:pair", args=[row.pk])


def test_elena_sees_both_side_by_side_and_it_is_kept_that_she_did(
    office: Role, suggestion: DuplicateSuggestion
) -> None:
    assert "Zoila Xol Caal" in office.client.get(LIST).content.decode()
    page = office.client.get(pair_of(suggestion)).content.decode()
    assert "Hospital de Amina" in page
    assert Disclosure.objects.filter(by=office.person, what="people.duplicates").count() == 3


def test_she_merges_them_and_undoes_it(office: Role, suggestion: DuplicateSuggestion) -> None:
    office.client.post(pair_of(suggestion), {"into": suggestion.second_id, "reason": HOW})
    row = PersonMerge.objects.get()
    assert (row.duplicate_id, row.into_id, row.merged_by) == (
        suggestion.first_id,
        suggestion.second_id,
        office.person,
    )
    assert HOW in office.client.get(MERGES).content.decode()
    office.client.post(reverse("duplicados:undo", args=[row.pk]), {"reason": "Eran dos hermanas"})
    row.refresh_from_db()
    assert (row.undone_by, row.undo_reason) == (office.person, "Eran dos hermanas")
    assert "Eran dos hermanas" in office.client.get(MERGES).content.decode()
    assert office.client.get(reverse("duplicados:undo", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("data", [{}, {"reason": HOW}, {"into": "1"}, {"into": "0", "reason": HOW}])
def test_without_saying_which_and_why_nothing_happens(
    data: dict, office: Role, suggestion: DuplicateSuggestion
) -> None:
    assert office.client.post(pair_of(suggestion), data).status_code == 422
    assert not PersonMerge.objects.exists()


def test_not_the_same_takes_the_pair_off_the_list(office: Role, suggestion: DuplicateSuggestion) -> None:
    office.client.post(reverse("duplicados:different", args=[suggestion.pk]))
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == (SuggestionState.DIFFERENT, office.person)
    assert office.client.get(pair_of(suggestion)).status_code == 404


def test_the_search_is_asked_of_the_worker(office: Role, suggestion: DuplicateSuggestion) -> None:
    DuplicateSuggestion.objects.all().delete()
    assert office.client.post(reverse("duplicados:search")).status_code == 302


@pytest.mark.parametrize("who", ["amina", "bruno", "chipo", "dalia"])
def test_nobody_else_finds_these_screens(who: str, suggestion: DuplicateSuggestion, request: Any) -> None:
    role = request.getfixturevalue(who)
    for address in (LIST, MERGES, pair_of(suggestion)):
        assert role.client.get(address).status_code in {302, 404}
    assert not PersonMerge.objects.exists()


def test_a_coordinator_of_another_country_finds_nothing(dalia: Role, suggestion: DuplicateSuggestion) -> None:
    duty(dalia, DutyKind.COORDINATOR, "GT")
    assert "Zoila" not in dalia.client.get(LIST).content.decode()
    assert dalia.client.get(pair_of(suggestion)).status_code == 404
    assert dalia.client.post(pair_of(suggestion), {"into": "1", "reason": HOW}).status_code == 404


def test_a_coordinator_of_the_country_merges(bruno: Role, suggestion: DuplicateSuggestion) -> None:
    duty(bruno, DutyKind.COORDINATOR)
    bruno.client.post(pair_of(suggestion), {"into": suggestion.first_id, "reason": HOW})
    assert PersonMerge.objects.get().merged_by == bruno.person


def test_an_auditor_looks_and_decides_nothing(bruno: Role, suggestion: DuplicateSuggestion) -> None:
    duty(bruno, DutyKind.AUDITOR)
    page = bruno.client.get(pair_of(suggestion))
    assert page.status_code == 200
    assert '<form method="post" action="/admin/duplicados' not in page.content.decode()
    assert bruno.client.post(pair_of(suggestion), {"into": "1", "reason": HOW}).status_code != 200
    assert not PersonMerge.objects.exists()


def test_who_follows_figures_does_not_come_here(bruno: Role, suggestion: DuplicateSuggestion) -> None:
    duty(bruno, DutyKind.MONITOR)
    assert bruno.client.get(LIST).status_code in {302, 403, 404}


def test_the_list_asks_the_same_with_many(
    office: Role, suggestion: DuplicateSuggestion, hospital: Institution, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        for _twice in range(2):
            works_at(PersonFactory(certificate_name=f"Selvin Tum{number}x Batz{number}"), hospital)
    suggest()
    office.client.get(LIST)
    with django_assert_max_num_queries(15):
        office.client.get(LIST)
    assert Person.objects.one_each().count() > 60
