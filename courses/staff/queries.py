"""What each screen of versions shows: one function a screen, one frozen dataclass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from common.text import without_unverified
from courses import gate, versions
from courses.manifest import Manifest
from courses.models import CourseVersion, ProposalState, VersionProposal
from courses.outline import told_apart
from courses.staff.permissions import pages_to_release
from courses.staff.words import MODALITIES, Changes, kind_words, say_changes, say_rule

if TYPE_CHECKING:
    from accounts.models import User
    from courses.models import CoursePage

EMPTY = Manifest(activities=(), rules=())


@dataclass(frozen=True)
class CourseRow:
    """One course in the list of versions."""

    course_id: int
    code: str
    title: str
    live: bool
    number: int | None
    released_at: dt.datetime | None
    proposal: VersionProposal | None


@dataclass(frozen=True)
class ProposalScreen:
    """A proposed version beside the released one: what changes, and for whom."""

    proposal: VersionProposal
    course_id: int
    title: str
    number: int
    changes: Changes
    impact: gate.Impact
    open: bool
    asks_less: bool


@dataclass(frozen=True)
class VersionRow:
    """One released version in the history of a course."""

    version: CourseVersion
    activities: int
    minutes: int


@dataclass(frozen=True)
class Asked:
    """One activity that the released version asks, in words."""

    title: str
    kind: str
    required: bool
    minutes: int
    withdrawn: bool


@dataclass(frozen=True)
class HistoryScreen:
    """The versions of a course, the newest first, what the newest asks, and the proposals that were decided."""

    course_id: int
    title: str
    live: bool
    proposal: VersionProposal | None
    may_propose_again: bool
    versions: tuple[VersionRow, ...]
    decided: tuple[VersionProposal, ...]
    asked: tuple[Asked, ...]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DifferenceScreen:
    """Two versions of a course side by side."""

    course_id: int
    title: str
    old: CourseVersion
    new: CourseVersion
    changes: Changes
    numbers: tuple[int, ...]


def _title(page: CoursePage) -> str:
    return without_unverified(page.title)


def _changes(old: Manifest, new: Manifest) -> Changes:
    # As it would be asked counts: where a lesson is for other countries now, its name says these.
    rows = {activity.key: activity for activity in (*old, *new)}
    return say_changes(old, new, told_apart(rows.values(), language=_language()))


def _language() -> str:
    return (get_language() or "es")[:2]


def course_rows(user: User) -> tuple[CourseRow, ...]:
    """Return the courses that `user` decides, those with something waiting first. Four queries."""
    pages = list(pages_to_release(user).order_by("course__code", "title"))
    courses = [page.course_id for page in pages]
    newest = _newest(courses)
    waiting = {
        p.course_id: p for p in VersionProposal.objects.filter(course__in=courses, state=ProposalState.OPEN)
    }
    rows = [_course_row(page, newest.get(page.course_id), waiting.get(page.course_id)) for page in pages]
    return tuple(sorted(rows, key=lambda row: row.proposal is None))


def _newest(courses: Iterable[int]) -> dict[int, CourseVersion]:
    rows = CourseVersion.objects.filter(course__in=courses).order_by("number").defer("manifest")
    return {version.course_id: version for version in rows}


def _course_row(
    page: CoursePage, version: CourseVersion | None, proposal: VersionProposal | None
) -> CourseRow:
    return CourseRow(
        course_id=page.course_id,
        code=page.record.code or "",
        title=_title(page),
        live=page.live,
        number=version.number if version else None,
        released_at=version.released_at if version else None,
        proposal=proposal,
    )


def proposal_screen(proposal: VersionProposal, page: CoursePage) -> ProposalScreen:
    """Return what a proposal changes against the released version, and whom it touches."""
    newest = versions.current(proposal.course)
    old = versions.manifest_of(newest) if newest else EMPTY
    new = Manifest.from_json(proposal.manifest)
    return ProposalScreen(
        proposal=proposal,
        course_id=proposal.course_id,
        title=_title(page),
        number=newest.number + 1 if newest else 1,
        changes=_changes(old, new),
        impact=gate.impact(proposal.course, new),
        open=proposal.state == ProposalState.OPEN,
        asks_less=versions.difference(old, new).removes_requirement,
    )


def history_screen(page: CoursePage) -> HistoryScreen:
    """Return the history of a course."""
    course = page.record
    released = list(course.versions.select_related("released_by").order_by("-number"))
    proposals = list(course.proposals.select_related("decided_by"))
    manifest = versions.manifest_of(released[0]) if released else EMPTY
    waiting = next((p for p in proposals if p.state == ProposalState.OPEN), None)
    return HistoryScreen(
        course_id=course.pk,
        title=_title(page),
        live=page.live,
        proposal=waiting,
        may_propose_again=waiting is None and any(p.state == ProposalState.WITHDRAWN for p in proposals[:1]),
        versions=tuple(_version_row(version) for version in released),
        decided=tuple(p for p in proposals if p.state != ProposalState.OPEN),
        asked=_asked(manifest),
        rules=tuple(
            (str(MODALITIES.get(rule.modality, rule.modality)), say_rule(rule)) for rule in manifest.rules
        ),
    )


def _version_row(version: CourseVersion) -> VersionRow:
    manifest = versions.manifest_of(version)
    return VersionRow(version, len(manifest.activities), sum(a.minutes for a in manifest if a.required))


def _asked(manifest: Manifest) -> tuple[Asked, ...]:
    words = told_apart(manifest, language=_language())
    return tuple(
        Asked(
            title=words[activity.key].title,
            kind=kind_words(activity),
            required=activity.required,
            minutes=activity.minutes,
            withdrawn=words[activity.key].withdrawn,
        )
        for activity in manifest
    )


def difference_screen(page: CoursePage, *, old: int, new: int) -> DifferenceScreen | None:
    """Return what changed between the versions numbered `old` and `new`; None where there is no such version."""
    found = {version.number: version for version in page.record.versions.all()}
    if old not in found or new not in found:
        return None
    return DifferenceScreen(
        course_id=page.course_id,
        title=_title(page),
        old=found[old],
        new=found[new],
        changes=_changes(versions.manifest_of(found[old]), versions.manifest_of(found[new])),
        numbers=tuple(found),
    )
