"""Gathers what happened in the room: for the completion rule, and for whoever looks at a group."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from learning.completion import RoomFacts
from learning.models import Attendance, Session, SessionState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from learning.models import Cohort
    from learning.querysets import EnrolmentQuerySet


def rooms_of(enrolments: EnrolmentQuerySet, *, known_at: dt.datetime | None = None) -> dict[int, RoomFacts]:
    """Return what happened in the room for each of these enrolments that has one: two queries, however many.

    What is asked of her is what her group holds; what she attended counts in whichever group of the course it was, so
    that a change of group loses nothing. Somebody noted without account counts as the enrolment that she was joined
    to; of two marks for one session the better one. With `known_at` only the sessions that had been entered by then.
    """
    known = Session.objects.filter(created_at__lte=known_at) if known_at else Session.objects.all()
    cohorts = dict(enrolments.filter(cohort__isnull=False).order_by().values_list("pk", "cohort_id"))
    held, planned = _minutes_by_cohort(set(cohorts.values()), known)
    days = _days_by_enrolment(enrolments, known)
    return {
        pk: RoomFacts(held[cohorts.get(pk, 0)], planned[cohorts.get(pk, 0)], tuple(days.get(pk, ())))
        for pk in {*(pk for pk, cohort in cohorts.items() if cohort in held or cohort in planned), *days}
    }


def _minutes_by_cohort(
    cohorts: set[int | None], known: QuerySet[Session]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return the minutes held, and those still to come, of each cohort."""
    held: dict[int, int] = defaultdict(int)
    planned: dict[int, int] = defaultdict(int)
    if not cohorts:
        return held, planned
    for session in known.filter(cohort__in=cohorts).exclude(state=SessionState.CANCELLED):
        (held if session.state == SessionState.HELD else planned)[session.cohort_id] += session.length
    return held, planned


def _days_by_enrolment(
    enrolments: EnrolmentQuerySet, known: QuerySet[Session]
) -> dict[int, list[tuple[dt.date, int]]]:
    ours = enrolments.order_by().values("pk")
    rows = (
        Attendance.objects.filter(Q(enrolment__in=ours) | Q(walk_in__enrolment__in=ours))
        .filter(session__in=known.filter(state=SessionState.HELD).order_by())
        .select_related("session")
        .annotate(whose=Coalesce("enrolment_id", F("walk_in__enrolment_id")))
    )
    best: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in rows:
        there = best[row.whose].get(row.session_id)
        if row.worth and (there is None or row.worth > there.worth):
            best[row.whose][row.session_id] = row
    return {
        pk: sorted((row.session.local_date, row.worth) for row in found.values())
        for pk, found in best.items()
        if found
    }


def undecided(cohort: Cohort, *, at: dt.datetime) -> list[Session]:
    """Return the sessions whose time is over and of which nobody has said whether they took place."""
    return list(cohort.sessions.filter(state=SessionState.PLANNED, ends_at__lt=at))
