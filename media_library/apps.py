"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaLibraryConfig(AppConfig):
    """Pictures, documents, audio and video, and who may fetch them."""

    name = "media_library"
    verbose_name = _("media library")

    def ready(self) -> None:
        """Listen."""
        from media_library import receivers  # noqa: F401 -- they register themselves
