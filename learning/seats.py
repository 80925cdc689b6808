"""Answers how many seats of a cohort are taken and left, and holds it while one is given away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q

from learning import events
from learning.access import GroupFacts, Refusal, may_join
from learning.models import Cohort, Enrolment, EnrolmentState

if TYPE_CHECKING:
    from accounts.models import Person
    from courses.models import Course


def hold(cohort: Cohort) -> Cohort:
    """Lock a cohort until the end of the transaction: of two who want its last seat the second finds it taken.

    Whoever locks people besides locks them after it, in the order of their keys, so that no two wait for each other.
    """
    return (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("course", "version", "institution")
        .get(pk=cohort.pk)
    )


def hold_former(person: Person, course: Course) -> None:
    """Lock the group to which she comes back if she left it: its last seat may be wanted by somebody else."""
    left_it = Enrolment.objects.of(person).filter(course=course, state=EnrolmentState.WITHDRAWN)
    groups = left_it.filter(cohort__seats__isnull=False).order_by().values("cohort")
    list(Cohort.objects.select_for_update().filter(pk__in=groups).order_by("pk").values_list("pk"))


def taken(cohort: Cohort, *, without: Person | None = None) -> int:
    """Return how many people have a seat: each once, whatever was merged; who left has none."""
    rows = Enrolment.objects.filter(cohort=cohort).exclude(state=EnrolmentState.WITHDRAWN)
    if without is not None:
        rows = rows.exclude(person__canonical_id=without.canonical_id)
    return rows.order_by().values("person__canonical").distinct().count()


def taken_by_cohort(cohorts: Iterable[int]) -> dict[int, int]:
    """Return how many people have a seat in each of several cohorts: one query."""
    rows = Enrolment.objects.filter(cohort__in=list(cohorts)).exclude(state=EnrolmentState.WITHDRAWN)
    counted = rows.order_by().values_list("cohort_id").annotate(Count("person__canonical", distinct=True))
    return dict(counted)


def left(cohort: Cohort, *, without: Person | None = None) -> int | None:
    """Return how many seats are left; None where their number is not limited."""
    if cohort.seats is None:
        return None
    return max(0, cohort.seats - taken(cohort, without=without))


def why_closed(cohort: Cohort, *, on: dt.date) -> Refusal | None:
    """Return why a cohort takes nobody on a day, or None; a full one is not closed."""
    return may_join(GroupFacts(cancelled=cohort.cancelled_at is not None, over=cohort.is_over(on)))


def why_no_seat(cohort: Cohort, person: Person) -> Refusal | None:
    """Return why a held cohort has no seat for a person, or None. A group that is over takes whoever was in it: sheets
    are typed in afterwards.
    """
    cancelled = cohort.cancelled_at is not None
    return may_join(GroupFacts(cancelled=cancelled, over=False, free=left(cohort, without=person)))


def announce_freed(cohorts: Iterable[int | None]) -> None:
    """Say, after commit, that seats of these cohorts (primary keys) may have become free."""
    limited = Q(pk__in=[pk for pk in cohorts if pk]) & Q(seats__isnull=False)
    for pk in Cohort.objects.filter(limited).order_by("pk").values_list("pk", flat=True):
        _announce(pk)


def _announce(pk: int) -> None:
    transaction.on_commit(lambda: events.seat_freed.send(sender=Cohort, cohort_id=pk))
