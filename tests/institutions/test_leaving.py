"""Who appoints Chipo, and when he leaves, what does he still see? Who says that Amina works there no longer?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from institutions import confirming, leaving
from institutions.confirming import Reason, Refused
from institutions.models import Institution, Membership, MembershipRole
from institutions.services import claim_membership, current_institution
from tests.conftest import Role
from tests.factories.learning import institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(elena: Role) -> Role:
    """Elena sees people and institutions, and may say where people work."""
    rights = ["access_admin", "change_membership", "view_institution", "change_institution", "view_person"]
    elena.user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    type(elena.user).objects.filter(pk=elena.user.pk).update(is_staff=True)
    return elena


def today() -> dt.date:
    return timezone.localdate()


def hospital_of(role: Role) -> Institution:
    return Membership.objects.filter(person=role.person).first().institution  # type: ignore[union-attr]


def address(place: Institution, role: Role) -> str:
    return f"{reverse('instituciones:write_down')}?institucion={place.pk}&persona={role.person.pk}"


def end_page(row: Membership) -> str:
    return reverse("instituciones:end_membership", args=[row.institution_id, row.pk])


def test_elena_appoints_farid_and_he_finds_his_institution(office: Role, farid: Role) -> None:
    place = institution("Albergue de la Esperanza")
    assert farid.client.get(reverse("learning:institutions")).status_code == 404
    page = office.client.get(address(place, farid))
    assert place.name in page.content.decode()
    answer = office.client.post(address(place, farid), {"role": "focal_point", "starts_on": today()})
    assert answer.status_code == 302
    row = Membership.objects.get(person=farid.person, institution=place)
    assert (row.role, row.state, row.confirmed_by) == ("focal_point", "confirmed", office.person)
    assert farid.client.get(reverse("learning:institution", args=[place.key])).status_code == 200
    entry = ModelLogEntry.objects.get(action="institutions.membership_written")
    assert (entry.user, entry.data, entry.label) == (office.user, {"membership": row.pk}, str(place))


def test_the_search_finds_people_by_name_and_carries_the_institution(office: Role, amina: Role) -> None:
    place = institution("Albergue de la Esperanza")
    start = f"{reverse('instituciones:write_down')}?institucion={place.pk}"
    assert start in office.client.get(reverse("instituciones:inspect", args=[place.pk])).content.decode()
    found = office.client.get(f"{start}&q=amina").content.decode()
    assert f"?institucion={place.pk}&amp;persona={amina.person.pk}" in found
    record = office.client.get(reverse("personas:inspect", args=[amina.person.pk])).content.decode()
    assert f"{reverse('instituciones:write_down')}?persona={amina.person.pk}" in record


def test_where_somebody_waits_to_be_confirmed_it_is_said(office: Role, amina: Role) -> None:
    page = office.client.post(address(hospital_of(amina), amina), {"role": "member", "starts_on": today()})
    assert page.status_code == 422
    assert Membership.objects.filter(person=amina.person).count() == 1


def test_a_refusal_of_before_is_not_in_the_way(office: Role, amina: Role, chipo: Role) -> None:
    row = Membership.objects.get(person=amina.person)
    confirming.refuse(membership=row, by=chipo.person, reason="unknown")
    office.client.post(address(row.institution, amina), {"role": "member", "starts_on": today()})
    assert current_institution(amina.person) == row.institution


def test_of_the_future_and_of_herself_nothing_is_written(office: Role, farid: Role) -> None:
    place = institution("Albergue de la Esperanza")
    later = {"role": "member", "starts_on": today() + dt.timedelta(days=3)}
    assert office.client.post(address(place, farid), later).status_code == 422
    own = {"role": "focal_point", "starts_on": today()}
    assert office.client.post(address(place, office), own).status_code == 422
    assert not Membership.objects.filter(institution=place).exists()


def test_who_may_not_finds_no_such_page(elena: Role, chipo: Role, bruno: Role, amina: Role) -> None:
    row = Membership.objects.get(person=chipo.person, role=MembershipRole.FOCAL_POINT)
    for other in (elena, chipo, bruno, amina):
        for page in (address(row.institution, amina), end_page(row)):
            assert other.client.post(page, {"ends_on": today(), "reason": "left"}).status_code in (302, 404)
    row.refresh_from_db()
    assert row.ends_on is None


def test_chipos_open_session_sees_nothing_from_the_moment_it_ends(office: Role, chipo: Role) -> None:
    row = Membership.objects.get(person=chipo.person, role=MembershipRole.FOCAL_POINT)
    own = reverse("learning:institution", args=[row.institution.key])
    assert chipo.client.get(own).status_code == 200
    assert office.client.post(end_page(row), {"ends_on": today(), "reason": ""}).status_code == 422
    answer = office.client.post(end_page(row), {"ends_on": today(), "reason": "handed_over"})
    assert answer.status_code == 302
    assert chipo.client.get(own).status_code == 404
    assert chipo.client.get(reverse("learning:institutions")).status_code == 404
    row.refresh_from_db()
    assert (row.ends_on, row.ended_by, row.end_reason) == (today(), office.person, "handed_over")
    assert ModelLogEntry.objects.filter(action="institutions.membership_ended").count() == 1
    told = chipo.client.get(reverse("accounts:profile")).content.decode()
    assert str(row.institution) in told
    assert office.client.get(end_page(row)).status_code == 404


def test_chipo_says_that_amina_works_there_no_longer_and_she_claims_again(amina: Role, chipo: Role) -> None:
    row = confirming.confirm(membership=Membership.objects.get(person=amina.person), by=chipo.person)
    own = reverse("learning:institution", args=[row.institution.key])
    page = reverse("learning:left_institution", args=[row.pk])
    assert page in chipo.client.get(own).content.decode()
    tomorrow = today() + dt.timedelta(days=2)
    assert chipo.client.post(page, {"ends_on": tomorrow, "reason": "left"}).status_code == 422
    assert chipo.client.post(page, {"ends_on": today(), "reason": "left"})["Location"] == own
    row.refresh_from_db()
    assert (row.ends_on, row.state, row.ended_by) == (today(), "confirmed", chipo.person)
    assert str(amina.person.key) not in chipo.client.get(own).content.decode()
    mark = "alert alert-info"
    assert (
        row.institution.name
        in amina.client.get(reverse("accounts:profile")).content.decode().split(mark, 1)[1]
    )
    claim_membership(person=amina.person, institution=row.institution)
    again = Membership.objects.get(person=amina.person, ends_on__isnull=True)
    assert again.state == "claimed"
    assert not leaving.ended_for_her(amina.person).exists()
    assert confirming.confirm(membership=again, by=chipo.person).state == "confirmed"


def test_chipo_ends_neither_his_own_nor_anothers_nor_a_role(amina: Role, chipo: Role, dalia: Role) -> None:
    row = confirming.confirm(membership=Membership.objects.get(person=amina.person), by=chipo.person)
    page = reverse("learning:left_institution", args=[row.pk])
    said: dict[str, Any] = {"ends_on": today(), "reason": "left"}
    assert dalia.client.post(page, said).status_code == 404
    role = Membership.objects.get(person=chipo.person, role=MembershipRole.FOCAL_POINT)
    other = reverse("learning:left_institution", args=[role.pk])
    assert chipo.client.post(other, said).status_code == 404
    with pytest.raises(Refused) as refusal:
        leaving.end(membership=role, ends_on=today(), reason="left", by=chipo.person)
    assert refusal.value.reason == Reason.HER_OWN
    row.refresh_from_db()
    assert row.ends_on is None


def test_what_ended_by_mistake_is_written_down_anew_the_same_day(office: Role, chipo: Role) -> None:
    row = Membership.objects.get(person=chipo.person, role=MembershipRole.FOCAL_POINT)
    leaving.end(membership=row, ends_on=today(), reason="left", by=office.person)
    with pytest.raises(Refused):
        leaving.end(membership=row, ends_on=today(), reason="left", by=office.person)
    confirming.record(
        person=chipo.person,
        institution=row.institution,
        by=office.person,
        starts_on=today(),
        role="focal_point",
    )
    assert chipo.client.get(reverse("learning:institutions")).status_code == 302
