"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and their logins."""

    name = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Register what this room knows of a person."""
        from accounts import checks, own_data, timed  # noqa: F401 -- checks register themselves

        own_data.register()
        timed.register()
