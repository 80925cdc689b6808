"""Confirms and refuses what people say of where they work: the institution's focal point does, or staff.

What is merely claimed gives nothing: to the claimant no sight of the institution, and to its focal point no more than
that somebody, by her name on screen, says that she works there.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Person, User
from accounts.sight import sight_of
from common import clock
from institutions.counterparts import looked_after_by
from institutions.models import (
    Institution,
    Membership,
    MembershipRole,
    MembershipState,
    RefusalReason,
)

CHANGE = "institutions.change_membership"


class Reason(StrEnum):
    """Why nothing was changed."""

    NOT_YOURS = "not_yours"
    HER_OWN = "her_own"
    STAFF_ONLY = "staff_only"
    ERASED = "erased"
    OVER = "over"
    OVERLAPS = "overlaps"
    ENDS_BEFORE = "ends_before"
    NOT_YET = "not_yet"
    MERGED_AWAY = "merged_away"


class Refused(Exception):
    """Nothing was changed; `reason` says why. NOT_YOURS is a 404: that somebody works elsewhere is not told."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def confirm(*, membership: Membership, by: Person, at: dt.datetime | None = None) -> Membership:
    """Confirm that somebody works there; asked twice, the first time stands. Raises Refused."""
    at = at or clock.now()
    with transaction.atomic():
        locked = _locked(membership, by, at)
        if locked.state == MembershipState.CONFIRMED:
            return locked
        locked.state, locked.confirmed_by, locked.confirmed_at = MembershipState.CONFIRMED, by, at
        locked.refusal, locked.refused_by, locked.refused_at = "", None, None
        locked.save(update_fields=DECIDED)
    return locked


def refuse(*, membership: Membership, by: Person, reason: str, at: dt.datetime | None = None) -> Membership:
    """Say that somebody does not work there, and why; what had been confirmed by mistake too. Raises Refused."""
    at, why = at or clock.now(), RefusalReason(reason)
    with transaction.atomic():
        locked = _locked(membership, by, at)
        locked.state, locked.refused_by, locked.refused_at = MembershipState.REFUSED, by, at
        locked.refusal, locked.confirmed_by, locked.confirmed_at = why, None, None
        locked.save(update_fields=DECIDED)
    return locked


DECIDED = ["state", "confirmed_by", "confirmed_at", "refusal", "refused_by", "refused_at"]


def _locked(membership: Membership, by: Person, at: dt.datetime) -> Membership:
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person", "institution__country")
        .get(pk=membership.pk)
    )
    reason = why_not(locked, by, on=clock.local_date(at, locked.institution.country.time_zone))
    if reason:
        raise Refused(reason)
    return locked


def why_not(membership: Membership, by: Person, *, on: dt.date) -> Reason | None:
    """Return why `by` may not confirm or refuse a membership, or None when she may."""
    staff = acts_for_staff(by, membership.institution)
    if not staff and not speaks_for(by, membership.institution, on=on):
        return Reason.NOT_YOURS
    if by.is_same_as(membership.person):
        return Reason.HER_OWN
    if membership.role == MembershipRole.FOCAL_POINT and not staff:
        return Reason.STAFF_ONLY
    if membership.person.erased_at:
        return Reason.ERASED
    # What is over stands as it was: past figures and who saw what rest on it.
    return Reason.OVER if membership.ended_at or (membership.ends_on and membership.ends_on < on) else None


def acts_for_staff(by: Person, institution: Institution) -> bool:
    """Say whether some login of `by` may change memberships where this institution stands."""
    login = User.objects.filter(person=by, is_active=True).first()
    if login is None or not login.has_perm(CHANGE):
        return False
    sight = sight_of(login)
    return sight.changes and sight.reaches(institution.country_id)


def speaks_for(by: Person, institution: Institution, *, on: dt.date) -> bool:
    """Say whether `by` is a confirmed focal point, on that day, who looks after this institution.

    Asked of the record to which it was given, never of others merged into it: a merge hands on no authority.
    """
    confirmed = Membership.objects.filter(person=by).speaking().confirmed().running(on)
    return confirmed.exists() and institution.pk in looked_after_by(by)


def claims_for(by: Person, *, on: dt.date) -> QuerySet[Membership]:
    """Return the claims about which a focal point is asked. Of the person only her name on screen is hers to see."""
    speaking = Membership.objects.filter(person=by).speaking().confirmed().running(on).exists()
    places = looked_after_by(by) if speaking else set()
    rows = Membership.objects.claimed().working().running(on).filter(institution__in=places)
    return (
        rows.exclude(person__canonical_id=by.canonical_id)
        .filter(person__erased_at__isnull=True)
        .select_related("person", "institution")
        .order_by("starts_on", "pk")
    )


def may_write(user: User) -> bool:
    """Say whether a login may write memberships down: the right, and a sight that knows people and changes things."""
    sight = sight_of(user)
    return user.has_perm(CHANGE) and sight.changes and sight.names


def record(
    *,
    person: Person,
    institution: Institution,
    by: Person,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    role: str = MembershipRole.MEMBER,
    position: str = "",
    at: dt.datetime | None = None,
) -> Membership:
    """Write down, as staff, where somebody works or worked; confirmed by that. Raises Refused."""
    if not acts_for_staff(by, institution):
        raise Refused(Reason.NOT_YOURS)
    if reason := _why_no_such_row(person, institution, by, starts_on, ends_on, at or clock.now()):
        raise Refused(reason)
    with transaction.atomic():
        locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if locked.erased_at:
            raise Refused(Reason.ERASED)
        if overlapping(person, institution, role, starts_on, ends_on).exists():
            raise Refused(Reason.OVERLAPS)
        _close_refused(person, institution, role, starts_on)
        return Membership.objects.create(
            person=person,
            institution=institution,
            role=role,
            position=position or person.position,
            starts_on=starts_on,
            ends_on=ends_on,
            state=MembershipState.CONFIRMED,
            confirmed_by=by,
            confirmed_at=at or clock.now(),
        )


def _why_no_such_row(
    person: Person,
    institution: Institution,
    by: Person,
    starts_on: dt.date,
    ends_on: dt.date | None,
    at: dt.datetime,
) -> Reason | None:
    today = clock.local_date(at, institution.country.time_zone)
    checks = (
        (by.is_same_as(person), Reason.HER_OWN),
        (ends_on is not None and ends_on < starts_on, Reason.ENDS_BEFORE),
        (starts_on > today, Reason.NOT_YET),
        (institution.merged_into is not None, Reason.MERGED_AWAY),
    )
    return next((reason for fails, reason in checks if fails), None)


def _close_refused(person: Person, institution: Institution, role: str, starts_on: dt.date) -> None:
    """Let a refusal that stands open end, with its reason: it would be in the way of what is written down now."""
    rows = Membership.objects.filter(person=person, institution=institution, role=role)
    for row in rows.filter(state=MembershipState.REFUSED, ends_on__isnull=True):
        row.ends_on = max(row.starts_on, starts_on)
        row.save(update_fields=["ends_on"])


def overlapping(
    person: Person, institution: Institution, role: str, starts_on: dt.date, ends_on: dt.date | None
) -> QuerySet[Membership]:
    """Return what says already that she works in the same place, as the same, within those days."""
    rows = Membership.objects.of(person).standing().filter(institution=institution, role=role)
    # What somebody ended is over on its last day: who stays after all is written down anew from that day.
    rows = rows.exclude(ends_on__lt=starts_on).exclude(ends_on=starts_on, ended_at__isnull=False)
    return rows.filter(starts_on__lte=ends_on) if ends_on else rows
