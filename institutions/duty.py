"""Answers who is told of what concerns an institution of a country: whoever has that duty, not a named person."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Duty, DutyKind, User

CARES_FOR_AGREEMENTS = "change_agreement"


def coordinators_of(countries: Collection[str]) -> QuerySet[User]:
    """Return the logins of those who care for agreements in these countries, those without e-mail left out.

    They are the coordinators on duty there; where there is none, whoever of the staff may change agreements.
    Administrators may too, but it is not their duty.
    """
    on_duty = Duty.objects.in_force(timezone.localdate()).filter(kind=DutyKind.COORDINATOR)
    there = on_duty.filter(Q(country__in=countries) | Q(country__isnull=True))
    rows = User.objects.filter(is_active=True).exclude(email="").select_related("person").order_by("pk")
    coordinators = rows.filter(person__in=there.values("person"))
    return coordinators if coordinators.exists() else _staff(rows)


def _staff(rows: QuerySet[User]) -> QuerySet[User]:
    right = Permission.objects.filter(content_type__app_label="institutions", codename=CARES_FOR_AGREEMENTS)
    holds = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return rows.filter(holds, is_staff=True).distinct()
