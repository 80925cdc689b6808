"""What happens when staff open a cohort or hand out a code: codes are made here, and dates keep a version."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from accounts.managers import new_code
from common import clock
from courses import versions
from learning.models import Cohort, EnrolmentCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Person


def fresh_code() -> str:
    """Return a code that neither a cohort nor an enrolment code has, easy to read aloud and to type."""
    while True:
        code = new_code()
        if not (
            Cohort.objects.filter(code=code).exists() or EnrolmentCode.objects.filter(code=code).exists()
        ):
            return code


def prepare(*, cohort: Cohort) -> None:
    """Give a cohort its code, and its version: with dates it keeps the one in force when they were set."""
    cohort.code = cohort.code or fresh_code()
    if not cohort.pins_version:
        cohort.version = None
    elif cohort.version is None or cohort.version.course_id != cohort.course_id:
        cohort.version = versions.current(cohort.course)


def in_a_circle(cohort: Cohort, parent: Cohort | None) -> bool:
    """Say whether a cohort would hang on itself if it hung on `parent`."""
    at, seen = parent, set[int]()
    while at is not None and at.pk not in seen:
        if at.pk == cohort.pk:
            return True
        seen.add(at.pk)
        at = at.parent
    return False


def cancel(*, cohort: Cohort, cancelled: bool, at: dt.datetime | None = None) -> None:
    """Cancel a cohort, or take it back. Nobody's enrolment or work changes; it takes nobody any more."""
    if cancelled != (cohort.cancelled_at is not None):
        cohort.cancelled_at = (at or clock.now()) if cancelled else None
        cohort.save(update_fields=["cancelled_at"])


def set_facilitators(*, cohort: Cohort, people: Iterable[Person]) -> None:
    """Let just these people facilitate the cohort, and see to it that there is a code by which learners enrol."""
    cohort.facilitators.set(people)
    if not cohort.codes.exists():
        EnrolmentCode.objects.create(
            code=fresh_code(), course=cohort.course, cohort=cohort, institution=cohort.institution
        )
