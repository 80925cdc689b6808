"""Institutions in the Wagtail admin: list, filters, form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from institutions.models import Institution
from institutions.staff.forms import InstitutionForm
from programme.staff.keeping import KeepingDeleteView


class InstitutionViewSet(ModelViewSet):
    """The institutions whose people learn here."""

    model = Institution
    name = "instituciones"
    icon = "home"
    menu_label = _("Institutions")
    menu_name = "institutions"
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "name",
        Column("short_name", label=_("short name")),
        Column("country", label=_("country"), sort_key="country__position"),
        Column("type", label=_("type"), accessor="get_type_display", sort_key="type"),
        Column("sector", label=_("sector"), accessor="get_sector_display", sort_key="sector"),
        Column("parent", label=_("unit of"), accessor=lambda institution: institution.parent or ""),
    ]
    list_filter = ["country", "type", "sector", "is_shelter"]
    search_fields = ["name", "short_name"]
    search_backend_name = None
    ordering = ["country__position", "name"]
    list_per_page = 50
    delete_view_class = KeepingDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            MultiFieldPanel(
                [FieldPanel("type"), FieldPanel("sector"), FieldPanel("is_shelter")], heading=_("What it is")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("country"),
                    FieldPanel("division"),
                    FieldPanel("route_stages"),
                    FieldPanel("parent"),
                ],
                heading=_("Where it stands"),
            ),
        ],
        base_form_class=InstitutionForm,
    )
