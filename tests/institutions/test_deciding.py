"""May who coordinates confirm or refuse one membership, with its reason, and does anybody else find the page?"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import Disclosure
from institutions.models import Institution, Membership
from tests.conftest import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(elena: Role) -> Role:
    """Elena sees people and institutions, and may say where people work."""
    rights = ["access_admin", "change_membership", "view_institution", "change_institution", "view_person"]
    elena.user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    type(elena.user).objects.filter(pk=elena.user.pk).update(is_staff=True)
    return elena


@pytest.fixture
def claim(amina: Role) -> Membership:
    return Membership.objects.get(person=amina.person)


def page_of(claim: Membership, origin: str = "") -> str:
    return reverse("instituciones:membership", args=[claim.institution_id, claim.pk]) + origin


def test_elena_confirms_amina_from_the_hospitals_page(office: Role, claim: Membership) -> None:
    hospital = reverse("instituciones:inspect", args=[claim.institution_id])
    assert page_of(claim) in office.client.get(hospital).content.decode()
    answer = office.client.post(page_of(claim), {"answer": "confirm"})
    assert answer["Location"] == hospital
    claim.refresh_from_db()
    assert (claim.state, claim.confirmed_by) == ("confirmed", office.person)
    assert page_of(claim) not in office.client.get(hospital).content.decode()


def test_a_refusal_asks_for_its_reason_and_goes_back_to_her_record(office: Role, claim: Membership) -> None:
    record = reverse("personas:inspect", args=[claim.person_id])
    assert page_of(claim, "?desde=persona") in office.client.get(record).content.decode()
    assert office.client.post(page_of(claim), {"answer": "refuse"}).status_code == 422
    claim.refresh_from_db()
    assert claim.state == "claimed"
    answer = office.client.post(page_of(claim, "?desde=persona"), {"answer": "refuse", "reason": "left"})
    assert answer["Location"] == record
    claim.refresh_from_db()
    assert (claim.state, claim.refusal, claim.refused_by) == ("refused", "left", office.person)


def test_her_own_she_reads_and_does_not_decide(office: Role, claim: Membership) -> None:
    Membership.objects.filter(pk=claim.pk).update(person=office.person)
    page = office.client.get(page_of(claim))
    assert page.status_code == 200
    assert 'name="answer"' not in page.content.decode()
    office.client.post(page_of(claim), {"answer": "confirm"})
    claim.refresh_from_db()
    assert claim.state == "claimed"


def test_who_may_not_finds_nothing(elena: Role, chipo: Role, bruno: Role, claim: Membership) -> None:
    for other in (elena, chipo, bruno):
        answer = other.client.post(page_of(claim), {"answer": "confirm"})
        assert answer.status_code in (302, 404)
    claim.refresh_from_db()
    assert claim.state == "claimed"


def test_a_membership_of_another_place_is_not_found_under_this_one(
    office: Role, claim: Membership, shelter: Institution
) -> None:
    address = reverse("instituciones:membership", args=[shelter.pk, claim.pk])
    assert office.client.get(address).status_code == 404


def test_who_opened_her_record_is_kept(office: Role, claim: Membership, amina: Role) -> None:
    office.client.get(reverse("personas:inspect", args=[claim.person_id]))
    kept = Disclosure.objects.get(what="person_record")
    assert (kept.by, kept.of) == (office.person, amina.person)


def test_the_record_tells_no_scores(
    office: Role, claim: Membership, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(44):
        page = office.client.get(reverse("personas:inspect", args=[claim.person_id])).content.decode()
    assert "Amina" in page
    assert claim.institution.name in page
