"""What this room adds to the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from institutions.staff import duplicates

from institutions.staff.viewsets import InstitutionViewSet


@hooks.register("register_admin_viewset")
def institutions_in_the_admin() -> InstitutionViewSet:
    """Add the list of institutions."""
    return InstitutionViewSet()


class DuplicatesMenuItem(MenuItem):
    """Shown to those who may look at possible duplicates."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the right."""
        return any(request.user.has_perm(right) for right in (duplicates.LOOK, duplicates.MERGE))  # type: ignore[union-attr]  # somebody signed in


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
