"""Ends what somebody has at an institution: the work there, or speaking for it. History stays, sight goes at once.

A person says herself in her profile that she works elsewhere (`institutions.services`). Here somebody else says so:
staff of either, the focal point of her colleagues' work alone. What was ended is never opened again: who works there
after all says so anew, and is confirmed anew.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Person
from common import clock
from institutions.confirming import Reason, Refused, why_not
from institutions.models import EndReason, Membership, MembershipState

# How long she reads in her profile that somebody ended it, if she says nothing of where she works.
TOLD = dt.timedelta(days=180)
ENDED = ["ends_on", "ended_by", "ended_at", "end_reason"]


def end(
    *, membership: Membership, ends_on: dt.date, reason: str, by: Person, at: dt.datetime | None = None
) -> Membership:
    """Say which was the last day, and why; asked twice, the first time stands. Raises Refused."""
    at, why = at or clock.now(), EndReason(reason)
    with transaction.atomic():
        locked = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("person", "institution__country")
            .get(pk=membership.pk)
        )
        refusal = why_not_end(locked, by, ends_on=ends_on, at=at)
        if refusal:
            raise Refused(refusal)
        locked.ends_on, locked.ended_by, locked.ended_at, locked.end_reason = ends_on, by, at, why
        locked.save(update_fields=ENDED)
    return locked


def why_not_end(membership: Membership, by: Person, *, ends_on: dt.date, at: dt.datetime) -> Reason | None:
    """Return why `by` may not end a membership on that day, or None when she may."""
    today = clock.local_date(at, membership.institution.country.time_zone)
    against = why_not(membership, by, on=today)
    if against:
        return against
    checks = (
        # A refused one gives nothing and says so; an end would tell that it had been true.
        (membership.state == MembershipState.REFUSED, Reason.OVER),
        (ends_on < membership.starts_on, Reason.ENDS_BEFORE),
        (ends_on > today, Reason.NOT_YET),
    )
    return next((reason for fails, reason in checks if fails), None)


def ended_for_her(person: Person, *, at: dt.datetime | None = None) -> QuerySet[Membership]:
    """Return what somebody else ended of hers and she has not answered by saying anew where she works."""
    mine = Membership.objects.of(person)
    latest = mine.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    rows = mine.filter(ended_at__gte=(at or clock.now()) - TOLD).exclude(
        ended_by__canonical_id=person.canonical_id
    )
    return rows.filter(ended_at__gte=latest).select_related("institution") if latest else rows.none()
