"""The question bank and the quizzes in the Wagtail admin: lists, forms, filters."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.forms import CheckboxInput
from django.http import HttpRequest, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from assessments.alike import all_alike
from assessments.models import AttemptAnswer, Question, Quiz
from assessments.services import listed_ids
from assessments.staff.analysing import analysis
from assessments.staff.exchanging import banks, exchange, exchange_file
from assessments.staff.mending import mend
from assessments.staff.panels import QUESTION, QUIZ
from assessments.staff.retiring import RetireQuestionView
from common.languages import source_language
from institutions.stages import scope_names
from media_library.staff.asking import ask_each
from media_library.staff.viewsets import BelongingViewSet, OwnIndexView
from programme.countries import choices as country_choices


def quizzes_listing() -> Case:
    """Return, for a query over questions, how many quizzes list each one: one look at the quizzes for a whole list.

    Wagtail's reference index would know it too, but only once the worker has caught up.
    """
    counts = Counter(pk for quiz in Quiz.objects.only("items") for pk in listed_ids(quiz))
    by_count: dict[int, list[int]] = defaultdict(list)
    for pk, count in counts.items():
        by_count[count].append(pk)
    cases = [When(pk__in=pks, then=Value(count)) for count, pks in by_count.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def answers_given() -> Coalesce:
    """Return, for a query over questions, how many answers each has had in attempts that were handed in.

    Those whose term is over are gone, and counted no more.
    """
    rows = AttemptAnswer.objects.filter(
        question_key=OuterRef("translation_key"), attempt__submitted_at__isnull=False
    )
    counted = rows.order_by().values("question_key").annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(counted), 0)


class OriginalsFilterSet(WagtailFilterSet):
    """The originals where no language is asked for: each translation would stand beside its own."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = data.copy() if data is not None else QueryDict(mutable=True)
        given.setdefault("locale", source_language())
        super().__init__(given, *args, **kwargs)


class Ticked(CheckboxInput):
    """A box that asks for nothing while it is not ticked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return True, or nothing: «no» would be a filter too."""
        return super().value_from_datadict(data, files, name) or None


class QuestionFilterSet(OriginalsFilterSet):
    """By kind, level and country: a country's questions are those narrowed to it, not those asked everywhere."""

    country = ChoiceFilter(label=_("Asked only in"), choices=country_choices, method="of_country")
    twice = BooleanFilter(
        label=_("Perhaps there twice"),
        method="alike",
        widget=Ticked,
        help_text=_("Almost the same words"),
    )

    class Meta:
        model = Question
        fields = ["kind", "level", "evidence_status", "live"]

    def of_country(self, rows: QuerySet[Question], name: str, code: str) -> QuerySet[Question]:
        """Keep the questions narrowed to a country. SQLite cannot look into a JSON list: its text can be searched."""
        return rows.annotate(codes=Cast("countries", TextField())).filter(codes__contains=f'"{code}"')

    def alike(self, rows: QuerySet[Question], name: str, wanted: bool) -> QuerySet[Question]:
        """Keep the questions of which another one in the reader's bank has almost the same words."""
        stems = dict(rows.order_by().values_list("pk", "stem"))
        return rows.filter(pk__in=all_alike(stems)) if wanted else rows


class QuizFilterSet(OriginalsFilterSet):
    """By whether learners are given it."""

    class Meta:
        model = Quiz
        fields = ["live"]


def _language_column() -> Column:
    return Column("language", label=_("Language"), accessor="locale", sort_key="locale")


def published_twins() -> dict[str, Exists]:
    """Return, for a query over questions, whether each is published in each of the site's languages."""
    twins = Question.objects.filter(translation_key=OuterRef("translation_key"), live=True)
    return {
        f"live_{code}": Exists(twins.filter(locale__language_code=code)) for code in dict(settings.LANGUAGES)
    }


def published_in(question: Any) -> str:
    """Return the language of a question, and the others in which it is published."""
    own = question.locale.language_code
    others = (code for code in dict(settings.LANGUAGES) if code != own and getattr(question, f"live_{code}"))
    return " · ".join([str(question.locale), *(code.upper() for code in others)])


class QuestionIndexView(OwnIndexView):
    """The list of the bank, with the way in and out for other programs."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the way to it, for whoever may write questions."""
        buttons: list[Button] = list(super().header_more_buttons)
        if banks(self.request.user):
            url = reverse("wagtailsnippets_assessments_question:exchange")
            words = _("Bring questions and take them along")
            buttons.append(Button(words, url=url, icon_name="upload", priority=60))
        return buttons


class QuestionViewSet(BelongingViewSet):
    """The question bank."""

    model = Question
    icon = "help"
    menu_label = _("Question bank")
    add_to_admin_menu = False
    copy_view_enabled = True
    unpublish_view_class = RetireQuestionView
    inspect_view_enabled = False
    list_per_page = 50
    list_display = [
        "stem",
        Column("languages", label=_("Language"), accessor=published_in, sort_key="locale"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        Column("whom", label=_("Whom it concerns"), accessor=lambda question: scope_names(question.scope)),
        Column("used_in", label=_("Quizzes that ask it"), sort_key="used_in"),
        Column("answers", label=_("Answers"), sort_key="answers"),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    filterset_class = QuestionFilterSet
    search_fields = ["stem"]
    panels = QUESTION

    index_view_class = QuestionIndexView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the way in and out for other programs."""
        own = [
            path("exchange/", exchange, name="exchange"),
            path("exchange/file/", exchange_file, name="exchange_file"),
        ]
        return super().get_urlpatterns() + own

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """Add how many quizzes list each question, and how often it was answered."""
        rows = self.own_queryset(request).select_related("locale")
        rows = rows.annotate(used_in=quizzes_listing(), answers=answers_given())
        return rows.annotate(**published_twins()).order_by("-pk")


class QuizViewSet(BelongingViewSet):
    """The quizzes."""

    model = Quiz
    icon = "list-ol"
    menu_label = _("Quizzes")
    add_to_admin_menu = False
    list_display = [
        "title",
        _language_column(),
        Column("questions", label=_("Questions"), accessor=lambda quiz: len(quiz.items)),
        Column("pass_mark", label=_("Pass mark, in %"), sort_key="pass_mark"),
        Column("max_attempts", label=_("Attempts"), sort_key="max_attempts"),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    filterset_class = QuizFilterSet
    search_fields = ["title"]
    panels = QUIZ

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the analysis of a quiz and what is done about a bad question, asked of like the others."""
        own = [
            path("analysis/<int:pk>/", analysis, name="analysis"),
            path("mend/<int:pk>/", mend, name="mend"),
        ]
        return super().get_urlpatterns() + ask_each(own, self.model, self.permission_policy)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quiz]:
        """Read the language of each with it."""
        return self.own_queryset(request).select_related("locale").order_by("-pk")


class AssessmentsGroup(SnippetViewSetGroup):
    """Questions and quizzes under one entry of the admin's menu."""

    items = (QuestionViewSet, QuizViewSet)
    menu_icon = "help"
    menu_label = _("Quizzes and questions")
    menu_name = "assessments"
    menu_order = 250
