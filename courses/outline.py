"""The words and addresses of what a version asks, in the reader's language or, failing that, in Spanish."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from wagtail.models import Page

from common.text import without_unverified
from courses.manifest import Manifest
from courses.narrowed import hides_from_others, is_hidden
from courses.remembered import remember
from courses.translated import plain_address, readable
from institutions.stages import scope_names
from programme.scope import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest

    from courses.manifest import Activity
    from courses.models import Course


@dataclass(frozen=True)
class ActivityWords:
    """How an activity is called and where it stands. `withdrawn`: unpublished since the version was released.

    `own_only`: of whom it is not asked must not be told of it.
    """

    key: UUID
    title: str
    url: str
    language: str
    withdrawn: bool = False
    own_only: bool = False


@dataclass(frozen=True)
class CourseWords:
    """How a course is called. `neutral` is what may stand in a message or on somebody else's screen."""

    title: str
    url: str
    language: str
    code: str
    sensitive: bool = False
    neutral: str = ""
    summary: str = ""
    objectives: tuple[str, ...] = ()
    validity_months: int | None = None
    live: bool = True


@dataclass(frozen=True)
class Outline:
    """The words of every activity of a manifest, by key."""

    words: dict[UUID, ActivityWords] = field(default_factory=dict)

    def of(self, key: UUID) -> ActivityWords:
        """Return an activity's words; a page that is gone altogether keeps its place, without an address."""
        return self.words.get(key) or ActivityWords(key=key, title="", url="", language="es", withdrawn=True)

    def told_to(self, reader: Reader) -> Outline:
        """Return the words without those of what is hidden from `reader`: as of a page that is gone."""
        return Outline({key: words for key, words in self.words.items() if not is_hidden(key, reader)})


def outline(
    manifest: Manifest, *, language: str, request: HttpRequest | None = None, also: Iterable[UUID] = ()
) -> Outline:
    """Return the words of the manifest's activities and of the pages with the keys `also`; remembered.

    They are those of all readers together, for the room of learners to choose from: who shows them asks for each
    activity whether it concerns her reader.
    """
    keys = [*(activity.key for activity in manifest), *also]
    name = hashlib.sha256(" ".join(map(str, keys)).encode()).hexdigest()
    return remember(
        f"outline.{name}",
        lambda: _outline(keys, language, request),
        language=language,
        reader=Reader(),
        sight="words",
    )


def _outline(keys: list[UUID], language: str, request: HttpRequest | None) -> Outline:
    told = Case(When(hides_from_others(), then=Value(True)), default=Value(False))
    pages = readable(Page.objects.annotate(own_only=told), keys, language)
    return Outline(
        {
            key: ActivityWords(
                key=key,
                title=without_unverified(page.title),
                url=plain_address(page, request),
                language=page.locale.language_code,
                withdrawn=not page.live,
                own_only=page.own_only,
            )
            for key, page in pages.items()
        }
    )


def told_apart(
    activities: Iterable[Activity], *, language: str, request: HttpRequest | None = None
) -> dict[UUID, ActivityWords]:
    """Return the words of each activity for a list of all of them, in which no two titles are the same.

    The lessons of several countries are often called alike: one reader meets one of them, a trainer all. Where titles
    repeat they say for whom; where that is not enough, their module, and at last their place.
    """
    rows = {activity.key: activity for activity in activities}
    places = {key: place for place, key in enumerate(rows, start=1)}
    modules = list(dict.fromkeys(activity.module for activity in rows.values()))
    words = outline(Manifest((), ()), language=language, request=request, also=[*rows, *modules])
    titles = {key: words.of(key).title for key in rows}
    for said in (
        {key: scope_names(activity.scope) for key, activity in rows.items()},
        {key: words.of(activity.module).title for key, activity in rows.items()},
        {key: _("place %(place)s") % {"place": place} for key, place in places.items()},
    ):
        titles = _apart(titles, said)
    return {key: replace(words.of(key), title=title) for key, title in titles.items()}


def _apart(titles: dict[UUID, str], said: dict[UUID, str]) -> dict[UUID, str]:
    """Add to each title that is there twice what is `said` of it."""
    many = Counter(titles.values())
    return {
        key: " · ".join(filter(None, (title, said[key]))) if title and many[title] > 1 else title
        for key, title in titles.items()
    }


def course_words(course: Course, *, language: str, request: HttpRequest | None = None) -> CourseWords:
    """Return how `course` is called in `language`; a course whose pages are gone is called by its code."""
    return many_course_words([course], language=language, request=request)[course.key]


def many_course_words(
    courses: Iterable[Course], *, language: str, request: HttpRequest | None = None
) -> dict[UUID, CourseWords]:
    """Return the words of several courses in one query."""
    from courses.models import CoursePage

    wanted = {course.key: course for course in courses}
    pages = readable(CoursePage.objects.all(), wanted, language)
    return {
        key: _course_words(pages[key], course, request) if key in pages else _nameless(course)
        for key, course in wanted.items()
    }


def _course_words(page: Page, course: Course, request: HttpRequest | None) -> CourseWords:
    title = without_unverified(page.title)
    # The record follows the source at once, a translation only when it is synchronised.
    sensitive = page.sensitive or course.sensitive
    return CourseWords(
        title=title,
        url=plain_address(page, request),
        language=page.locale.language_code,
        code=page.code,
        sensitive=sensitive,
        neutral=page.neutral_name if sensitive and page.neutral_name else title,
        summary=without_unverified(page.summary),
        objectives=tuple(filter(None, (without_unverified(block.value) for block in page.objectives))),
        validity_months=page.validity_months,
        live=page.live,
    )


def _nameless(course: Course) -> CourseWords:
    return CourseWords(
        title=str(course), url="", language="es", code=course.code or "", neutral="", live=False
    )
