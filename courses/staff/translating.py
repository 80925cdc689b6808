"""Translating goes top-down: a lesson is not submitted before its module and course, a quiz page not before its quiz.

Left alone, wagtail-localize makes live aliases of the parents that have no translation yet.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from courses.staff.permissions import may_see

BELOW_A_COURSE = (ModulePage, LessonPage, QuizPage)
OF_A_COURSE = (CoursePage, *BELOW_A_COURSE)


def holds_a_course(page: Page) -> bool:
    """Say whether `page` is part of a course or has courses below it."""
    if issubclass(page.specific_class or Page, OF_A_COURSE):
        return True
    return CoursePage.objects.descendant_of(page).exists()


def missing_first(page: Page, locale: Locale) -> str:
    """Return the title of what must be translated before `page`; empty when nothing must."""
    if not isinstance(page, BELOW_A_COURSE):
        return ""
    parent = page.get_parent()
    if not Page.objects.filter(
        translation_key=parent.translation_key, locale=locale, alias_of__isnull=True
    ).exists():
        return str(parent.title)
    quiz = page.quiz if isinstance(page, QuizPage) else None
    if quiz and not quiz.get_translations().filter(locale=locale, live=True).exists():
        return str(quiz)
    return ""


class TopDownTranslationView(SubmitPageTranslationView):
    """wagtail-localize's own view, which asks first."""

    def get_object(self) -> Page:
        """Return the page, if it is the reader's: wagtail-localize asks only whether she may translate something."""
        page = super().get_object()
        if not may_see(self.request.user, page):
            raise Http404
        return page

    def form_valid(self, form: Any) -> HttpResponse:
        """Submit, or say what comes first."""
        for locale in form.cleaned_data["locales"]:
            first = missing_first(self.object, locale)
            if first:
                said = _(
                    "Translate «%(title)s» into %(language)s first: a part is not translated before its whole."
                )
                words = {"title": first, "language": locale.get_display_name()}
                messages.error(self.request, said % words)
                return redirect("wagtailadmin_explore", self.object.get_parent().pk)
        return super().form_valid(form)
