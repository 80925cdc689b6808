"""The trainer's screen of how learners are doing in a course of hers, and its two tables as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedRequest
from common.tables import csv_response
from courses import gate
from learning.staff.statistics import CourseStatistics, course_statistics
from programme.staff.people import staff_of


def _screen(request: SignedRequest, course: int) -> CourseStatistics:
    return course_statistics(gate.own_course(staff_of(request), course), today=timezone.localdate())


@require_GET
def report(request: SignedRequest, course: int) -> HttpResponse:
    """Show how many people there are, where they stop and what they miss."""
    screen = _screen(request, course)
    title = _("How learners are doing: %(name)s") % {"name": screen.code or screen.title}
    frame = {
        "header_title": title,
        "page_title": title,
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("course_desk:index"), "label": _("My courses")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "learning/staff/statistics.html", {**frame, "screen": screen})


@require_GET
def path_file(request: SignedRequest, course: int) -> HttpResponse:
    """Send where people stop as a file."""
    screen = _screen(request, course)
    header = [
        _("Activity"),
        _("Came as far"),
        _("Did it"),
        _("Are here"),
        _("Two weeks or more"),
        _("Left here"),
    ]
    rows = [(row.title, row.reached, row.done, row.here, row.still, row.left) for row in screen.path]
    return csv_response(name=_file_name(screen, "camino"), header=header, rows=rows)


@require_GET
def questions_file(request: SignedRequest, course: int) -> HttpResponse:
    """Send what people miss as a file."""
    screen = _screen(request, course)
    header = [
        _("Quiz"),
        _("Question"),
        _("First tries"),
        _("Correct (percent)"),
        _("Wrong choice taken most"),
        _("Taken by (percent)"),
    ]
    rows = [
        (
            row.quiz,
            row.stem,
            row.tries if row.share is not None else None,
            row.share,
            row.wrong,
            row.wrong_share,
        )
        for row in screen.questions
    ]
    return csv_response(name=_file_name(screen, "preguntas"), header=header, rows=rows)


def _file_name(screen: CourseStatistics, what: str) -> str:
    if not screen.code:
        raise Http404
    plain = "".join(char for char in screen.code if char.isascii() and (char.isalnum() or char in "-_"))
    return f"{plain}-{what}"
