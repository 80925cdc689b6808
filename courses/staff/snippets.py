"""Glossary, sources and topics in the Wagtail admin: lists and forms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.models import GlossaryTerm, Source, Topic
from media_library.staff.viewsets import BelongingViewSet


class GlossaryViewSet(BelongingViewSet):
    """The words of the field."""

    model = GlossaryTerm
    icon = "doc-empty"
    menu_label = _("Glossary")
    list_display = ["term", "slug"]
    list_filter = ["locale"]
    search_fields = ["term"]
    list_per_page = 50
    panels = [
        FieldPanel("term", help_text=_("As people in the field say it: «Retorno asistido».")),
        FieldPanel(
            "definition",
            help_text=_("One or two sentences, for somebody who hears the word for the first time."),
        ),
        FieldPanel("slug", help_text=_("Small letters and hyphens: «retorno-asistido». It does not change.")),
    ]


class SourceViewSet(BelongingViewSet):
    """The documents from which lessons take their facts."""

    model = Source
    icon = "link"
    menu_label = _("Sources")
    list_display = ["key", "title", "author", "year"]
    list_filter = ["year"]
    search_fields = ["key", "title", "author"]
    list_per_page = 50
    panels = [
        FieldPanel("key", help_text=_("Short and unique, such as S12: questions name the source by it.")),
        MultiFieldPanel(
            [
                FieldPanel("title", help_text=_("As it stands on the document, in its own language.")),
                FieldPanel(
                    "author", help_text=_("People or an institution: «Organización Mundial de la Salud».")
                ),
                FieldPanel("publisher"),
                FieldPanel("year", help_text=_("Of this edition: 2024.")),
            ],
            heading=_("1 · The document"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("url", help_text=_("The page where it can be read, if there is one.")),
                FieldPanel("isbn"),
                FieldPanel(
                    "note", help_text=_("Where in it, or how far it holds: «capítulo 3», «solo México».")
                ),
            ],
            heading=_("2 · Where to find it"),
        ),
    ]


class TopicViewSet(SnippetViewSet):
    """The subjects by which the catalogue is filtered."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = [
        "__str__",
        Column("name_es", label=_("Spanish"), sort_key="name_es"),
        Column("name_en", label=_("English"), sort_key="name_en"),
        Column("name_fr", label=_("French"), sort_key="name_fr"),
    ]
    search_fields = ["name_es", "name_en", "name_fr"]
    panels = [
        FieldPanel(
            "name_es",
            heading=_("Name in Spanish"),
            help_text=_("One to three words: «Salud mental». It stands in the filters."),
        ),
        FieldPanel("name_en", heading=_("Name in English")),
        FieldPanel("name_fr", heading=_("Name in French")),
        FieldPanel("slug", help_text=_("Small letters and hyphens: «salud-mental». It stands in addresses.")),
    ]


class SharedGroup(SnippetViewSetGroup):
    """What lessons share."""

    items = (GlossaryViewSet, SourceViewSet, TopicViewSet)
    menu_icon = "folder-open-inverse"
    menu_label = _("Shared by lessons")
    menu_name = "shared_by_lessons"
    menu_order = 260
