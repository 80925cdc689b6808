"""Tells a trainer whom a proposed version would touch, by the very rule that records completions."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from courses import versions
from courses.gate import CohortTouched, Impact
from learning.completion import Facts, RoomFacts, judge
from learning.facts import done_rows
from learning.models import Cohort, Enrolment, EnrolmentState
from learning.room import rooms_of
from programme.scope import Reader

if TYPE_CHECKING:
    from courses.models import Course
    from learning.querysets import EnrolmentQuerySet


def impact_of(course: Course, manifest: versions.Manifest) -> Impact:
    """Count whom the release of `manifest` would touch. A handful of queries, however many learners there are.

    People are counted, each once in each figure, as where a trainer reads how they are doing.
    """
    rows = Enrolment.objects.filter(course=course)
    active = rows.active().exclude(cohort__starts_on__isnull=False)
    following, more, nothing = _touched(active, manifest)
    return Impact(
        completed=rows.completed().people(),
        in_progress=rows.active().people(),
        following=following,
        more_to_do=more,
        nothing_left=nothing,
        in_dated_cohorts=rows.active().filter(cohort__starts_on__isnull=False).people(),
        outside=learners_outside(course, versions.scope_of(course).countries),
        cohorts=_cohorts(course),
    )


def learners_outside(course: Course, countries: frozenset[str]) -> int:
    """Count those in progress who work in none of `countries`; none where the course is not limited."""
    active = Enrolment.objects.active().filter(course=course)
    return active.exclude(at_country__in=countries).people() if countries else 0


def _cohorts(course: Course) -> tuple[CohortTouched, ...]:
    """Return the cohorts with dates in which somebody is still on the way, the first to begin first."""
    active = Count(
        "enrolments__person__canonical", filter=Q(enrolments__state=EnrolmentState.ACTIVE), distinct=True
    )
    rows = Cohort.objects.filter(course=course, starts_on__isnull=False).annotate(people=active)
    return tuple(
        CohortTouched(name=row.name, people=row.people, starts_on=row.starts_on, ends_on=row.ends_on)
        for row in rows.filter(people__gt=0).order_by("starts_on", "name")
    )


def people_in_progress(course_ids: Iterable[int]) -> dict[int, int]:
    """Count the people in the middle of each course, each once, whatever records were merged. One query."""
    rows = Enrolment.objects.active().filter(course__in=list(course_ids)).order_by().values("course")
    counted = rows.annotate(people=Count("person__canonical", distinct=True))
    return {row["course"]: row["people"] for row in counted}


def impact_on_cohort(cohort: Cohort, manifest: versions.Manifest) -> Impact:
    """Count whom of a cohort the acceptance of `manifest` would touch."""
    following, more, nothing = _touched(cohort.enrolments.active(), manifest)
    completed = cohort.enrolments.completed().people()
    return Impact(
        completed=completed,
        in_progress=following,
        following=following,
        more_to_do=more,
        nothing_left=nothing,
    )


def _touched(active: EnrolmentQuerySet, manifest: versions.Manifest) -> tuple[int, int, int]:
    """Return how many are in progress, how many would be asked more, and for how many nothing would be left."""
    groups = _alike(active)
    today = _manifests({group.version for group, _people in groups})
    found = [(people, _compare(group, today[group.version], manifest)) for group, people in groups]
    return (
        _together(people for _group, people in groups),
        _together(people for people, (more, _nothing) in found if more),
        _together(people for people, (_more, nothing) in found if nothing),
    )


def _together(groups: Iterable[set[int]]) -> int:
    """Count people of whom one may stand in two groups: with two records, or with two enrolments."""
    return len(set().union(*groups))


@dataclass(frozen=True)
class _Group:
    """Learners of whom the rule says the same: how much is left does not depend on the days on which they learned."""

    version: int
    modality: str
    reader: Reader
    done: tuple[UUID, ...]
    room: RoomFacts


def _alike(active: EnrolmentQuerySet) -> list[tuple[_Group, set[int]]]:
    """Return learners by what the rule looks at: of thousands in a course, a few dozen differ. Five queries.

    What thousands of rows hold is compared as the database wrote it, and read once for each group.
    """
    keys: dict[UUID, int] = {}
    done: dict[int, int] = defaultdict(int)
    for enrolment, activity in done_rows(active).values_list("enrolment_id", "activity").iterator():
        # A set of activities is a number with a bit for each.
        done[enrolment] |= 1 << keys.setdefault(activity, len(keys))
    rooms = {pk: _undated(room) for pk, room in rooms_of(active).items()}
    stages = Cast("at_route_stages", TextField())
    names = ("pk", "person__canonical_id", "version_id", "modality", "at_country_id", stages)
    found: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for pk, person, *what in active.order_by().values_list(*names).iterator():
        found[*what, done.get(pk, 0), rooms.get(pk, NO_ROOM)].add(person)
    return [
        (
            _Group(
                version, modality, Reader(country, frozenset(json.loads(stages))), _keys_in(bits, keys), room
            ),
            people,
        )
        for (version, modality, country, stages, bits, room), people in found.items()
    ]


NO_ROOM = RoomFacts()


def _undated(room: RoomFacts) -> RoomFacts:
    days = ((dt.date.min, room.attended_minutes),) if room.days else ()
    return RoomFacts(room.held_minutes, room.planned_minutes, days)


def _keys_in(bits: int, keys: dict[UUID, int]) -> tuple[UUID, ...]:
    return tuple(key for key, place in keys.items() if bits >> place & 1)


def _manifests(keys: set[int]) -> dict[int, versions.Manifest]:
    return {row.pk: versions.manifest_of(row) for row in versions.CourseVersion.objects.filter(pk__in=keys)}


def _compare(group: _Group, today: versions.Manifest, then: versions.Manifest) -> tuple[bool, bool]:
    """Return whether the new version asks a group more than today's, and whether it would leave nothing."""
    facts = Facts(dict.fromkeys(group.done, dt.date.min), group.room)
    by = functools.partial(judge, modality=group.modality, reader=group.reader, facts=facts)
    after = by(then)
    return bool(set(after.left) - set(by(today).left)), after.fulfilled
