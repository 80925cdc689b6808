"""The register of certificates in the Wagtail admin: to look at, and to revoke."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.widgets.button import HeaderButton

from accounts import disclosures, masking
from accounts.names import named
from accounts.sight import Sight, sight_of
from accounts.staff.exporting import ReasonedExportMixin
from accounts.staff.paging import NearPagesMixin
from accounts.staff.seeing import SeenIndexMixin
from certificates import opened
from certificates.models import Certificate
from certificates.staff import views
from certificates.staff.permissions import REVOKE, CertificatePolicy
from certificates.words import STATES
from common.quiet import QuietViewSet
from media_library.staff.asking import ask_each
from programme.staff.columns import day_column
from programme.staff.people import staff_of


def _state(certificate: Certificate) -> str:
    return str(STATES[certificate.state])


def _name(certificate: Certificate) -> str:
    return certificate.person.certificate_name or str(certificate.person)


def _sign(certificate: Certificate) -> str:
    return masking.pseudonym(certificate.person)


class RegisterView(ReasonedExportMixin, SeenIndexMixin, NearPagesMixin, IndexView):
    """The list, with people and courses in the same query, and its file."""

    export_what = look = opened.WHAT
    masks = {"code": lambda certificate: masking.HIDDEN, "person": _sign}

    def get_base_queryset(self) -> QuerySet[Certificate]:
        """Leave the frozen words in the database."""
        rows: QuerySet[Certificate] = super().get_base_queryset()
        return rows.select_related("person", "course").defer("frozen")

    def search_queryset(self, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """Search a name without accents, or a whole code; a masked reader cannot."""
        if not self.is_searching or not self.sight.names:
            return queryset
        # A whole code is nobody's name: asked for by itself, either is found by its index.
        coded = Q(code=self.search_query.strip().upper())
        if Certificate.objects.filter(coded).exists():
            return queryset.filter(coded)
        return queryset.filter(named(self.search_query, through="person__"))

    def to_row_dict(self, item: Certificate) -> dict[str, Any]:
        """Write the name as it is printed, unless it is masked, and words for the state."""
        cells = super().to_row_dict(item) | {"state": _state(item)}
        return cells | {"person": _name(item)} if self.sight.names else cells

    def person_of(self, item: Certificate) -> int | None:
        """Return whose certificate stands in a row of the file; a masked one tells of nobody."""
        return item.person_id if self.sight.names else None


LABELS = {
    "code": _("Code"),
    "person": _("Person"),
    "course": _("Course"),
    "achieved_on": _("Achieved on"),
    "issued_at": _("Issued on"),
    "valid_until": _("Valid until"),
    "revoked_at": _("Revoked on"),
    "revocation_category": _("Reason of the revocation"),
    "revoked_by": _("Revoked by"),
}


class OneView(InspectView):
    """One certificate, with the way to revoke it. That somebody looked is kept."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep who looked at whose."""
        if self.sight.names:
            disclosures.seen(by=staff_of(request).person, what=opened.WHAT, of=self.object.person)
        return super().get(request, *args, **kwargs)

    @cached_property
    def sight(self) -> Sight:
        """How far the reader sees."""
        return sight_of(self.request.user)

    def get_page_subtitle(self) -> str:
        """Return the code, which leads to the name."""
        return masking.code(self.object.code, self.sight)

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer the revocation to those who may."""
        allowed = self.permission_policy.may(REVOKE, self.request.user)
        if not allowed or self.object.revoked_at:
            return []
        address = reverse("constancias:revoke", args=[self.object.pk])
        return [HeaderButton(_("Revoke"), url=address, icon_name="warning")]

    def get_field_label(self, field_name: str, field: Any) -> Any:
        """Return our word for a field; Wagtail would show its name in the code."""
        return LABELS[field_name]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return the name as it is printed, and a dash for what there is not."""
        if field_name == "person":
            return masking.name_of(self.object.person, self.sight, printed=True)
        if field_name in {"code", "revoked_by"} and not self.sight.names:
            return masking.HIDDEN
        return super().get_field_display_value(field_name, field) or "—"


class RegisterFilterSet(WagtailFilterSet):
    """By course, by day, and by why it was revoked."""

    class Meta:
        model = Certificate
        fields = {"course": ["exact"], "issued_at": ["gte", "lte"], "revocation_category": ["exact"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["revocation_category"].label = LABELS["revocation_category"]


class CertificateViewSet(QuietViewSet):
    """What was issued."""

    model = Certificate
    name = "constancias"
    icon = "success"
    menu_label = _("Certificates")
    menu_name = "certificates"
    menu_order = 340
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = RegisterView
    inspect_view_class = OneView
    form_fields: list[str] = []
    list_display = [
        TitleColumn("code", label=_("code"), sort_key="code", url_name="constancias:inspect"),
        Column("person", label=_("person"), accessor=_name),
        Column("course", label=_("course"), sort_key="course__code"),
        day_column("issued_at", label=_("issued on")),
        day_column("valid_until", label=_("valid until")),
        Column("state", label=_("state"), accessor=_state),
    ]
    filterset_class = RegisterFilterSet
    list_export = ["code", "person", "course", "issued_at", "valid_until", "state"]
    export_headings = {name: LABELS[name] for name in list_export if name in LABELS} | {"state": _("State")}
    search_fields = ["code", "person__certificate_name", "person__display_name"]
    search_backend_name = None
    ordering = ["-issued_at"]
    list_per_page = 50
    inspect_view_fields = list(LABELS)

    @cached_property
    def permission_policy(self) -> CertificatePolicy:
        """Close every form."""
        return CertificatePolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the address of the revocation."""
        own = ask_each(super().get_urlpatterns(), self.model, self.permission_policy)
        return [*own, path("revocar/<int:pk>/", views.revoke, name="revoke")]
