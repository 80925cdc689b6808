"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and their logins."""

    name = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Register what this room knows of a person."""
        from accounts import checks, mail_language, opened, own_data, timed, watched  # noqa: F401 -- checks register themselves

        mail_language.install()
        own_data.register()
        opened.register()
        timed.register()
        watched.register()
