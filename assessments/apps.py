"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Question banks, quizzes, attempts, marking. Knows people and answers, not courses."""

    name = "assessments"
    verbose_name = _("assessments")

    def ready(self) -> None:
        """Listen to Wagtail and to sign-in, and answer when a person asks for her data."""
        from assessments import privacy, receivers, timed  # noqa: F401 -- they register themselves

        privacy.register()
        timed.register()
