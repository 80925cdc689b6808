"""What this room adds to the admin beside the logins: duties, who saw what, privacy requests, a lost second factor."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts import duties, rights
from accounts.staff import second_factor
from accounts.staff.audit import AuditViewSet
from accounts.staff.duties import DutyViewSet
from accounts.staff.requests import RequestViewSet


@hooks.register("register_admin_urls")
def second_factor_urls() -> list[URLPattern]:
    """Put the screen beside those of the logins."""
    return [path("segundo-paso/<int:user>/", second_factor.reset, name="second_factor_reset")]


@hooks.register("register_admin_viewset")
def duties_in_the_admin() -> DutyViewSet:
    """Add the list of duties."""
    return DutyViewSet()


@hooks.register("register_admin_viewset")
def audit_in_the_admin() -> AuditViewSet:
    """Add who saw or exported what."""
    return AuditViewSet()


@hooks.register("construct_main_menu")
def leave_reports_out(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take Wagtail's reports from the menu of whoever is here by a duty alone: they are closed to her."""
    if duties.kinds_of(request.user) and rights.ADMIN not in request.user.get_group_permissions():  # type: ignore[union-attr]
        items[:] = [item for item in items if item.name != "reports"]


@hooks.register("register_admin_viewset")
def requests_in_the_admin() -> RequestViewSet:
    """Add the privacy requests, under Settings."""
    return RequestViewSet()
