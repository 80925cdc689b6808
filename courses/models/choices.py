"""The closed lists of what a course says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much a course presupposes."""

    BASIC = "basic", _("Basic")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Moment(models.TextChoices):
    """When a quiz is taken, where what was learned is to be told."""

    ANY = "", _("an ordinary quiz")
    BEFORE = "before", _("before the course: what is known already")
    AFTER = "after", _("after the course: what is known now")


class Others(models.TextChoices):
    """What a lesson narrowed to some countries or stages is to everybody else."""

    READ = "read", _("may open it to consult it; it is not asked of them")
    NONE = "none", _("do not see it anywhere")
