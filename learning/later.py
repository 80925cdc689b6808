"""Answers what newer versions of somebody's courses ask that her own do not: she cannot open it yet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from courses import versions
from courses.versions import CourseVersion, manifest_of
from learning.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import Person


def later_for(person: Person) -> frozenset[UUID]:
    """Return the keys of activities that stand in the newest versions alone: for a search, which leads nobody there.

    Two queries, and another where this process meets new versions; one for who takes no course.
    """
    rows = Enrolment.objects.of(person).standing().select_related("version").defer("version__manifest")
    hers: dict[int, list[CourseVersion]] = defaultdict(list)
    for row in rows:
        hers[row.course_id].append(row.version)
    newest: dict[int, CourseVersion] = {}
    for version in CourseVersion.objects.filter(course__in=hers).order_by("number").defer("manifest"):
        newest[version.course_id] = version
    behind = {course: version for course, version in newest.items() if version not in hers[course]}
    if not behind:
        return frozenset()
    versions.parse_manifests([*behind.values(), *(one for course in behind for one in hers[course])])
    return frozenset(
        activity.key
        for course, version in behind.items()
        for activity in manifest_of(version)
        if not any(manifest_of(one).find(activity.key) for one in hers[course])
    )
