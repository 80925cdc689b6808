"""Institutions in the Wagtail admin: list, filters, form."""

from __future__ import annotations

from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.staff.seeing import SeenIndexMixin, SightPolicy
from institutions.models import Institution
from institutions.staff.forms import InstitutionForm
from media_library.staff.asking import ask_each
from programme.staff.keeping import KeepingDeleteView


class InstitutionIndexView(SeenIndexMixin, IndexView):
    """The institutions of the countries that the reader sees."""


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
    inspect_view_enabled = True
    inspect_view_fields = [
        "name",
        "short_name",
        "country",
        "division",
        "type",
        "sector",
        "is_shelter",
        "route_stages",
        "parent",
    ]
    index_view_class = InstitutionIndexView
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

    @cached_property
    def permission_policy(self) -> SightPolicy:
        """Ask of the country of each."""
        return SightPolicy(self.model, "country")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address that names one."""
        return ask_each(super().get_urlpatterns(), self.model, self.permission_policy)
