"""Keeps institutions and organisations: what they are and where they stand."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InstitutionType(models.TextChoices):
    """What an institution is; a shelter is a function, not a type."""

    PUBLIC = "public", _("Public institution")
    NGO = "ngo", _("Non-governmental organisation")
    GRASSROOTS = "grassroots", _("Grassroots group")
    INTERNATIONAL = "international", _("International organisation")


class Sector(models.TextChoices):
    """The field in which an institution works."""

    HEALTH = "health", _("Health")
    MIGRATION = "migration", _("Migration")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    OTHER = "other", _("Other")


class RouteStage(models.TextChoices):
    """Where along the route an institution meets people."""

    ORIGIN = "origin", _("Origin")
    TRANSIT = "transit", _("Transit")
    DESTINATION = "destination", _("Destination")
    RETURN = "return", _("Return")
    DISPLACEMENT = "displacement", _("Internal displacement")


class Institution(models.Model):
    """An institution or organisation whose people learn here; a unit has its counterpart as parent."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=16, choices=InstitutionType)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, default=Sector.OTHER)
    is_shelter = models.BooleanField(_("receives people to stay"), default=False)
    route_stages = models.JSONField(_("stages of the route"), default=list, blank=True)
    country = models.ForeignKey("programme.Country", on_delete=models.PROTECT, related_name="institutions")
    division = models.ForeignKey("programme.Division", null=True, blank=True, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["country", "name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="institution_not_its_own_parent"
            ),
            models.UniqueConstraint(fields=["country", "name"], name="institution_named_once_a_country"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name
