"""The sessions of a learner's groups, with what was noted of her: for herself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q

from learning import checking_in
from learning.facts import has_room
from learning.models import Attendance, Cohort, Enrolment, Session, SessionState

if TYPE_CHECKING:
    from accounts.models import Person


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
    group: str = ""


@dataclass(frozen=True)
class NextSession:
    """When and where she is expected next. `clock`: by which place the times go; `open_now`: she can check in."""

    title: str
    group: str
    place: str
    starts: dt.datetime
    ends: dt.datetime
    clock: str
    open_now: bool


def next_session(person: Person, *, at: dt.datetime) -> NextSession | None:
    """Return the session of her groups that is on and in which nothing is noted of her, or else the next one."""
    hers = Enrolment.objects.of(person).active().order_by().values("cohort")
    noted = Attendance.objects.filter(enrolment__in=Enrolment.objects.of(person).order_by().values("pk"))
    rows = Session.objects.filter(cohort__in=hers, ends_at__gte=at).exclude(state=SessionState.CANCELLED)
    rows = rows.exclude(pk__in=noted.values("session"))
    row = rows.select_related("cohort__country", "cohort__institution__country").first()
    if row is None:
        return None
    starts, ends = row.local_times
    return NextSession(
        title=row.title,
        group=row.cohort.name,
        place=row.place,
        starts=starts,
        ends=ends,
        clock=_clock_of(row),
        open_now=checking_in.closed(row, at=at) is None,
    )


def _clock_of(session: Session) -> str:
    """Return by which place a session's times go, in words: who learns live online may be elsewhere."""
    cohort = session.cohort
    country = cohort.country or (cohort.institution.country if cohort.institution else None)
    if country and country.time_zone == session.time_zone:
        return str(country)
    return session.time_zone.rpartition("/")[2].replace("_", " ")


def marked_sessions(person: Person) -> tuple[HerSession, ...]:
    """Return every session in which she was marked, the latest first, each with the better of two marks. One query."""
    own = Enrolment.objects.of(person).order_by().values("pk")
    rows = Attendance.objects.filter(Q(enrolment__in=own) | Q(walk_in__enrolment__in=own))
    best: dict[int, Attendance] = {}
    for row in rows.select_related("session__cohort").order_by("-session__starts_at", "-session"):
        there = best.get(row.session_id)
        if there is None or row.worth > there.worth:
            best[row.session_id] = row
    return tuple(replace(_hers(row.session, row), group=row.session.cohort.name) for row in best.values())


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


def coming_sessions(cohort: Cohort, *, at: dt.datetime) -> tuple[HerSession, ...]:
    """Return the sessions of a group that are not over, the next first."""
    rows = cohort.sessions.filter(ends_at__gte=at).exclude(state=SessionState.CANCELLED)
    return tuple(_hers(row, None) for row in rows)


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
