"""What a trainer sees of the learners of a course of hers: how many, where they stop, what they miss. No names.

People are counted, not enrolments, and each once, whatever records were merged into hers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import get_language

from assessments.missed import FEWEST, MissedQuestion, missed_questions
from courses import versions
from learning.completion import Facts, judge
from learning.models import ActivityCompletion, Enrolment, EnrolmentState
from learning.queries.learned import LearnedScreen, learned_screen

if TYPE_CHECKING:
    from courses.gate import OwnCourse

STILL_DAYS = 14
STOPPED = ("here", "still", "left")


@dataclass(frozen=True)
class Standing:
    """How many people there are in a course. Who takes it again counts as completed and as in progress.

    `enrolled` are all but those who left: of these one to `FEWEST` - 1 are not told, as on the path,
    and must not follow from the others.
    """

    enrolled: int
    in_progress: int
    completed: int
    left: int | None

    @property
    def anybody(self) -> bool:
        """Say whether anybody ever enrolled."""
        return self.enrolled > 0 or self.left != 0


@dataclass(frozen=True)
class StopRow:
    """One activity of the path: who came as far, who did it, who stands before it now, who left before it.

    Where fewer than `FEWEST` came as far no figure is told; nor, of those who stop here, one of 1 to `FEWEST` - 1.
    The others are rounded to `FEWEST`, and who came as far is their sum: else a hidden one would follow from its
    row, or from the row below.
    """

    title: str
    quiz: bool
    required: bool
    withdrawn: bool
    reached: int | None
    done: int | None
    here: int | None
    still: int | None
    left: int | None


@dataclass(frozen=True)
class VersionRow:
    """How many people in progress follow a version."""

    number: int
    people: int


@dataclass(frozen=True)
class CourseStatistics:
    """The screen."""

    course_id: int
    title: str
    code: str
    number: int | None
    standing: Standing
    path: tuple[StopRow, ...]
    versions: tuple[VersionRow, ...]
    questions: tuple[MissedQuestion, ...]
    learned: LearnedScreen | None
    still_days: int = STILL_DAYS
    fewest: int = FEWEST


@dataclass
class _Stop:
    """Who stands before an activity."""

    here: set[int] = field(default_factory=set)
    still: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)


def course_statistics(own: OwnCourse, *, today: dt.date) -> CourseStatistics:
    """Return the figures of a course. As many queries with one learner as with five thousand."""
    course = own.course
    newest = versions.current(course)
    manifest = versions.manifest_of(newest) if newest else versions.Manifest((), ())
    rows = Enrolment.objects.filter(course=course)
    return CourseStatistics(
        course_id=course.pk,
        title=own.title,
        code=own.code,
        number=newest.number if newest else None,
        standing=_standing(course),
        path=_path(course, manifest, today),
        versions=_versions(course),
        learned=learned_screen(rows),
        questions=missed_questions(contexts=rows.order_by().values("key"), language=_language()),
    )


def _language() -> str:
    return (get_language() or "es")[:2]


def _standing(course: versions.Course) -> Standing:
    people = "person__canonical"
    active = Q(state=EnrolmentState.ACTIVE)
    completed = Q(completion__isnull=False, completion__annulment__isnull=True)
    rows = Enrolment.objects.filter(course=course).order_by()
    counted = rows.aggregate(
        enrolled=Count(people, filter=~Q(state=EnrolmentState.WITHDRAWN) | completed, distinct=True),
        in_progress=Count(people, filter=active, distinct=True),
        completed=Count(people, filter=completed, distinct=True),
    )
    # Who left and came back, or had completed it before, did not leave.
    gone = rows.filter(state=EnrolmentState.WITHDRAWN).exclude(
        person__canonical__in=rows.filter(active | completed).values(people)
    )
    left = gone.values(people).distinct().count()
    return Standing(left=None if 0 < left < FEWEST else left, **counted)


def _path(course: versions.Course, manifest: versions.Manifest, today: dt.date) -> tuple[StopRow, ...]:
    words = versions.told_apart(manifest, language=_language())
    done = _done_by_activity(course)
    stops = _stops(course, manifest, today)
    few = _few(stops.values())
    found = []
    for activity in manifest:
        titled = words[activity.key]
        found.append(
            StopRow(
                title=titled.title,
                quiz=activity.kind == versions.QUIZ,
                required=activity.required,
                withdrawn=titled.withdrawn,
                **_told(stops.get(activity.key, _Stop()), done.get(activity.key, 0), few),
            )
        )
    return tuple(found)


def _few(stops: Iterable[_Stop]) -> frozenset[str]:
    """Return the columns that tell of few people in all: a nought beside it would tell where these are."""
    all_of_them = list(stops)
    whole = {name: set().union(*(getattr(stop, name) for stop in all_of_them)) for name in STOPPED}
    return frozenset(name for name, people in whole.items() if 0 < len(people) < FEWEST)


def _told(stop: _Stop, done: int, few: Collection[str] = ()) -> dict[str, int | None]:
    """Return the figures of an activity that may be told; of the columns in `few` none."""
    reached = done + len(stop.here | stop.left)
    if reached < FEWEST:
        return dict.fromkeys(("reached", "done", "here", "still", "left"))
    stopped = {name: len(getattr(stop, name)) for name in STOPPED}
    told = {
        name: None if 0 < people < FEWEST or name in few else _rounded(people)
        for name, people in stopped.items()
    }
    # The sum of what is told, so that it adds nothing to it.
    shown = _rounded(done) + (told["here"] or 0) + (told["left"] or 0)
    return {"reached": max(FEWEST, shown), "done": _rounded(done), **told}


def _rounded(people: int) -> int:
    """Return the multiple of `FEWEST` that is nearest."""
    return (people + FEWEST // 2) // FEWEST * FEWEST


def _done_by_activity(course: versions.Course) -> Mapping[UUID, int]:
    rows = ActivityCompletion.objects.filter(enrolment__course=course).order_by().values("activity")
    counted = rows.annotate(people=Count("enrolment__person__canonical", distinct=True))
    return {row["activity"]: row["people"] for row in counted}


def _stops(course: versions.Course, manifest: versions.Manifest, today: dt.date) -> Mapping[UUID, _Stop]:
    """Return who stands before which activity: before the first that is left to her by the rule of completion."""
    unfinished = Enrolment.objects.filter(course=course).exclude(state=EnrolmentState.COMPLETED).order_by()
    done: dict[int, dict[UUID, dt.date]] = defaultdict(dict)
    acts = ActivityCompletion.objects.filter(enrolment__in=unfinished.values("pk"))
    for pk, activity, day in acts.values_list("enrolment_id", "activity", "completed_on").iterator():
        done[pk][activity] = day
    stops: dict[UUID, _Stop] = defaultdict(_Stop)
    for row in unfinished.select_related("person"):
        outcome = judge(manifest, modality=row.modality, reader=row.reader, facts=Facts(done=done[row.pk]))
        before = next((left.activity for left in outcome.left if left.activity), None)
        if before:
            last = max(done[row.pk].values(), default=row.enrolled_on)
            still = (today - last).days >= STILL_DAYS
            _stand(stops[before], row.person.canonical_id or row.person_id, row.state, still=still)
    return stops


def _stand(stop: _Stop, person: int, state: str, *, still: bool) -> None:
    if state == EnrolmentState.WITHDRAWN:
        stop.left.add(person)
        return
    stop.here.add(person)
    if still:
        stop.still.add(person)


def _versions(course: versions.Course) -> tuple[VersionRow, ...]:
    rows = Enrolment.objects.active().filter(course=course).order_by().values("version__number")
    counted = rows.annotate(people=Count("person__canonical", distinct=True)).order_by("-version__number")
    return tuple(VersionRow(row["version__number"], row["people"]) for row in counted)
