"""Answers who runs a cohort: its facilitators, and whoever of the staff may change the cohorts of its country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.sight import sight_of
from learning.models import Cohort

if TYPE_CHECKING:
    from accounts.models import Person


def runs(by: Person, cohort: Cohort) -> bool:
    """Say whether `by` enrols people in a cohort and answers their requests."""
    return Cohort.objects.facilitated_by(by).filter(pk=cohort.pk).exists() or _keeps(by, cohort)


def _keeps(by: Person, cohort: Cohort) -> bool:
    user = getattr(by, "user", None)
    if user is None or not user.has_perm("learning.change_cohort"):
        return False
    sight = sight_of(user)
    place = cohort.institution.country_id if cohort.institution else None
    return sight.whole or (sight.changes and (sight.reaches(cohort.country_id) or sight.reaches(place)))
