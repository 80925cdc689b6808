"""Keeps institutions and organisations: what they are and where they stand."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.text import fold


class InstitutionType(models.TextChoices):
    """What an institution is; a shelter is a function, not a type."""

    PUBLIC = "public", _("Public institution")
    NGO = "ngo", _("Non-governmental organisation")
    GRASSROOTS = "grassroots", _("Grassroots group")
    INTERNATIONAL = "international", _("International organisation")


class Sector(models.TextChoices):
    """The field in which an institution works."""

    HEALTH = "health", _("Health")
    SOCIAL_SECURITY = "social_security", _("Social security")
    MIGRATION = "migration", _("Migration")
    REFUGE = "refuge", _("Refuge and asylum")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    HUMAN_RIGHTS = "human_rights", _("Human rights")
    JUSTICE = "justice", _("Justice and prosecution")
    VICTIMS = "victims", _("Victims and missing persons")
    WOMEN = "women", _("Women's rights")
    FOREIGN_AFFAIRS = "foreign_affairs", _("Foreign affairs and consulates")
    SECURITY = "security", _("Public security")
    LOCAL_GOVERNMENT = "local_government", _("Local government")
    EDUCATION = "education", _("Education and universities")
    COMMUNITY = "community", _("Community, families, migrants' groups")
    OTHER = "other", _("Other")


class Level(models.TextChoices):
    """How far an institution's work reaches."""

    INTERNATIONAL = "international", _("International")
    NATIONAL = "national", _("National")
    DEPARTMENTAL = "departmental", _("Departmental or state")
    MUNICIPAL = "municipal", _("Municipal")
    LOCAL = "local", _("Local: one place")


class RouteStage(models.TextChoices):
    """Where along the route an institution meets people."""

    ORIGIN = "origin", _("Origin")
    TRANSIT = "transit", _("Transit")
    DESTINATION = "destination", _("Destination")
    RETURN = "return", _("Return")
    DISPLACEMENT = "displacement", _("Internal displacement")


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """How institutions are asked for."""

    def standing(self) -> "InstitutionQuerySet":
        """Leave out those that were merged into another one."""
        return self.filter(canonical=models.F("pk"))

    def named(self, words: str) -> "InstitutionQuerySet":
        """Keep those one of whose names, old ones included, holds each of the words, accents aside."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded_name__contains=word)
        return found


class Institution(models.Model):
    """An institution or organisation whose people learn here; a unit has its counterpart as parent.

    `canonical` is the institution itself, or the one into which it was merged: reports count over it, and a merge
    re-points no row. Where a shelter is exactly is kept apart (`ShelterPlace`).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    canonical = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="aliases", editable=False
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    folded_name = models.TextField(blank=True, default="", editable=False)
    type = models.CharField(_("type"), max_length=16, choices=InstitutionType)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, default=Sector.OTHER)
    level = models.CharField(_("level"), max_length=16, choices=Level, blank=True)
    is_shelter = models.BooleanField(_("receives people to stay"), default=False)
    route_stages = models.JSONField(_("stages of the route"), default=list, blank=True)
    languages = models.JSONField(_("languages served"), default=list, blank=True)
    country = models.ForeignKey(
        "programme.Country",
        verbose_name=_("country"),
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    division = models.ForeignKey(
        "programme.Division",
        verbose_name=_("department or state"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("unit of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
    )
    official = models.ForeignKey(
        "institutions.OfficialBody",
        verbose_name=_("entry of the official catalogue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
        editable=False,
    )
    began_on = models.DateField(_("exists since"), null=True, blank=True)
    priority_posts = models.JSONField(_("priority posts"), default=list, blank=True)
    target_staff = models.PositiveIntegerField(
        _("people to be trained"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
    )
    training_post = models.CharField(_("post that looks after training there"), max_length=120, blank=True)
    notes = models.TextField(_("notes of the programme"), max_length=2000, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InstitutionQuerySet.as_manager()

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the names as the search reads them; a new one is its own canonical one."""
        new = self._state.adding
        fields = kwargs.get("update_fields")
        if fields is None or {"name", "short_name"} & set(fields):
            self.folded_name = self.fold_names()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "folded_name"}
        super().save(*args, **kwargs)
        if new and self.canonical_id is None:
            self.canonical_id = self.pk
            type(self)._base_manager.filter(pk=self.pk).update(canonical=self.pk)

    def fold_names(self) -> str:
        """Return every name it has or had, one a line, lower-case and without accents."""
        said = [self.name, self.short_name]
        if self.pk:
            for row in self.names.all():
                said += [row.name, row.short_name]
        return "\n".join(dict.fromkeys(fold(name) for name in said if name))

    @property
    def merged_into(self) -> "Institution | None":
        """Return the institution as which it counts, if that is another one."""
        return self.canonical if self.canonical_id not in (None, self.pk) else None

    @property
    def public_place(self) -> str:
        """Return where it stands as anybody may read it: of a shelter, no more than the department."""
        parts = [self.municipality if not self.is_shelter else "", self.division, self.country]
        return ", ".join(str(part) for part in parts if part)
