"""«My institutions»: what the list says of each place is what its page shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import consents
from accounts.models import Consent, Person
from common.clock import now
from institutions import merging
from institutions.models import AssignedUnit, Institution, Membership, MembershipRole
from learning.services import enrol
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse
from tests.factories.learning import finish, institution, tells_details, works_at


@pytest.fixture
def ward(chipo: Role, hospital: Institution) -> Institution:
    """A unit of Chipo's hospital that she looks after."""
    ward = institution("Clínica del puente", parent=hospital)
    speaks = Membership.objects.get(
        person=chipo.person, institution=hospital, role=MembershipRole.FOCAL_POINT
    )
    AssignedUnit.objects.create(membership=speaks, unit=ward, assigned_at=now())
    return ward


def listed(chipo: Role) -> dict[str, tuple[int, int]]:
    places = chipo.client.get(reverse("learning:institutions")).context["places"]
    return {place.institution.name: (place.people, place.claims) for place in places}


def shown(chipo: Role, place: Institution) -> Any:
    address = reverse("learning:institution", kwargs={"institution": place.key})
    return chipo.client.get(address).context["view"]


def test_her_own_claim_waits_for_staff_and_is_not_hers_to_confirm(
    chipo: Role, hospital: Institution, ward: Institution
) -> None:
    assert listed(chipo) == {"Hospital de Amina": (0, 0), "Clínica del puente": (0, 0)}


def test_each_place_counts_as_its_page_lists(
    chipo: Role, amina: Role, hospital: Institution, ward: Institution
) -> None:
    """Also who is known under another record, who was erased, and who works at a place that was merged into it."""
    works_at(UserFactory().person, hospital, state="confirmed")
    before = institution("Hospital viejo")
    known = works_at(UserFactory().person, before, state="confirmed").person
    works_at(UserFactory(person__canonical=known).person, hospital)
    gone = works_at(UserFactory().person, hospital).person
    Person.objects.filter(pk=gone.pk).update(erased_at=now())
    merging.merge(duplicate=before, into=hospital, by=chipo.person, reason="Es el mismo")
    assert listed(chipo)["Hospital de Amina"] == (2, 1)
    page = shown(chipo, hospital)
    assert (page.page.paginator.count, len(page.claims)) == (2, 1)


def test_the_page_asks_fifteen_questions_at_most_where_people_share_what_they_completed(
    chipo: Role, hospital: Institution, course: SmallCourse
) -> None:
    def asked() -> int:
        shown(chipo, hospital)
        with CaptureQueriesContext(connection) as queries:
            certificates = [seen.proof for one in shown(chipo, hospital).colleagues for seen in one.courses]
        assert certificates
        assert all(certificates)
        return len(queries)

    def shares() -> None:
        person = UserFactory().person
        works_at(person, hospital, state="confirmed")
        tells_details(person)
        consents.give(person=person, purpose=Consent.Purpose.SHARE_EMPLOYER)
        finish(enrol(person=person, course=course.course))

    shares()
    few = asked()
    shares()
    shares()
    assert asked() == few <= 15
