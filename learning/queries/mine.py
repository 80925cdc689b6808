"""A learner's landing page and her record: her courses, hours and certificates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from common import clock
from common.languages import content_language
from courses import versions
from learning.former import FormerTraining, former_trainings
from learning.models import ActivityCompletion, Enrolment, EnrolmentState
from learning.overtaken import overtaken
from learning.proofs import Proof, proofs_for
from learning.queries.her_room import HerSession, NextSession, marked_sessions, next_session

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person

OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Entry:
    """One enrolment on a learner's page. `minutes` are those credited; `done` of `of` required activities, and
    `beside` optional ones.
    """

    enrolment: Enrolment
    words: versions.CourseWords
    done: int
    beside: int
    of: int
    minutes: int
    achieved_on: dt.date | None
    proof: Proof | None
    overtaken: bool = False
    # Completed before, in another account of hers or when she took it the first time; the latest first.
    earlier: tuple[Entry, ...] = ()

    @property
    def state(self) -> str:
        """Return the enrolment's state; one overtaken by a later one of hers is not in progress."""
        return OVERTAKEN if self.overtaken else self.enrolment.state


@dataclass(frozen=True)
class Mine:
    """The learner's courses: those in progress first."""

    in_progress: tuple[Entry, ...]
    completed: tuple[Entry, ...]
    next_session: NextSession | None = None


@dataclass(frozen=True)
class Record:
    """Everything a learner did here. `minutes` counts completed courses, each once."""

    entries: tuple[Entry, ...]
    completed: int
    minutes: int
    in_progress: int
    left: int
    overtaken: int
    sessions: tuple[HerSession, ...] = ()
    former: tuple[FormerTraining, ...] = ()


def mine(request: HttpRequest, person: Person) -> Mine:
    """Return the landing page of `person`."""
    entries = _entries(request, person)
    return Mine(
        in_progress=tuple(e for e in entries if e.state == EnrolmentState.ACTIVE),
        completed=tuple(e for e in entries if e.state == EnrolmentState.COMPLETED),
        next_session=next_session(person, at=clock.now()) if _in_a_group(entries) else None,
    )


def _in_a_group(entries: list[Entry]) -> bool:
    """Say whether any course was taken in a group: nobody else has sessions, nor costs a query for them."""
    return any(one.enrolment.cohort_id for entry in entries for one in (entry, *entry.earlier))


def record(request: HttpRequest, person: Person) -> Record:
    """Return the record of `person`; courses that she left stand in it too, for what was done stays done."""
    entries = _entries(request, person)
    completed = [e for e in entries if e.state == EnrolmentState.COMPLETED]
    return Record(
        entries=tuple(entries),
        completed=len(completed),
        minutes=sum(e.minutes for e in completed),
        in_progress=sum(1 for e in entries if e.state == EnrolmentState.ACTIVE),
        left=sum(1 for e in entries if e.state == EnrolmentState.WITHDRAWN),
        overtaken=sum(1 for e in entries if e.state == OVERTAKEN),
        sessions=marked_sessions(person) if _in_a_group(entries) else (),
        former=former_trainings(person),
    )


def _entries(request: HttpRequest, person: Person) -> list[Entry]:
    enrolments = list(
        Enrolment.objects.of(person)
        .select_related("course", "version", "completion")
        .defer("version__manifest")
        .prefetch_related(Prefetch("done", ActivityCompletion.objects.only("enrolment_id", "activity")))
        .order_by("-enrolled_at", "-pk")
    )
    versions.parse_manifests(enrolment.version for enrolment in enrolments)
    language = content_language()
    words = versions.many_course_words({e.course for e in enrolments}, language=language, request=request)
    proofs, gone_past = proofs_for(enrolments), overtaken(enrolments)
    entries = [
        _entry(e, words[e.course.key], proofs.get(e.pk), overtaken=e.pk in gone_past) for e in enrolments
    ]
    return _one_line_a_course(entries)


def _one_line_a_course(entries: list[Entry]) -> list[Entry]:
    """Put what was completed more than once on one line; the completion of last time speaks for the course."""
    completed: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.state == EnrolmentState.COMPLETED:
            completed[entry.enrolment.course_id].append(entry)
    last = {}
    for done in completed.values():
        newest, *before = sorted(done, key=lambda entry: str(entry.achieved_on or ""), reverse=True)
        last[newest.enrolment.pk] = tuple(before)
    return [
        replace(entry, earlier=last.get(entry.enrolment.pk, ()))
        for entry in entries
        if entry.state != EnrolmentState.COMPLETED or entry.enrolment.pk in last
    ]


def _entry(
    enrolment: Enrolment, words: versions.CourseWords, proof: Proof | None, *, overtaken: bool
) -> Entry:
    manifest = versions.manifest_of(enrolment.version)
    asked = manifest.for_reader(enrolment.reader)
    done = {row.activity for row in enrolment.done.all()}
    required = manifest.required(modality=enrolment.modality, reader=enrolment.reader)
    completion = getattr(enrolment, "completion", None)
    credited = sum(activity.minutes_for(enrolment.reader) for activity in required if activity.key in done)
    return Entry(
        enrolment=enrolment,
        words=words,
        done=sum(1 for activity in required if activity.key in done),
        beside=sum(1 for activity in asked if activity.key in done and activity not in required),
        of=len(required),
        minutes=completion.minutes if completion else credited,
        achieved_on=completion.achieved_on if completion else None,
        proof=proof,
        overtaken=overtaken,
    )
