"""The words of queries over memberships."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Person


class MembershipQuerySet(models.QuerySet):
    """Questions about who works where."""

    def of(self, person: Person) -> MembershipQuerySet:
        """Keep those of one person, whichever of her records they were said under."""
        return self.filter(person__canonical_id=person.canonical_id or person.pk)

    def running(self, on: dt.date) -> MembershipQuerySet:
        """Keep those that have begun and not ended on that day; what somebody ended is over at once."""
        lasts = Q(ends_on__isnull=True) | Q(ends_on__gt=on) | Q(ends_on=on, ended_at__isnull=True)
        return self.filter(lasts, starts_on__lte=on)

    def standing(self) -> MembershipQuerySet:
        """Leave out those that were refused."""
        return self.exclude(state="refused")

    def claimed(self) -> MembershipQuerySet:
        """Keep what nobody but the person has said yet."""
        return self.filter(state="claimed")

    def confirmed(self) -> MembershipQuerySet:
        """Keep what the focal point or staff confirmed: only these give anybody anything."""
        return self.filter(state="confirmed")

    def speaking(self) -> MembershipQuerySet:
        """Keep those that let somebody speak for the institution."""
        return self.filter(role="focal_point")

    def working(self) -> MembershipQuerySet:
        """Keep those that say where somebody works."""
        return self.filter(role="member")
