"""The filters of the lists of cohorts and codes: they name own courses alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from accounts.sight import sight_of
from institutions.models import Institution
from learning.models import Cohort, EnrolmentCode
from learning.querysets import CohortQuerySet
from learning.staff.permissions import courses_for
from programme.models import Country

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


STATES = [("running", _("To come or under way")), ("over", _("Over")), ("cancelled", _("Cancelled"))]


def _courses(request: HttpRequest | None) -> QuerySet[Any] | None:
    return courses_for(request.user) if request else None  # type: ignore[arg-type]  # the admin lets nobody else in


def _institutions(request: HttpRequest | None) -> QuerySet[Any] | None:
    return _seen(request, Institution.objects.all(), "country")


def _countries(request: HttpRequest | None) -> QuerySet[Any] | None:
    return _seen(request, Country.objects.all(), "pk")


def _seen(request: HttpRequest | None, rows: QuerySet[Any], path: str) -> QuerySet[Any] | None:
    return sight_of(request.user).within(rows, path) if request else None  # type: ignore[arg-type]  # the admin


class CohortFilter(WagtailFilterSet):
    """Course, type of activity, project, modality, country, state."""

    course = django_filters.ModelChoiceFilter(queryset=_courses, label=_("course"))
    country = django_filters.ModelChoiceFilter(queryset=_countries, label=_("country"))
    state = django_filters.ChoiceFilter(label=_("state"), choices=STATES, method="_in_state")

    class Meta:
        model = Cohort
        fields = ["course", "activity_type", "projects", "modality", "country"]

    def _in_state(self, rows: CohortQuerySet, name: str, value: str) -> CohortQuerySet:
        today = timezone.localdate()
        if value == "cancelled":
            return rows.filter(cancelled_at__isnull=False)
        if value == "over":
            return rows.filter(cancelled_at__isnull=True, ends_on__lt=today)
        return rows.running(today)


class EnrolmentCodeFilter(WagtailFilterSet):
    """Course, institution."""

    course = django_filters.ModelChoiceFilter(queryset=_courses, label=_("course"))
    institution = django_filters.ModelChoiceFilter(queryset=_institutions, label=_("institution"))

    class Meta:
        model = EnrolmentCode
        fields = ["course", "institution"]
