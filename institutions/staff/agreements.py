"""Agreements in the Wagtail admin: list, filters, form with parties and addenda, page with renewal and dossier."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.widgets.button import HeaderButton

from common.quiet import QuietViewSet
from institutions import seeing, terms
from institutions.models import Agreement, AgreementParty
from institutions.staff import agreement_views
from institutions.staff.agreement_forms import PAPER_HELP, AddendumForm, AgreementForm
from institutions.staff.agreement_page import agreement_screen
from institutions.staff.choosing import agreement_chooser, institution_chooser
from institutions.staff.panels import CheckedInlinePanel
from institutions.staff.permissions import SeenPolicy
from institutions.words import STATES
from media_library.staff.asking import ask_each
from programme import countries
from programme.staff.columns import day_column
from programme.staff.keeping import KeepingDeleteView


def _state(agreement: Any) -> str:
    return str(STATES[terms.State(agreement.state)])


def _parties(agreement: Agreement) -> str:
    return ", ".join(str(party.institution) for party in agreement.parties.all())


class AgreementFilter(WagtailFilterSet):
    """State, kind, country, and how soon it ends."""

    state = django_filters.ChoiceFilter(
        label=_("state"), choices=[(state.value, words) for state, words in STATES.items()]
    )
    country = django_filters.ChoiceFilter(label=_("country"), choices=countries.choices, method="of_country")
    ends = django_filters.ChoiceFilter(
        label=_("ends"),
        choices=[("30", _("within 30 days")), ("90", _("within 90 days")), ("180", _("within 180 days"))],
        method="ends_within",
    )

    class Meta:
        model = Agreement
        fields = ["state", "country", "ends", "kind"]

    def of_country(self, rows: Any, name: str, value: str) -> Any:
        """Return those that apply there, or whose institutions stand there."""
        return rows.in_countries([value])

    def ends_within(self, rows: Any, name: str, value: str) -> Any:
        """Return those that bind now and will not in so many days."""
        today = timezone.localdate()
        binding = rows.in_state(*terms.BINDING)
        return binding.filter(end__gte=today, end__lte=today + dt.timedelta(days=int(value)))


class AgreementIndexView(IndexView):
    """The list, with states and parties in a fixed number of queries."""

    def get_base_queryset(self) -> QuerySet[Agreement]:
        """Return those within sight, with what the columns show."""
        rows = seeing.agreements(self.request.user).with_terms(timezone.localdate())
        with_institution = Prefetch("parties", AgreementParty.objects.select_related("institution"))
        return rows.prefetch_related(with_institution).order_by("-starts_on", "-pk")

    def search_queryset(self, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """Look for each word in the title and in the parties' names; none is listed twice."""
        for word in (self.search_query or "").split() if self.is_searching else []:
            named = Q(institution__name__icontains=word) | Q(institution__short_name__icontains=word)
            parties = AgreementParty.objects.filter(named, agreement=OuterRef("pk"))
            queryset = queryset.filter(Q(title__icontains=word) | Exists(parties))
        return queryset


class AgreementInspectView(InspectView):
    """One agreement, with what can be done about it."""

    def get_fields(self) -> list[str]:
        """Return none: the page says them."""
        return []

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer the dossier in one click."""
        address = reverse("convenios:dossier", args=[self.object.pk])
        return [HeaderButton(_("Dossier for the meeting (PDF)"), url=address, icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the screen."""
        policy, user = self.permission_policy, self.request.user
        may_change = policy.user_has_permission(user, "change") and policy.user_has_permission(user, "add")
        may_forget = policy.user_has_permission(user, "delete")
        screen = agreement_screen(self.object.pk, may_change=may_change, may_forget=may_forget)
        return super().get_context_data(**kwargs, screen=screen)


class AgreementViewSet(QuietViewSet):
    """What the programme agreed with institutions."""

    model = Agreement
    name = "convenios"
    icon = "doc-full"
    menu_label = _("Agreements")
    menu_order = 10
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = AgreementIndexView
    inspect_view_class = AgreementInspectView
    inspect_template_name = "institutions/staff/agreement.html"
    delete_view_class = KeepingDeleteView
    filterset_class = AgreementFilter
    list_display = [
        "title",
        Column("institutions", label=_("institutions"), accessor=_parties),
        Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
        Column("state", label=_("state"), accessor=_state, sort_key="state"),
        day_column("starts_on", label=_("in force from")),
        day_column("last_day", label=_("until")),
    ]
    search_fields = ["title"]
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("kind"),
            InlinePanel(
                "parties",
                [FieldPanel("institution", widget=institution_chooser.widget_class), FieldPanel("role")],
                heading=_("With whom"),
                label=_("Institution"),
                help_text=_("In the order in which they sign. The programme itself needs no row."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("signed_on"),
                    FieldPanel("starts_on"),
                    FieldPanel("ends_on"),
                    FieldPanel("ended_on"),
                ],
                heading=_("Dates"),
            ),
            FieldPanel("renews", widget=agreement_chooser.widget_class),
            MultiFieldPanel(
                [FieldPanel("scope"), FieldPanel("topics"), FieldPanel("countries")], heading=_("Scope")
            ),
            FieldPanel("paper", widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}), help_text=PAPER_HELP),
            CheckedInlinePanel(
                "addenda",
                [
                    FieldPanel("signed_on"),
                    FieldPanel("text"),
                    FieldPanel("new_ends_on"),
                    FieldPanel(
                        "paper", widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}), help_text=PAPER_HELP
                    ),
                ],
                heading=_("Addenda"),
                label=_("Addendum"),
                row_form=AddendumForm,
            ),
        ],
        base_form_class=AgreementForm,
    )

    @cached_property
    def permission_policy(self) -> SeenPolicy:
        """Ask of sight too."""
        return SeenPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add renewal, dossier and files, and put the question before each address that names an agreement."""
        asked = ask_each(super().get_urlpatterns(), self.model, self.permission_policy)
        views = agreement_views
        return [
            *asked,
            path("renovar/<int:pk>/", views.renew, name="renew"),
            path("expediente/<int:pk>/", views.dossier, name="dossier"),
            path("expediente/institucion/<int:pk>/", views.dossier_of, name="dossier_of"),
            path("archivo/<int:pk>/", views.paper, name="paper"),
            path("adenda/<int:pk>/", views.addendum_paper, name="addendum_paper"),
            path("archivo-anterior/<int:pk>/", views.former_paper, name="former_paper"),
            path("archivo-anterior/<int:pk>/borrar/", views.forget_paper, name="forget_paper"),
        ]
