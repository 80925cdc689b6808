"""The question bank and the quizzes in the Wagtail admin: lists, forms, filters."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from assessments.models import Question, Quiz


def quizzes_listing() -> Coalesce:
    """Return, for a query over questions, how many quizzes list each one: one subquery for the whole list."""
    references = (
        ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Quiz),
            to_content_type=ContentType.objects.get_for_model(Question),
            to_object_id=Cast(OuterRef("pk"), CharField()),
        )
        .order_by()
        .values("to_object_id")
        .annotate(holders=Count("object_id", distinct=True))
        .values("holders")
    )
    return Coalesce(Subquery(references, output_field=IntegerField()), 0)


class QuestionViewSet(SnippetViewSet):
    """The question bank."""

    model = Question
    icon = "help"
    menu_label = _("Question bank")
    add_to_admin_menu = False
    copy_view_enabled = True
    inspect_view_enabled = False
    list_per_page = 50
    list_display = [
        "stem",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        Column("used_in", label=_("Quizzes that ask it"), sort_key="used_in"),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_filter = ["kind", "level", "live"]
    search_fields = ["stem"]
    panels = [
        FieldPanel("stem"),
        FieldPanel("kind"),
        FieldPanel("choices"),
        FieldPanel("explanation"),
        MultiFieldPanel(
            [FieldPanel("level"), FieldPanel("objective"), FieldPanel("sources"), FieldPanel("tags")],
            heading=_("To find it again and to trust it"),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """Add how many quizzes list each question."""
        return Question.objects.annotate(used_in=quizzes_listing()).order_by("-pk")


class QuizViewSet(SnippetViewSet):
    """The quizzes."""

    model = Quiz
    icon = "list-ol"
    menu_label = _("Quizzes")
    add_to_admin_menu = False
    list_display = [
        "title",
        Column("questions", label=_("Questions"), accessor=lambda quiz: len(quiz.items)),
        Column("pass_mark", label=_("Pass mark, in %"), sort_key="pass_mark"),
        Column("max_attempts", label=_("Attempts"), sort_key="max_attempts"),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_filter = ["live"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("items"),
        MultiFieldPanel(
            [FieldPanel("pass_mark"), FieldPanel("max_attempts"), FieldPanel("shuffle")],
            heading=_("How it is passed"),
        ),
    ]


class AssessmentsGroup(SnippetViewSetGroup):
    """Questions and quizzes under one entry of the admin's menu."""

    items = (QuestionViewSet, QuizViewSet)
    menu_icon = "help"
    menu_label = _("Quizzes and questions")
    menu_name = "assessments"
    menu_order = 250
