"""The page on which administrators and auditors read who saw or exported what of whom."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from accounts import disclosures
from accounts.models import DisclosedPerson, Disclosure
from accounts.staff.exporting import ReasonedExportMixin
from accounts.staff.paging import NearPagesMixin
from accounts.staff.seeing import SeenIndexMixin, SightPolicy
from common.quiet import QuietViewSet


class AuditPolicy(SightPolicy):
    """Looking takes the right to view; nothing is added, changed or deleted by anybody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer for one action of Wagtail's views."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Answer for several: only looking counts."""
        return self.user_has_permission(user, "view")


def _called(words: str, *paths: str) -> Q:
    found = Q()
    for path in paths:
        found |= Q(**{f"{path}display_name__icontains": words}) | Q(
            **{f"{path}certificate_name__icontains": words}
        )
    return found


class AuditFilter(WagtailFilterSet):
    """Who, as what, what was done, with which list, when, and whose."""

    by = django_filters.CharFilter(label=_("who"), method="done_by")
    of = django_filters.CharFilter(label=_("whose"), method="about")
    what = django_filters.MultipleChoiceFilter(label=_("what"), choices=disclosures.all_words)
    at = django_filters.DateFromToRangeFilter(label=_("when"))

    class Meta:
        model = Disclosure
        fields = ["by", "of", "act", "role", "what", "at"]

    def done_by(self, rows: QuerySet[Disclosure], name: str, value: str) -> QuerySet[Disclosure]:
        """Keep what somebody of this name did."""
        return rows.filter(_called(value, "by__"))

    def about(self, rows: QuerySet[Disclosure], name: str, value: str) -> QuerySet[Disclosure]:
        """Keep what concerned somebody of this name, alone or among the rows of a file."""
        among = DisclosedPerson.objects.filter(_called(value, "person__"), disclosure=OuterRef("pk"))
        return rows.filter(_called(value, "of__") | Exists(among))


def _what(row: Disclosure) -> str:
    return disclosures.words_of(row.what)


def _narrowed(row: Disclosure) -> str:
    """Say that words were searched where the address says «q». The words themselves were never kept."""
    said = [gettext("words in the search") if part == "q" else part for part in row.narrowed.split("&")]
    return " · ".join(filter(None, said))


def _moment(row: Disclosure) -> str:
    return date_format(localtime(row.at), "SHORT_DATETIME_FORMAT")


class AuditIndex(ReasonedExportMixin, SeenIndexMixin, NearPagesMixin, IndexView):
    """The list, the newest first, and its file."""

    export_what = look = "disclosures"
    list_export = ["at", "by", "role", "act", "what", "narrowed", "rows", "of", "reason"]

    def get_base_queryset(self) -> QuerySet[Disclosure]:
        """Bring the people along."""
        rows: QuerySet[Disclosure] = super().get_base_queryset()
        return rows.select_related("by", "of")

    def to_row_dict(self, item: Disclosure) -> dict[str, Any]:
        """Write words for the keys."""
        cells = super().to_row_dict(item)
        words = {"role": item.get_role_display(), "act": item.get_act_display(), "what": _what(item)}
        return cells | words | {"narrowed": _narrowed(item), "by": str(item.by), "of": str(item.of or "")}

    def person_of(self, item: Disclosure) -> int | None:
        """Return who is named one by one. Who stood in another file is told of that one."""
        return item.of_id


class AuditViewSet(QuietViewSet):
    """What was seen and exported. Rows are written by the screens themselves, and by nobody."""

    model = Disclosure
    name = "auditoria"
    icon = "view"
    menu_label = _("Who saw what")
    menu_name = "audit"
    menu_order = 620
    add_to_settings_menu = True
    add_to_reference_index = False
    index_view_class = AuditIndex
    filterset_class = AuditFilter
    copy_view_enabled = False
    inspect_view_enabled = False
    form_fields: list[str] = []
    ordering = ["-at"]
    list_per_page = 50
    list_display = [
        Column("at", label=_("when"), accessor=_moment, sort_key="at"),
        Column("by", label=_("who")),
        Column("role", label=_("as"), accessor="get_role_display"),
        Column("act", label=_("what was done"), accessor="get_act_display"),
        Column("what", label=_("what"), accessor=_what),
        Column("narrowed", label=_("narrowed by"), accessor=_narrowed),
        Column("rows", label=_("rows"), sort_key="rows"),
        Column("of", label=_("whose"), accessor=lambda row: row.of or ""),
        Column("reason", label=_("reason")),
    ]

    @cached_property
    def permission_policy(self) -> AuditPolicy:
        """Close every form; who audits one country reads what concerns its people or was done by them."""
        return AuditPolicy(self.model, "of__country", "by__country")
