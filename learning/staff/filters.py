"""The filters of the lists of cohorts and codes: they name own courses alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from accounts.sight import sight_of
from institutions.models import Institution
from learning.models import Cohort, EnrolmentCode
from learning.staff.permissions import courses_for
from programme.models import Country

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def _courses(request: HttpRequest | None) -> QuerySet[Any] | None:
    return courses_for(request.user) if request else None  # type: ignore[arg-type]  # the admin lets nobody else in


def _institutions(request: HttpRequest | None) -> QuerySet[Any] | None:
    return _seen(request, Institution.objects.all(), "country")


def _countries(request: HttpRequest | None) -> QuerySet[Any] | None:
    return _seen(request, Country.objects.all(), "pk")


def _seen(request: HttpRequest | None, rows: QuerySet[Any], path: str) -> QuerySet[Any] | None:
    return sight_of(request.user).within(rows, path) if request else None  # type: ignore[arg-type]  # the admin


class CohortFilter(WagtailFilterSet):
    """Course, modality, country."""

    course = django_filters.ModelChoiceFilter(queryset=_courses, label=_("course"))
    country = django_filters.ModelChoiceFilter(queryset=_countries, label=_("country"))

    class Meta:
        model = Cohort
        fields = ["course", "modality", "country"]


class EnrolmentCodeFilter(WagtailFilterSet):
    """Course, institution."""

    course = django_filters.ModelChoiceFilter(queryset=_courses, label=_("course"))
    institution = django_filters.ModelChoiceFilter(queryset=_institutions, label=_("institution"))

    class Meta:
        model = EnrolmentCode
        fields = ["course", "institution"]
