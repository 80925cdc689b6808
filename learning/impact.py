"""Tells a trainer whom a proposed version would touch, by the very rule that records completions."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from courses import versions
from courses.gate import Impact
from learning.completion import Facts, judge
from learning.models import ActivityCompletion, Enrolment, EnrolmentState

if TYPE_CHECKING:
    from courses.models import Course

Done = dict[int, dict[UUID, dt.date]]


def impact_of(course: Course, manifest: versions.Manifest) -> Impact:
    """Count whom the release of `manifest` would touch. Three queries, however many learners there are."""
    rows = Enrolment.objects.filter(course=course)
    active = list(
        rows.active()
        .exclude(cohort__starts_on__isnull=False)
        .select_related("version")
        .defer("version__manifest")
    )
    done = _done(course)
    more = nothing = 0
    for enrolment in active:
        facts = Facts(done=done[enrolment.pk])
        asked_more, nothing_left = _compare(enrolment, manifest, facts)
        more += asked_more
        nothing += nothing_left
    counts = rows.filter(state=EnrolmentState.COMPLETED).count()
    dated = rows.active().filter(cohort__starts_on__isnull=False).count()
    return Impact(
        completed=counts, following=len(active), more_to_do=more, nothing_left=nothing, in_dated_cohorts=dated
    )


def _done(course: Course) -> Done:
    found: Done = defaultdict(dict)
    rows = ActivityCompletion.objects.filter(
        enrolment__course=course, enrolment__state=EnrolmentState.ACTIVE
    ).values_list("enrolment_id", "activity", "completed_on")
    for enrolment_id, activity, day in rows.iterator():
        found[enrolment_id][activity] = day
    return found


def _compare(enrolment: Enrolment, manifest: versions.Manifest, facts: Facts) -> tuple[bool, bool]:
    """Return whether the new version asks an enrolment more than today's, and whether it would leave nothing."""
    by = functools.partial(judge, modality=enrolment.modality, country=enrolment.at_country_id, facts=facts)
    today, then = by(versions.manifest_of(enrolment.version)), by(manifest)
    return bool(set(then.left) - set(today.left)), then.fulfilled
