"""Tells Django of this room and puts its doorkeeper at the door of lessons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """What learners do: enrolment, progress, completion."""

    name = "learning"
    verbose_name = _("learning")

    def ready(self) -> None:
        """Start to listen, and answer at the door."""
        from courses import gate
        from learning import (  # noqa: F401 -- they register themselves
            doors,
            opened,
            privacy,
            receivers,
            timed,
            trained,
        )
        from learning.doorkeeper import Doorkeeper
        from learning.impact import impact_of, learners_outside, people_in_progress

        gate.register(Doorkeeper())
        gate.register_impact(impact_of, outside=learners_outside)
        gate.register_counter(people_in_progress)
        doors.register()
        opened.register()
        privacy.register()
        timed.register()
        trained.register()
