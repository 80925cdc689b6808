"""Institutions in the Wagtail admin: list, filters, form, page of one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.widgets.button import HeaderButton

from accounts import looking
from accounts.staff.seeing import SightPolicy
from common.quiet import QuietViewSet
from institutions.lineage import Refused
from institutions.lineage_words import REFUSALS
from institutions.models import Agreement, Institution
from institutions.opened import FOCAL_POINTS
from institutions.staff import acts, deciding, pairs, writing_down
from institutions.staff.agreement_views import LOOKING
from institutions.staff.forms import InstitutionForm
from institutions.staff.lists import InstitutionFilter, InstitutionIndex
from institutions.staff.permissions import SeenPolicy
from institutions.staff.policy import policy
from institutions.staff.queries import detail
from media_library.staff.asking import ask_each
from programme.staff.keeping import KeepingDeleteView


class Refusing:
    """Before a form view: what somebody else made impossible meanwhile is said in words."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or say why not."""
        try:
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # a mixin before a view
        except Refused as refused:
            form.add_error("parent", REFUSALS[refused.reason])
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        return answer


class InstitutionCreate(Refusing, CreateView):
    """Makes one."""


class InstitutionEdit(Refusing, EditView):
    """Changes one."""


class InstitutionDetail(InspectView):
    """One institution with its names, units, merges and numbers."""

    template_name = "institutions/staff/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page."""
        screen = detail(self.object, self.request.user)
        looking.kept_list(
            self.request, FOCAL_POINTS, rows=len(screen.focal_points), institution_id=self.object.pk
        )
        return super().get_context_data(screen=screen, **kwargs)

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer what is done most."""
        user, pk, found = self.request.user, [self.object.pk], []
        if self.permission_policy.user_has_permission(user, "change"):
            found = [HeaderButton(_("Edit"), url=reverse("instituciones:edit", args=pk), icon_name="edit")]
        if SeenPolicy(Agreement).user_has_any_permission(user, LOOKING):
            address = reverse("convenios:dossier_of", args=pk)
            found.append(HeaderButton(_("Dossier for the meeting (PDF)"), url=address, icon_name="download"))
        return found


class InstitutionViewSet(QuietViewSet):
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
    index_view_class = InstitutionIndex
    add_view_class = InstitutionCreate
    edit_view_class = InstitutionEdit
    inspect_view_class = InstitutionDetail
    delete_view_class = KeepingDeleteView
    list_display = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="institution"),
        TitleColumn("name", label=_("name"), url_name="instituciones:inspect", sort_key="name"),
        Column("short_name", label=_("short name")),
        Column("country", label=_("country"), sort_key="country__position"),
        Column("type", label=_("type"), accessor="get_type_display", sort_key="type"),
        Column("sector", label=_("sector"), accessor="get_sector_display", sort_key="sector"),
        Column("parent", label=_("unit of"), accessor=lambda institution: institution.parent or ""),
    ]
    filterset_class = InstitutionFilter
    search_fields = ["folded_name"]
    search_backend_name = None
    ordering = ["country__position", "name"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel(
                        "name",
                        help_text=_(
                            "As its own papers say it. If it has been called otherwise since, use «Rename» on its page."
                        ),
                    ),
                    FieldPanel("short_name", help_text=_("How people call it: SENAF, Hospital El Ejemplo.")),
                    FieldPanel("began_on", help_text=_("Only if you know it: it keeps successors in order.")),
                ],
                heading=_("What it is called"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("type"),
                    FieldPanel("sector"),
                    FieldPanel("level"),
                    FieldPanel(
                        "is_shelter",
                        help_text=_(
                            "Its exact place then has a page of its own, for few. Write no address here."
                        ),
                    ),
                    FieldPanel("parent"),
                ],
                heading=_("What it is"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("country"),
                    FieldPanel("division"),
                    FieldPanel(
                        "municipality", help_text=_("Of a shelter, the public reads only the department.")
                    ),
                    FieldPanel("route_stages"),
                    FieldPanel("languages"),
                ],
                heading=_("Where and whom it attends"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("priority_posts"),
                    FieldPanel("target_staff", help_text=_("How many people the institution wants trained.")),
                    FieldPanel(
                        "training_post", help_text=_("A post, such as «Jefatura de enseñanza»: no name.")
                    ),
                    FieldPanel(
                        "notes",
                        help_text=_("Read by who may edit this form. No case, nobody's name, no address."),
                    ),
                ],
                heading=_("Training"),
            ),
        ],
        base_form_class=InstitutionForm,
    )

    @cached_property
    def permission_policy(self) -> SightPolicy:
        """Ask of the country."""
        return policy()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address that names one, and add those of the acts, which ask themselves."""
        return [
            *ask_each(super().get_urlpatterns(), self.model, self.permission_policy),
            path("integrantes/anotar/", writing_down.write_down, name="write_down"),
            path("integrantes/<int:pk>/<int:membership>/terminar/", writing_down.end, name="end_membership"),
            path("renombrar/<int:pk>/", acts.rename, name="rename"),
            path("nombre-anterior/<int:pk>/", acts.former_name, name="former_name"),
            path("nombre-anterior/<int:pk>/quitar/<int:name>/", acts.forget_name, name="forget_name"),
            path("sucesora/<int:pk>/", pairs.successor, name="successor"),
            path("unir/<int:pk>/", pairs.merge, name="merge"),
            path("unir/<int:pk>/deshacer/<int:merge>/", pairs.unmerge, name="unmerge"),
            path("unidades/<int:pk>/<int:membership>/", acts.units, name="units"),
            path("membresia/<int:pk>/<int:membership>/", deciding.decide, name="membership"),
            path("lugar/<int:pk>/", acts.place, name="place"),
        ]
