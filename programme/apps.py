"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """Who runs this site: identity, countries, support lines."""

    name = "programme"
    verbose_name = _("programme")
