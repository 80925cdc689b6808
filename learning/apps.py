"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """What learners do: enrolment, progress, completion."""

    name = "learning"
    verbose_name = _("learning")
