"""What facilitators do about sessions: plan them, put them right, cancel them; and who came without account."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from common import clock
from learning.models import Attendance, Cohort, Enrolment, EnrolmentState, Session, SessionState, WalkIn
from learning.settling import settle_group_later, settle_later

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import Person

# A residential workshop lasts ten days; more than a month of days in a row is a slip of the finger.
MOST_DAYS = 31
SECRET_BYTES = 32
YEARS_BACK, YEARS_AHEAD = 20, 5


class Reason(StrEnum):
    """Why a session or a participant stays as it is. The wording stands in `learning.words_of_room`."""

    HAS_MARKS = "has_marks"
    ENDS_BEFORE = "ends_before"
    ONLY_BREAKS = "only_breaks"
    OTHER_GROUP = "other_group"
    JOINED = "joined"
    COMPLETED = "completed"
    OTHER_YEAR = "other_year"


class Refused(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Hours:
    """From when to when on a day, as the clock on the wall of the room says it, and the minutes of breaks."""

    day: dt.date
    begins: dt.time
    ends: dt.time
    breaks: int = 0

    def at(self, zone: str, *, days: int = 0) -> tuple[dt.datetime, dt.datetime]:
        """Return both moments where the clock goes by `zone`, so many days later."""
        day, place = self.day + dt.timedelta(days=days), ZoneInfo(zone)
        return (
            dt.datetime.combine(day, self.begins, place),
            dt.datetime.combine(day, self.ends, place),
        )


def time_zone_of(cohort: Cohort) -> str:
    """Return the time zone of the place where a group meets."""
    if cohort.country:
        return cohort.country.time_zone
    return cohort.institution.country.time_zone if cohort.institution else settings.TIME_ZONE


def plan(
    *,
    cohort: Cohort,
    title: str,
    hours: Hours,
    by: Person | None,
    place: str = "",
    days: int = 1,
    facilitators: Collection[Person] = (),
) -> list[Session]:
    """Plan a session, and the same on the days that follow. A session of the past is planned as well: sheets are
    typed in afterwards. Asked twice for the same title and hour it makes no second one. Raises Refused.

    `facilitators` stand on the sheet that is signed; where none are named, whoever plans it.
    """
    _check(hours)
    zone, made = time_zone_of(cohort), []
    with transaction.atomic():
        Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        for number in range(min(days, MOST_DAYS)):
            starts, ends = hours.at(zone, days=number)
            session, new = Session.objects.get_or_create(
                cohort=cohort,
                title=title.strip(),
                starts_at=starts,
                defaults={
                    "ends_at": ends,
                    "break_minutes": hours.breaks,
                    "place": place.strip(),
                    "time_zone": zone,
                    "secret": secrets.token_hex(SECRET_BYTES),
                    "made_by": by,
                },
            )
            if new:
                session.facilitators.add(*(facilitators or ([by] if by else [])))
                made.append(session)
    return made


def change(
    *, session: Session, title: str, hours: Hours, place: str, facilitators: Collection[Person] | None = None
) -> Session:
    """Put right what was planned; of a session with marks the words and who led it alone. Raises Refused."""
    _check(hours)
    with transaction.atomic():
        row = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        starts, ends = hours.at(row.time_zone)
        times = (starts, ends, hours.breaks)
        if times != (row.starts_at, row.ends_at, row.break_minutes) and row.attendance.exists():
            raise Refused(Reason.HAS_MARKS)
        row.title, row.place = title.strip(), place.strip()
        row.starts_at, row.ends_at, row.break_minutes = times
        row.save(update_fields=["title", "place", "starts_at", "ends_at", "break_minutes"])
        if facilitators is not None:
            row.facilitators.set(facilitators)
    return row


def _check(hours: Hours) -> None:
    # A slip of the finger in the year would hold up every completion of the group.
    if not -YEARS_BACK <= hours.day.year - clock.now().year <= YEARS_AHEAD:
        raise Refused(Reason.OTHER_YEAR)
    if hours.ends <= hours.begins:
        raise Refused(Reason.ENDS_BEFORE)
    whole = dt.datetime.combine(hours.day, hours.ends) - dt.datetime.combine(hours.day, hours.begins)
    if hours.breaks * 60 >= whole.total_seconds():
        raise Refused(Reason.ONLY_BREAKS)


def cancel(*, session: Session) -> Session:
    """Cancel a session: it counts for nobody, and whom it held up completes. Marks are kept: with any it was held.

    Raises Refused.
    """
    with transaction.atomic():
        row = Session.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session.pk)
        if row.attendance.exists():
            raise Refused(Reason.HAS_MARKS)
        row.state = SessionState.CANCELLED
        row.save(update_fields=["state"])
        transaction.on_commit(lambda: settle_group_later(cohort=row.cohort))
    return row


def restore(*, session: Session) -> Session:
    """Take a cancellation back."""
    Session.objects.filter(pk=session.pk, state=SessionState.CANCELLED).update(state=SessionState.PLANNED)
    session.refresh_from_db()
    return session


def add_walk_in(
    *,
    cohort: Cohort,
    name: str,
    by: Person,
    institution: str = "",
    sex: str = "",
    at: dt.datetime | None = None,
) -> WalkIn:
    """Note somebody who came without account, once by the name that she gave in this group. `sex`: if she said it."""
    with transaction.atomic():
        Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        words = " ".join(name.split())
        there = WalkIn.objects.filter(cohort=cohort, name__iexact=words, enrolment__isnull=True).first()
        return there or WalkIn.objects.create(
            cohort=cohort,
            name=words,
            institution=" ".join(institution.split()),
            sex=sex,
            noted_by=by,
            noted_at=at or clock.now(),
        )


def join(*, walk_in: WalkIn, enrolment: Enrolment, by: Person, at: dt.datetime | None = None) -> WalkIn:
    """Let what was noted by a name count for a learner of the group, who has an account by now. Raises Refused.

    Nothing is written over: each keeps her marks, and of two for one session the better one counts. It can be parted.
    """
    with transaction.atomic():
        row = WalkIn.objects.select_for_update(of=("self",)).get(pk=walk_in.pk)
        if enrolment.cohort_id != row.cohort_id or enrolment.state == EnrolmentState.WITHDRAWN:
            raise Refused(Reason.OTHER_GROUP)
        if row.enrolment_id not in {None, enrolment.pk}:
            raise Refused(Reason.JOINED)
        row.enrolment, row.person = enrolment, enrolment.person
        row.joined_by, row.joined_at = by, at or clock.now()
        row.save(update_fields=["enrolment", "person", "joined_by", "joined_at"])
        transaction.on_commit(lambda: settle_later(enrolments=[enrolment.pk]))
    return row


def part(*, walk_in: WalkIn) -> WalkIn:
    """Take the joining of a name with a learner back, unless her completion may stand on it. Raises Refused."""
    with transaction.atomic():
        row = WalkIn.objects.select_for_update(of=("self",)).get(pk=walk_in.pk)
        joined = Enrolment.objects.filter(walk_ins=row, state=EnrolmentState.COMPLETED)
        if joined.exists() and Attendance.objects.filter(walk_in=row).exists():
            raise Refused(Reason.COMPLETED)
        row.enrolment = row.person = row.joined_by = row.joined_at = None
        row.save(update_fields=["enrolment", "person", "joined_by", "joined_at"])
    return row
