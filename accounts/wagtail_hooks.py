"""What administrators find in the admin from this room, beside the logins: taking off a lost second factor."""

from django.urls import URLPattern, path
from wagtail import hooks

from accounts.staff import second_factor


@hooks.register("register_admin_urls")
def second_factor_urls() -> list[URLPattern]:
    """Put the screen beside those of the logins."""
    return [path("segundo-paso/<int:user>/", second_factor.reset, name="second_factor_reset")]
