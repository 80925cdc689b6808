"""Takes attendance: a mark for each participant of a session, with what stood before kept beside it.

Two facilitators marking one cell differently: the second is shown the first's mark, and decides. What is corrected
after somebody's completion asks for a reason; a completion that it takes away is proposed for annulment, never dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
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
from learning.timed import settle_later

if TYPE_CHECKING:
    from accounts.models import Person

# Who sets up the room early may begin to mark.
EARLY = dt.timedelta(hours=1)


class Closed(StrEnum):
    """Why no attendance can be taken of a session at all. The wording stands in `learning.words`."""

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
    at = at or clock.now()
    refusal = refusal_of(session, at=at)
    if refusal:
        raise Refused(refusal)
    recorded = Recorded()
    with transaction.atomic():
        locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        taken = _readable(locked, lines, recorded)
        standing = _standing(locked, [line for line, _noted in taken])
        completed = _completed(line.participant for line, _noted in taken)
        for line, noted in taken:
            before = standing.get(_whose(line.participant))
            if before is not None and before.noted == noted:
                continue
            if before is not None and before.stamp != line.seen:
                recorded.conflicts.append(Conflict(before, line))
            elif _enrolment_of(line.participant) in completed and not reason.strip():
                recorded.reasonless.append(line)
            else:
                recorded.changed.append(_write(locked, line, noted, before, by, way, reason.strip(), at))
        _hold(locked, recorded.changed)
        _follow_up(recorded.changed, completed, by=by, reason=reason.strip())
    return recorded


def _readable(session: Session, lines: Iterable[Line], recorded: Recorded) -> list[tuple[Line, Noted]]:
    taken = []
    for line in lines:
        noted = presence.read(line.mark, line.minutes, length=session.length)
        if isinstance(noted, Wrong):
            recorded.wrong.append((line, noted))
        else:
            taken.append((line, noted))
    return taken


def _whose(participant: Enrolment | WalkIn) -> tuple[str, int]:
    return ("enrolment" if isinstance(participant, Enrolment) else "walk_in", participant.pk)


def _enrolment_of(participant: Enrolment | WalkIn) -> int | None:
    return participant.pk if isinstance(participant, Enrolment) else participant.enrolment_id


def _standing(session: Session, lines: Sequence[Line]) -> dict[tuple[str, int], Attendance]:
    """Return the marks that stand for these participants: one query."""
    found = {}
    for row in Attendance.objects.filter(session=session):
        row.session = session
        found["enrolment" if row.enrolment_id else "walk_in", row.enrolment_id or row.walk_in_id or 0] = row
    return {_whose(line.participant): row for line in lines if (row := found.get(_whose(line.participant)))}


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


def _write(
    session: Session,
    line: Line,
    noted: Noted,
    before: Attendance | None,
    by: Person | None,
    way: str,
    reason: str,
    at: dt.datetime,
) -> Attendance:
    if before is None:
        kind, pk = _whose(line.participant)
        return Attendance.objects.create(
            session=session,
            **{f"{kind}_id": pk},
            mark=noted.mark,
            minutes=noted.minutes,
            way=way,
            marked_by=by,
            marked_at=at,
        )
    AttendanceChange.objects.create(
        attendance=before,
        before=before.mark,
        before_minutes=before.minutes,
        after=noted.mark,
        after_minutes=noted.minutes,
        reason=reason,
        changed_by=by,
        changed_at=at,
    )
    before.mark, before.minutes, before.way = noted.mark.value, noted.minutes, way
    before.marked_by, before.marked_at, before.stamp = by, at, before.stamp + 1
    before.save(update_fields=["mark", "minutes", "way", "marked_by", "marked_at", "stamp"])
    return before


def _hold(session: Session, changed: Sequence[Attendance]) -> None:
    if changed and session.state == SessionState.PLANNED:
        Session.objects.filter(pk=session.pk).update(state=SessionState.HELD)


def _follow_up(
    changed: Sequence[Attendance], completed: set[int | None], *, by: Person | None, reason: str
) -> None:
    """Let the rule of completion be asked again of whoever's mark changed, after commit."""
    touched = {
        pk for row in changed if (pk := row.enrolment_id or (row.walk_in and row.walk_in.enrolment_id))
    }
    propose_where_due(enrolments=touched & completed, by=by, reason=reason)
    waiting = sorted(touched - completed)
    if waiting:
        transaction.on_commit(lambda: settle_later.enqueue(waiting))
