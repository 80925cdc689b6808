"""Decides what may be deleted: content that was ever in a released version is retired instead, and what lessons
share stays while one of them uses it.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from wagtail.models import Page, ReferenceIndex

from assessments.models import Question
from courses.manifest import Manifest
from courses.models import CoursePage, CourseVersion, GlossaryTerm, LessonPage, Source, Topic

KEY = re.compile(r"[\w-]+")


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


class ReleasedError(PermissionDenied):
    """Raised where what was ever released would be deleted, by whatever way; the screens say it before."""


def keep_released(page: Page) -> None:
    """Raise ReleasedError for a page that, or below which one, was ever released."""
    if was_released(page):
        raise ReleasedError(f"{page.title} was part of a released version: retire it instead.")


def places_of(instance: Model) -> list[str]:
    """Return the titles of what uses a glossary term, source or topic; such a thing is not deleted.

    Wagtail's index of references knows blocks and foreign keys; it knows no many-to-many field (a course's topics, a
    lesson's sources) and no key in a text (a question's sources).
    """
    if isinstance(instance, Topic):
        return _titles(CoursePage.objects.filter(topics=instance))
    if isinstance(instance, Source):
        courses, lessons = (
            CoursePage.objects.filter(sources=instance),
            LessonPage.objects.filter(sources=instance),
        )
        return [*_titles(courses), *_titles(lessons), *_questions(instance), *_references(instance)]
    return _references(instance) if isinstance(instance, GlossaryTerm) else []


def _titles(pages: QuerySet[Any]) -> list[str]:
    return list(pages.values_list("title", flat=True))


def _questions(source: Source) -> list[str]:
    rows = Question.objects.filter(sources__contains=source.key)
    return [str(question) for question in rows if source.key in KEY.findall(question.sources)]


def _references(instance: Model) -> list[str]:
    found = ReferenceIndex.get_references_to(instance)
    pages = found.filter(base_content_type=ContentType.objects.get_for_model(Page)).values_list(
        "object_id", flat=True
    )
    return _titles(Page.objects.filter(pk__in={int(pk) for pk in pages}))
