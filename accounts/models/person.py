"""Keeps people: `Person`, the stable key of every record, with erasable fields."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.names import LONGEST, NAMES, refold
from accounts.querysets import PersonQuerySet
from accounts.standing import STANDS


class Sex(models.TextChoices):
    """What a person answered; never inferred."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another identity")
    UNSAID = "unsaid", _("I prefer not to say")


class AgeBand(models.TextChoices):
    """Age bands of adults; they fold into the donors' 18–49 and 50+."""

    B18 = "18-24", "18–24"
    B25 = "25-34", "25–34"
    B35 = "35-49", "35–49"
    B50 = "50-59", "50–59"
    B60 = "60+", "60+"


class PositionCategory(models.TextChoices):
    """What a person does where she works, in the few words that reports need."""

    HEALTH = "health", _("Health care")
    PSYCHOSOCIAL = "psychosocial", _("Psychology or social work")
    MIGRATION = "migration", _("Migration service")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    LEGAL = "legal", _("Legal assistance")
    SHELTER = "shelter", _("Shelter or reception centre")
    COMMUNITY = "community", _("Community or families' group")
    MANAGEMENT = "management", _("Coordination or management")
    OTHER = "other", _("Other")


class Person(models.Model):
    """Somebody who learns, teaches or was present. Rows of learning point here and never at a login.

    The key is for ever; the other fields can be erased. `canonical` is the person herself, or the one into whom
    she was merged: reports count over it, and a merge re-points no row.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    canonical = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="aliases", editable=False
    )
    certificate_name = models.CharField(_("name on the certificate"), max_length=160, blank=True)
    display_name = models.CharField(_("name on screen"), max_length=60, blank=True)
    # Both names as they are searched (accounts.names). Kept by whatever writes a name; empty once she is erased.
    folded_name = models.CharField(max_length=LONGEST, blank=True, default="", editable=False)
    country = models.ForeignKey(
        "programme.Country",
        verbose_name=_("country of work"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    sex = models.CharField(_("sex or gender"), max_length=8, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    position = models.CharField(_("what you do"), max_length=20, choices=PositionCategory, blank=True)
    language = models.CharField(_("language"), max_length=5, default="es")
    # Empty: the language of the interface, where a course has been translated into it.
    content_language = models.CharField(_("language of the courses"), max_length=5, blank=True, default="")
    adult_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="person_birth_year_sane",
            )
        ]
        indexes = [models.Index(STANDS, name="person_stands")]

    def __str__(self) -> str:
        return self.display_name or self.certificate_name or f"#{str(self.key)[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, names with their searched form; a new person is her own canonical one."""
        new = self._state.adding
        fields = kwargs.get("update_fields")
        if fields is None or set(fields) & set(NAMES):
            self.folded_name = refold(self)
            if fields is not None:
                kwargs["update_fields"] = {*fields, "folded_name"}
        super().save(*args, **kwargs)
        if new and self.canonical_id is None:
            self.canonical_id = self.pk
            type(self).objects.filter(pk=self.pk).update(canonical=self.pk)

    @property
    def kept(self) -> "Person":
        """Return the record that stands for her: herself, or the one into whom she was merged.

        Costs a query for who was merged, none for everybody else.
        """
        if self.canonical_id in {None, self.pk} or self.canonical is None:
            return self
        return self.canonical

    def is_same_as(self, other: "Person") -> bool:
        """Say whether both are records of one human being."""
        return (self.canonical_id or self.pk) == (other.canonical_id or other.pk)
