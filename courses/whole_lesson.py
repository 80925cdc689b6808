"""Answers with a lesson as it was rendered for everybody of whom the same is to be shown; hers stands in gaps.

What learners share is `study.shown` (see `learning.queries.study`); her way, her notes and the tokens of her forms are
filled in. Whoever consults a lesson, previews it or tries an answer is shown it rendered for her alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.translation import get_language, override

from common.languages import interface_language
from courses import rendered
from courses.translated import code_of, reading_of
from programme import wholes
from programme.frame import Frame, frame_for
from programme.templatetags.kept import printed_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from courses.models import LessonPage

WAYPOINTS, STEPS, LEFT = "waypoints", "steps", "left"
# These are kept apart, by country and stages too (`courses.rendered.Sight`); what is around them is the same for all.
BODY, FOOT = "body", "foot"
PRINTED = {BODY: rendered.kept_body, FOOT: rendered.kept_foot}
OF_STEPS = {WAYPOINTS: "courses/waypoint.html", STEPS: "courses/step.html"}


def whole_lesson(page: LessonPage, request: HttpRequest, study: Any) -> HttpResponse | None:
    """Return the answer, or None for what must be rendered for this reader alone."""
    shown = getattr(study, "shown", None)
    if shown is None or not wholes.may_be_kept(request):
        return None
    context = _context(page, request, study)
    sight = rendered.sight_of(page, context)
    if sight is None:
        return None

    def own(gap: str) -> str:
        if gap in PRINTED:
            return _in_its_language(page, lambda: PRINTED[gap](page, sight, context))
        return of_learner(gap, study, context["frame"])

    return wholes.answer(
        request,
        page,
        "courses/lesson_page.html",
        shown=shown,
        words=lambda: {"study": shown, "reading": reading_of(page, request), "editing": False},
        own=own,
    )


def _context(page: LessonPage, request: HttpRequest, study: Any) -> dict[str, Any]:
    return {
        "page": page,
        "self": page,
        "request": request,
        "frame": frame_for(request),
        "study": study,
        "editing": False,
        "LANGUAGE_CODE": get_language(),
    }


def _in_its_language(page: LessonPage, printed: Callable[[], str]) -> str:
    """Return what is printed, with the words around a block in the language of the lesson, not of the menu."""
    written = code_of(page.locale_id)
    if written == interface_language():
        return printed()
    with override(written):
        return printed()


def of_learner(gap: str, study: Any, frame: Frame | None) -> str:
    """Return what stands in a gap of a lesson's page: the learner's way, in HTML."""
    if gap in OF_STEPS:
        return printed_steps(frame, OF_STEPS[gap], study.trail)
    return str(escape(study.left)) if gap == LEFT else ""
