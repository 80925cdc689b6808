"""Lets people check themselves in: whoever shows the code of the room, for her own enrolment alone.

It proves that she was there when the code was shown. A mark that a facilitator noted is never written over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from accounts import limits
from common import clock
from learning import attendance, presence, room_codes
from learning.attendance import Line
from learning.models import Attendance, AttendanceWay, Cohort, Enrolment, Session, SessionState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

# Who comes early finds the code on the wall.
OPENS = dt.timedelta(minutes=30)
# Six digits, two codes at most at a time: ten guesses in a quarter of an hour are one in fifty thousand.
GUESSES = limits.Limit("check-in-codes", 10, 15 * 60)


class Reason(StrEnum):
    """Why nobody checks in. The wording stands in `learning.words_of_room`."""

    NOT_YET = "not_yet"
    OVER = "over"
    CANCELLED = "cancelled"
    CODE_OVER = "code_over"
    CODE_WRONG = "code_wrong"
    NO_SESSION = "no_session"
    NOT_IN_GROUP = "not_in_group"
    FACILITATES = "facilitates"


class Refused(Exception):
    """Nobody was checked in; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Arrival:
    """What stands of her after she checked in. `new`: by this; else it stood already, and stays."""

    row: Attendance
    new: bool


def closed(session: Session, *, at: dt.datetime) -> Reason | None:
    """Return why nobody checks in to a session now, or None."""
    if session.state == SessionState.CANCELLED:
        return Reason.CANCELLED
    if at < session.starts_at - OPENS:
        return Reason.NOT_YET
    return Reason.OVER if at > session.ends_at else None


def secret_of(session: Session) -> str:
    """Return the secret of a session's codes: a copy of the database alone forges none."""
    return f"{settings.SECRET_KEY}:{session.secret}"


def prove_by_picture(*, session: Session, token: str, at: dt.datetime) -> None:
    """Take what the picture carries. Raises Refused."""
    if why := closed(session, at=at):
        raise Refused(why)
    if not room_codes.is_token(token, secret=secret_of(session), key=str(session.key), at=at):
        raise Refused(Reason.CODE_OVER)


def prove_by_word(*, person: Person, code: str, at: dt.datetime) -> Session:
    """Return which of her sessions that are on now has this code. Raises Refused, and `accounts.limits.TooMany`."""
    rows = list(open_for(person, at=at))
    if not rows:
        raise Refused(Reason.NO_SESSION)
    spent = limits.spend(GUESSES, str(person.canonical_id))
    for row in rows:
        if room_codes.is_spoken(code, secret=secret_of(row), key=str(row.key), at=at):
            spent.refund()
            return row
    raise Refused(Reason.CODE_WRONG)


def open_for(person: Person, *, at: dt.datetime) -> QuerySet[Session]:
    """Return the sessions of her groups to which people check in now."""
    hers = Enrolment.objects.of(person).standing().filter(cohort__isnull=False)
    rows = Session.objects.filter(cohort__in=hers.order_by().values("cohort"))
    on = Q(starts_at__lte=at + OPENS, ends_at__gte=at)
    return rows.filter(on).exclude(state=SessionState.CANCELLED)


def enrolment_to_mark(session: Session, person: Person) -> Enrolment:
    """Return under what she is marked: her own enrolment in the session's group. One query. Raises Refused."""
    # Who shows the codes does not check herself in with them: another facilitator marks her.
    runs = Cohort.objects.filter(pk=OuterRef("cohort"), facilitators__canonical_id=person.canonical_id)
    rows = Enrolment.objects.of(person).standing().filter(cohort=session.cohort_id)
    found = (
        rows.select_related("person")
        .annotate(facilitates=Exists(runs))
        .order_by("-enrolled_at", "-pk")
        .first()
    )
    if found is None:
        raise Refused(Reason.NOT_IN_GROUP)
    if found.facilitates:
        raise Refused(Reason.FACILITATES)
    return found


def check_in(*, session: Session, person: Person, at: dt.datetime | None = None) -> Arrival:
    """Mark `person` as come, by her own hand; late once the margin of the rule is over. Raises Refused.

    `at`: when she showed the code. Asked twice, from one device or two, the first one stands.
    """
    at = at or clock.now()
    if why := closed(session, at=at):
        raise Refused(why)
    enrolment = enrolment_to_mark(session, person)
    noted = presence.arrived(at, starts=session.starts_at, ends=session.ends_at, length=session.length)
    line = Line(enrolment, noted.mark, noted.minutes)
    try:
        recorded = attendance.record(
            session=session, lines=[line], by=person, way=AttendanceWay.CHECK_IN, at=at
        )
    except attendance.Refused:
        # Cancelled, or put off, since her page was opened.
        raise Refused(Reason.CANCELLED) from None
    if recorded.changed:
        return Arrival(recorded.changed[0], new=True)
    if recorded.conflicts:
        return Arrival(recorded.conflicts[0].standing, new=False)
    return Arrival(Attendance.objects.get(session=session, enrolment=enrolment), new=False)
