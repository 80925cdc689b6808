"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """What is written to people, and what came of it."""

    name = "messaging"
    verbose_name = _("messages")

    def ready(self) -> None:
        """Answer at the doors of the rooms below."""
        from messaging import doors, privacy, timed

        doors.register()
        privacy.register()
        timed.register()
