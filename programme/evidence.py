"""How far what is taught was checked against its sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceStatus(models.TextChoices):
    """How far the content has been checked."""

    SOURCED = "sourced", _("With sources, no specialist has reviewed it yet")
    REVIEWED = "reviewed", _("Reviewed by a specialist")
    TO_VERIFY = "to_verify", _("Contains claims to be verified")
