"""Keeps the dated, reversible acts by which two institutions count as one."""

from django.db import models
from django.db.models import Q

from institutions.models.institution import Institution


class InstitutionMerge(models.Model):
    """The dated, reversible act by which two institutions count as one; `canonical` is recomputed from these rows."""

    duplicate = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="merges_in")
    reason = models.CharField(max_length=200, blank=True)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(duplicate=models.F("into")), name="merge_of_two_institutions"
            ),
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(undone_at__isnull=True),
                name="institution_merged_away_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.into_id}"
