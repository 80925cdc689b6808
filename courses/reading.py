"""Reads what the live pages of a course ask, in its source language, as a manifest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wagtail.models import Locale

from assessments.drawing import wanted
from courses.blocks.measure import Share, nominal_minutes, parts_asked, shares
from courses.manifest import BEFORE, BLENDED, IN_ROOM, LESSON, QUIZ, SELF_PACED, Activity, Manifest, Rule
from courses.minutes import Measure
from programme.scope import Scope as For

if TYPE_CHECKING:
    from assessments.models import Quiz
    from courses.models import Course, CoursePage, LessonPage, QuizPage

# The keys of a course's live modules by their path in the tree.
Modules = dict[str, UUID]


def source_page(course: Course) -> CoursePage | None:
    """Return the course's page in the source language, live or not."""
    from courses.models import CoursePage

    return CoursePage.objects.filter(course=course, locale=Locale.get_default()).first()


@dataclass(frozen=True)
class Scope:
    """Whether a course is open now, and the countries (ISO codes) in which it is offered; none means all."""

    live: bool
    countries: frozenset[str] = frozenset()


def scope_of(course: Course) -> Scope:
    """Return whether `course` is open and where."""
    page = source_page(course)
    if page is None or course.retired_at:
        return Scope(live=False)
    return Scope(live=page.live, countries=frozenset(page.countries.values_list("pk", flat=True)))


def read_manifest(course: Course) -> Manifest | None:
    """Return what the live pages ask now; None while the course's own page is not live.

    A lesson below an unpublished module is not asked, though Wagtail goes on serving it.
    """
    page = source_page(course)
    if page is None or not page.live:
        return None
    return Manifest(activities=tuple(_activities(page)), rules=rules_of(page))


def _activities(course_page: CoursePage) -> list[Activity]:
    from courses.models import LessonPage, ModulePage, QuizPage

    modules = {m.path: m.translation_key for m in ModulePage.objects.live().child_of(course_page)}
    lessons: Iterable[LessonPage] = (
        LessonPage.objects.live().descendant_of(course_page).prefetch_related("countries")
    )
    quizzes: Iterable[QuizPage] = (
        QuizPage.objects.live()
        .descendant_of(course_page)
        .select_related("quiz")
        .prefetch_related("countries")
    )
    found = [(p.path, _lesson(p, modules)) for p in lessons] + [(p.path, _quiz(p, modules)) for p in quizzes]
    return [activity for _, activity in sorted(found, key=lambda row: row[0]) if activity]


def _module_of(page: LessonPage | QuizPage, modules: Modules) -> UUID | None:
    return modules.get(page.path[: -page.steplen])


def _lesson(page: LessonPage, modules: Modules) -> Activity | None:
    module = _module_of(page, modules)
    if module is None:
        return None
    return Activity(
        key=page.translation_key,
        module=module,
        kind=LESSON,
        required=page.required,
        skippable=page.skippable,
        **measured(shares(page.body, is_case=page.is_case)),
        **narrowed(page),
    )


def _quiz(page: QuizPage, modules: Modules) -> Activity | None:
    module = _module_of(page, modules)
    if module is None or page.quiz is None or not page.quiz.live:
        return None
    # What is known before the course opens and closes nothing.
    first = page.moment == BEFORE
    return Activity(
        key=page.translation_key,
        module=module,
        kind=QUIZ,
        required=page.required and not first,
        **measured(questions_asked(page.quiz)),
        **narrowed(page),
        quiz=page.quiz.translation_key,
        pass_mark=0 if first else page.quiz.pass_mark,
        max_attempts=1 if first else page.quiz.max_attempts,
        moment=page.moment,
    )


def narrowed(page: LessonPage | QuizPage) -> dict[str, Any]:
    """Return whom an activity is asked of."""
    scope = page.scope
    return {"countries": tuple(sorted(scope.countries)), "routes": tuple(sorted(scope.routes))}


def measured(shares: list[Share]) -> dict[str, Any]:
    """Return the minutes of an activity, and of what they are made for whom."""
    return {"minutes": nominal_minutes(shares), "parts": parts_asked(shares)}


def questions_asked(quiz: Quiz) -> list[Share]:
    """Return each question that the quiz lists with whom it is asked of, and of everybody as many as are drawn."""
    listed = [block.value for block in quiz.items]
    drawn = [(For(), Measure(quiz_items=1)) for draw in wanted(quiz) for _each in range(draw.number)]
    return [*((question.scope if question else For(), Measure(quiz_items=1)) for question in listed), *drawn]


def rules_of(page: CoursePage) -> tuple[Rule, ...]:
    """Return what completes the course in each modality that its page offers."""
    share = page.attendance_share
    rules = [Rule(SELF_PACED)]
    if page.workshop_minutes:
        rules.append(
            Rule(IN_ROOM, activities=False, attendance_share=share, room_minutes=page.workshop_minutes)
        )
    if page.blended_minutes:
        rules.append(Rule(BLENDED, attendance_share=share, room_minutes=page.blended_minutes))
    return tuple(rules)
