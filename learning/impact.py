"""Tells a trainer whom a proposed version would touch, by the very rule that records completions."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q

from courses import versions
from courses.gate import CohortTouched, Impact
from learning.completion import Facts, judge
from learning.models import ActivityCompletion, Cohort, Enrolment, EnrolmentState

if TYPE_CHECKING:
    from courses.models import Course
    from learning.querysets import EnrolmentQuerySet

Done = dict[int, dict[UUID, dt.date]]


def impact_of(course: Course, manifest: versions.Manifest) -> Impact:
    """Count whom the release of `manifest` would touch. A handful of queries, however many learners there are."""
    rows = Enrolment.objects.filter(course=course)
    active = rows.active().exclude(cohort__starts_on__isnull=False)
    following, more, nothing = _touched(active, manifest)
    return Impact(
        completed=rows.filter(state=EnrolmentState.COMPLETED).count(),
        following=following,
        more_to_do=more,
        nothing_left=nothing,
        in_dated_cohorts=rows.active().filter(cohort__starts_on__isnull=False).count(),
        outside=learners_outside(course, versions.scope_of(course).countries),
        cohorts=_cohorts(course),
    )


def learners_outside(course: Course, countries: frozenset[str]) -> int:
    """Count those in progress who work in none of `countries`; none where the course is not limited."""
    active = Enrolment.objects.active().filter(course=course)
    return active.exclude(at_country__in=countries).count() if countries else 0


def _cohorts(course: Course) -> tuple[CohortTouched, ...]:
    """Return the cohorts with dates in which somebody is still on the way, the first to begin first."""
    active = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ACTIVE))
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
    completed = cohort.enrolments.filter(state=EnrolmentState.COMPLETED).count()
    return Impact(completed=completed, following=following, more_to_do=more, nothing_left=nothing)


def _touched(active: EnrolmentQuerySet, manifest: versions.Manifest) -> tuple[int, int, int]:
    """Return how many are in progress, how many would be asked more, and for how many nothing would be left."""
    done = _done(active)
    rows = list(active.select_related("version").defer("version__manifest"))
    found = [_compare(row, manifest, Facts(done=done[row.pk])) for row in rows]
    return len(rows), sum(more for more, _nothing in found), sum(nothing for _more, nothing in found)


def _done(active: EnrolmentQuerySet) -> Done:
    found: Done = defaultdict(dict)
    rows = ActivityCompletion.objects.filter(enrolment__in=active.values("pk").order_by())
    for enrolment_id, activity, day in rows.values_list(
        "enrolment_id", "activity", "completed_on"
    ).iterator():
        found[enrolment_id][activity] = day
    return found


def _compare(enrolment: Enrolment, manifest: versions.Manifest, facts: Facts) -> tuple[bool, bool]:
    """Return whether the new version asks an enrolment more than today's, and whether it would leave nothing."""
    by = functools.partial(judge, modality=enrolment.modality, reader=enrolment.reader, facts=facts)
    today, then = by(versions.manifest_of(enrolment.version)), by(manifest)
    return bool(set(then.left) - set(today.left)), then.fulfilled
