"""The list of institutions in the admin: filters, columns, file. One query answers the screen and the file."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import IndexView

from accounts.staff.acting import ActingListMixin
from accounts.staff.exporting import ReasonedExportMixin
from accounts.staff.seeing import SeenIndexMixin
from institutions import counterparts
from institutions.languages import names_of
from institutions.models import Agreement, AgreementParty, Institution, RouteStage
from programme import countries

if TYPE_CHECKING:
    from django.db.models import QuerySet

WHAT = "institutions"


def bound_today() -> set[int]:
    """Return the ids of institutions that an agreement binds today: its parties, and all units below them."""
    binding = Agreement.objects.binding(timezone.localdate()).order_by().values("pk")
    parties = AgreementParty.objects.filter(agreement__in=binding)
    return counterparts.around(parties.values_list("institution_id", flat=True))


class InstitutionFilter(WagtailFilterSet):
    """Where it stands, what it is, above whom or below, whether an agreement binds it today."""

    country = django_filters.ChoiceFilter(choices=countries.all_choices, label=gettext_lazy("country"))
    stage = django_filters.ChoiceFilter(
        label=gettext_lazy("stage of the route"), choices=RouteStage.choices, method="at_stage"
    )
    agreement = django_filters.BooleanFilter(
        label=gettext_lazy("has an agreement in force"), method="has_agreement"
    )
    above = django_filters.CharFilter(label=gettext_lazy("is a unit of"), method="is_below")
    merged = django_filters.BooleanFilter(label=gettext_lazy("merged into another one"), method="is_merged")

    class Meta:
        model = Institution
        fields = ["country", "type", "sector", "level", "is_shelter", "stage", "agreement", "above", "merged"]

    def at_stage(self, rows: QuerySet[Institution], name: str, value: str) -> QuerySet[Institution]:
        """Keep those that meet people at a stage. SQLite knows no «contains» of JSON: both read the list as a text."""
        return rows.annotate(stages_said=Cast("route_stages", TextField())).filter(
            stages_said__contains=f'"{value}"'
        )

    def has_agreement(self, rows: QuerySet[Institution], name: str, value: bool) -> QuerySet[Institution]:
        """Keep those that an agreement of their own, or of the counterpart above them, binds today; or the others."""
        bound = bound_today()
        return rows.filter(pk__in=bound) if value else rows.exclude(pk__in=bound)

    def is_below(self, rows: QuerySet[Institution], name: str, value: str) -> QuerySet[Institution]:
        """Keep the units, at any depth, of institutions of that name, of now or of before."""
        named = Institution.objects.named(value).values_list("pk", flat=True)
        return rows.filter(pk__in=counterparts.units_below(named))

    def is_merged(self, rows: QuerySet[Institution], name: str, value: bool) -> QuerySet[Institution]:
        """Keep those that count as another one, or those that stand for themselves."""
        return rows.exclude(canonical=F("pk")) if value else rows.filter(canonical=F("pk"))


class InstitutionIndex(ActingListMixin, ReasonedExportMixin, SeenIndexMixin, IndexView):
    """The list: found by any name an institution has or had."""

    template_name = "institutions/staff/list.html"
    act_right = "institutions.change_institution"
    export_what = WHAT
    export_headings = {
        "name": gettext_lazy("name"),
        "short_name": gettext_lazy("short name"),
        "country": gettext_lazy("country"),
        "division": gettext_lazy("department or state"),
        "municipality": gettext_lazy("municipality"),
        "type": gettext_lazy("type"),
        "sector": gettext_lazy("sector"),
        "level": gettext_lazy("level"),
        "shelter": gettext_lazy("receives people to stay"),
        "stages": gettext_lazy("stages of the route"),
        "languages": gettext_lazy("languages served"),
        "parent": gettext_lazy("unit of"),
        "agreement": gettext_lazy("has an agreement in force"),
        "merged": gettext_lazy("merged into another one"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> Any:
        """Bring along what the columns show."""
        return super().get_base_queryset().select_related("country", "division", "parent", "canonical")

    def search_queryset(self, queryset: Any) -> Any:
        """Search old names and new ones, without accents."""
        return queryset.named(self.search_query) if self.is_searching else queryset

    def to_row_dict(self, item: Institution) -> dict[str, Any]:
        """Write the row of the file; of a shelter no more of its place than the department."""
        stages = dict(RouteStage.choices)
        return {
            "name": item.name,
            "short_name": item.short_name,
            "country": str(item.country),
            "division": str(item.division or ""),
            "municipality": "" if item.is_shelter else item.municipality,
            "type": item.get_type_display(),
            "sector": item.get_sector_display(),
            "level": item.get_level_display(),
            "shelter": _yes(item.is_shelter),
            "stages": ", ".join(str(stages.get(one, one)) for one in item.route_stages),
            "languages": ", ".join(str(name) for name in names_of(item.languages)),
            "parent": item.parent.name if item.parent else "",
            "agreement": _yes(item.pk in self._bound),
            "merged": item.merged_into.name if item.merged_into else "",
        }

    @cached_property
    def _bound(self) -> set[int]:
        return bound_today()


def _yes(said: bool) -> str:
    return _("Yes") if said else ""
