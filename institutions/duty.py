"""Answers who is told of what concerns an institution of a country: whoever has that duty, not a named person."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from accounts.models import User

CARES_FOR_AGREEMENTS = "change_agreement"


def coordinators_of(countries: Collection[str]) -> QuerySet[User]:
    """Return the logins of those who care for agreements in these countries, those without e-mail left out.

    Administrators may change agreements too, but it is not their duty.
    """
    right = Permission.objects.filter(content_type__app_label="institutions", codename=CARES_FOR_AGREEMENTS)
    holds = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    rows = User.objects.filter(holds, is_active=True, is_staff=True).exclude(email="")
    return rows.select_related("person").distinct().order_by("pk")
