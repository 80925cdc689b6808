"""Says to who writes a course, after each page that she saves, what comes next; until people can enrol."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from assessments.models import Question, Quiz
from common import clock
from courses.models import CoursePage, LessonPage, ModulePage, ProposalState, QuizPage, Team
from courses.staff.permissions import pages_to_translate
from courses.versions import current

if TYPE_CHECKING:
    from wagtail.models import Page

    from accounts.http import SignedRequest

Button = tuple[str, str, bool]
JUST_NOW = dt.timedelta(minutes=1)


def tell_next_step(request: SignedRequest, page: Page, *, made: bool = False) -> None:
    """Offer the next page to write below the course of `page`, and what is still missing.

    Whoever `made` a course just now has her rights on it from her next request on.
    """
    if not isinstance(page, CoursePage | ModulePage | LessonPage | QuizPage):
        return
    own = pages_to_translate(request.user).ancestor_of(page, inclusive=True).first()
    course_page = page if made and isinstance(page, CoursePage) else own
    if course_page is None or _stands(course_page):
        return
    buttons = [
        *_quiz_of(page),
        *_first_version(course_page),
        *_to_publish(course_page),
        *_additions(page),
        *way_to_mend(course_page),
    ]
    said = _("Next in «%(title)s»:")
    if course_page.live:
        said = _("«%(title)s» is published, and nobody can enrol until its first version is released. Next:")
    messages.info(request, said % {"title": course_page.title}, buttons=buttons)


def _stands(course_page: CoursePage) -> bool:
    """Say whether there is nothing left to tell: people can enrol, or the course was retired on purpose."""
    return course_page.record.retired_at is not None or (
        course_page.live and current(course_page.record) is not None
    )


def tell_first_release(request: SignedRequest, page: Page) -> None:
    """Say to who has just published a course that its first version is out, or why nobody can enrol yet."""
    if not isinstance(page, CoursePage) or page.course is None or not went_live(page):
        return
    newest = current(page.course)
    if newest is None:
        said = _(
            "«%(title)s» is published, and nobody can enrol yet: none of its lessons is published. Publish them, and "
            "then release version 1."
        )
        if LessonPage.objects.descendant_of(page).live().exists():
            said = _(
                "«%(title)s» is published, and nobody can enrol yet: its lessons are published, their module is not. "
                "Publish the module, and then release version 1."
            )
        messages.warning(request, said % {"title": page.title}, buttons=way_to_mend(page))
    elif newest.number == 1 and clock.now() - newest.released_at < JUST_NOW:
        said = _("Version 1 of «%(title)s» is released: people find it in the catalogue and can enrol.")
        buttons = [messages.button(reverse("course_desk:index"), _("My courses"))]
        messages.info(request, said % {"title": page.title}, buttons=buttons)


def went_live(page: Page) -> bool:
    """Say whether a page that was published is so now: one that was given a day is published on that day."""
    return bool(page.live and not page.approved_schedule)


def _first_version(course_page: CoursePage) -> list[Button]:
    """Return the button to the first version, where one waits for the trainer's release."""
    waiting = course_page.record.proposals.filter(state=ProposalState.OPEN).first()
    if waiting is None:
        return []
    return [messages.button(reverse("course_versions:proposal", args=[waiting.pk]), _("Release version 1"))]


def _to_publish(course_page: CoursePage) -> list[Button]:
    """Return the way to each page that still keeps what is published below it from the learners."""
    parts = list(course_page.get_descendants().filter(depth=course_page.depth + 2))
    if not any(part.live for part in parts):
        return []
    filled = {part.path[: -part.steplen] for part in parts if part.live}
    found = [
        _edit(module, _("Publish the module «%(title)s»") % {"title": module.title})
        for module in course_page.get_children().not_live()
        if module.path in filled
    ]
    if not course_page.live and all(part.live for part in parts):
        found.append(_edit(course_page, _("Publish the course page")))
    return found


def _edit(page: Page, words: str) -> Button:
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), words)


def _quiz_of(page: Page) -> list[Button]:
    """Return the way to the quiz of a page that has none yet: its questions, the quiz, and back to choose it."""
    if not isinstance(page, QuizPage) or page.quiz_id:
        return []
    return [
        _write(Question, _("Write a question")),
        _write(Quiz, _("Make a quiz of questions")),
        _edit(page, _("Choose the quiz on this page")),
    ]


def _write(kind: type[Question] | type[Quiz], words: str) -> Button:
    return messages.button(reverse(kind.snippet_viewset.get_url_name("add")), words)


def tell_after_bank(request: SignedRequest, thing: Question | Quiz) -> None:
    """Say to who added a question or a quiz what it is put into next, while a page of her courses waits for a quiz."""
    course = Team.objects.filter(collection=thing.collection_id).values("course")
    own = pages_to_translate(request.user).filter(course__in=course).first()
    waiting = QuizPage.objects.descendant_of(own).filter(quiz=None).first() if own else None
    if waiting is None:
        return
    buttons = [_edit(waiting, _("Choose the quiz on «%(title)s»") % {"title": waiting.title})]
    if isinstance(thing, Question):
        buttons = [_write(Question, _("Write another question")), _write(Quiz, _("Make a quiz of questions"))]
    messages.info(
        request, _("«%(title)s» has no quiz yet. Next:") % {"title": waiting.title}, buttons=buttons
    )


def _additions(page: Page) -> list[Button]:
    if isinstance(page, CoursePage):
        return [_add("modulepage", page.pk, _("Add a module"))]
    module = page if isinstance(page, ModulePage) else page.get_parent()
    return [
        _add("lessonpage", module.pk, _("Add a lesson")),
        _add("quizpage", module.pk, _("Add a quiz page")),
    ]


def _add(model: str, below: int, words: str) -> Button:
    return messages.button(reverse("wagtailadmin_pages:add", args=["courses", model, below]), words)


def way_to_mend(course_page: CoursePage) -> list[Button]:
    """Return the button that leads to what is missing."""
    return [
        messages.button(reverse("course_desk:ready", args=[course_page.course_id]), _("See what is missing"))
    ]
