"""Keeps the official catalogue: real public bodies of the four countries, as reference and not as partners."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import InstitutionType, Level, Sector


def _own_key() -> str:
    return str(uuid.uuid4())


class OfficialBody(models.Model):
    """A public body that exists or existed, as reference. Being listed says nothing of an agreement."""

    key = models.CharField(max_length=60, unique=True, editable=False, default=_own_key)
    country = models.ForeignKey(
        "programme.Country", verbose_name=_("country"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=16, choices=InstitutionType, default=InstitutionType.PUBLIC)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, default=Sector.OTHER)
    level = models.CharField(_("level"), max_length=16, choices=Level, default=Level.NATIONAL)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("succeeded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    unverified = models.BooleanField(
        _("name still to be verified"),
        default=True,
        help_text=_("Untick it once somebody has read the present name at the body's own site."),
    )
    # What the file said when it was loaded last: an entry that says something else was edited, and stays.
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["country__position", "name"]
        verbose_name = _("entry of the official catalogue")
        verbose_name_plural = _("official catalogue")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("pk")),
                name="official_body_not_its_own_successor",
            ),
            models.UniqueConstraint(fields=["country", "name"], name="official_body_once_a_country"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.short_name})" if self.short_name else self.name
