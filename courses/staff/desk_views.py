"""The trainer's own screens: her courses, what is missing from one, and retiring what has had its day."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from accounts.http import SignedRequest
from courses import retiring
from courses.models import CoursePage
from courses.staff.desk import desk_screen, readiness_screen, retire_screen
from courses.staff.own_help import help_url
from courses.staff.permissions import page_or_404, pages_to_release, pages_to_translate
from programme.staff.people import staff_of


def _show(request: SignedRequest, template: str, title: str, **context: Any) -> HttpResponse:
    here = [{"url": "", "label": title}] if template != "desk" else []
    frame = {
        "header_title": title,
        "page_title": title,
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("course_desk:index"), "label": _("My courses")},
            *here,
        ],
    }
    return render(request, f"courses/staff/{template}.html", {**frame, **context})


@require_GET
def own_help(request: SignedRequest) -> HttpResponse:
    """Lead to the product's help for who writes courses; to the front page where there is no such page."""
    return redirect(help_url(request) or "/")


@require_GET
def index(request: SignedRequest) -> HttpResponse:
    """List the reader's courses with everything that she does with each."""
    return _show(request, "desk", _("My courses"), screen=desk_screen(staff_of(request)))


@require_GET
def ready(request: SignedRequest, course: int) -> HttpResponse:
    """Say what is missing before the course can be published."""
    # Whoever writes and does not publish needs it before she submits.
    page = pages_to_translate(staff_of(request)).filter(course_id=course).first()
    if page is None:
        raise Http404
    screen = readiness_screen(page, today=timezone.localdate())
    return _show(
        request,
        "readiness",
        _("Before you publish: %(name)s") % {"name": screen.code or screen.title},
        screen=screen,
    )


def _own(request: SignedRequest, pk: int) -> tuple[Page, CoursePage]:
    """Return a page of one of the reader's courses, and the course's own; 404 for other people's and for modules."""
    page = get_object_or_404(Page, pk=pk).specific
    course_page = pages_to_release(staff_of(request)).ancestor_of(page, inclusive=True).first()
    if course_page is None or not retiring.may_be_retired(page):
        raise Http404
    return page, course_page


@require_http_methods(["GET", "POST"])
def retire(request: SignedRequest, pk: int) -> HttpResponse:
    """Say whom it touches; on POST take the course or the activity out of the site. Records stay."""
    page, course_page = _own(request, pk)
    if request.method == "GET":
        screen = retire_screen(page, course_page)
        return _show(request, "retire", _("Retire «%(title)s»") % {"title": screen.title}, screen=screen)
    if page.pk == course_page.pk:
        retiring.retire_course(course=course_page.record, by=staff_of(request))
        messages.success(
            request, _("«%(title)s» is retired. What people did in it stays.") % {"title": page.title}
        )
        return redirect("course_desk:index")
    retiring.retire_activity(page=page, by=staff_of(request))
    said = _(
        "«%(title)s» is retired. A version without it waits for your release; until then it holds nobody up."
    )
    messages.success(request, said % {"title": page.title})
    return redirect("course_versions:history", course_page.course_id)


@require_POST
def bring_back(request: SignedRequest, course: int) -> HttpResponse:
    """Undo the retirement of a course: it is a draft again, and opens when its page is published."""
    page = page_or_404(staff_of(request), course)
    retiring.bring_back(course=page.record, by=staff_of(request))
    said = _("«%(title)s» is back as a draft. Publish its page, and people can enrol and go on.")
    messages.success(
        request,
        said % {"title": page.title},
        buttons=[messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))],
    )
    return redirect("course_desk:index")
