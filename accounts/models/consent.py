"""Keeps what people agreed to, for which purpose, and when they took it back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class Consent(models.Model):
    """What a person agreed to, for one purpose, under one version of the notice, and whether she took it back."""

    class Purpose(models.TextChoices):
        """The purposes of the privacy notice; each has its own basis and its own row."""

        COURSES = "courses", _("To run the courses")
        SHARE_EMPLOYER = "share_employer", _("To tell my institution that I completed a course")
        FOLLOW_UP = "follow_up", _("To ask me months later what I could use")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    notice_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"
