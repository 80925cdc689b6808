"""Which institutions somebody finds in the admin, and what she may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.staff.seeing import SightPolicy
from institutions.models import Institution

if TYPE_CHECKING:
    from accounts.models import User


def policy() -> SightPolicy:
    """Return model permissions, narrowed to the countries that the reader sees."""
    return SightPolicy(Institution, "country")


def found(user: User, pk: int, *actions: str) -> Institution:
    """Return an institution of the reader's countries with which she may do one of `actions`, or raise Http404."""
    rules = policy()
    if not rules.user_has_any_permission(user, actions):
        raise Http404
    rows = rules.seen(user).select_related("country", "division", "parent", "canonical", "official")
    institution: Institution = get_object_or_404(rows, pk=pk)
    return institution
