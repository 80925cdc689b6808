"""What happens to a course when its pages change."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from wagtail.models import Locale, Page

from courses import versions
from courses.models import Course, CoursePage, ModulePage, ProposalState, QuizPage, VersionProposal
from courses.teams import ensure_team

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.query import PageQuerySet


def propose_for_page(*, page: Page, page_published: bool = False) -> None:
    """Compare the course above (or at) `page` with its released version. Only the source language counts."""
    if page.locale_id != Locale.get_default().pk:
        return
    kinds = (CoursePage, ModulePage, *ModulePage.allowed_subpage_models())
    if not issubclass(page.specific_class or Page, kinds):
        return
    for course in Course.objects.filter(
        pages__in=CoursePage.objects.ancestor_of(page, inclusive=True), retired_at__isnull=True
    ).distinct():
        versions.propose(course=course, course_published=page_published and page.specific_class is CoursePage)


def propose_for_quiz(*, quiz_key: UUID) -> None:
    """Compare every course in which the quiz stands with its released version."""
    for page in QuizPage.objects.filter(quiz__translation_key=quiz_key):
        propose_for_page(page=page)


def waiting_for_page(*, page: Page, among: PageQuerySet) -> QuerySet[VersionProposal]:
    """Return the open proposals of the course above (or at) `page`, of those courses whose pages are `among`."""
    courses = among.ancestor_of(page, inclusive=True).values("course")
    return VersionProposal.objects.filter(course__in=courses, state=ProposalState.OPEN).select_related(
        "course"
    )


def waiting_for_quiz(*, quiz_key: UUID, among: PageQuerySet) -> list[VersionProposal]:
    """Return the open proposals of the courses in which the quiz stands."""
    found: dict[int, VersionProposal] = {}
    for page in QuizPage.objects.filter(quiz__translation_key=quiz_key):
        found.update((proposal.pk, proposal) for proposal in waiting_for_page(page=page, among=among))
    return list(found.values())


def follow_page(*, page: CoursePage) -> None:
    """Copy to the record what the source page says: whether it is open, and how much care it needs."""
    if page.course_id and page.locale_id == Locale.get_default().pk:
        Course.objects.filter(pk=page.course_id).update(
            sensitive=page.sensitive, neutral_name=page.neutral_name, open_now=page.live
        )


def attach_course(*, page: CoursePage) -> Course:
    """Return the record of the course of `page`, made on its first save and shared by its translations."""
    course, _created = Course.objects.get_or_create(key=page.translation_key)
    return course


def name_course(*, page: CoursePage) -> None:
    """Give the record the code of its page. People study and hold certificates under it: once released it stays."""
    course = page.record
    if not page.code or course.code == page.code or (course.code and course.versions.exists()):
        return
    course.code = page.code
    course.save(update_fields=["code"])
    ensure_team(course=course)
