"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """People, attendance and former trainings out of sheets."""

    name = "imports"
    verbose_name = _("imports")

    def ready(self) -> None:
        """Say what is kept of people here, what ends when, and go on with what was interrupted."""
        from imports import former, opened, privacy, timed

        former.register()
        opened.register()
        privacy.register()
        timed.register()
