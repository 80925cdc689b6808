"""Answers which agreements and which advice somebody of the programme may see. Every list and file asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.sight import sight_of
from institutions.agreement_querysets import AgreementQuerySet
from institutions.models import AdviceRecord, Agreement, Institution

if TYPE_CHECKING:
    from accounts.models import User


def countries_of(user: User) -> frozenset[str] | None:
    """Return the countries to which somebody's sight is bound; None: she sees the whole programme."""
    sight = sight_of(user)
    return None if sight.whole else sight.countries


def agreements(user: User) -> AgreementQuerySet:
    """Return the agreements that somebody may see."""
    countries = countries_of(user)
    rows = Agreement.objects.all()
    return rows if countries is None else rows.in_countries(countries)


def advice(user: User) -> QuerySet[AdviceRecord]:
    """Return the advice that somebody may see."""
    countries = countries_of(user)
    rows = AdviceRecord.objects.select_related("institution")
    return rows if countries is None else rows.filter(institution__country__in=countries)


def institutions(user: User) -> QuerySet[Institution]:
    """Return the institutions that somebody may see."""
    countries = countries_of(user)
    rows = Institution.objects.all()
    return rows if countries is None else rows.filter(country__in=countries)
