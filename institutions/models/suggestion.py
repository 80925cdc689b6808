"""Keeps which two people may be one and the same, how alike they are, and what somebody decided."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SuggestionState(models.TextChoices):
    """What became of a suggestion."""

    OPEN = "open", _("To be looked at")
    MERGED = "merged", _("Merged")
    DIFFERENT = "different", _("Not the same")


class DuplicateSuggestion(models.Model):
    """That two people are alike by name, institution and year of birth. It decides nothing; «not the same» stays.

    `reasons` are names of `institutions.likeness.Reason`. The lesser key stands first, so that a pair is one row.
    """

    first = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("likeness"))
    reasons = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    computed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="suggestion_once_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="suggestion_lesser_key_first"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="suggestion_decided_with_a_date"
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="suggestion_likest_first")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.score}"
