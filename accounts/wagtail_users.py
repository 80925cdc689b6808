"""Puts our logins' screens in the place of Wagtail's."""

from wagtail.users.apps import WagtailUsersAppConfig


class LoginsAppConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our viewset."""

    user_viewset = "accounts.staff.viewsets.LoginViewSet"
