"""The official catalogue in the Wagtail admin: to read, to correct, and to make an institution from an entry."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.log_actions import log

from accounts.http import SignedRequest
from accounts.sight import sight_of
from common.quiet import QuietViewSet
from institutions import official
from institutions.lineage import Refused
from institutions.models import OfficialBody
from institutions.staff.policy import policy
from programme.staff.keeping import KeepingDeleteView
from programme.staff.people import staff_of


@require_POST
def make(request: SignedRequest, pk: int) -> HttpResponse:
    """Make an institution from an entry."""
    user = staff_of(request)
    body = get_object_or_404(OfficialBody, pk=pk)
    if not policy().user_has_permission(user, "add") or not sight_of(user).reaches(body.country_id):
        raise Http404
    try:
        made = official.make_institution(body=body)
    except Refused:
        messages.error(request, _("There is an institution of this name already."))
        return redirect("catalogo-oficial:inspect", pk)
    log(made, "wagtail.create", user=request.user)
    messages.success(request, _("The institution is made. Add where it stands and whom it attends."))
    return redirect("instituciones:edit", made.pk)


class OfficialIndex(IndexView):
    """The entries, with their countries in the same query."""

    def get_base_queryset(self) -> Any:
        """Bring the countries along."""
        return OfficialBody.objects.select_related("country", "successor")


class OfficialDetail(InspectView):
    """One entry, with the way to make an institution of it."""

    template_name = "institutions/staff/official.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what can be done."""
        user = self.request.user
        made = self.object.institutions.first()
        may = policy().user_has_permission(user, "add") and sight_of(user).reaches(self.object.country_id)
        return super().get_context_data(
            made=made, may_make=may and not made, make=reverse("catalogo-oficial:make", args=[self.object.pk])
        )

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return a dash for what there is not, a word for yes and no."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return value or "—"


class OfficialBodyViewSet(QuietViewSet):
    """Public bodies as reference. Being listed says nothing of an agreement."""

    model = OfficialBody
    name = "catalogo-oficial"
    icon = "list-ul"
    menu_label = gettext_lazy("Official catalogue")
    menu_name = "official-catalogue"
    menu_order = 335
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = OfficialIndex
    inspect_view_class = OfficialDetail
    delete_view_class = KeepingDeleteView
    list_display = [
        TitleColumn("name", label=gettext_lazy("name"), url_name="catalogo-oficial:inspect", sort_key="name"),
        Column("short_name", label=gettext_lazy("short name"), sort_key="short_name"),
        Column("country", label=gettext_lazy("country"), sort_key="country__position"),
        Column("sector", label=gettext_lazy("sector"), accessor="get_sector_display", sort_key="sector"),
        Column("successor", label=gettext_lazy("succeeded by"), accessor=lambda body: body.successor or ""),
        BooleanColumn("unverified", label=gettext_lazy("to be verified"), sort_key="unverified"),
    ]
    list_filter = ["country", "sector", "unverified"]
    search_fields = ["name", "short_name"]
    search_backend_name = None
    ordering = ["country__position", "name"]
    list_per_page = 50
    inspect_view_fields = [
        "name",
        "short_name",
        "country",
        "type",
        "sector",
        "level",
        "successor",
        "ended_on",
        "note",
        "unverified",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            FieldPanel("country"),
            MultiFieldPanel(
                [FieldPanel("type"), FieldPanel("sector"), FieldPanel("level")],
                heading=gettext_lazy("What it is"),
            ),
            MultiFieldPanel(
                [FieldPanel("successor"), FieldPanel("ended_on")], heading=gettext_lazy("If it has ended")
            ),
            MultiFieldPanel(
                [FieldPanel("unverified"), FieldPanel("note")], heading=gettext_lazy("Verification")
            ),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the address that makes an institution."""
        return [*super().get_urlpatterns(), path("hacer/<int:pk>/", make, name="make")]
