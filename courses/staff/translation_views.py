"""The screens on which a trainer sees what is translated, what is old, and what comes next."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedRequest
from courses.staff.permissions import pages_to_translate
from courses.staff.translation_queries import overview, parts_of, targets
from programme.staff.people import staff_of


def _frame(title: str, *, below: bool) -> dict[str, object]:
    steps = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if below:
        steps.append({"url": reverse("course_translations:index"), "label": _("Translations")})
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "globe",
        "breadcrumbs_items": [*steps, {"url": "", "label": title}],
    }


@require_GET
def index(request: SignedRequest) -> HttpResponse:
    """List the reader's courses with the state of each language."""
    rows = overview(pages_to_translate(staff_of(request)))
    context = {**_frame(_("Translations"), below=False), "rows": rows, "languages": targets()}
    return render(request, "courses/staff/translations.html", context)


@require_GET
def course(request: SignedRequest, course: int, language: str) -> HttpResponse:
    """List the parts of one course in one language, in the order in which they are translated."""
    page = pages_to_translate(staff_of(request)).filter(course_id=course).first()
    target = next((target for target in targets() if target.code == language), None)
    if page is None or target is None:
        raise Http404
    title = _("%(course)s in %(language)s") % {"course": page.title, "language": target.name}
    context = {**_frame(title, below=True), "parts": parts_of(page, target.code), "target": target}
    return render(request, "courses/staff/translation.html", context)
