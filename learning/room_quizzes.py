"""Closes a quiz to a group while it sits in the room: open attempts are handed in as they stand, and none begins.

It is opened with the session's code (`learning.content`); here is the other end. Other groups notice nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from assessments.ending import end_in_room
from common import clock
from courses import versions
from learning.models import Enrolment, QuizClosing

if TYPE_CHECKING:
    from accounts.models import Person
    from courses.versions import Activity
    from learning.models import Cohort

# So long after a quiz was closed the timer looks for an attempt that began in the very moment.
LOOKED_AFTER = dt.timedelta(days=1)


def is_closed(enrolment: Enrolment, activity: UUID) -> bool:
    """Say whether who facilitates her group has closed a quiz. No query without a group."""
    if enrolment.cohort_id is None:
        return False
    return QuizClosing.objects.standing().filter(cohort=enrolment.cohort_id, activity=activity).exists()


def close(*, cohort: Cohort, activity: Activity, by: Person, at: dt.datetime | None = None) -> int:
    """Close a quiz to a group; returns how many open attempts were handed in. A second click finds nothing to do."""
    at = at or clock.now()
    if activity.quiz is None:
        return 0
    try:
        with transaction.atomic():
            QuizClosing.objects.create(
                cohort=cohort, activity=activity.key, quiz_key=activity.quiz, closed_by=by, closed_at=at
            )
    except IntegrityError:
        # Two who facilitate pressed at once.
        pass
    return _end(cohort, activity.key, at)


def _end(cohort: Cohort, activity: UUID, at: dt.datetime) -> int:
    """Hand in what is open at an activity, in whichever form, by every version that somebody of the group follows."""
    rows = list(Enrolment.objects.filter(cohort=cohort).values_list("key", "version"))
    forms, before = set[UUID](), False
    for version in versions.shared({version for _key, version in rows}).values():
        manifest = versions.manifest_of(version)
        if asked := manifest.find(activity):
            forms |= manifest.forms_of(asked)
            before = asked.is_before
    return end_in_room(contexts=[key for key, _version in rows], quiz_keys=forms, before=before, at=at)


def open_again(*, cohort: Cohort, activity: UUID, by: Person, at: dt.datetime | None = None) -> bool:
    """Open it again; what was handed in stays so. Returns whether it was closed."""
    closed = QuizClosing.objects.standing().filter(cohort=cohort, activity=activity)
    return bool(closed.update(opened_by=by, opened_at=at or clock.now()))


def end_late_attempts(at: dt.datetime) -> int:
    """Hand in what began in the very moment in which its quiz was closed; returns how many."""
    rows = QuizClosing.objects.standing().filter(closed_at__gt=at - LOOKED_AFTER).select_related("cohort")
    return sum(_end(row.cohort, row.activity, at) for row in rows)
