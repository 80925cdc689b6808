"""What the admin has from this room beside the logins: a lost second factor, and privacy requests."""

from django.urls import URLPattern, path
from wagtail import hooks

from accounts.staff import second_factor
from accounts.staff.requests import RequestViewSet


@hooks.register("register_admin_urls")
def second_factor_urls() -> list[URLPattern]:
    """Put the screen beside those of the logins."""
    return [path("segundo-paso/<int:user>/", second_factor.reset, name="second_factor_reset")]


@hooks.register("register_admin_viewset")
def requests_in_the_admin() -> RequestViewSet:
    """Add the privacy requests, under Settings."""
    return RequestViewSet()
