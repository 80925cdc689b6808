"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    """Institutions, dated memberships, agreements, technical advice."""

    name = "institutions"
    verbose_name = _("institutions")

    def ready(self) -> None:
        """Tell the rooms below what only this one knows."""
        from institutions import former_papers, opened, profile, searching, timed

        former_papers.register()
        opened.register()
        profile.register()
        searching.register()
        timed.register()
