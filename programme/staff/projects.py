"""Projects and donors in the Wagtail admin."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSetGroup

from common.quiet import QuietViewSet
from programme.models import Donor, Project
from programme.staff.columns import day_column
from programme.staff.keeping import KeepingDeleteView


class ProjectIndexView(IndexView):
    """The list, with donors and countries in a fixed number of queries."""

    def get_base_queryset(self) -> QuerySet[Project]:
        """Add what the columns show."""
        return Project.objects.select_related("donor").prefetch_related("countries")


def _countries(project: Project) -> str:
    return ", ".join(str(country) for country in project.countries.all())


class ProjectViewSet(QuietViewSet):
    """What pays for groups."""

    model = Project
    name = "proyectos"
    icon = "folder-open-inverse"
    menu_label = _("Projects")
    copy_view_enabled = False
    index_view_class = ProjectIndexView
    delete_view_class = KeepingDeleteView
    list_display = [
        "code",
        "name",
        Column("donor", label=_("donor"), sort_key="donor__name"),
        Column("countries", label=_("countries"), accessor=_countries),
        day_column("starts_on", label=_("starts on")),
        day_column("ends_on", label=_("ends on")),
    ]
    list_filter = ["donor", "countries"]
    search_fields = ["code", "name", "donor__name"]
    search_backend_name = None
    ordering = ["code"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("code", help_text=_("As the donor's reports name it.")),
            FieldPanel("name"),
            FieldPanel("donor"),
            MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Dates")),
            FieldPanel("countries"),
        ]
    )


class DonorViewSet(QuietViewSet):
    """Who pays."""

    model = Donor
    name = "donantes"
    icon = "group"
    menu_label = _("Donors")
    copy_view_enabled = False
    delete_view_class = KeepingDeleteView
    list_display = ["name"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50
    form_fields = ["name"]


class ProjectsGroup(ModelViewSetGroup):
    """Projects and donors under one entry of the admin's menu."""

    items = (ProjectViewSet("proyectos"), DonorViewSet("donantes"))
    menu_icon = "folder-open-inverse"
    menu_label = _("Projects and donors")
    menu_name = "projects"
    menu_order = 325
