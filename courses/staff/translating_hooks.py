"""Stands at every door of the admin through which a translation is submitted, updated, published or made an alias."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, TranslatableMixin

from accounts.http import SignedRequest
from courses.staff import foreign_words, segment_places, segments, translating
from courses.staff.permissions import pages_to_translate

translating.offer_no_synchronised_trees()
foreign_words.install()
segment_places.install()


class TranslationsMenuItem(MenuItem):
    """Shown to those who edit at least one course."""

    def is_shown(self, request: SignedRequest) -> bool:
        """Say whether the reader may edit any course."""
        # Every page of the admin asks: who may do everything costs no question.
        return request.user.is_superuser or pages_to_translate(request.user).exists()


@hooks.register("register_admin_menu_item")
def translations_in_the_menu() -> MenuItem:
    """Add the list of translations to the menu."""
    address = reverse("course_translations:index")
    return TranslationsMenuItem(
        gettext_lazy("Translations"), address, name="translations", icon_name="globe", order=245
    )


@hooks.register("register_admin_urls", order=-1)
def doors_of_translation() -> list[URLPattern | URLResolver]:
    """Put the list below the admin, and our views before wagtail-localize's addresses of the same ones."""
    return [
        path("traducciones/", include("courses.staff.translation_urls")),
        path("localize/submit/page/<int:page_id>/", translating.TopDownTranslationView.as_view()),
        path("localize/update/<int:translation_source_id>/", translating.CompleteUpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", translating.refuse_convert),
        path(
            "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
            segments.save_string,
        ),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            segments.save_override,
        ),
    ]


@hooks.register("before_edit_page", order=-1)
def refuse_page_in_editor(request: SignedRequest, page: Page) -> HttpResponse | None:
    """Come before wagtail-localize's editor, which answers at this hook itself."""
    return translating.refuse_in_editor(request, page)


@hooks.register("before_edit_snippet", order=-1)
def refuse_snippet_in_editor(request: SignedRequest, instance: Any) -> HttpResponse | None:
    """Do the same for a question, a quiz or a glossary term."""
    return (
        translating.refuse_in_editor(request, instance) if isinstance(instance, TranslatableMixin) else None
    )


@hooks.register("before_publish_page")
def refuse_incomplete(request: SignedRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish a translation that lacks its quiz, its whole or a text."""
    return translating.refuse_publishing(request, page)


@hooks.register("before_publish")
def refuse_incomplete_snippet(request: SignedRequest, instance: Any) -> HttpResponse | None:
    """Refuse the same of a quiz before its questions, in the editor that Wagtail has for snippets."""
    return (
        translating.refuse_publishing(request, instance) if isinstance(instance, TranslatableMixin) else None
    )


@hooks.register("before_bulk_action")
def refuse_incomplete_ones(
    request: SignedRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse the bulk publication of such pages."""
    if action_type != "publish" or not issubclass(action.models[0], Page):
        return None
    return translating.refuse_bulk(request, objects)
