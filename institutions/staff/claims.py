"""What people say of where they work and nobody has confirmed yet, as the page of an institution lists it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.masking import name_of
from accounts.models import User
from accounts.sight import sight_of
from institutions.models import Membership

LISTED = 50


@dataclass(frozen=True)
class Claim:
    """One membership that waits, as the reader may know its person."""

    pk: int
    name: str
    role: str
    position: str
    since: dt.date


def claims_at(same: set[int], user: User) -> tuple[Claim, ...]:
    """Return what people say of an institution and nobody confirmed; the longest wait first."""
    rows = Membership.objects.filter(institution__in=same, person__erased_at__isnull=True).claimed()
    rows = rows.running(timezone.localdate()).select_related("person").order_by("recorded_at", "pk")
    sight = sight_of(user)
    return tuple(
        Claim(
            row.pk,
            name_of(row.person, sight),
            row.get_role_display(),
            row.get_position_display(),
            row.starts_on,
        )
        for row in rows[:LISTED]
    )
