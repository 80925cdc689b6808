"""The sessions of a learner's group, with what was noted of her: for herself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from learning.facts import has_room
from learning.models import Attendance, Session, SessionState

if TYPE_CHECKING:
    from learning.models import Enrolment


@dataclass(frozen=True)
class HerSession:
    """A session as a learner sees it. `mark`: in words, empty while nothing is noted; `minutes`: what it counts."""

    title: str
    place: str
    starts: dt.datetime
    ends: dt.datetime
    cancelled: bool
    mark: str = ""
    minutes: int | None = None


def her_sessions(enrolment: Enrolment) -> tuple[HerSession, ...]:
    """Return the sessions of her group and those in which she was marked: two queries, none without a workshop."""
    if not has_room(enrolment):
        return ()
    rows = Attendance.objects.filter(Q(enrolment=enrolment) | Q(walk_in__enrolment=enrolment))
    marks: dict[int, Attendance] = {}
    for row in rows.select_related("session"):
        there = marks.get(row.session_id)
        if there is None or row.worth > there.worth:
            marks[row.session_id] = row
    here = Q(pk__in=list(marks)) | Q(cohort__isnull=False, cohort=enrolment.cohort_id)
    return tuple(_hers(session, marks.get(session.pk)) for session in Session.objects.filter(here))


def _hers(session: Session, row: Attendance | None) -> HerSession:
    starts, ends = session.local_times
    return HerSession(
        title=session.title,
        place=session.place,
        starts=starts,
        ends=ends,
        cancelled=session.state == SessionState.CANCELLED,
        mark=row.get_mark_display() if row else "",
        minutes=row.worth if row else None,
    )
