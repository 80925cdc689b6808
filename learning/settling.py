"""Asks the rule of completion again of whoever's facts changed, in the background; idempotent."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet
from django_tasks import task

from learning.models import Attendance, Cohort, Enrolment, SessionState
from learning.services import settle

AT_ONCE = 100


def settle_later(*, enrolments: Sequence[int]) -> None:
    """Enqueue the settling of enrolments (primary keys), in short tasks."""
    for first in range(0, len(enrolments), AT_ONCE):
        settle_these.enqueue(enrolments=list(enrolments[first : first + AT_ONCE]))


def settle_group_later(*, cohort: Cohort) -> None:
    """Enqueue the settling of a whole group: a session that does not take place is asked of nobody any more."""
    active = Enrolment.objects.active().filter(cohort=cohort).order_by("pk")
    settle_later(enrolments=list(active.values_list("pk", flat=True)))


@task()
def settle_these(enrolments: list[int]) -> int:
    """Settle those of the enrolments that are in progress. Returns how many were looked at."""
    rows = Enrolment.objects.active().filter(pk__in=enrolments)
    for row in rows:
        settle(enrolment=row)
    return len(rows)


def who_was_in_a_room() -> QuerySet[Enrolment]:
    """Return those in progress who were marked in a session since their version was released: a release that asks
    less completes nobody without the trainer's word.
    """
    marked = Attendance.objects.filter(session__state=SessionState.HELD).order_by()
    own = marked.filter(marked_at__gte=F("enrolment__version__released_at"))
    joined = marked.filter(marked_at__gte=F("walk_in__enrolment__version__released_at"))
    here = Q(pk__in=own.values("enrolment")) | Q(pk__in=joined.values("walk_in__enrolment"))
    return Enrolment.objects.active().filter(here)


def settle_rooms() -> int:
    """Reach from state what the tasks should have settled. Returns how many were looked at."""
    return settle_these.func(enrolments=list(who_was_in_a_room().values_list("pk", flat=True)))
