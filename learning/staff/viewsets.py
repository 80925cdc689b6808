"""Cohorts and enrolment codes in the Wagtail admin: lists, filters, forms."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from accounts import masking
from accounts.staff.seeing import SeenIndexMixin
from learning.models import Cohort, EnrolmentCode
from learning.staff.filters import CohortFilter, EnrolmentCodeFilter
from learning.staff.forms import CohortForm, EnrolmentCodeForm
from learning.staff.permissions import OwnCourses
from media_library.staff.asking import ask_each
from programme.staff.columns import day_column
from programme.staff.keeping import KeepingDeleteView
from programme.staff.people import staff_of


class OwnCoursesViewSet(ModelViewSet):
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


class CohortIndexView(SeenIndexMixin, IndexView):
    """The list, with codes and numbers of learners in a fixed number of queries."""

    # A code lets its reader in among the group's learners.
    masks = {"codes": lambda cohort: masking.HIDDEN}

    def get_base_queryset(self) -> QuerySet[Cohort]:
        """Add what the columns show."""
        own = OwnCourses(Cohort).own(staff_of(self.request))
        rows = own.select_related("course", "institution").prefetch_related("codes")
        return rows.annotate(learners=Count("enrolments", distinct=True))


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
        Column("codes", label=_("code to enrol"), accessor=_codes),
        Column("learners", label=_("learners"), sort_key="learners"),
        Column("institution", label=_("institution"), accessor=lambda cohort: cohort.institution or ""),
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
            FieldPanel("modality"),
            MultiFieldPanel(
                [FieldPanel("starts_on"), FieldPanel("ends_on")],
                heading=_("Dates"),
                help_text=_("With dates a cohort keeps its version until its facilitator accepts a new one."),
            ),
            MultiFieldPanel([FieldPanel("country"), FieldPanel("institution")], heading=_("Where")),
            FieldPanel("people"),
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
