"""The trainer's screen of how the questions of a quiz did: first attempts, by version, of nobody by name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.items import FEW, FEWEST, LOW_ALPHA
from assessments.models import Quiz
from assessments.queries.analysis import analysis_of
from assessments.wording_of_items import HINTS
from common.text import without_unverified


@require_GET
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """Show difficulty, discrimination, choices and alpha of a quiz, by default of its newest version with attempts."""
    quiz = get_object_or_404(Quiz, pk=pk)
    wanted = request.GET.get("version", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else None
    found = analysis_of(quiz_key=quiz.translation_key, language=(get_language() or "es")[:2], number=number)
    title = _("How the questions did: %(quiz)s") % {"quiz": without_unverified(quiz.title)}
    context: dict[str, Any] = {
        "header_title": title,
        "page_title": title,
        "header_icon": "list-ol",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailsnippets_assessments_quiz:list"), "label": _("Quizzes")},
            {"url": "", "label": title},
        ],
        "analysis": found,
        "items": [(item, [str(HINTS[hint]) for hint in item.hints]) for item in found.items] if found else [],
        "fewest": FEWEST,
        "few": FEW,
        "low_alpha": found is not None and found.alpha is not None and found.alpha < LOW_ALPHA,
    }
    return render(request, "assessments/staff/analysis.html", context)
