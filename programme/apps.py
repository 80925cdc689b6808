"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """Who runs this site: identity, countries, support lines."""

    name = "programme"
    verbose_name = _("programme")

    def ready(self) -> None:
        """Listen to changes of the frame, and check what a site on the internet must have."""
        from programme import checks, receivers  # noqa: F401 -- they register themselves
