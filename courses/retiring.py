"""Retires a course or an activity, and brings a course back. Nothing is deleted: what people did stays theirs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from common import clock
from courses.models import Course, CoursePage, LessonPage, QuizPage

if TYPE_CHECKING:
    from accounts.models import User

RETIRE = "courses.retire"
BRING_BACK = "courses.bring_back"


def may_be_retired(page: Page) -> bool:
    """Say whether `page` is a course or an activity; a module is only a stretch of the path."""
    return isinstance(page, CoursePage | LessonPage | QuizPage)


def retire_course(*, course: Course, by: User, at: dt.datetime | None = None) -> None:
    """Take a course out of the catalogue in all its languages, for good until somebody brings it back. Idempotent."""
    with transaction.atomic():
        # Before the pages go: a retired course proposes no version because its lessons are gone.
        retired = Course.objects.filter(pk=course.pk, retired_at__isnull=True).update(
            retired_at=at or clock.now()
        )
        if not retired:
            return
        for page in CoursePage.objects.filter(course=course):
            _unpublish(page, by)
            log(instance=page, action=RETIRE, user=by)
    course.refresh_from_db(fields=["retired_at"])


def retire_activity(*, page: Page, by: User) -> None:
    """Unpublish a lesson or quiz page in all its languages. A version without it is proposed to the trainer."""
    with transaction.atomic():
        for variant in page.get_translations(inclusive=True).specific():
            _unpublish(variant, by)
        log(instance=page, action=RETIRE, user=by)


def _unpublish(page: Page, by: User) -> None:
    if page.live:
        page.unpublish(user=by)


def bring_back(*, course: Course, by: User) -> None:
    """Let a retired course be published again; its pages stay drafts until they are. Idempotent."""
    with transaction.atomic():
        if not Course.objects.filter(pk=course.pk, retired_at__isnull=False).update(retired_at=None):
            return
        for page in CoursePage.objects.filter(course=course):
            log(instance=page, action=BRING_BACK, user=by)
    course.refresh_from_db(fields=["retired_at"])
