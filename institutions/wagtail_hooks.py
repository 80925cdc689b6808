"""What this room adds to the Wagtail admin."""

from wagtail import hooks

from institutions.staff.viewsets import InstitutionViewSet


@hooks.register("register_admin_viewset")
def institutions_in_the_admin() -> InstitutionViewSet:
    """Add the list of institutions."""
    return InstitutionViewSet()
