"""Proposes, releases and reads the frozen versions of a course. The only part of this room that learners' code uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from common import clock
from courses import events
from courses.manifest import LESSON, QUIZ, Activity, Difference, Manifest, Rule, difference
from courses.models import Course, CourseVersion, ProposalState, VersionProposal
from courses.narrowed import is_hidden
from courses.outline import (
    ActivityWords,
    CourseWords,
    Outline,
    course_words,
    many_course_words,
    outline,
    told_apart,
)
from courses.reading import Scope, read_manifest, scope_of
from courses.remembered import LEARNER, remember

if TYPE_CHECKING:
    from accounts.models import Person

__all__ = [
    "LEARNER",
    "LESSON",
    "QUIZ",
    "Activity",
    "ActivityWords",
    "Course",
    "CourseVersion",
    "CourseWords",
    "Difference",
    "Manifest",
    "Outline",
    "ReleaseRefused",
    "Rule",
    "Scope",
    "course_words",
    "current",
    "difference",
    "differs_by_country",
    "is_hidden",
    "manifest_of",
    "many_course_words",
    "outline",
    "parse_manifests",
    "propose",
    "release",
    "released_courses",
    "remember",
    "scope_of",
    "shared",
    "told_apart",
    "withdraw",
]


_MANIFESTS: dict[tuple[int, str], Manifest] = {}


class ReleaseRefused(Exception):
    """The proposal was decided already; `state` says how."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def current(course: Course) -> CourseVersion | None:
    """Return the newest released version, which people in progress follow; None before the first release."""
    return course.versions.order_by("number").last()


def released_courses() -> list[Course]:
    """Return the courses of which a version was ever released, withdrawn ones too."""
    return list(Course.objects.filter(Exists(CourseVersion.objects.filter(course=OuterRef("pk")))))


def differs_by_country(course: Course) -> bool:
    """Say whether it matters in which country somebody takes `course`: it is then asked, never assumed."""
    newest = current(course)
    return bool(scope_of(course).countries or (newest and manifest_of(newest).countries))


def manifest_of(version: CourseVersion) -> Manifest:
    """Return the frozen manifest of `version`. A version never changes, so that it is parsed once a process."""
    name = (version.pk, version.fingerprint)
    if name not in _MANIFESTS:
        if len(_MANIFESTS) >= 512:
            _MANIFESTS.clear()
        _MANIFESTS[name] = Manifest.from_json(version.manifest)
    return _MANIFESTS[name]


def parse_manifests(rows: Iterable[CourseVersion]) -> None:
    """Parse, by one query, the manifests that this process has not met yet: for versions fetched without them."""
    unmet = [row.pk for row in rows if (row.pk, row.fingerprint) not in _MANIFESTS]
    for row in CourseVersion.objects.filter(pk__in=unmet) if len(unmet) > 1 else ():
        manifest_of(row)


def shared(keys: set[int]) -> dict[int, CourseVersion]:
    """Return versions by key, each made once however many enrolments follow it, their manifests parsed."""
    found = CourseVersion.objects.defer("manifest").in_bulk(keys)
    parse_manifests(found.values())
    return found


def propose(
    *,
    course: Course,
    by: Person | None = None,
    again: bool = False,
    course_published: bool = False,
    at: dt.datetime | None = None,
) -> VersionProposal | None:
    """Compare what the live pages ask with the released version; propose a new one if it differs.

    Idempotent: asked twice, the same proposal stands. What a trainer withdrew is not proposed a second time by the
    next corrected typo, only when the requirements change once more, or when she asks for it (`again`).

    The first version comes with the publication of the course's own page (`course_published`) and needs no
    decision, since nobody studies it yet: the lessons that are live then are the course. A course whose page went
    live before its lessons waits for the trainer's release, or its first lesson alone would earn a certificate. A
    course without a code has no version at all. Returns the open proposal, or None.
    """
    at = at or clock.now()
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=course.pk)
        manifest = read_manifest(course)
        if manifest is None or not manifest.activities or not course.code:
            return course.proposals.filter(state=ProposalState.OPEN).first()
        newest = current(course)
        first = newest is None and course_published
        if first:
            _freeze(course=course, manifest=manifest, by=by, at=at, number=1)
        fingerprint = manifest.fingerprint()
        unwanted = (
            first
            or (newest is not None and newest.fingerprint == fingerprint)
            or (not again and _was_withdrawn(course, newest, fingerprint))
        )
        return _stand(course, manifest, unwanted=unwanted, at=at)


def _was_withdrawn(course: Course, newest: CourseVersion | None, fingerprint: str) -> bool:
    """Say whether the trainer's last word on these very requirements, since the newest release, was no."""
    since = course.proposals.filter(proposed_at__gte=newest.released_at) if newest else course.proposals.all()
    last = since.order_by("proposed_at", "pk").last()
    return last is not None and last.state == ProposalState.WITHDRAWN and last.fingerprint == fingerprint


def _stand(course: Course, manifest: Manifest, *, unwanted: bool, at: dt.datetime) -> VersionProposal | None:
    waiting = course.proposals.filter(state=ProposalState.OPEN).first()
    fingerprint = manifest.fingerprint()
    if waiting and waiting.fingerprint == fingerprint and not unwanted:
        return waiting
    if waiting:
        waiting.state, waiting.decided_at = ProposalState.SUPERSEDED, at
        waiting.save(update_fields=["state", "decided_at"])
    if unwanted:
        return None
    proposal = VersionProposal.objects.create(
        course=course, fingerprint=fingerprint, manifest=manifest.to_json(), proposed_at=at
    )
    transaction.on_commit(
        lambda: events.version_proposed.send(sender=VersionProposal, proposal_id=proposal.pk)
    )
    return proposal


def release(
    *, proposal: VersionProposal, by: Person, completes_learners: bool = False, at: dt.datetime | None = None
) -> CourseVersion:
    """Make the proposed version the one that learners follow.

    `completes_learners` is the trainer's confirmation that those who have done all that is now asked complete the
    course by this release; without it a removed requirement completes nobody.
    Raises ReleaseRefused when the proposal is not open any more.
    """
    at = at or clock.now()
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=proposal.course_id)
        _decide(proposal, ProposalState.RELEASED, by=by, at=at)
        newest = current(proposal.course)
        return _freeze(
            course=proposal.course,
            manifest=Manifest.from_json(proposal.manifest),
            by=by,
            at=at,
            number=newest.number + 1 if newest else 1,
            completes_learners=completes_learners,
        )


def withdraw(*, proposal: VersionProposal, by: Person, at: dt.datetime | None = None) -> None:
    """Leave learners with the released version; the pages stay as they are, and nothing is proposed until the
    requirements change once more."""
    with transaction.atomic():
        _decide(proposal, ProposalState.WITHDRAWN, by=by, at=at or clock.now())


def _decide(proposal: VersionProposal, state: str, *, by: Person, at: dt.datetime) -> None:
    decided = VersionProposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN).update(
        state=state, decided_at=at, decided_by=by
    )
    proposal.refresh_from_db()
    if not decided:
        raise ReleaseRefused(proposal.state)


def _freeze(
    *,
    course: Course,
    manifest: Manifest,
    by: Person | None,
    at: dt.datetime,
    number: int,
    completes_learners: bool = False,
) -> CourseVersion:
    version = CourseVersion.objects.create(
        course=course,
        number=number,
        fingerprint=manifest.fingerprint(),
        manifest=manifest.to_json(),
        released_at=at,
        released_by=by,
        completes_learners=completes_learners,
    )
    transaction.on_commit(lambda: events.version_published.send(sender=CourseVersion, version_id=version.pk))
    return version
