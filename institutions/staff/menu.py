"""One entry of the admin's menu for agreements, advice and what is pending."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from institutions.models import AdviceRecord
from institutions.staff.advice import LOOKING, AdviceViewSet
from institutions.staff.agreements import AgreementViewSet
from institutions.staff.permissions import SeenPolicy


class PendingMenuItem(MenuItem):
    """Shown to whoever sees the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say so of a reader."""
        return SeenPolicy(AdviceRecord).user_has_any_permission(request.user, LOOKING)


class AgreementsGroup(ModelViewSetGroup):
    """Agreements and advice together."""

    items = (AgreementViewSet(), AdviceViewSet())
    menu_icon = "doc-full"
    menu_label = _("Agreements and advice")
    menu_name = "agreements"
    menu_order = 332

    def get_submenu_items(self) -> list[Any]:
        """Add what is pending."""
        pending = PendingMenuItem(
            _("Pending actions"),
            reverse("asesorias:pending"),
            name="pending-actions",
            icon_name="tasks",
            order=30,
        )
        return [*super().get_submenu_items(), pending]
