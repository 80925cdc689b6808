"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The catalogue's search: one interface, the embedded database behind it."""

    name = "search"
    verbose_name = _("search")

    def ready(self) -> None:
        """Register what this room can find by itself, and how the search is."""
        from programme import health
        from search.health import probe
        from search.pages import register_kinds

        register_kinds()
        health.register("search", probe)
