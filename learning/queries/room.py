"""The sessions of a group and the attendance of one of them, as who facilitates sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q

from common import clock
from learning import annulling, attendance
from learning.models import (
    AnnulmentProposal,
    Attendance,
    AttendanceMark,
    Cohort,
    Enrolment,
    EnrolmentState,
    ProposalState,
    Session,
    SessionState,
    WalkIn,
)
from learning.overtaken import overtaken
from learning.presence import HERE, WITH_MINUTES, Mark
from learning.words_of_room import CLOSED, NOT_ANSWERED, say_marked

if TYPE_CHECKING:
    from accounts.models import Person

# The order of the buttons: the usual ones on the first row.
CHOICES = tuple(
    AttendanceMark(mark.value)
    for mark in (
        Mark.PRESENT,
        Mark.LATE,
        Mark.PARTIAL,
        Mark.ABSENT,
        Mark.EXCUSED,
        Mark.WITHDRAWN,
        Mark.DROPPED,
    )
)


@dataclass(frozen=True)
class SessionLine:
    """A session in the list. `undecided`: its time is over and nobody said whether it took place."""

    session: Session
    starts: dt.datetime
    ends: dt.datetime
    present: int
    undecided: bool

    @property
    def cancelled(self) -> bool:
        """Say whether it does not take place."""
        return self.session.state == SessionState.CANCELLED


@dataclass(frozen=True)
class SessionsScreen:
    """The sessions of a group, those of whom nobody knows yet who they are, and what waits for a second person."""

    cohort: Cohort
    undecided: tuple[SessionLine, ...]
    lines: tuple[SessionLine, ...]
    walk_ins: tuple[WalkIn, ...]
    proposals: tuple[AnnulmentProposal, ...]


def sessions_screen(cohort: Cohort) -> SessionsScreen:
    """Return the sessions of a group: five queries."""
    here = Count("attendance", filter=Q(attendance__mark__in=HERE))
    now = clock.now()
    lines = [
        _line(row, row.here, now)
        for row in cohort.sessions.annotate(here=here).prefetch_related("facilitators")
    ]
    return SessionsScreen(
        cohort=cohort,
        undecided=tuple(line for line in lines if line.undecided),
        lines=tuple(line for line in lines if not line.undecided),
        walk_ins=tuple(cohort.walk_ins.select_related("person")),
        proposals=tuple(
            AnnulmentProposal.objects.filter(
                completion__enrolment__cohort=cohort, state=ProposalState.OPEN
            ).select_related("completion__enrolment__person", "proposed_by")
        ),
    )


def _line(session: Session, present: int, now: dt.datetime) -> SessionLine:
    starts, ends = session.local_times
    undecided = session.state == SessionState.PLANNED and session.ends_at < now
    return SessionLine(session, starts, ends, present, undecided)


@dataclass(frozen=True)
class Cell:
    """One participant of a session. `was`: the mark that the page shows, so that what was not touched is not sent;
    `told`: what the reader is to know of it.
    """

    id: str
    name: str
    mark: str = ""
    minutes: int | None = None
    seen: int = 0
    was: str = ""
    by: str = ""
    walk_in: WalkIn | None = None
    completed: bool = False
    told: str = ""


@dataclass(frozen=True)
class AttendanceScreen:
    """One session with its participants. `closed`: why nothing can be marked now."""

    session: Session
    starts: dt.datetime
    ends: dt.datetime
    cells: tuple[Cell, ...]
    choices: tuple[AttendanceMark, ...]
    closed: str
    unmarked: int
    asks_reason: bool


def participants(session: Session, ids: Iterable[str] | None = None) -> dict[str, Enrolment | WalkIn]:
    """Return who is marked in a session, by the word that names her in a form: the group of today, and whoever has
    a mark of it though she has gone on elsewhere. With `ids` those alone.
    """
    marked = Q(attendance__session=session)
    inside = Q(cohort=session.cohort_id) & ~Q(state=EnrolmentState.WITHDRAWN)
    people = Enrolment.objects.filter(inside | marked).select_related("person")
    names = WalkIn.objects.filter(Q(cohort=session.cohort_id) | marked).select_related("person")
    if ids is not None:
        wanted = list(ids)
        people = people.filter(pk__in=[int(one[1:]) for one in wanted if one[0] == "e"])
        names = names.filter(pk__in=[int(one[1:]) for one in wanted if one[0] == "w"])
        if not any(one[0] == "w" for one in wanted):
            names = names.none()
    rows = list(people.distinct().order_by("person__display_name", "pk"))
    gone_past = overtaken(rows, human=lambda row: row.person.canonical_id) if ids is None else set()
    found: dict[str, Enrolment | WalkIn] = {f"e{row.pk}": row for row in rows if row.pk not in gone_past}
    return found | {f"w{row.pk}": row for row in names.distinct()}


def attendance_screen(session: Session) -> AttendanceScreen:
    """Return a session with the mark of each participant: three queries, however many."""
    marks = {
        f"e{row.enrolment_id}" if row.enrolment_id else f"w{row.walk_in_id}": row
        for row in Attendance.objects.filter(session=session).select_related("marked_by")
    }
    cells = tuple(_cell(key, who, marks.get(key)) for key, who in participants(session).items())
    starts, ends = session.local_times
    refusal = attendance.refusal_of(session, at=clock.now())
    return AttendanceScreen(
        session=session,
        starts=starts,
        ends=ends,
        cells=cells,
        choices=CHOICES,
        closed=str(CLOSED[refusal]) if refusal else "",
        unmarked=sum(1 for cell in cells if not cell.mark),
        asks_reason=any(cell.completed and cell.mark for cell in cells),
    )


def _cell(key: str, who: Enrolment | WalkIn, row: Attendance | None) -> Cell:
    cell = Cell(
        id=key,
        name=str(who.person) if isinstance(who, Enrolment) else who.name,
        walk_in=who if isinstance(who, WalkIn) else None,
        completed=isinstance(who, Enrolment) and who.state == EnrolmentState.COMPLETED,
    )
    if row is None:
        return cell
    minutes = row.minutes if row.mark in WITH_MINUTES else None
    return replace(
        cell,
        mark=row.mark,
        minutes=minutes,
        seen=row.stamp,
        was=f"{row.mark}:{minutes or ''}",
        by=say_marked(row),
    )


@dataclass(frozen=True)
class Waiting:
    """A proposal in the list of those that wait. `said`: why the reader does not decide on it, in words."""

    proposal: AnnulmentProposal
    person: Person
    group: str
    said: str


def waiting_annulments(by: Person) -> tuple[Waiting, ...]:
    """Return what waits for a second person in the groups that `by` runs: nothing about herself. Few queries."""
    rows = annulling.waiting_for(by).exclude(completion__enrolment__person__canonical_id=by.canonical_id)
    return tuple(_waiting(row, by) for row in rows)


def _waiting(row: AnnulmentProposal, by: Person) -> Waiting:
    enrolment = row.completion.enrolment
    own = by.canonical_id == row.proposed_by.canonical_id
    said = str(NOT_ANSWERED[annulling.Reason.SAME_PERSON]) if own else ""
    return Waiting(row, enrolment.person, enrolment.cohort.name if enrolment.cohort else "", said)


@dataclass(frozen=True)
class AnnulmentScreen:
    """A proposal to annul, whom it touches, and why the reader does not decide, where she does not."""

    proposal: AnnulmentProposal
    person: Person
    refusal: annulling.Reason | None
    changes: tuple[Attendance, ...]


def annulment_screen(proposal: AnnulmentProposal, by: Person) -> AnnulmentScreen:
    """Return a proposal with the marks of hers that were put right."""
    enrolment = proposal.completion.enrolment
    rows = Attendance.objects.filter(
        Q(enrolment=enrolment) | Q(walk_in__enrolment=enrolment), changes__isnull=False
    )
    rows = rows.distinct().select_related("session").prefetch_related(Prefetch("changes"))
    return AnnulmentScreen(
        proposal=proposal,
        person=enrolment.person,
        refusal=annulling.refusal_of(proposal, by),
        changes=tuple(rows),
    )
