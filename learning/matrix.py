"""Gathers what a group has done: learner by activity, learner by session, and who does not get on.

Seven queries, whether they are five people or five hundred: rows are read as plain values, a version is read once, and
what is asked of people of one version, country and route is worked out once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Coalesce

from assessments.models import Attempt
from courses import versions
from learning.models import (
    ActivityCompletion,
    Attendance,
    Cohort,
    Enrolment,
    EnrolmentState,
    ExtraAttempt,
    Session,
    SessionState,
)
from learning.overtaken import overtaken
from learning.presence import Mark, Noted, minutes_of
from learning.stuck import TRIES, Standing, Stuck, why_stuck

if TYPE_CHECKING:
    from courses.versions import Activity
    from programme.scope import Reader


@dataclass(frozen=True)
class Tried:
    """Attempts handed in at a quiz that was not passed, whether one is open, and the day of the last."""

    failed: int = 0
    open: bool = False
    last_on: dt.date | None = None


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked of all people of one version, country, route and modality, in order.

    `required`: what completes the course; nothing where the workshop alone does.
    """

    activities: tuple[Activity, ...]
    required: tuple[UUID, ...]

    @cached_property
    def keys(self) -> frozenset[UUID]:
        """Return the keys of what is asked; the rest is not for them."""
        return frozenset(activity.key for activity in self.activities)


@dataclass
class Learner:
    """One enrolment with what the database holds of it. `marks`: the better one a session, by session."""

    enrolment: Enrolment
    asked: Asked
    done: dict[UUID, dt.date] = field(default_factory=dict)
    tried: dict[UUID, Tried] = field(default_factory=dict)
    used_up: UUID | None = None
    marks: dict[int, Noted] = field(default_factory=dict)
    attended: int = 0
    last_seen: dt.date | None = None
    stuck: Stuck | None = None

    @property
    def completed(self) -> bool:
        """Say whether she has completed the course."""
        return self.enrolment.state == EnrolmentState.COMPLETED

    @property
    def so_far(self) -> int:
        """Return how many of the required activities she has done."""
        return self._walked[0]

    @property
    def next(self) -> UUID | None:
        """Return what she would do now: the first that is missing after the furthest done, or the first missing."""
        return self._walked[1]

    @cached_property
    def _walked(self) -> tuple[int, UUID | None]:
        """Both at one go: for five hundred people and forty activities each look counts."""
        so_far, first, after = 0, None, None
        for key in self.asked.required:
            if key in self.done:
                so_far, after = so_far + 1, None
            else:
                first, after = first or key, after or key
        return so_far, after or first


@dataclass(frozen=True)
class Matrix:
    """A group: the activities of its versions in order, its sessions but the cancelled ones, its people by name."""

    cohort: Cohort
    activities: tuple[Activity, ...]
    sessions: tuple[Session, ...]
    learners: tuple[Learner, ...]
    held_minutes: int


def matrix_of(cohort: Cohort, *, at: dt.datetime, today: dt.date) -> Matrix:
    """Return what everybody in `cohort` has done."""
    learners = _learners(cohort)
    here, elsewhere = _sessions(cohort)
    _add_done(learners)
    _add_attempts(learners)
    _add_marks(learners, {**here, **elsewhere})
    held = [session for session in here.values() if session.state == SessionState.HELD]
    for learner in learners.values():
        _judge(learner, cohort, list(here.values()), at=at, today=today)
    return Matrix(
        cohort=cohort,
        activities=_together(learners.values()),
        sessions=tuple(here.values()),
        learners=tuple(learners.values()),
        held_minutes=sum(session.length for session in held),
    )


def _learners(cohort: Cohort) -> dict[int, Learner]:
    rows = list(
        cohort.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("person")
        .order_by("person__display_name", "person__certificate_name", "pk")
    )
    gone_past = overtaken(rows, human=lambda row: row.person.canonical_id)
    rows = [row for row in rows if row.pk not in gone_past]
    _share_versions(rows)
    asked: dict[tuple[int, Reader, str], Asked] = {}
    found = {}
    for row in rows:
        # Whoever is asked for something about an enrolment need not look its group up five hundred times.
        row.cohort = cohort
        name = (row.version_id, row.reader, row.modality)
        if name not in asked:
            asked[name] = _asked(row)
        found[row.pk] = Learner(row, asked[name])
    return found


def _share_versions(rows: list[Enrolment]) -> None:
    """Give each enrolment its version, made once and not five hundred times."""
    known = versions.shared({row.version_id for row in rows})
    for row in rows:
        row.version = known[row.version_id]


def _asked(row: Enrolment) -> Asked:
    manifest = versions.manifest_of(row.version)
    # Where the workshop alone completes the course, its lessons are for whoever wants them.
    activities = manifest.for_reader(row.reader) if manifest.rule(row.modality).activities else ()
    required = manifest.required(modality=row.modality, reader=row.reader)
    return Asked(activities, tuple(one.key for one in required))


def _together(learners: Iterable[Learner]) -> tuple[Activity, ...]:
    """Return the activities of all versions that the group follows, the newest one's order first."""
    followed = {learner.enrolment.version_id: learner.enrolment.version for learner in learners}
    found: dict[UUID, Activity] = {}
    for _pk, version in sorted(followed.items(), reverse=True):
        for activity in versions.manifest_of(version):
            found.setdefault(activity.key, activity)
    return tuple(found.values())


def _add_done(learners: dict[int, Learner]) -> None:
    """Note what was done. Keys are read as text: twelve thousand of them are otherwise made only to be compared."""
    rows = ActivityCompletion.objects.filter(enrolment__in=list(learners))
    said = rows.annotate(text=Cast("activity", TextField())).values_list(
        "enrolment_id", "text", "completed_on"
    )
    known: dict[str, UUID] = {}
    for asked in {learner.asked for learner in learners.values()}:
        known |= {text: one.key for one in asked.activities for text in (str(one.key), one.key.hex)}
    for enrolment, text, day in said:
        if text not in known:
            known[text] = UUID(text)
        learners[enrolment].done[known[text]] = day


def _add_attempts(learners: dict[int, Learner]) -> None:
    """Note who has tried a quiz and not passed it, and who has no attempt left."""
    active = {row.enrolment.key: row for row in learners.values() if not row.completed}
    tried: dict[UUID, dict[UUID, list[dt.datetime | None]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        Attempt.objects.filter(context__in=list(active), before=False).exclude(passed=True).order_by("number")
    )
    for context, quiz, moment in rows.values_list("context", "quiz_key", "submitted_at"):
        tried[context][quiz].append(moment)
    given = _given(list(tried))
    for context, quizzes in tried.items():
        learner = active[context]
        manifest = versions.manifest_of(learner.enrolment.version)
        for activity in learner.asked.activities:
            if not activity.quiz or activity.is_before or activity.key in learner.done:
                continue
            if tries := [moment for form in manifest.forms_of(activity) for moment in quizzes.get(form, ())]:
                _note(learner, activity, tries, given[context, activity.key])


def _given(keys: list[UUID]) -> Counter[tuple[UUID, UUID]]:
    rows = ExtraAttempt.objects.filter(enrolment__key__in=keys) if keys else ExtraAttempt.objects.none()
    return Counter(rows.values_list("enrolment__key", "activity"))


def _note(learner: Learner, quiz: Activity, tries: list[dt.datetime | None], given: int) -> None:
    handed_in = [moment for moment in tries if moment]
    still_open = len(handed_in) < len(tries)
    last = max(handed_in, default=None)
    learner.tried[quiz.key] = Tried(len(handed_in), still_open, last.date() if last else None)
    if not still_open and len(handed_in) >= (quiz.max_attempts or 1) + given:
        learner.used_up = quiz.key


def _sessions(cohort: Cohort) -> tuple[dict[int, Session], dict[int, Session]]:
    """Return the sessions of the group, and those of others at which somebody of it was."""
    theirs = Attendance.objects.filter(enrolment__cohort=cohort).exclude(session__cohort=cohort)
    asked = Q(cohort=cohort) | Q(pk__in=theirs.order_by().values("session"))
    rows = Session.objects.filter(asked).exclude(state=SessionState.CANCELLED).order_by("starts_at", "pk")
    here: dict[int, Session] = {}
    elsewhere: dict[int, Session] = {}
    for row in rows.defer("opens", "secret"):
        (here if row.cohort_id == cohort.pk else elsewhere)[row.pk] = row
    return here, elsewhere


def _add_marks(learners: dict[int, Learner], sessions: dict[int, Session]) -> None:
    """Note each mark; of two for one session, hers and that of whom she was joined to, the better one."""
    lengths = {pk: session.length for pk, session in sessions.items()}
    rows = Attendance.objects.filter(session__in=list(sessions)).annotate(
        whose=Coalesce("enrolment_id", F("walk_in__enrolment_id"))
    )
    for whose, session, mark, minutes in rows.filter(whose__in=list(learners)).values_list(
        "whose", "session_id", "mark", "minutes"
    ):
        marks, length = learners[whose].marks, lengths[session]
        noted, there = Noted(Mark(mark), minutes), marks.get(session)
        if there is None or minutes_of(noted, length=length) > minutes_of(there, length=length):
            marks[session] = noted
    held = {pk: one.local_date for pk, one in sessions.items() if one.state == SessionState.HELD}
    for learner in learners.values():
        _attended(learner, held, lengths)


def _attended(learner: Learner, held: dict[int, dt.date], lengths: dict[int, int]) -> None:
    for pk, noted in learner.marks.items():
        minutes = minutes_of(noted, length=lengths[pk]) if pk in held else 0
        if minutes:
            learner.attended += minutes
            learner.last_seen = max(filter(None, (learner.last_seen, held[pk])))


def _judge(
    learner: Learner, cohort: Cohort, sessions: list[Session], *, at: dt.datetime, today: dt.date
) -> None:
    if learner.completed or cohort.cancelled_at:
        return
    row = learner.enrolment
    days = [*learner.done.values(), *(tried.last_on for tried in learner.tried.values()), learner.last_seen]
    failed = (key for key, tried in learner.tried.items() if tried.failed >= TRIES)
    standing = Standing(
        begins_on=max(row.enrolled_on, cohort.starts_on or row.enrolled_on),
        last_on=max(filter(None, days), default=None),
        done=learner.so_far,
        next=learner.next,
        used_up=learner.used_up,
        failed=next(failed, None),
        missed=_missed(learner, sessions, at=at),
        undecided=any(one.state == SessionState.PLANNED and one.ends_at < at for one in sessions),
        next_session=next(
            (one.local_date for one in sessions if one.ends_at >= at and one.pk not in learner.marks), None
        ),
    )
    learner.stuck = why_stuck(standing, today)


def _missed(learner: Learner, sessions: list[Session], *, at: dt.datetime) -> int:
    """Return how many of the sessions held last she was not at, one after the other. One without a mark ends it, unless
    it is still on: she may be on her way.
    """
    missed = 0
    for session in reversed([one for one in sessions if one.state == SessionState.HELD]):
        noted = learner.marks.get(session.pk)
        if noted is None and session.ends_at >= at:
            continue
        if noted is None or minutes_of(noted, length=session.length):
            break
        missed += 1
    return missed
