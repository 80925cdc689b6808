"""What this room adds to the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from institutions.staff import duplicates
from institutions.staff.choosing import (
    AgreementChooserViewSet,
    InstitutionChooserViewSet,
    agreement_chooser,
    institution_chooser,
)
from institutions.staff.menu import AgreementsGroup
from institutions.staff.official import OfficialBodyViewSet
from institutions.staff.unit_act import MakeUnits
from institutions.staff.viewsets import InstitutionViewSet
from programme.staff.people import staff_of

ACTS = {
    "institutions.renamed": (_("Rename"), _("Given a new name")),
    "institutions.former_name": (_("Add a former name"), _("A former name was added")),
    "institutions.name_forgotten": (_("Take back a former name"), _("A former name was taken back")),
    "institutions.membership_written": (
        _("Write down who works there"),
        _("It was written down who works there or speaks for it"),
    ),
    "institutions.membership_ended": (_("End it"), _("What somebody had there was ended")),
    "institutions.pair_reopened": (_("Reopen"), _("A pair decided to be two people waits again")),
    "institutions.merged": (_("Merge"), _("Merged into another one")),
    "institutions.unmerged": (_("Undo the merge"), _("The merge was undone")),
    "institutions.paper_forgotten": (_("Delete a replaced file"), _("A replaced file was deleted for good")),
    "institutions.succeeded": (_("Successor"), _("Another one took over")),
}


@hooks.register("register_admin_viewset")
def institutions_in_the_admin() -> InstitutionViewSet:
    """Add the list of institutions."""
    return InstitutionViewSet()


hooks.register("register_bulk_action", MakeUnits)


class DuplicatesMenuItem(MenuItem):
    """Shown to those who may look at possible duplicates."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the right."""
        return any(staff_of(request).has_perm(right) for right in (duplicates.LOOK, duplicates.MERGE))


@hooks.register("register_admin_urls")
def duplicates_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of possible duplicates and of merges."""
    return [path("duplicados/", include((duplicates.URLS, "duplicados")))]


@hooks.register("register_admin_menu_item")
def duplicates_in_the_menu() -> MenuItem:
    """Add the way to them."""
    return DuplicatesMenuItem(
        _("Possible duplicates"), reverse("duplicados:index"), name="duplicates", icon_name="group", order=335
    )


@hooks.register("register_admin_viewset")
def official_bodies_in_the_admin() -> OfficialBodyViewSet:
    """Add the official catalogue."""
    return OfficialBodyViewSet()


@hooks.register("register_log_actions")
def acts_in_the_history(actions: Any) -> None:
    """Let the history of an institution call its acts by name."""
    for key, (label, message) in ACTS.items():
        actions.register_action(key, label, message)


@hooks.register("register_admin_viewset")
def agreements_in_the_admin() -> AgreementsGroup:
    """Add agreements, advice and what is pending."""
    return AgreementsGroup()


@hooks.register("register_admin_viewset")
def institutions_to_choose() -> InstitutionChooserViewSet:
    """Add the window in which an institution is chosen."""
    return institution_chooser


@hooks.register("register_admin_viewset")
def agreements_to_choose() -> AgreementChooserViewSet:
    """Add the window in which an agreement is chosen."""
    return agreement_chooser
