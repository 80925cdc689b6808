"""What the views of this room share: hers or 404, and where somebody is led who has just enrolled."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.http import SignedRequest
from courses.versions import Course
from learning.content import is_locked
from learning.models import Enrolment, JoinRequest
from learning.queries import find_enrolment, standing_in
from learning.queries.consulting import asks
from learning.words_of_groups import say_asked


def enrolment_or_404(request: SignedRequest, activity: UUID) -> Enrolment:
    """Return the asker's own enrolment that asks the activity of her, or raise 404: also for what a session of her
    group still keeps closed, whose page says so and takes the code.
    """
    enrolment = find_enrolment(request.person, activity)
    if enrolment is None or not asks(enrolment, activity) or is_locked(enrolment, activity):
        raise Http404
    return enrolment


def start(request: SignedRequest, course: Course) -> HttpResponse:
    """Lead to the first lesson of a course in which the reader is enrolled now."""
    standing = standing_in(request, request.person, course)
    messages.success(request, _("You are enrolled. You can stop whenever you like: we keep your place."))
    return redirect(standing.continue_at.url if standing.continue_at else "learning:home")


def after_joining(request: SignedRequest, made: Enrolment | JoinRequest) -> HttpResponse:
    """Lead on whoever joined a group: to her lessons, or home with what happens next."""
    if isinstance(made, Enrolment):
        return start(request, made.course)
    messages.info(request, say_asked(made))
    return redirect("learning:home")
