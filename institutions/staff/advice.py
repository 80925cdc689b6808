"""Technical advice in the Wagtail admin: list, form with agreed actions, what is pending."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView

from accounts.http import SignedRequest
from common.quiet import QuietViewSet
from institutions import advising, seeing
from institutions.models import AdviceAction, AdviceRecord
from institutions.staff.advice_forms import NO_NAMES, AdviceActionForm, AdviceForm
from institutions.staff.advice_page import advice_screen
from institutions.staff.choosing import institution_chooser
from institutions.staff.panels import CheckedInlinePanel
from institutions.staff.permissions import SeenPolicy
from media_library.staff.asking import ask_each
from programme import countries
from programme.staff.columns import day_column
from programme.staff.people import staff_of

A_PAGE = 50
LOOKING = ("add", "change", "delete", "view")


@dataclass(frozen=True)
class PendingScreen:
    """What was agreed and is not done."""

    page: Page[AdviceAction]
    total: int
    overdue: int
    only_overdue: bool
    may_finish: bool
    today: Any


class AdviceFilter(WagtailFilterSet):
    """Kind, place, country, from and to."""

    country = django_filters.ChoiceFilter(
        label=_("country"), field_name="institution__country", choices=countries.choices
    )

    class Meta:
        model = AdviceRecord
        fields = {"kind": ["exact"], "place": ["exact"], "held_on": ["gte", "lte"]}


class AdviceIndexView(IndexView):
    """The list, with people and pending actions counted in the same query."""

    def get_base_queryset(self) -> QuerySet[AdviceRecord]:
        """Return those within sight."""
        pending = Count("actions", filter=Q(actions__done_on__isnull=True))
        return seeing.advice(self.request.user).annotate(pending=pending).order_by("-held_on", "-pk")


class AdviceInspectView(InspectView):
    """One time that advice was given, to be read."""

    def get_fields(self) -> list[str]:
        """Return none: the page says them."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the screen."""
        return super().get_context_data(**kwargs, screen=advice_screen(self.object))


class AdviceViewSet(QuietViewSet):
    """The log of advice given."""

    model = AdviceRecord
    name = "asesorias"
    icon = "clipboard-list"
    menu_label = _("Technical advice")
    menu_order = 20
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = AdviceInspectView
    inspect_template_name = "institutions/staff/advice.html"
    index_view_class = AdviceIndexView
    filterset_class = AdviceFilter
    list_display = [
        TitleColumn(
            "institution",
            label=_("institution"),
            url_name="asesorias:inspect",
            sort_key="institution__name",
        ),
        day_column("held_on", label=_("date")),
        Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
        Column("topics", label=_("topics"), accessor="topic_words"),
        Column("hours", label=_("length in hours"), sort_key="hours"),
        Column("people", label=_("people")),
        Column("pending", label=_("pending actions"), sort_key="pending"),
    ]
    search_fields = ["institution__name", "institution__short_name", "project"]
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("institution", widget=institution_chooser.widget_class),
            FieldRowPanel([FieldPanel("held_on"), FieldPanel("hours")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("place")]),
            FieldPanel("topics"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("women"), FieldPanel("men")]),
                    FieldRowPanel([FieldPanel("other"), FieldPanel("unsaid")]),
                ],
                heading=_("How many people took part"),
                help_text=_(
                    "As each said of herself; never guessed. Whoever was not asked counts as «not said»."
                ),
            ),
            FieldPanel("project", help_text=NO_NAMES),
            FieldPanel("note", help_text=NO_NAMES),
            CheckedInlinePanel(
                "actions",
                [
                    FieldPanel("text", help_text=NO_NAMES),
                    FieldPanel("role"),
                    FieldPanel("due_on"),
                    FieldPanel("done_on"),
                ],
                heading=_("What was agreed"),
                label=_("Action"),
                row_form=AdviceActionForm,
            ),
        ],
        base_form_class=AdviceForm,
    )

    @cached_property
    def permission_policy(self) -> SeenPolicy:
        """Ask of sight too."""
        return SeenPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add what is pending, and put the question before each address that names a record."""
        asked = ask_each(super().get_urlpatterns(), self.model, self.permission_policy)
        return [
            *asked,
            path("pendientes/", pending, name="pending"),
            path("pendientes/<int:pk>/hecho/", finish, name="finish"),
        ]


def _user(request: SignedRequest, *actions: str) -> Any:
    user = staff_of(request)
    if not SeenPolicy(AdviceRecord).user_has_any_permission(user, actions):
        raise Http404
    return user


@require_safe
def pending(request: SignedRequest) -> HttpResponse:
    """List what was agreed and is not done, what is overdue first."""
    user = _user(request, *LOOKING)
    screen = _pending_screen(user, request.GET)
    title = gettext("Pending actions")
    frame = {
        "header_title": title,
        "page_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("asesorias:index"), "label": gettext("Technical advice")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "institutions/staff/pending.html", {**frame, "screen": screen})


def _pending_screen(user: Any, asked: Any) -> PendingScreen:
    today = timezone.localdate()
    rows = advising.pending(seeing.advice(user))
    counts = rows.order_by().aggregate(total=Count("pk"), overdue=Count("pk", filter=advising.overdue(today)))
    only = asked.get("vencidas") == "1"
    shown = rows.filter(advising.overdue(today)) if only else rows
    return PendingScreen(
        page=Paginator(shown, A_PAGE).get_page(asked.get("p")),
        total=counts["total"],
        overdue=counts["overdue"],
        only_overdue=only,
        may_finish=SeenPolicy(AdviceRecord).user_has_permission(user, "change"),
        today=today,
    )


@require_POST
def finish(request: SignedRequest, pk: int) -> HttpResponse:
    """Note that something agreed was done today."""
    user = _user(request, "change")
    rows = AdviceAction.objects.filter(record__in=seeing.advice(user).order_by().values("pk"))
    advising.finish_action(action=get_object_or_404(rows, pk=pk))
    messages.success(request, gettext("It is done, with today's date. To set another date, open the record."))
    return redirect("asesorias:pending")
