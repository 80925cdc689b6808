"""Glossary, sources and topics in the Wagtail admin: lists and forms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
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
    panels = [FieldPanel("term"), FieldPanel("definition"), FieldPanel("slug")]


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
        FieldPanel("key"),
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("author"), FieldPanel("publisher"), FieldPanel("year")],
            heading=_("The document"),
        ),
        MultiFieldPanel(
            [FieldPanel("url"), FieldPanel("isbn"), FieldPanel("note")], heading=_("Where to find it")
        ),
    ]


class TopicViewSet(SnippetViewSet):
    """The subjects by which the catalogue is filtered."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name_es", "name_en", "name_fr"]
    search_fields = ["name_es", "name_en", "name_fr"]
    panels = [FieldPanel("name_es"), FieldPanel("name_en"), FieldPanel("name_fr"), FieldPanel("slug")]


class SharedGroup(SnippetViewSetGroup):
    """What lessons share."""

    items = (GlossaryViewSet, SourceViewSet, TopicViewSet)
    menu_icon = "folder-open-inverse"
    menu_label = _("Shared by lessons")
    menu_name = "shared_by_lessons"
    menu_order = 260
