"""Decides what may be deleted: content that was ever in a released version is retired instead."""

from __future__ import annotations

from uuid import UUID

from wagtail.models import Page

from courses.manifest import Manifest
from courses.models import CoursePage, CourseVersion


def released_keys(course_ids: list[int] | None = None) -> set[UUID]:
    """Return the keys of every activity and module that stood in a released version."""
    versions = CourseVersion.objects.all()
    if course_ids is not None:
        versions = versions.filter(course_id__in=course_ids)
    keys: set[UUID] = set()
    for stored in versions.values_list("manifest", flat=True).iterator():
        for activity in Manifest.from_json(stored):
            keys.update((activity.key, activity.module))
    return keys


def was_released(page: Page) -> bool:
    """Say whether `page`, or a page below it, was ever part of a released version of a course."""
    family = Page.objects.descendant_of(page, inclusive=True)
    courses = CoursePage.objects.filter(pk__in=family.values("pk"), course__versions__isnull=False)
    if courses.exists():
        return True
    keys = set(family.values_list("translation_key", flat=True))
    return bool(keys & released_keys())
