"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The front door: home page and information pages."""

    name = "home"
    verbose_name = _("home")

    def ready(self) -> None:
        """Tell the frame where its pages stand."""
        from django.db.models.signals import post_migrate

        from home import findable, links, site_address
        from programme.links import register

        register(links.find_links)
        findable.register_kind()
        post_migrate.connect(site_address.follow_base_url, sender=self)
