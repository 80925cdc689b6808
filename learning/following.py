"""Lets people in progress follow a released version, in batches, in the background; idempotent."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django_tasks import task

from assessments.models import Attempt
from courses.versions import CourseVersion
from learning.models import Cohort, Enrolment
from learning.querysets import EnrolmentQuerySet
from learning.services import adopt_version, credit_quiz, settle

BATCH = 200


def follow_later(*, version_id: int) -> None:
    """Enqueue the following of a version."""
    follow_version.enqueue(version_id=version_id)


@task()
def follow_version(version_id: int) -> int:
    """Let every enrolment in progress that may follow adopt the version. Returns how many were looked at.

    Cohorts with dates keep theirs until a facilitator accepts (`accept_for_cohort`).
    """
    version = CourseVersion.objects.select_related("course").get(pk=version_id)
    if version.course.versions.filter(number__gt=version.number).exists():
        return 0
    rows = Enrolment.objects.active().filter(course=version.course).exclude(version=version)
    return _adopt(rows.exclude(cohort__starts_on__isnull=False), version)


def accept_for_cohort(*, cohort: Cohort, version: CourseVersion) -> int:
    """Let a cohort with dates take the new version, as its facilitator decided."""
    Cohort.objects.filter(pk=cohort.pk).update(version=version)
    return _adopt(cohort.enrolments.active().exclude(version=version), version)


def _adopt(rows: EnrolmentQuerySet, version: CourseVersion) -> int:
    """Adopt in batches by ascending id: one short transaction a learner, so that SQLite stays usable meanwhile."""
    seen, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).select_related("version").order_by("pk")[:BATCH]):
        for enrolment in batch:
            adopt_version(enrolment=enrolment, version=version)
        seen, last = seen + len(batch), batch[-1].pk
    return seen


def catch_up() -> int:
    """Reach from state what the events should have reached: follow the newest versions, credit passed quizzes,
    settle who is done. Returns how many enrolments were looked at.

    Somebody for whom nothing is left merely because a release asks less is not completed here: that takes the
    trainer's confirmation, or a fact of her own after the release.
    """
    followed = sum(follow_version.func(version_id=pk) for pk in _newest_versions())
    for attempt in _uncredited():
        credit_quiz(attempt=attempt)
    earned = Q(version__completes_learners=True) | Q(done__completed_at__gte=F("version__released_at"))
    rows = Enrolment.objects.active().filter(earned).distinct()
    for enrolment in rows.iterator(chunk_size=BATCH):
        settle(enrolment=enrolment)
        followed += 1
    return followed


def _uncredited() -> Iterator[Attempt]:
    """Return the submitted attempts of people in progress; crediting one twice does no harm."""
    active = Enrolment.objects.active().values("key")
    return Attempt.objects.filter(context__in=active, submitted_at__isnull=False).iterator(chunk_size=BATCH)


def _newest_versions() -> list[int]:
    newest: dict[int, int] = {}
    for pk, course_id in CourseVersion.objects.order_by("number").values_list("pk", "course_id"):
        newest[course_id] = pk
    return list(newest.values())
