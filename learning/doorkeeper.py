"""Answers the door of lessons and quizzes: who may come in, and what is hers on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect

from accounts.middleware import person_of
from courses.gate import Answer
from learning.access import ActivityFacts, Refusal, may_open
from learning.content import is_locked
from learning.models import Enrolment, EnrolmentState
from learning.queries.consulting import asks, consultation
from learning.queries.course import Standing, standing_in
from learning.queries.study import find_enrolment, study
from learning.services import note_position
from learning.views.closed import closed_page
from learning.words import REFUSALS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from courses.models import Course


class Doorkeeper:
    """The learners' room at the door that `courses.gate` owns."""

    def may_open(self, request: HttpRequest, page: Any) -> Answer:
        """Let the enrolled in; lead others to sign in, or to the course page, saying why."""
        person = person_of(request)
        enrolment = find_enrolment(person, page.translation_key) if person else None
        refusal = may_open(self._facts(request, page, enrolment))
        if refusal == Refusal.NOT_HERS:
            raise Http404
        if refusal is None and enrolment is not None and not asks(enrolment, page.translation_key):
            return Answer(study=consultation(request, enrolment, page.translation_key))
        if refusal is None and enrolment is not None:
            note_position(enrolment=enrolment, activity=page.translation_key)
            return Answer(study=study(request, enrolment, page.translation_key))
        if refusal == Refusal.OPENS_IN_ROOM:
            return Answer(response=closed_page(request, page.translation_key, page.title))
        return Answer() if refusal is None else Answer(response=self._lead(request, page, refusal))

    def standing(self, request: HttpRequest, course: Course) -> Standing:
        """Return how the reader stands in `course`."""
        return standing_in(request, person_of(request), course)

    def _facts(self, request: HttpRequest, page: Any, enrolment: Enrolment | None) -> ActivityFacts:
        editor = enrolment is None and self._edits(request, page)
        asked = enrolment is not None and asks(enrolment, page.translation_key)
        return ActivityFacts(
            signed_in=request.user.is_authenticated,
            editor=editor,
            enrolled=enrolment is not None,
            left=enrolment is None and self._left(request, page),
            in_course=enrolment is None and not editor and self._takes(request, page),
            course_live=editor or self._course_is_live(page, enrolment),
            asked=asked,
            # Whom it is asked of may know of it in any case: nearly every reader is spared that query.
            locked=enrolment is not None and is_locked(enrolment, page.translation_key),
            own_only=not editor and not asked and page.is_own_only_to(enrolled=enrolment is not None),
        )

    def _left(self, request: HttpRequest, page: Any) -> bool:
        """Say whether the reader once took the course of this page and left it."""
        person = person_of(request)
        if person is None:
            return False
        gone = Enrolment.objects.of(person).filter(state=EnrolmentState.WITHDRAWN)
        keys = page.get_ancestors().values("translation_key")
        return bool(gone.filter(course__key__in=keys).exists())

    def _takes(self, request: HttpRequest, page: Any) -> bool:
        """Say whether the reader takes the course of this page, in a version that does not ask it."""
        person = person_of(request)
        if person is None:
            return False
        keys = page.get_ancestors().values("translation_key")
        return bool(Enrolment.objects.of(person).standing().filter(course__key__in=keys).exists())

    def _edits(self, request: HttpRequest, page: Any) -> bool:
        return request.user.is_staff and page.permissions_for_user(request.user).can_edit()

    def _course_is_live(self, page: Any, enrolment: Enrolment | None) -> bool:
        """Ask the page's own course: unpublishing a course leaves its lessons answering 200."""
        if enrolment is not None:
            return enrolment.course.open_now
        parent = page.get_parent()
        return bool(parent and parent.live and parent.get_parent().live)

    def _lead(self, request: HttpRequest, page: Any, refusal: Refusal) -> Any:
        messages.info(request, str(REFUSALS[refusal]))
        if refusal == Refusal.SIGNED_OUT:
            return redirect_to_login(request.get_full_path())
        course = page.get_parent().get_parent()
        return redirect(course.get_url(request) if course.live else "learning:home")
