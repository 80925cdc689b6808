"""Answers who of a group is due for a refresher: a certificate's term, or a year, after she completed.

A refresher is a new enrolment in the same course; the former one and its completion stay as they are.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.languages import content_language
from courses import versions
from learning.models import Cohort, Completion, Enrolment, EnrolmentState

if TYPE_CHECKING:
    from accounts.models import Person

# Where a course says no term of its certificate.
MONTHS = 12
# Told so long before, so that a group can be opened for those who are due together.
AHEAD = dt.timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """Somebody who completed in a group, when, and from when a refresher is suggested."""

    person: Person
    completed_on: dt.date
    due_on: dt.date
    now: bool


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later; the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))


def months_of(cohort: Cohort) -> int:
    """Return after how many months a refresher of the group's course is suggested."""
    words = versions.course_words(cohort.course, language=content_language())
    return words.validity_months or MONTHS


def due_in(cohort: Cohort, *, today: dt.date) -> list[Due]:
    """Return who completed in `cohort` and has not begun the course again, the first who is due first."""
    done = Completion.objects.filter(enrolment__cohort=cohort, annulment__isnull=True)
    rows = list(done.select_related("enrolment__person").order_by("achieved_on", "pk"))
    since = _lasts([row.enrolment.person for row in rows], cohort)
    months, found, seen = months_of(cohort), [], set[int | None]()
    for row in rows:
        person = row.enrolment.person
        if since.get(person.canonical_id) != row.enrolment_id or person.erased_at:
            continue
        day = months_later(row.achieved_on, months)
        if person.canonical_id not in seen:
            found.append(Due(person, row.achieved_on, day, day - AHEAD <= today))
        seen.add(person.canonical_id)
    return found


def _lasts(people: list[Person], cohort: Cohort) -> dict[int | None, int]:
    """Return by person her last enrolment in the course that she did not leave."""
    rows = Enrolment.objects.filter(
        person__canonical__in={person.canonical_id for person in people}, course=cohort.course_id
    ).exclude(state=EnrolmentState.WITHDRAWN)
    return dict(rows.order_by("enrolled_at", "pk").values_list("person__canonical_id", "pk"))
