"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """Who runs this site: identity, countries, support lines."""

    name = "programme"
    verbose_name = _("programme")

    def ready(self) -> None:
        """Listen to changes of the frame, check what a site on the internet must have, and keep reports unlogged."""
        from programme import (  # noqa: F401 -- they register themselves
            checks,
            desk_scripts,
            machine_checks,
            quiet,
            receivers,
            settings_checks,
            translation_checks,
        )

        quiet.install()
        desk_scripts.install()
