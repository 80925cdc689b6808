"""Takes attendance: a mark for each participant of a session, with what stood before kept beside it.

Two facilitators marking one cell differently: the second is shown the first's mark, and decides. What is corrected
after somebody's completion asks for a reason; a completion that it takes away is proposed for annulment, never dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from common import clock
from learning import presence
from learning.annulling import propose_where_due
from learning.models import (
    Attendance,
    AttendanceChange,
    AttendanceWay,
    Completion,
    Enrolment,
    EnrolmentState,
    Session,
    SessionState,
    WalkIn,
)
from learning.presence import Noted, Wrong
from learning.settling import settle_later

if TYPE_CHECKING:
    from accounts.models import Person

# Who sets up the room early may begin to mark.
EARLY = dt.timedelta(hours=1)
REASON_LENGTH = 300


class Closed(StrEnum):
    """Why no attendance can be taken of a session at all. The wording stands in `learning.words_of_room`."""

    NOT_YET = "not_yet"
    CANCELLED = "cancelled"


class Refused(Exception):
    """No attendance of this session can be taken; `reason` says why."""

    def __init__(self, reason: Closed) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Line:
    """What is to be noted of one participant. `seen`: the stamp of the mark that the writer saw; 0 for none."""

    participant: Enrolment | WalkIn
    mark: str
    minutes: int | None = None
    seen: int = 0


@dataclass(frozen=True)
class Conflict:
    """A mark that somebody else noted meanwhile, and what was to be written over it."""

    standing: Attendance
    line: Line


@dataclass
class Recorded:
    """What came of it: rows that changed, and lines that were not taken, each with the reason."""

    changed: list[Attendance] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    wrong: list[tuple[Line, Wrong]] = field(default_factory=list)
    reasonless: list[Line] = field(default_factory=list)


def refusal_of(session: Session, *, at: dt.datetime) -> Closed | None:
    """Return why no attendance can be taken now, or None."""
    if session.state == SessionState.CANCELLED:
        return Closed.CANCELLED
    return Closed.NOT_YET if at < session.starts_at - EARLY else None


def record(
    *,
    session: Session,
    lines: Iterable[Line],
    by: Person | None,
    way: str = AttendanceWay.FACILITATOR,
    reason: str = "",
    at: dt.datetime | None = None,
) -> Recorded:
    """Note what is said of participants; the session counts as held from its first mark on.

    Asked twice it changes nothing more. Lines that cannot be taken come back with their reason, the others are saved.
    `reason` is asked where a mark of somebody who completed the course changes. Raises Refused before the session
    begins, and for a cancelled one.
    """
    entry = _Entry(by=by, way=way, reason=reason.strip()[:REASON_LENGTH], at=at or clock.now())
    with transaction.atomic():
        locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        if refusal := refusal_of(locked, at=entry.at):
            raise Refused(refusal)
        recorded = _enter(locked, lines, entry)
        if recorded.changed and locked.state == SessionState.PLANNED:
            Session.objects.filter(pk=locked.pk).update(state=SessionState.HELD)
    return recorded


@dataclass(frozen=True)
class _Entry:
    """Who notes, how, why and when: the same for all lines."""

    by: Person | None
    way: str
    reason: str
    at: dt.datetime


def _enter(session: Session, lines: Iterable[Line], entry: _Entry) -> Recorded:
    recorded = Recorded()
    standing = _standing(session)
    taken = _here(session, _readable(session, lines, recorded, entry), standing, recorded)
    completed = _completed(line.participant for line, _noted in taken)
    new, put_right = [], []
    for line, noted in taken:
        before = standing.get(_whose(line.participant))
        if before is None:
            new.append(_first(session, line, noted, entry))
        elif before.noted == noted:
            continue
        elif before.stamp != line.seen:
            recorded.conflicts.append(Conflict(before, line))
        elif _enrolment_of(line.participant) in completed and not (entry.by and entry.reason):
            recorded.reasonless.append(line)
        else:
            put_right.append(_put_right(before, noted, entry))
    recorded.changed = [*Attendance.objects.bulk_create(new), *put_right]
    _follow_up(recorded.changed, put_right, completed, entry)
    return recorded


def _readable(
    session: Session, lines: Iterable[Line], recorded: Recorded, entry: _Entry
) -> list[tuple[Line, Noted]]:
    """Return what can be noted. Nobody notes herself; who checks in shows the code of the room."""
    human = entry.by.canonical_id if entry.by and entry.way != AttendanceWay.CHECK_IN else None
    taken = []
    for line in lines:
        noted = presence.read(line.mark, line.minutes, length=session.length)
        if human and _human(line.participant) == human:
            noted = Wrong.ONESELF
        if isinstance(noted, Wrong):
            recorded.wrong.append((line, noted))
        else:
            taken.append((line, noted))
    return taken


def _human(participant: Enrolment | WalkIn) -> int | None:
    return participant.person.canonical_id if participant.person else None


def _here(
    session: Session,
    taken: Sequence[tuple[Line, Noted]],
    standing: Mapping[tuple[str, int], Attendance],
    recorded: Recorded,
) -> list[tuple[Line, Noted]]:
    """Leave out who is not of the session's group, unless she was when she was marked."""
    here = []
    for line, noted in taken:
        if line.participant.cohort_id == session.cohort_id or _whose(line.participant) in standing:
            here.append((line, noted))
        else:
            recorded.wrong.append((line, Wrong.NOT_OF_THIS_GROUP))
    return here


def _whose(participant: Enrolment | WalkIn) -> tuple[str, int]:
    return ("enrolment" if isinstance(participant, Enrolment) else "walk_in", participant.pk)


def _enrolment_of(participant: Enrolment | WalkIn) -> int | None:
    return participant.pk if isinstance(participant, Enrolment) else participant.enrolment_id


def _standing(session: Session) -> dict[tuple[str, int], Attendance]:
    """Return the marks of a session by participant: one query."""
    found = {}
    for row in Attendance.objects.filter(session=session).select_related("marked_by", "walk_in"):
        row.session = session
        found["enrolment" if row.enrolment_id else "walk_in", row.enrolment_id or row.walk_in_id or 0] = row
    return found


def _completed(participants: Iterable[Enrolment | WalkIn]) -> set[int | None]:
    """Return those of the enrolments whose completion stands."""
    # Who is not completed is asked of the row that came with her: the usual tap costs no query here.
    done = [
        pk
        for one in participants
        if (pk := _enrolment_of(one))
        and not (isinstance(one, Enrolment) and one.state == EnrolmentState.ACTIVE)
    ]
    if not done:
        return set()
    rows = Completion.objects.filter(enrolment__in=done, annulment__isnull=True)
    return set(rows.values_list("enrolment_id", flat=True))


def _first(session: Session, line: Line, noted: Noted, entry: _Entry) -> Attendance:
    who = line.participant
    return Attendance(
        session=session,
        enrolment=who if isinstance(who, Enrolment) else None,
        walk_in=who if isinstance(who, WalkIn) else None,
        mark=noted.mark,
        minutes=noted.minutes,
        way=entry.way,
        marked_by=entry.by,
        marked_at=entry.at,
    )


def _put_right(row: Attendance, noted: Noted, entry: _Entry) -> Attendance:
    AttendanceChange.objects.create(
        attendance=row,
        before=row.mark,
        before_minutes=row.minutes,
        after=noted.mark,
        after_minutes=noted.minutes,
        reason=entry.reason,
        changed_by=entry.by,
        changed_at=entry.at,
    )
    row.mark, row.minutes, row.way = noted.mark.value, noted.minutes, entry.way
    row.marked_by, row.marked_at, row.stamp = entry.by, entry.at, row.stamp + 1
    row.save(update_fields=["mark", "minutes", "way", "marked_by", "marked_at", "stamp"])
    return row


def _follow_up(
    changed: Sequence[Attendance],
    put_right: Sequence[Attendance],
    completed: set[int | None],
    entry: _Entry,
) -> None:
    """Let the rule of completion be asked again: after commit of who is in progress, at once of who completed."""
    corrected = {_rated(row) for row in put_right} & completed
    if corrected and entry.by:
        propose_where_due(enrolments=corrected, by=entry.by, reason=entry.reason, at=entry.at)
    waiting = sorted(pk for row in changed if (pk := _rated(row)) and pk not in completed)
    if waiting:
        transaction.on_commit(lambda: settle_later(enrolments=waiting))


def _rated(row: Attendance) -> int | None:
    return row.enrolment_id or (row.walk_in.enrolment_id if row.walk_in else None)
