"""Who may say that Amina works where she says, and what does it give to whom?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction

from accounts.models import Person
from common import clock
from institutions import confirming
from institutions.confirming import Reason, Refused
from institutions.counterparts import assign_units, looked_after_by
from institutions.models import Institution, Membership, MembershipRole, MembershipState
from institutions.services import claim_membership, current_institution
from tests.conftest import Role
from tests.factories.learning import institution, works_at

TODAY = clock.local_date(clock.now(), "America/Mexico_City")


def claim_of(role: Role) -> Membership:
    return Membership.objects.filter(person=role.person).working().get()


def refused(act: Any) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


@pytest.fixture
def office(elena: Role) -> Role:
    """Elena may change memberships everywhere."""
    elena.user.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "change_membership"])
    )
    return elena


def test_chipo_confirms_that_amina_works_at_her_hospital(amina: Role, chipo: Role) -> None:
    row = confirming.confirm(membership=claim_of(amina), by=chipo.person)
    row.refresh_from_db()
    assert (row.state, row.confirmed_by) == (MembershipState.CONFIRMED, chipo.person)
    assert row.confirmed_at is not None


def test_a_second_confirmation_changes_nothing(amina: Role, chipo: Role, office: Role) -> None:
    first = confirming.confirm(membership=claim_of(amina), by=chipo.person)
    again = confirming.confirm(membership=first, by=office.person)
    assert (again.confirmed_by, again.confirmed_at) == (chipo.person, first.confirmed_at)


def test_dalia_of_another_place_may_neither_confirm_nor_refuse_nor_see(amina: Role, dalia: Role) -> None:
    row = claim_of(amina)
    assert refused(lambda: confirming.confirm(membership=row, by=dalia.person)) == Reason.NOT_YOURS
    attempt = lambda: confirming.refuse(membership=row, by=dalia.person, reason="unknown")  # noqa: E731
    assert refused(attempt) == Reason.NOT_YOURS
    assert not confirming.claims_for(dalia.person, on=TODAY).exists()


def test_chipo_is_asked_about_amina_and_not_about_himself(amina: Role, chipo: Role) -> None:
    assert [row.person for row in confirming.claims_for(chipo.person, on=TODAY)] == [amina.person]


def test_a_refusal_has_a_reason_and_can_be_mended(amina: Role, chipo: Role) -> None:
    row = confirming.refuse(membership=claim_of(amina), by=chipo.person, reason="left")
    assert (row.state, row.refusal, row.refused_by) == (MembershipState.REFUSED, "left", chipo.person)
    assert current_institution(amina.person) is None
    row = confirming.confirm(membership=row, by=chipo.person)
    assert (row.state, row.refusal, row.refused_by, row.refused_at) == ("confirmed", "", None, None)
    with pytest.raises(ValueError, match="because"):
        confirming.refuse(membership=row, by=chipo.person, reason="because")


def test_the_database_keeps_no_refusal_without_a_reason(amina: Role) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(person=amina.person).update(state="refused")


def test_nobody_confirms_herself(chipo: Role, office: Role, hospital: Institution) -> None:
    own = Membership.objects.of(chipo.person).working().get()
    assert refused(lambda: confirming.confirm(membership=own, by=chipo.person)) == Reason.HER_OWN
    row = works_at(office.person, hospital)
    assert refused(lambda: confirming.confirm(membership=row, by=office.person)) == Reason.HER_OWN


def test_nor_by_way_of_a_second_record_of_hers(chipo: Role, amina: Role) -> None:
    Person.objects.filter(pk=amina.user.person_id).update(canonical=chipo.person)
    assert refused(lambda: confirming.confirm(membership=claim_of(amina), by=chipo.person)) == Reason.HER_OWN


def test_a_focal_point_who_was_never_confirmed_confirms_nobody(
    amina: Role, bruno: Role, hospital: Institution
) -> None:
    works_at(bruno.person, hospital, role=MembershipRole.FOCAL_POINT, state="claimed")
    assert (
        refused(lambda: confirming.confirm(membership=claim_of(amina), by=bruno.person)) == Reason.NOT_YOURS
    )
    assert looked_after_by(bruno.person) == set()
    assert not confirming.claims_for(bruno.person, on=TODAY).exists()


@pytest.mark.parametrize(("starts", "ends"), [(-300, -1), (2, None)])
def test_nor_one_whose_time_is_over_or_to_come(
    starts: int, ends: int | None, amina: Role, bruno: Role, hospital: Institution
) -> None:
    days = {
        "starts_on": TODAY + dt.timedelta(starts),
        "ends_on": None if ends is None else TODAY + dt.timedelta(ends),
    }
    works_at(bruno.person, hospital, role=MembershipRole.FOCAL_POINT, **days)
    assert (
        refused(lambda: confirming.confirm(membership=claim_of(amina), by=bruno.person)) == Reason.NOT_YOURS
    )


def test_who_speaks_for_a_place_is_confirmed_by_staff_alone(
    chipo: Role, bruno: Role, office: Role, hospital: Institution
) -> None:
    row = works_at(bruno.person, hospital, role=MembershipRole.FOCAL_POINT, state="claimed")
    assert refused(lambda: confirming.confirm(membership=row, by=chipo.person)) == Reason.STAFF_ONLY
    assert confirming.confirm(membership=row, by=office.person).state == MembershipState.CONFIRMED


def test_the_ministry_speaks_for_the_units_assigned_to_it_and_no_others(
    amina: Role, bruno: Role, hospital: Institution
) -> None:
    ministry = institution("Secretaría")
    Institution.objects.filter(pk=hospital.pk).update(parent=ministry)
    role = works_at(bruno.person, ministry, role=MembershipRole.FOCAL_POINT)
    assert (
        refused(lambda: confirming.confirm(membership=claim_of(amina), by=bruno.person)) == Reason.NOT_YOURS
    )
    assign_units(membership=role, units=[hospital], by=None)
    assert confirming.confirm(membership=claim_of(amina), by=bruno.person).confirmed_by == bruno.person


def test_what_is_over_and_who_is_erased_are_left_as_they_are(amina: Role, chipo: Role) -> None:
    row = claim_of(amina)
    Membership.objects.filter(pk=row.pk).update(ends_on=TODAY - dt.timedelta(3))
    assert refused(lambda: confirming.confirm(membership=row, by=chipo.person)) == Reason.OVER
    Membership.objects.filter(pk=row.pk).update(ends_on=None)
    Person.objects.filter(pk=amina.user.person_id).update(erased_at=clock.now())
    assert refused(lambda: confirming.confirm(membership=row, by=chipo.person)) == Reason.ERASED


def test_staff_write_down_where_somebody_worked(bruno: Role, office: Role, shelter: Institution) -> None:
    write = {"person": bruno.person, "institution": shelter, "by": office.person}
    row = confirming.record(**write, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 6, 30))
    assert (row.state, row.confirmed_by) == (MembershipState.CONFIRMED, office.person)
    before = lambda: confirming.record(  # noqa: E731
        **write, starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2025, 2, 1)
    )
    assert refused(before) == Reason.ENDS_BEFORE
    for starts, ends in [((2025, 6, 30), None), ((2024, 1, 1), (2025, 1, 1)), ((2025, 2, 1), (2025, 3, 1))]:
        days = {"starts_on": dt.date(*starts), "ends_on": dt.date(*ends) if ends else None}
        assert refused(lambda days=days: confirming.record(**write, **days)) == Reason.OVERLAPS
    assert confirming.record(**write, starts_on=dt.date(2025, 7, 1)).ends_on is None


def test_two_workplaces_at_a_time_are_two_memberships(
    amina: Role, office: Role, shelter: Institution, hospital: Institution
) -> None:
    confirming.record(person=amina.person, institution=shelter, by=office.person, starts_on=TODAY)
    assert Membership.objects.of(amina.person).running(TODAY).count() == 2


def test_without_the_right_nobody_writes_down_anything(
    bruno: Role, chipo: Role, hospital: Institution
) -> None:
    write = {"person": bruno.person, "institution": hospital, "starts_on": TODAY}
    assert refused(lambda: confirming.record(**write, by=chipo.person)) == Reason.NOT_YOURS


def test_the_position_is_that_of_the_profile_and_follows_it(bruno: Role, hospital: Institution) -> None:
    person = bruno.person
    claim_membership(person=person, institution=hospital)
    assert Membership.objects.get(person=person).position == ""
    person.position = "psychosocial"
    person.save(update_fields=["position"])
    claim_membership(person=person, institution=hospital)
    assert Membership.objects.get(person=person).position == "psychosocial"


def test_who_says_with_one_login_that_she_left_has_left_by_the_other_too(
    amina: Role, bruno: Role, hospital: Institution
) -> None:
    Person.objects.filter(pk=bruno.user.person_id).update(canonical=amina.person)
    assert current_institution(bruno.person) == hospital
    claim_membership(person=bruno.person, institution=None)
    assert current_institution(amina.person) is None
