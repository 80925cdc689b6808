"""What this room adds to the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from institutions.staff.choosing import (
    AgreementChooserViewSet,
    InstitutionChooserViewSet,
    agreement_chooser,
    institution_chooser,
)
from institutions.staff.menu import AgreementsGroup
from institutions.staff.official import OfficialBodyViewSet
from institutions.staff.viewsets import InstitutionViewSet

ACTS = {
    "institutions.renamed": (_("Rename"), _("Given a new name")),
    "institutions.former_name": (_("Add a former name"), _("A former name was added")),
    "institutions.name_forgotten": (_("Take back a former name"), _("A former name was taken back")),
    "institutions.merged": (_("Merge"), _("Merged into another one")),
    "institutions.unmerged": (_("Undo the merge"), _("The merge was undone")),
    "institutions.succeeded": (_("Successor"), _("Another one took over")),
}


@hooks.register("register_admin_viewset")
def institutions_in_the_admin() -> InstitutionViewSet:
    """Add the list of institutions."""
    return InstitutionViewSet()


@hooks.register("register_admin_viewset")
def official_bodies_in_the_admin() -> OfficialBodyViewSet:
    """Add the official catalogue."""
    return OfficialBodyViewSet()


@hooks.register("register_log_actions")
def acts_in_the_history(actions: Any) -> None:
    """Let the history of an institution call its acts by name."""
    for key, (label, message) in ACTS.items():
        actions.register_action(key, label, message)


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
