"""Keeps certificates: every word frozen at issue, in every language of the site."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.states import State, state_on


class RevocationCategory(models.TextChoices):
    """Why a certificate no longer counts, in the words that a verifier may read."""

    ERROR = "error", _("issued in error")
    REQUEST = "request", _("withdrawn at the person's request")
    OTHER = "other", _("other reasons")


class Certificate(models.Model):
    """What was issued to a person. `frozen` maps a language to the JSON of `certificates.content`."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="certificates")
    completion = models.ForeignKey(
        "learning.Completion", on_delete=models.PROTECT, related_name="certificates"
    )
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="certificates")
    frozen = models.JSONField()
    language = models.CharField(max_length=5, default="es")
    issued_at = models.DateTimeField()
    achieved_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revocation_category = models.CharField(max_length=10, choices=RevocationCategory, blank=True)
    # Erased: `frozen` is empty, the code stays, and `holder_hash` answers whether a name on paper was this one.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    holder_hash = models.CharField(max_length=64, blank=True, editable=False)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        ordering = ["-issued_at"]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="certificate_latest")]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["completion"], condition=Q(replaced_by__isnull=True), name="one_certificate_in_force"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_category="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_category="")),
                name="revoked_with_a_category",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> State:
        """Return what the certificate is worth today, where it was issued."""
        return state_on(
            timezone.localdate(),
            valid_until=self.valid_until,
            revoked=self.revoked_at is not None,
            erased=self.erased_at is not None,
            replaced=self.replaced_by_id is not None,
        )
