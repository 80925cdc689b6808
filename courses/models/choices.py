"""The closed lists of what a course says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much a course presupposes."""

    BASIC = "basic", _("Basic")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class EvidenceStatus(models.TextChoices):
    """How far the content has been checked."""

    SOURCED = "sourced", _("With sources, no specialist has reviewed it yet")
    REVIEWED = "reviewed", _("Reviewed by a specialist")
    TO_VERIFY = "to_verify", _("Contains claims to be verified")


class Others(models.TextChoices):
    """What a lesson narrowed to some countries or stages is to everybody else."""

    READ = "read", _("may open it to consult it; it is not asked of them")
    NONE = "none", _("do not see it anywhere")
