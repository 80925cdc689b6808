"""What this room adds to the Wagtail admin."""

from wagtail import hooks

from institutions.staff.choosing import (
    AgreementChooserViewSet,
    InstitutionChooserViewSet,
    agreement_chooser,
    institution_chooser,
)
from institutions.staff.menu import AgreementsGroup
from institutions.staff.viewsets import InstitutionViewSet


@hooks.register("register_admin_viewset")
def institutions_in_the_admin() -> InstitutionViewSet:
    """Add the list of institutions."""
    return InstitutionViewSet()


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
