"""Translating goes top-down: what comes first is asked for in words, at every door of wagtail-localize and Wagtail.

Left alone, wagtail-localize makes live aliases of the parents that have no translation yet, writes Spanish over a live
translation when it is updated before it is complete, and publishes a quiz page that shows the Spanish quiz.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from courses.translating import Lack, Missing, lacks, missing_of_quiz, say_lack

if TYPE_CHECKING:
    from uuid import UUID

BELOW_A_COURSE = (ModulePage, LessonPage, QuizPage)
OF_A_COURSE = (CoursePage, *BELOW_A_COURSE)
MOST_WAYS = 4


def holds_a_course(page: Page) -> bool:
    """Say whether `page` is part of a course or has courses below it."""
    if issubclass(page.specific_class or Page, OF_A_COURSE):
        return True
    return CoursePage.objects.descendant_of(page).exists()


def missing_first(page: Page, locale: Locale) -> Lack | None:
    """Return what must be there in this language before `page` is translated: its whole, and its quiz published."""
    if not isinstance(page, BELOW_A_COURSE):
        return None
    parent = page.get_parent()
    if not Page.objects.filter(
        translation_key=parent.translation_key, locale=locale, alias_of__isnull=True
    ).exists():
        return Lack(Missing.WHOLE, title=str(parent.title), first=(parent,))
    return next((lack for lack in missing_of_quiz(page, locale) if lack.reason == Missing.QUIZ), None)


def _say_first(lack: Lack, locale: Locale) -> str:
    if lack.reason == Missing.QUIZ:
        said = _(
            "Publish the quiz «%(title)s» in %(language)s first, once its questions are: its page shows it at once."
        )
    else:
        said = _("Translate «%(title)s» into %(language)s first: a part is not translated before its whole.")
    return said % {"title": lack.title, "language": locale.get_display_name()}


def ways(lacking: Iterable[Lack], locale: Locale) -> list[tuple[str, str, bool]]:
    """Return buttons that lead to the first of what must come before, where each is translated or published."""
    first = [thing for lack in lacking for thing in lack.first]
    return [messages.button(_way(thing, locale), str(thing)[:60]) for thing in first[:MOST_WAYS]]


def _way(thing: Any, locale: Locale) -> str:
    """Return the address where `thing`, a source, is translated into this language: submitted, or written."""
    page = isinstance(thing, Page)
    twins = type(thing).objects.filter(translation_key=thing.translation_key, locale=locale)
    twin = twins.exclude(alias_of__isnull=False).first() if page else twins.first()
    if page:
        name = "wagtailadmin_pages:edit" if twin else "wagtail_localize:submit_page_translation"
        return reverse(name, args=[(twin or thing).pk])
    meta = thing._meta
    if twin is None:
        return reverse(
            "wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, thing.pk]
        )
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[twin.pk])


class TopDownTranslationView(SubmitPageTranslationView):
    """wagtail-localize's own view, which asks first."""

    def get_object(self) -> Page:
        """Return the page, if she may change it: wagtail-localize asks only whether she may translate something."""
        page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page

    def form_valid(self, form: Any) -> HttpResponse:
        """Submit, or say what comes first."""
        for locale in form.cleaned_data["locales"]:
            first = missing_first(self.object, locale)
            if first:
                messages.error(self.request, _say_first(first, locale), buttons=ways([first], locale))
                return redirect("wagtailadmin_explore", self.object.get_parent().pk)
        return super().form_valid(form)


class CompleteUpdateView(UpdateTranslationsView):
    """wagtail-localize's own view of «Sync translations», which publishes none that would hold Spanish texts."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take over the source's changes; where texts are then missing, leave the published translation as it is."""
        wanted = form.cleaned_data["publish_translations"]
        # Publishing writes the translation's own row at once, complete or not: so first without.
        form.cleaned_data["publish_translations"] = False
        response = super().form_valid(form)
        if wanted:
            for translation in self.object.translations.filter(enabled=True).select_related("target_locale"):
                self._publish(translation)
        return response

    def _publish(self, translation: Translation) -> None:
        missing = lacks(translation.get_target_instance(), translation.target_locale)
        if not missing:
            translation.save_target(user=self.request.user, publish=True)
            return
        language = translation.target_locale.get_display_name()
        said = _("Not published in %(language)s, and what learners read there stays as it was. %(why)s")
        why = " ".join(map(say_lack, missing))
        buttons = ways(missing, translation.target_locale)
        messages.warning(self.request, said % {"language": language, "why": why}, buttons=buttons)


@dataclass(frozen=True)
class Refusal:
    """Why a translation is not published, in words, and the ways to what must come first."""

    words: str
    buttons: list[tuple[str, str, bool]]


def refusal(thing: Any) -> Refusal | None:
    """Return why the translation `thing` is not published; nothing when it may be."""
    found = lacks(thing)
    return Refusal(" ".join(map(say_lack, found)), ways(found, thing.locale)) if found else None


def refuse_in_editor(request: HttpRequest, thing: Any) -> HttpResponse | None:
    """Refuse in wagtail-localize's editor, which publishes by a POST of its own; every text typed there is kept."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if not is_translated_here(thing.translation_key, thing.locale):
        return None
    refused = refusal(thing)
    if refused is None:
        return None
    said = _("It is not published yet; your texts are kept. %(why)s") % {"why": refused.words}
    messages.error(request, said, buttons=refused.buttons)
    return redirect(request.get_full_path())


def is_translated_here(key: UUID, locale: Locale) -> bool:
    """Say whether wagtail-localize keeps the translation of `key` into `locale`."""
    return Translation.objects.filter(source__object_id=key, target_locale=locale, enabled=True).exists()


def refuse_publishing(request: HttpRequest, thing: Any) -> HttpResponse | None:
    """Refuse in Wagtail's own editor; what was typed is kept as a draft."""
    refused = refusal(thing)
    if refused is None:
        return None
    said = _("It stays a draft for now. %(why)s") % {"why": refused.words}
    messages.error(request, said, buttons=refused.buttons)
    if isinstance(thing, Page):
        return redirect("wagtailadmin_pages:edit", thing.pk)
    return redirect(thing.snippet_viewset.get_url_name("edit"), thing.pk)


def refuse_bulk(request: HttpRequest, objects: Iterable[Page]) -> HttpResponse | None:
    """Refuse the bulk publication in which a translation is ticked that lacks something; nothing is published."""
    for page in objects:
        refused = refusal(page)
        if refused:
            words = {"title": page.title, "why": refused.words}
            said = _("Nothing was published. «%(title)s»: %(why)s") % words
            messages.error(request, said, buttons=refused.buttons)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def offer_no_synchronised_trees() -> None:
    """Take «Synchronise content» off the form of a language: it makes live aliases of every page of another."""
    LOCALE_COMPONENTS[:] = [one for one in LOCALE_COMPONENTS if one["model"] is not LocaleSynchronization]


def refuse_convert(request: HttpRequest, page_id: int) -> HttpResponse:
    """Stand in the place of «Convert to alias»: a course or lesson has none, for learners' work hangs on its key."""
    from wagtail_localize.views.convert import convert_to_alias

    page = Page.objects.filter(pk=page_id).first()
    if page is None or not holds_a_course(page):
        return convert_to_alias(request, page_id)
    messages.error(request, _("Courses and lessons have no aliases. Unpublish the translation instead."))
    return redirect("wagtailadmin_pages:edit", page_id)
