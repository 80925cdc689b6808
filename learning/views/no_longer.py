"""Answers who hands in what a release has just taken off her path: she is led on in words, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.languages import content_language
from courses.versions import CourseVersion, course_words, manifest_of
from learning.forms import ReflectionForm
from learning.models import Enrolment

if TYPE_CHECKING:
    from accounts.http import SignedRequest
    from courses.versions import Course

View = Callable[["SignedRequest", UUID], HttpResponse]


def led_on(view: View) -> View:
    """Lead whoever comes with an activity of an older version to her course, in place of a 404."""

    @wraps(view)
    def answer(request: SignedRequest, activity: UUID) -> HttpResponse:
        try:
            return view(request, activity)
        except Http404:
            course = course_that_asked(request, activity)
            if course is None:
                raise
        if request.POST.get("text"):
            return _with_her_words(request, course)
        messages.info(request, _no_longer())
        return redirect(_address(request, course))

    return answer


def course_that_asked(request: SignedRequest, activity: UUID) -> Course | None:
    """Return the course that the reader takes and of which only versions before hers ask `activity`."""
    for row in Enrolment.objects.of(request.person).standing().select_related("course", "version"):
        older = CourseVersion.objects.filter(course=row.course, number__lt=row.version.number)
        if manifest_of(row.version).find(activity) is None and any(
            manifest_of(version).find(activity) for version in older
        ):
            return row.course
    return None


def _with_her_words(request: SignedRequest, course: Course) -> HttpResponse:
    form = ReflectionForm(request.POST)
    form.add_error(None, _no_longer())
    context = {"form": form, "back": _address(request, course), "gone": True}
    return render(request, "learning/note_refused.html", context, status=404)


def _no_longer() -> str:
    return _("The course has a new version, which does not ask this any more. What you have done is kept.")


def _address(request: SignedRequest, course: Course) -> str:
    return course_words(course, language=content_language(), request=request).url or "/"
