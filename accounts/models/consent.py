"""Keeps what people agreed to, for which purpose and under which notice, and when they took it back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions about consents."""

    def in_force(self) -> ConsentQuerySet:
        """Return those that were neither taken back nor given anew under a later notice."""
        return self.filter(withdrawn_at__isnull=True, renewed_at__isnull=True)

    def of(self, person: Person) -> ConsentQuerySet:
        """Return those of one person, those of persons merged into her included."""
        return self.filter(person__canonical_id=person.canonical_id)


class Consent(models.Model):
    """What a person agreed to, for one purpose, under one version of the notice, and whether she took it back.

    `COURSES` is no consent in the law's sense: running the courses rests on her asking for them. Its row says that
    she was shown the notice. A row is never changed into another: agreeing under a later notice ends the old row
    (`renewed_at`) and begins a new one, so that the history stays.
    """

    class Purpose(models.TextChoices):
        """The purposes of the privacy notice; each has its own basis and its own row."""

        COURSES = "courses", _("Privacy notice read")
        SHARE_EMPLOYER = "share_employer", _("To tell my institution that I completed a course")
        FOLLOW_UP = "follow_up", _("To ask me months later what I could use")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    notice_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    renewed_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True, renewed_at__isnull=True),
                name="consent_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"
