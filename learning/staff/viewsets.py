"""Cohorts and enrolment codes in the Wagtail admin: lists, filters, forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from accounts import masking
from accounts.staff.seeing import SeenIndexMixin
from common.quiet import QuietViewSet
from learning import beside
from learning.models import PENDING, Cohort, EnrolmentCode, EnrolmentState
from learning.running import run_by
from learning.staff.filters import CohortFilter, EnrolmentCodeFilter
from learning.staff.forms import CohortForm, EnrolmentCodeForm
from learning.staff.permissions import OwnCourses
from media_library.staff.asking import ask_each
from programme.staff.columns import day_column
from programme.staff.keeping import KeepingDeleteView
from programme.staff.people import staff_of


class OwnCoursesViewSet(QuietViewSet):
    """The screens of what is made for a course: a trainer finds those of own courses."""

    @property
    def permission_policy(self) -> OwnCourses:
        """Ask of the course."""
        return OwnCourses(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address that names one."""
        return ask_each(super().get_urlpatterns(), self.model, self.permission_policy)


def _codes(cohort: Cohort) -> str:
    return ", ".join(row.code for row in cohort.codes.all())


def _projects(cohort: Cohort) -> str:
    """Name the projects that pay; where there are several, say so: their people are not to be added up."""
    codes = ", ".join(project.code for project in cohort.projects.all())
    shared = gettext("co-funded")
    return f"{codes} · {shared}" if len(cohort.projects.all()) > 1 else codes


def _seats(cohort: Any) -> str:
    """Say how many people there are, of how many seats, and how many ask or wait."""
    people = f"{cohort.learners}/{cohort.seats}" if cohort.seats else str(cohort.learners)
    return f"{people} (+{cohort.pending})" if cohort.pending else people


def _state(cohort: Any) -> str:
    """Say in a word how a group stands today."""
    if cohort.cancelled_at:
        return gettext("Cancelled")
    today = timezone.localdate()
    if cohort.is_over(today):
        return gettext("Over")
    if cohort.seats is not None and cohort.learners >= cohort.seats:
        return gettext("Full")
    return gettext("To begin") if cohort.starts_on and cohort.starts_on > today else gettext("Takes people")


class CohortIndexView(SeenIndexMixin, IndexView):
    """The list, with codes and numbers of learners in a fixed number of queries."""

    # A code lets its reader in among the group's learners.
    masks = {"codes": lambda cohort: masking.HIDDEN}

    @cached_property
    def run(self) -> dict[int, bool]:
        """The groups that the reader runs, and whether she facilitates them herself."""
        person = staff_of(self.request).person
        own = Exists(Cohort.objects.facilitated_by(person).filter(pk=OuterRef("pk")))
        return dict(run_by(person).annotate(own=own).values_list("pk", "own"))

    def get_list_more_buttons(self, instance: Cohort) -> list[Any]:
        """Lead from the list to what is done with a group on the site."""
        found = super().get_list_more_buttons(instance)
        if instance.pk not in self.run:
            return found
        more = [
            (gettext("Supervision"), "learning:supervision"),
            (gettext("Cascade"), "learning:cascade"),
        ]
        if self.run[instance.pk]:
            more.insert(0, (gettext("Page of the group"), "learning:cohort"))
        links = [(words, reverse(name, kwargs={"cohort": instance.key})) for words, name in more]
        links += [(link.words, link.url) for link in beside.group_links(instance)]
        return [*found, *(Button(words, url=url, priority=50 + at) for at, (words, url) in enumerate(links))]

    def get_base_queryset(self) -> QuerySet[Cohort]:
        """Add what the columns show."""
        own = OwnCourses(Cohort).own(staff_of(self.request))
        rows = own.select_related("course", "institution").prefetch_related("codes", "projects")
        taking = ~Q(enrolments__state=EnrolmentState.WITHDRAWN)
        pending = Q(join_requests__state__in=PENDING)
        return rows.annotate(
            learners=Count("enrolments__person__canonical", filter=taking, distinct=True),
            pending=Count("join_requests", filter=pending, distinct=True),
        )


class CohortViewSet(OwnCoursesViewSet):
    """Groups that take a course together."""

    model = Cohort
    name = "cohortes"
    icon = "group"
    menu_label = _("Cohorts")
    copy_view_enabled = False
    index_view_class = CohortIndexView
    delete_view_class = KeepingDeleteView
    list_display = [
        "name",
        Column("course", label=_("course"), sort_key="course__code"),
        Column("activity_type", label=_("type"), accessor="get_activity_type_display"),
        Column("projects", label=_("projects"), accessor=_projects),
        Column("state", label=_("state"), accessor=_state),
        Column("codes", label=_("code to enrol"), accessor=_codes),
        Column("learners", label=_("people"), sort_key="learners", accessor=_seats),
        day_column("starts_on", label=_("starts on")),
    ]
    filterset_class = CohortFilter
    search_fields = ["name", "code"]
    search_backend_name = None
    ordering = ["-created_at"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("course"),
            MultiFieldPanel(
                [FieldPanel("activity_type"), FieldPanel("projects", widget=forms.CheckboxSelectMultiple)],
                heading=_("What it is, and who pays"),
                help_text=_(
                    "Types of activity are never added together in a figure. Where several projects pay, each person "
                    "counts once in each of them and once in all together."
                ),
            ),
            FieldPanel(
                "modality",
                help_text=_("It decides what completes the course: see the rules on the course's page."),
            ),
            MultiFieldPanel(
                [FieldPanel("starts_on"), FieldPanel("ends_on")],
                heading=_("Dates"),
                help_text=_("With dates a cohort keeps its version until its facilitator accepts a new one."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("country"),
                    FieldPanel(
                        "institution", help_text=_("Where it learns. Its focal point may propose people.")
                    ),
                    FieldPanel(
                        "invited",
                        help_text=_(
                            "Their focal points may propose people; a ministry brings its units. With none named here "
                            "and no institution above, every focal point of the country may."
                        ),
                    ),
                ],
                heading=_("Where, and for whom"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("seats", help_text=_("Empty: no limit. Who comes later waits in order.")),
                    FieldPanel("asks_approval"),
                ],
                heading=_("Seats"),
            ),
            FieldPanel("people"),
            FieldPanel(
                "parent",
                help_text=_("In a cascade: the group in which who facilitates this one was trained."),
            ),
            FieldPanel("cancelled"),
        ],
        base_form_class=CohortForm,
    )


class EnrolmentCodeIndexView(IndexView):
    """The list, with what each code opens."""

    def get_base_queryset(self) -> QuerySet[EnrolmentCode]:
        """Add what the columns show."""
        return (
            OwnCourses(EnrolmentCode).own(self.request.user).select_related("course", "cohort", "institution")
        )


class EnrolmentCodeViewSet(OwnCoursesViewSet):
    """The codes by which people enrol."""

    model = EnrolmentCode
    name = "codigos"
    icon = "key"
    menu_label = _("Enrolment codes")
    copy_view_enabled = False
    index_view_class = EnrolmentCodeIndexView
    delete_view_class = KeepingDeleteView
    list_display = [
        "code",
        Column("course", label=_("course"), sort_key="course__code"),
        Column("cohort", label=_("cohort"), accessor=lambda row: row.cohort or ""),
        Column("institution", label=_("institution"), accessor=lambda row: row.institution or ""),
        day_column("valid_until", label=_("valid until")),
    ]
    filterset_class = EnrolmentCodeFilter
    search_fields = ["code", "institution__name"]
    search_backend_name = None
    ordering = ["-created_at"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("course"),
            FieldPanel("cohort"),
            FieldPanel("institution"),
            FieldPanel("valid_until"),
        ],
        base_form_class=EnrolmentCodeForm,
    )


class CohortsGroup(ModelViewSetGroup):
    """Cohorts and codes under one entry of the admin's menu."""

    items = (CohortViewSet("cohortes"), EnrolmentCodeViewSet("codigos"))
    menu_icon = "group"
    menu_label = _("Cohorts and codes")
    menu_name = "cohorts"
    menu_order = 320
