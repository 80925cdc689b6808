"""What happens when somebody goes on in another cohort of the same course: her work goes with her."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from common import clock
from courses import versions
from learning import seats, services
from learning.access import Refusal
from learning.models import Cohort, CohortChange, Enrolment, EnrolmentState
from learning.running import runs

if TYPE_CHECKING:
    from accounts.models import Person

REASON_LENGTH = 300


class Reason(StrEnum):
    """Why somebody is not moved."""

    NOT_YOURS = "not_yours"
    OTHER_COURSE = "other_course"
    SAME = "same"
    NOT_IN_PROGRESS = "not_in_progress"
    NO_REASON = "no_reason"
    CLOSED = "closed"
    FULL = "full"


class Refused(Exception):
    """Nobody was moved; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def change_cohort(
    *, enrolment: Enrolment, to: Cohort, by: Person, reason: str, at: dt.datetime | None = None
) -> CohortChange:
    """Let an enrolment go on in another cohort of its course: with all that was done, the attempts, and its key.

    Who facilitates the group that she leaves decides it, and both read who did it and why. A seat is taken there and
    freed here. The version is the one that the other group has; where nothing is left by it, the course is completed.
    Raises Refused.
    """
    at = at or clock.now()
    if not reason.strip():
        raise Refused(Reason.NO_REASON)
    with transaction.atomic():
        held = {pk: seats.hold(Cohort(pk=pk)) for pk in sorted({to.pk, enrolment.cohort_id or to.pk})}
        row = (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("person", "cohort__institution")
            .get(pk=enrolment.pk)
        )
        target, left = held[to.pk], row.cohort_id
        if why := _why_not(row, target, by, at):
            raise Refused(why)
        change = CohortChange.objects.create(
            enrolment=row,
            from_cohort_id=left,
            to_cohort=target,
            by=by,
            at=at,
            reason=reason.strip()[:REASON_LENGTH],
        )
        _go(row, target)
        seats.announce_freed([left])
        services.settle(enrolment=row, at=at)
    return change


def _why_not(row: Enrolment, target: Cohort, by: Person, at: dt.datetime) -> Reason | None:
    today = clock.local_date(at, row.time_zone)
    checks = (
        (row.cohort is None or not runs(by, row.cohort), Reason.NOT_YOURS),
        (target.course_id != row.course_id, Reason.OTHER_COURSE),
        (target.pk == row.cohort_id, Reason.SAME),
        (row.state != EnrolmentState.ACTIVE, Reason.NOT_IN_PROGRESS),
        (seats.why_closed(target, on=today) is not None, Reason.CLOSED),
    )
    first = next((why for fails, why in checks if fails), None)
    full = first is None and seats.why_no_seat(target, row.person) == Refusal.COHORT_FULL
    return Reason.FULL if full else first


def _go(row: Enrolment, target: Cohort) -> None:
    version = target.version or versions.current(target.course)
    row.cohort, row.modality = target, target.modality
    row.version = version or row.version
    row.save(update_fields=["cohort", "modality", "version"])
