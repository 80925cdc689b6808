"""What lessons share, in the Wagtail admin: glossary, sources, topics."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.models import GlossaryTerm, Source, Topic


class GlossaryTermViewSet(SnippetViewSet):
    """The words of the field."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    list_display = ["term", "slug"]
    list_filter = ["locale"]
    search_fields = ["term"]
    ordering = ["term"]
    list_per_page = 50
    panels = [FieldPanel("term"), FieldPanel("slug"), FieldPanel("definition")]


class SourceViewSet(SnippetViewSet):
    """The documents from which lessons take their facts."""

    model = Source
    icon = "doc-full"
    menu_label = _("Sources")
    list_display = ["key", "title", "author", "year"]
    list_filter = {"year": ["exact"], "publisher": ["icontains"]}
    search_fields = ["key", "title", "author"]
    ordering = ["key"]
    list_per_page = 50
    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldPanel("publisher"),
                FieldPanel("year"),
                FieldPanel("isbn"),
                FieldPanel("url"),
            ],
            heading=_("Where it is found"),
        ),
        FieldPanel("note"),
    ]


class TopicViewSet(SnippetViewSet):
    """The subjects of the catalogue."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name_es", "name_en", "name_fr"]
    search_fields = ["name_es", "name_en", "name_fr"]
    ordering = ["name_es"]
    panels = [FieldPanel("name_es"), FieldPanel("name_en"), FieldPanel("name_fr"), FieldPanel("slug")]


class LibraryGroup(SnippetViewSetGroup):
    """The three under one entry of the admin's menu."""

    items = (GlossaryTermViewSet, SourceViewSet, TopicViewSet)
    menu_icon = "folder-open-inverse"
    menu_label = _("Glossary and sources")
    menu_name = "course-library"
    menu_order = 260
