"""What a trainer's own screens show: her courses, what is missing from one, whom a retirement touches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import without_unverified
from courses import gate, versions
from courses.manifest import Manifest
from courses.models import CourseIndexPage, CoursePage, QuizPage
from courses.readiness import CourseFacts, Finding, Place, State, Thing, readiness
from courses.reading import rules_of
from courses.staff.drafts import course_facts
from courses.staff.permissions import may_write_a_course
from courses.staff.queries import CourseRow, course_rows
from courses.staff.readiness_words import CHECKS, REASONS, STATES
from courses.staff.words import MODALITIES
from programme.scope import Reader

if TYPE_CHECKING:
    from wagtail.models import Page

    from accounts.models import User

Link = tuple[str, str]
EDIT = {
    Thing.PAGE: "wagtailadmin_pages:edit",
    Thing.QUIZ: "wagtailsnippets_assessments_quiz:edit",
    Thing.QUESTION: "wagtailsnippets_assessments_question:edit",
    Thing.RECORDING: "wagtailsnippets_media_library_recording:edit",
}

# What is to be written first: which kind of page, and what the link says.
NEW: dict[Thing, tuple[str, Promise]] = {
    Thing.NEW_MODULE: ("modulepage", gettext_lazy("Add a module")),
    Thing.NEW_LESSON: ("lessonpage", gettext_lazy("Add a lesson")),
    Thing.NEW_QUIZ: ("quizpage", gettext_lazy("Add a quiz page")),
}


@dataclass(frozen=True)
class DeskRow:
    """One of the trainer's courses with everything that she does with it."""

    row: CourseRow
    page_id: int
    state: str
    retired: bool
    in_progress: int
    quizzes: tuple[Link, ...]
    cohorts_url: str


@dataclass(frozen=True)
class DeskScreen:
    """The trainer's courses, and where she may write a new one."""

    rows: tuple[DeskRow, ...]
    new_url: str


@dataclass(frozen=True)
class PlaceWords:
    """A place to mend, with its address."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class ReasonWords:
    """A reason in words, with its places."""

    words: Promise
    state: State
    places: tuple[PlaceWords, ...]


@dataclass(frozen=True)
class CheckRow:
    """One check of readiness as the screen shows it."""

    name: Promise
    state: State
    state_words: Promise
    reasons: tuple[ReasonWords, ...]


@dataclass(frozen=True)
class MinutesRow:
    """What one activity counts."""

    title: str
    url: str
    words: int | None
    minutes: int


@dataclass(frozen=True)
class ReadinessScreen:
    """What is missing before a course can be published, and the hours that it would give."""

    course_id: int
    page_id: int
    title: str
    code: str
    live: bool
    missing: int
    looks: int
    rows: tuple[CheckRow, ...]
    minutes: tuple[MinutesRow, ...]
    totals: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RetireScreen:
    """Whom the retirement of a course or of one activity touches."""

    page_id: int
    course_id: int
    title: str
    course_title: str
    whole_course: bool
    live: bool
    impact: gate.Impact


def desk_screen(user: User) -> DeskScreen:
    """Return the reader's courses. Eight queries, however many there are."""
    rows = course_rows(user)
    ids = [row.course_id for row in rows]
    pages = {page.course_id: page for page in _pages(ids)}
    learners = gate.in_progress(ids)
    quizzes = _quizzes(pages.values())
    found = tuple(
        _desk_row(row, pages[row.course_id], learners.get(row.course_id, 0), quizzes.get(row.course_id, ()))
        for row in rows
    )
    return DeskScreen(rows=found, new_url=_new_url(user))


def _pages(course_ids: Iterable[int]) -> Iterable[CoursePage]:
    from wagtail.models import Locale

    rows = CoursePage.objects.filter(
        course__in=course_ids, locale=Locale.get_default(), alias_of__isnull=True
    )
    return rows.select_related("course")


def _quizzes(pages: Iterable[CoursePage]) -> Mapping[int, tuple[Link, ...]]:
    by_path = {page.path: page.course_id for page in pages}
    found: dict[int, list[Link]] = defaultdict(list)
    for row in QuizPage.objects.filter(quiz__isnull=False).select_related("quiz").order_by("path"):
        owner = by_path.get(row.path[: -2 * row.steplen])
        if owner:
            found[owner].append((str(row.quiz), reverse(EDIT[Thing.QUIZ], args=[row.quiz_id])))
    return {course: tuple(links) for course, links in found.items()}


def _desk_row(row: CourseRow, page: CoursePage, learners: int, quizzes: tuple[Link, ...]) -> DeskRow:
    retired = page.record.retired_at is not None
    return DeskRow(
        row=row,
        page_id=page.pk,
        state=_state(page, retired=retired, released=row.number is not None),
        retired=retired,
        in_progress=learners,
        quizzes=quizzes,
        cohorts_url=f"{reverse('cohortes:index')}?course={row.course_id}",
    )


def _state(page: CoursePage, *, retired: bool, released: bool) -> str:
    if retired:
        return _("Retired")
    if not page.live:
        return _("Draft: nobody sees it yet")
    if not released:
        return _("Published, and nobody can enrol yet")
    return (
        _("Published, with changes that are not")
        if page.has_unpublished_changes
        else _("Published: people can enrol")
    )


def _new_url(user: User) -> str:
    index = CourseIndexPage.objects.order_by("path").first()
    if index is None or not may_write_a_course(user):
        return ""
    return reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk])


def readiness_screen(page: CoursePage, *, today: dt.date) -> ReadinessScreen:
    """Return what is missing from the course of `page`, by its newest drafts."""
    facts = course_facts(page)
    found = readiness(facts, today=today)
    return ReadinessScreen(
        course_id=page.course_id,
        page_id=page.pk,
        title=facts.place.title,
        code=facts.code,
        live=facts.live,
        missing=sum(1 for row in found if row.state is State.MISSING),
        looks=sum(1 for row in found if row.state is State.LOOK),
        rows=tuple(_check(row) for row in found),
        minutes=_minutes(facts),
        totals=_totals(facts, page),
    )


def _check(finding: Finding) -> CheckRow:
    return CheckRow(
        name=CHECKS[finding.check],
        state=finding.state,
        state_words=STATES[finding.state],
        reasons=tuple(
            ReasonWords(REASONS[row.reason], row.state, tuple(_place(place) for place in row.places))
            for row in finding.found
        ),
    )


def _place(place: Place) -> PlaceWords:
    if place.thing in NEW:
        model, words = NEW[place.thing]
        return PlaceWords(
            str(words), "", reverse("wagtailadmin_pages:add", args=["courses", model, place.pk])
        )
    address = reverse(EDIT[place.thing], args=[place.pk])
    return PlaceWords(place.title, place.detail, f"{address}#{place.anchor}" if place.anchor else address)


def _minutes(facts: CourseFacts) -> tuple[MinutesRow, ...]:
    lessons = [
        MinutesRow(row.place.title, _place(row.place).url, row.words, row.minutes) for row in facts.lessons
    ]
    quizzes = [MinutesRow(row.place.title, _place(row.place).url, None, row.minutes) for row in facts.quizzes]
    return (*lessons, *quizzes)


def _totals(facts: CourseFacts, page: CoursePage) -> tuple[tuple[str, int], ...]:
    """Return the hours by modality, in minutes, as a version would count them for the country that is asked most."""
    activities = tuple(row.activity for row in facts.activities if row.activity)
    manifest = Manifest(activities, rules_of(page))
    return tuple(
        (str(MODALITIES[rule.modality]), manifest.minutes(modality=rule.modality, reader=Reader()))
        for rule in manifest.rules
    )


def retire_screen(page: Page, course_page: CoursePage) -> RetireScreen:
    """Return whom it touches if `page`, the course's own or one of its activities, is retired."""
    course = course_page.record
    newest = versions.current(course)
    manifest = versions.manifest_of(newest) if newest else Manifest((), ())
    whole = page.pk == course_page.pk
    if not whole:
        kept = tuple(row for row in manifest if page.translation_key not in (row.key, row.module))
        manifest = replace(manifest, activities=kept)
    return RetireScreen(
        page_id=page.pk,
        course_id=course.pk,
        title=without_unverified(page.title),
        course_title=without_unverified(course_page.title),
        whole_course=whole,
        live=page.live,
        impact=gate.impact(course, manifest),
    )
