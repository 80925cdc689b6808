"""Makes sessions and marks as facilitators do, commit included."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import Person
from learning import attendance, meeting
from learning.attendance import Line, Recorded
from learning.models import Cohort, Enrolment, Session, WalkIn
from tests.factories.courses import committed

DAY = dt.date(2026, 3, 4)


def session_of(
    cohort: Cohort, by: Person, *, day: dt.date = DAY, title: str = "Taller", minutes: int = 100, **more: Any
) -> Session:
    """Plan one session from nine o'clock on."""
    begins = dt.time(9)
    ends = (dt.datetime.combine(day, begins) + dt.timedelta(minutes=minutes)).time()
    hours = meeting.Hours(day, begins, ends)
    return meeting.plan(cohort=cohort, title=title, hours=hours, by=by, **more)[0]


def mark(
    session: Session,
    who: Enrolment | WalkIn,
    word: str = "present",
    *,
    by: Person,
    minutes: int | None = None,
    seen: int = 0,
    **more: Any,
) -> Recorded:
    """Note one mark."""
    fresh = type(who).objects.get(pk=who.pk)
    with committed():
        return attendance.record(session=session, lines=[Line(fresh, word, minutes, seen)], by=by, **more)
