"""Answers which cohorts an institution may nominate people for: those that invite it, and those open to everybody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from institutions.counterparts import Kin, above
from learning.models import Cohort

if TYPE_CHECKING:
    from institutions.models import Institution


def cohorts_for(institution: Institution, *, on: dt.date) -> QuerySet[Cohort]:
    """Return the cohorts, neither cancelled nor over on a day, for which an institution may nominate."""
    return Cohort.objects.running(on).filter(invites(institution))


def invites(institution: Institution, kin: Kin | None = None) -> Q:
    """Return the question to a cohort whether it takes people whom an institution nominates.

    A cohort that invites a ministry invites its units. One that names no institution at all, neither as invited nor as
    its place, is open to those of its country; without a country, to all.
    """
    lineage = above([institution.pk], kin)
    invited = Cohort.invited.through.objects.filter(cohort=OuterRef("pk"))
    by_name = Exists(invited.filter(institution__in=lineage)) | Q(institution__in=lineage)
    there = Q(country__isnull=True) | Q(country=institution.country_id)
    return by_name | (Q(institution__isnull=True) & ~Exists(invited) & there)
