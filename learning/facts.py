"""Gathers what the completion rule asks of the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from learning.completion import Facts
from learning.models import ActivityCompletion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from learning.models import Enrolment
    from learning.querysets import EnrolmentQuerySet


def facts_of(enrolment: Enrolment) -> Facts:
    """Return what a learner has done within an enrolment: one query."""
    rows = ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "completed_on")
    return Facts(done=dict(rows))


def done_rows(enrolments: EnrolmentQuerySet) -> QuerySet[ActivityCompletion]:
    """Return what was done within these enrolments."""
    return ActivityCompletion.objects.filter(enrolment__in=enrolments.values("pk").order_by())


def done_by_enrolment(enrolments: EnrolmentQuerySet) -> dict[int, dict[UUID, dt.date]]:
    """Return the local date of each activity done, by enrolment: one query, however many enrolments."""
    found: dict[int, dict[UUID, dt.date]] = defaultdict(dict)
    rows = done_rows(enrolments).values_list("enrolment_id", "activity", "completed_on")
    for enrolment, activity, day in rows.iterator():
        found[enrolment][activity] = day
    return found
