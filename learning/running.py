"""Answers who runs a cohort: its facilitators, and whoever of the staff may change the cohorts of its country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.sight import sight_of
from learning.models import Cohort

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


def runs(by: Person, cohort: Cohort) -> bool:
    """Say whether `by` enrols people in a cohort and answers their requests."""
    return Cohort.objects.facilitated_by(by).filter(pk=cohort.pk).exists() or keeps(by, cohort)


def run_by(by: Person) -> QuerySet[Cohort]:
    """Return the cohorts that `by` runs: those she facilitates, and for who keeps cohorts those of her countries."""
    own = Cohort.objects.facilitated_by(by)
    user = getattr(by, "user", None)
    if user is None or not user.has_perm("learning.change_cohort"):
        return own
    sight = sight_of(user)
    kept = sight.within(Cohort.objects.all(), "country", "institution__country") if sight.changes else None
    return (
        own
        if kept is None
        else Cohort.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=kept.values("pk")))
    )


def keeps(by: Person, cohort: Cohort) -> bool:
    """Say whether `by` may change how a cohort is set up."""
    user = getattr(by, "user", None)
    if user is None or not user.has_perm("learning.change_cohort"):
        return False
    sight = sight_of(user)
    place = cohort.institution.country_id if cohort.institution else None
    return sight.whole or (sight.changes and (sight.reaches(cohort.country_id) or sight.reaches(place)))
