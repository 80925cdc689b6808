"""Tells a trainer whom a proposed version would touch, by the very rule that records completions."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from courses import versions
from courses.gate import Impact
from learning.completion import Facts, judge
from learning.facts import done_by_enrolment
from learning.models import Enrolment, EnrolmentState

if TYPE_CHECKING:
    from courses.models import Course
    from learning.models import Cohort
    from learning.querysets import EnrolmentQuerySet


def impact_of(course: Course, manifest: versions.Manifest) -> Impact:
    """Count whom the release of `manifest` would touch. Four queries, however many learners there are."""
    rows = Enrolment.objects.filter(course=course)
    active = rows.active().exclude(cohort__starts_on__isnull=False)
    following, more, nothing = _touched(active, manifest)
    return Impact(
        completed=rows.filter(state=EnrolmentState.COMPLETED).count(),
        following=following,
        more_to_do=more,
        nothing_left=nothing,
        in_dated_cohorts=rows.active().filter(cohort__starts_on__isnull=False).count(),
    )


def impact_on_cohort(cohort: Cohort, manifest: versions.Manifest) -> Impact:
    """Count whom of a cohort the acceptance of `manifest` would touch."""
    following, more, nothing = _touched(cohort.enrolments.active(), manifest)
    completed = cohort.enrolments.filter(state=EnrolmentState.COMPLETED).count()
    return Impact(completed=completed, following=following, more_to_do=more, nothing_left=nothing)


def _touched(active: EnrolmentQuerySet, manifest: versions.Manifest) -> tuple[int, int, int]:
    """Return how many are in progress, how many would be asked more, and for how many nothing would be left."""
    done = done_by_enrolment(active)
    rows = list(active.select_related("version").defer("version__manifest"))
    found = [_compare(row, manifest, Facts(done=done[row.pk])) for row in rows]
    return len(rows), sum(more for more, _nothing in found), sum(nothing for _more, nothing in found)


def _compare(enrolment: Enrolment, manifest: versions.Manifest, facts: Facts) -> tuple[bool, bool]:
    """Return whether the new version asks an enrolment more than today's, and whether it would leave nothing."""
    by = functools.partial(judge, modality=enrolment.modality, reader=enrolment.reader, facts=facts)
    today, then = by(versions.manifest_of(enrolment.version)), by(manifest)
    return bool(set(then.left) - set(today.left)), then.fulfilled
