"""Lets people in progress follow a released version, in batches, in the background; idempotent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import F, Q
from django_tasks import task

from assessments.models import Attempt
from courses.versions import CourseVersion, manifest_of
from learning.completion import Facts, judge
from learning.facts import facts_by_enrolment
from learning.models import Cohort, Enrolment
from learning.querysets import EnrolmentQuerySet
from learning.services import credit_quiz, settle

BATCH = 200
# Before what else waits, such as the hundreds of entries of the search index that a publication leaves behind.
FIRST = 50


def follow_later(*, version_id: int) -> None:
    """Enqueue the following of a version."""
    follow_version.enqueue(version_id=version_id)


@task(priority=FIRST)
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
    """Adopt in batches by ascending id: short transactions, so that SQLite stays usable meanwhile."""
    seen, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        adopt_version(enrolments=batch, version=version)
        seen, last = seen + len(batch), batch[-1]
    return seen


def adopt_version(*, enrolments: Sequence[int], version: CourseVersion) -> int:
    """Let those of `enrolments` (primary keys) that are in progress in an older version follow `version`. Returns
    how many did.

    Lessons done count; quizzes passed before count. A release completes people only where the trainer confirmed it
    (`completes_learners`), and then in the same transaction, so that nobody adopts and is forgotten.

    Example: Amina hands in her last lesson in the moment of the release. Either she was first: she is completed by
    the old version, is in progress no more, and the update passes her by. Or the update was: her service waits for
    the row, and settles her by the version that she has by then.
    """
    with transaction.atomic():
        older = version.course.versions.filter(number__lt=version.number)
        rows = Enrolment.objects.active().filter(pk__in=enrolments, version__in=older.values("pk"))
        adopted = rows.update(version=version)
        if adopted and version.completes_learners:
            _settle_fulfilled(Enrolment.objects.active().filter(pk__in=enrolments, version=version))
    return adopted


def _settle_fulfilled(rows: EnrolmentQuerySet) -> None:
    """Settle those of whom the rule says that nothing is left; four queries find out who they are."""
    found = facts_by_enrolment(rows)
    for enrolment in rows.select_related("version").defer("version__manifest"):
        facts = found.get(enrolment.pk, Facts())
        manifest = manifest_of(enrolment.version)
        if judge(manifest, modality=enrolment.modality, reader=enrolment.reader, facts=facts).fulfilled:
            settle(enrolment=enrolment)


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
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        _settle_fulfilled(Enrolment.objects.active().filter(pk__in=batch))
        followed, last = followed + len(batch), batch[-1]
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
