"""How courses and lessons are shown among results. Other rooms bring the cards of their own kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from common.text import without_unverified
from courses.models import CoursePage, CourseVersion, LessonPage
from courses.translated import plain_address
from learning.content import locked_for
from search.kinds import Card, Kind, register

if TYPE_CHECKING:
    from accounts.models import Person


def page_cards(pages: QuerySet[Any]) -> dict[Any, Card]:
    """Return the cards of pages of one type, as they stand."""
    return {page.pk: _card(page, page.seen_text()) for page in pages.select_related("locale")}


def course_cards(pages: QuerySet[Any]) -> dict[Any, Card]:
    """Return the cards of courses: what each gives, whatever the word that found it.

    A sensitive one says so, and so does one without a released version, in which nobody can enrol.
    """
    released = Exists(CourseVersion.objects.filter(course=OuterRef("course")))
    return {
        page.pk: replace(
            _card(page, without_unverified(page.summary), sensitive=page.sensitive), pending=not page.released
        )
        for page in pages.select_related("locale").annotate(released=released)
    }


def lesson_cards(pages: QuerySet[Any]) -> dict[Any, Card]:
    """Return the cards of lessons with their course's title.

    Of a lesson that may be skipped, since it may hurt, only the summary is quoted: nobody meets such a
    passage outside the care that the lesson takes.
    """
    rows = list(pages.select_related("locale"))
    courses = _courses_of(rows)
    cards = {}
    for page in rows:
        course = courses.get(page.path[: CoursePage.steplen * (page.depth - 2)])
        text = without_unverified(page.summary) if page.skippable else page.seen_text()
        cards[page.pk] = _card(
            page,
            text,
            course=without_unverified(course.title) if course else "",
            sensitive=bool(course and course.sensitive),
        )
    return cards


def closed_to(person: Person | None) -> frozenset[str]:
    """Return the addresses of lessons that sessions of her groups keep closed to somebody until they meet."""
    keys = locked_for(person) if person else frozenset()
    if not keys:
        return frozenset()
    pages = LessonPage.objects.live().filter(translation_key__in=keys)
    return frozenset(plain_address(page) for page in pages)


def _courses_of(lessons: list[Any]) -> dict[str, CoursePage]:
    """Return the course pages above `lessons` by their path: a module stands between."""
    paths = {page.path[: CoursePage.steplen * (page.depth - 2)] for page in lessons}
    return {
        page.path: page
        for page in CoursePage.objects.filter(path__in=paths).only("title", "path", "sensitive")
    }


def _card(page: Page, text: str, *, course: str = "", sensitive: bool = False) -> Card:
    return Card(
        title=without_unverified(page.title),
        url=plain_address(page),
        text=text,
        course=course,
        language=page.locale.language_code,
        sensitive=sensitive,
    )


def register_kinds() -> None:
    """Register what this room knows by itself."""
    course, lesson = "courses.CoursePage", "courses.LessonPage"
    register(Kind("course", _("Courses"), _("Course"), course, course_cards, place=10))
    register(Kind("lesson", _("Lessons"), _("Lesson"), lesson, lesson_cards, place=20))
