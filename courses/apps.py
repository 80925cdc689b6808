"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """What trainers write: the page tree, blocks, the frozen course version."""

    name = "courses"
    verbose_name = _("courses")

    def ready(self) -> None:
        """Start to listen; stand at the door of recordings and documents."""
        from courses import media_door, privacy, receivers, timed  # noqa: F401 -- they register themselves

        media_door.install()
        privacy.register()
        timed.register()
